"""Wikidata: what it says of cities' twins and memberships, as evidence that nobody has verified."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from rdflib import Graph, Literal, URIRef

from ingest.batch import Batch, Context, Fetched, Notice
from ingest.lists.places import PlaceHint
from ingest.lists.reading import begin, conclude
from ingest.lists.statements import ListDocument, ListStatements
from ingest.wikidata.client import Binding, SparqlClient
from ingest.wikidata.pages import Pages, parse_scope
from ontology.messages import N_, Phrase
from ontology.terms import KP, RDF, RDFS, SCHEMA

__all__ = ["fetch", "read"]

_ENTITY = "http://www.wikidata.org/entity/"
_POINT = re.compile(r"Point\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)")
_DAY = re.compile(r"\+?(\d{4}-\d\d-\d\d)T00:00:00Z")
_DOCUMENT = ListDocument(
    "wikidata", "Wikidata: kardeş kentler ve üyelikler", "Wikidata: twins and memberships",
    "Wikimedia Foundation", "", "https://www.wikidata.org/",
)  # fmt: skip
_LEFT_OUT = N_("{count} ties of Wikidata: {reason} (first: {places}).")


def fetch(location: str | None, context: Context) -> Fetched:
    """Ask the service for the cities that were named, by default those of the records.

    Raises
    ------
    SourceError
        It gives no usable answer; a later run goes on where this one stopped.
    """
    scope = parse_scope(location, _own_cities(context.graph_of("records")))
    pages = Pages(SparqlClient(scope.address), scope, context.scratch)
    return Fetched(pages.fetch(), scope.address, datetime.now(UTC))


def _own_cities(records: Graph) -> list[str]:
    return [
        str(same).removeprefix(_ENTITY)
        for city, same in records.subject_objects(SCHEMA.sameAs)
        if str(same).startswith(_ENTITY) and (city, RDF.type, SCHEMA.City) in records
    ]


def read(fetched: Fetched, context: Context) -> Batch:
    """Return twinnings and memberships; what makes no sense is left out and told."""
    rdf, into = begin("wikidata", context, KP.unverified)
    reading = _Reading(into, context.graph_of("records"), dict(_iter_things(fetched)))
    for row in _iter_rows(fetched, "ties"):
        reading.add(row)
    return conclude(rdf, into, reading.notices())


def _iter_rows(fetched: Fetched, name: str) -> Iterator[Binding]:
    for file in fetched.files:
        if file.name.startswith(f"{name}-"):
            for line in file.content.splitlines():
                yield json.loads(line)


def _iter_things(fetched: Fetched) -> Iterator[tuple[str, Binding]]:
    for row in _iter_rows(fetched, "things"):
        yield row.get("thing", "").removeprefix(_ENTITY), row


@dataclass
class _Reading:
    into: ListStatements
    known: Graph
    things: dict[str, Binding]
    _left_out: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._networks = {
            str(same): network
            for network, same in self.known.subject_objects(SCHEMA.sameAs)
            if isinstance(network, URIRef) and (network, RDF.type, SCHEMA.City) not in self.known
        }

    def add(self, row: Binding) -> None:
        """State one tie."""
        city, partner = (row.get(name, "").removeprefix(_ENTITY) for name in ("city", "partner"))
        ref = f"wikidata:{city}"
        if city not in self.things or partner not in self.things:
            return self._leave_out(N_("a party is not described"), ref)
        if row.get("kind") == "twin":
            iri = self.into.twinning((self._hint(city), self._hint(partner)), _DOCUMENT, ref)
        else:
            iri = self._membership(city, partner, ref)
        if iri is None:
            return self._leave_out(N_("a city has no known country or name, or is its own twin"), ref)
        return self._date(iri, row, ref)

    def notices(self) -> list[Notice]:
        """Return what was left out, by reason."""
        return [
            Notice(
                _LEFT_OUT, {"count": len(places), "reason": Phrase(reason), "places": ", ".join(places[:3])}
            )
            for reason, places in self._left_out.items()
        ]

    def _leave_out(self, reason: str, ref: str) -> None:
        self._left_out.setdefault(reason, []).append(ref)

    def _date(self, iri: URIRef, row: Binding, ref: str) -> None:
        days = [_day(row.get(name, "")) for name in ("start", "end")]
        if None in days or not self.into.claim_dates(iri, str(days[0]), str(days[1]), _DOCUMENT, ref):
            self._leave_out(N_("a date that can't be; the tie itself was taken"), ref)

    def _hint(self, id_: str) -> PlaceHint:
        row = self.things[id_]
        point = _POINT.fullmatch(row.get("coordinates", ""))
        number, people = row.get("geonames", ""), row.get("population", "")
        english, turkish = row.get("en", ""), row.get("tr", "")
        return PlaceHint(
            name=english or turkish,
            country=row.get("country", ""),
            ref=f"wikidata:{id_}",
            geonames=int(number) if re.fullmatch(r"\d{1,12}", number) else None,
            wikidata=id_,
            latitude=point[2] if point else "",
            longitude=point[1] if point else "",
            population=int(people) if re.fullmatch(r"\d{1,9}", people) else None,
            aliases=tuple(
                Literal(name, lang=language) for name, language in ((turkish, "tr"), (english, "en")) if name
            ),
        )

    def _membership(self, city: str, network: str, ref: str) -> URIRef | None:
        row = self.things[network]
        iri = self._networks.get(_ENTITY + network)
        if iri is None:
            english, turkish = row.get("en", ""), row.get("tr", "")
            if not english and not turkish:
                return None
            iri = self.into.iris.thing("network", f"wikidata-{network}")
            if self.into.begin(iri, KP.CityNetwork, f"wikidata:{network}", counted="networks"):
                self.into.add((iri, RDFS.label, Literal(turkish or english, lang="tr")))
                self.into.add((iri, RDFS.label, Literal(english or turkish, lang="en")))
                self.into.add((iri, SCHEMA.sameAs, URIRef(_ENTITY + network)))
        return self.into.membership(self._hint(city), iri, _DOCUMENT, ref)


def _day(text: str) -> str | None:
    """Return a day as text, a year where only that is known; ``None`` when it is no date of our era.

    Wikidata writes a year as its first of January.
    """
    if not text or text.startswith("http"):  # an address stands for a value that is not known
        return ""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    return match[1][:4] if match[1].endswith("-01-01") else match[1]
