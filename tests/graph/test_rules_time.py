"""Memberships in terms of OWL-Time: only what is known to the day."""

from importlib.resources import files

import pyoxigraph as ox
import rdflib
from rdflib import Namespace, URIRef

from ontology.terms import PREFIXES, RDF

ORG, TIME = Namespace(PREFIXES["org"]), Namespace(PREFIXES["time"])
ID = "https://graf.example.org/id/"
HEAD = f"@base <{ID}> .\n" + "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
RULE = (files("graph.rules") / "45_member_during.rq").read_text(encoding="utf-8")


def during(bounds: str) -> rdflib.Graph:
    store = ox.Store()
    turtle = f"{HEAD}<membership/us-net> a org:Membership ; {bounds} ."
    store.load(turtle.encode(), ox.RdfFormat.TURTLE)
    triples = store.query(RULE)
    assert isinstance(triples, ox.QueryTriples)
    lines = "\n".join(f"{triple} ." for triple in triples)
    return rdflib.Graph().parse(data=lines, format="nt")


def test_a_membership_with_a_day_gets_an_interval_and_an_instant_under_its_own_base() -> None:
    rdf = during('kp:startEarliest "2001-05-02"^^xsd:date ; kp:startLatest "2001-05-02"^^xsd:date')
    interval = URIRef(f"{ID}interval/membership-us-net")
    assert rdf.value(URIRef(f"{ID}membership/us-net"), ORG.memberDuring) == interval
    beginning = rdf.value(interval, TIME.hasBeginning)
    assert beginning == URIRef(f"{ID}instant/membership-us-net-start")
    assert str(rdf.value(beginning, TIME.inXSDDate)) == "2001-05-02"
    assert rdf.value(interval, TIME.hasEnd) is None


def test_a_membership_with_two_days_gets_one_interval() -> None:
    rdf = during("""kp:startEarliest "2001-05-02"^^xsd:date ; kp:startLatest "2001-05-02"^^xsd:date ;
        kp:endEarliest "2010-01-31"^^xsd:date ; kp:endLatest "2010-01-31"^^xsd:date""")
    assert len(list(rdf.subjects(RDF.type, TIME.Interval))) == 1
    assert sorted(str(day) for day in rdf.objects(None, TIME.inXSDDate)) == ["2001-05-02", "2010-01-31"]


def test_a_month_is_no_instant() -> None:
    assert not during('kp:startEarliest "2001-05-01"^^xsd:date ; kp:startLatest "2001-05-31"^^xsd:date')
