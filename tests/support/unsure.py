"""A tiny graph in which pairs of cities wait: B100 to B103, each twice.

One of B102 has another publisher's address. One of B103 was founded after the other had been given up: a rule
keeps them from being one.
"""

from datetime import UTC, datetime
from pathlib import Path

import rdflib

from graph.store import GraphStore
from ingest.judging import judge
from ontology.terms import PREFIXES

__all__ = ["FOREIGN", "OFFICE", "make_unsure_store"]

#: The one authority of the city at home.
OFFICE = "antalya-metropolitan-municipality"
#: What another publisher calls one of the cities.
FOREIGN = "https://example.org/id/city/b102"

_HEAD = "@base <https://w3id.org/kopru/id/> .\n" + "".join(
    f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()
)
_COUNTRY = """
<country/at> a schema:Country ; rdfs:label "Avusturya"@tr, "Austria"@en ; kp:isoCode "AT" .
"""
#: Two cities of one name, 2 km from one another.
_PAIR = """
<city/b{n}-a> a schema:City ; rdfs:label "B{n}"@tr, "B{n}"@en ; schema:containedInPlace <country/at> ;
  schema:latitude 47.0 ; schema:longitude 15.0 ; schema:sameAs <https://sws.geonames.org/{n}1/> .
<city/b{n}-b> a schema:City ; rdfs:label "B{n}"@tr, "B{n}"@en ; schema:containedInPlace <country/at> ;
  schema:latitude 47.02 ; schema:longitude 15.0 ; schema:sameAs <https://sws.geonames.org/{n}2/> .
"""
#: One of the two was founded after the other had been given up.
_APART = """
<city/b103-a> kp:startEarliest "2020-01-01"^^xsd:date . <city/b103-b> kp:endLatest "2010-12-31"^^xsd:date .
"""
_TINY = Path(__file__).parents[1] / "api" / "tiny.ttl"


def make_unsure_store(folder: Path) -> GraphStore:
    """Return a store of the tiny graph and of a list with four pairs that wait."""
    store = GraphStore(folder)
    listed = _HEAD + _COUNTRY + "".join(_PAIR.format(n=number) for number in range(100, 104)) + _APART
    listed = listed.replace("<city/b102-b>", f"<{FOREIGN}>")
    records = folder / "records"
    with store.writer() as draft:
        now = datetime.now(UTC)
        draft.replace_source("records", rdflib.Graph().parse(_TINY), retrieved_at=now)
        draft.replace_source("list", rdflib.Graph().parse(data=listed, format="turtle"), retrieved_at=now)
        records.mkdir(parents=True, exist_ok=True)
        judge(draft, records)
        draft.derive()
        draft.publish()
    return store
