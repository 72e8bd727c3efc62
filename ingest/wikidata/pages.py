"""All answers that one run needs, page by page; a page that was fetched is not asked for again that day."""

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ingest.batch import RawFile
from ingest.wikidata.client import TOO_MUCH, Binding, SparqlClient
from ontology.errors import SourceError
from ontology.messages import N_

__all__ = ["Pages", "Scope", "parse_scope"]

_ENTITY = re.compile(r"http://www\.wikidata\.org/entity/(Q[1-9]\d{0,11})")
_SCOPE = re.compile(r"(?:(?P<address>https?://[^#\s]+)#)?(?P<what>[A-Za-z0-9,]+)")
_SERVICE = "https://query.wikidata.org/sparql"
#: Cities asked about at once, and rows of a page of the list of cities.
_BATCH, _LIST = 100, 5_000
#: A batch of fewer things is not halved again.
_SMALLEST = 20
_DAY = 24 * 3600.0


@dataclass(frozen=True)
class Scope:
    """Which cities: their ids, or those of a country, or (neither) all."""

    address: str
    cities: tuple[str, ...] = ()
    country: str = ""


def parse_scope(location: str | None, own: Sequence[str]) -> Scope:
    """Return what a person asked for.

    Parameters
    ----------
    location
        ``Q6487,Q90``, ``TR``, ``all``, each also behind ``http://service/sparql#``; ``None``: own cities.
    own
        Ids of the cities of the records.

    Raises
    ------
    SourceError
        It is none of these.
    """
    if location is None:
        if not own:
            raise SourceError(
                N_("No city of the records has a Wikidata id. Name one (Q90), a country (TR) or 'all'.")
            )
        return Scope(_SERVICE, tuple(sorted(own)))
    match = _SCOPE.fullmatch(location)
    what = match["what"] if match else ""
    address = (match["address"] if match else None) or _SERVICE
    ids = what.upper().split(",")
    if all(re.fullmatch(r"Q[1-9]\d{0,11}", id_) for id_ in ids):
        return Scope(address, tuple(sorted(set(ids))))
    if what == "all":
        return Scope(address)
    if re.fullmatch(r"[A-Za-z]{2}", what):
        return Scope(address, country=what.upper())
    raise SourceError(
        N_(
            "'{value}' names no cities of Wikidata. Write ids (Q90,Q64), a country (TR) or 'all'; "
            "another service stands before them: https://host/sparql#TR."
        ),
        value=location,
    )


@dataclass
class Pages:
    """The pages of one run.

    Parameters
    ----------
    client
        Asks.
    scope
        What is asked for.
    scratch
        Where pages wait while a run is not finished; ``None``: nowhere.
    tell
        Told how far it is.
    """

    client: SparqlClient
    scope: Scope
    scratch: Path | None
    tell: Callable[[str], None] = lambda _line: None
    _files: list[RawFile] = field(default_factory=list)

    def fetch(self) -> tuple[RawFile, ...]:
        """Return all pages, the cities' ties first, then what the things are.

        Raises
        ------
        SourceError
            The service gives no usable answer; the pages so far are kept in ``scratch``.
        """
        cities = list(self.scope.cities) or list(self._list_cities())
        things = set(cities)
        for row in self._gather("ties", cities):
            if (city := _id(row.get("city", ""))) in things and (partner := _id(row.get("partner", ""))):
                things |= {str(city), partner}
        for _ in self._gather("things", sorted(things)):
            pass
        if self.scratch:
            shutil.rmtree(self._folder(self.scratch), ignore_errors=True)
        return tuple(self._files)

    def _list_cities(self) -> Iterator[str]:
        name = "cities_of_country" if self.scope.country else "cities_of_world"
        values = [f'"{self.scope.country}"'] if self.scope.country else []
        offset = 0
        seen: set[str] = set()
        while True:
            rows = self._page(name, values, limit=_LIST, offset=offset)
            new = {id_ for row in rows if (id_ := _id(row.get("city", "")))} - seen
            yield from sorted(new)
            seen |= new
            if len(rows) < _LIST or not new:  # a service that repeats itself must not hold us for ever
                return
            offset += _LIST

    def _gather(self, name: str, ids: Sequence[str]) -> Iterator[Binding]:
        for begin in range(0, len(ids), _BATCH):
            self.tell(f"progress {name} {begin} {len(ids)}")
            yield from self._batch(name, ids[begin : begin + _BATCH])

    def _batch(self, name: str, ids: Sequence[str]) -> list[Binding]:
        """Return the rows about some things; what is too much at once is asked in halves."""
        try:
            rows = self._page(name, [f"wd:{id_}" for id_ in ids])
        except SourceError as error:
            if len(ids) < _SMALLEST or error.facts.get("reason") not in TOO_MUCH:
                raise
            middle = len(ids) // 2
            return self._batch(name, ids[:middle]) + self._batch(name, ids[middle:])
        self._keep(name, rows)
        return rows

    def _page(self, name: str, values: list[str], *, limit: int = 0, offset: int = 0) -> list[Binding]:
        key = sha256(f"{name} {values} {offset}".encode()).hexdigest()[:20]
        path = self._folder(self.scratch) / f"{key}.json" if self.scratch else None
        if path and path.is_file() and abs(time.time() - path.stat().st_mtime) < _DAY:
            try:
                rows: list[Binding] = json.loads(path.read_text(encoding="utf-8"))
            except ValueError:
                pass  # half a page, from a run that was killed
            else:
                return rows
        rows = self.client.ask(name, values, limit=limit, offset=offset)
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(rows), encoding="utf-8")
        return rows

    def _keep(self, name: str, rows: list[Binding]) -> None:
        """Keep rows in one order: the same content has the same bytes."""
        lines = sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
        number = sum(1 for file in self._files if file.name.startswith(name)) + 1
        self._files.append(RawFile(f"{name}-{number:05}.jsonl", "\n".join(lines).encode()))

    def _folder(self, scratch: Path) -> Path:
        digest = sha256(repr(self.scope).encode()).hexdigest()[:12]
        return scratch / f"wikidata-{digest}"


def _id(iri: str) -> str | None:
    match = _ENTITY.fullmatch(iri)
    return match[1] if match else None
