"""Shortcuts that depend on a day: made by a query each time, on graphs small enough to work out by hand."""

from datetime import date

import pyoxigraph as ox
import pytest
from rdflib import URIRef

from graph.library import load_query
from graph.questions.relations import to_day
from ontology.terms import KP, PREFIXES

ID = "https://w3id.org/kopru/id/"
HEAD = f"@base <{ID}> .\n" + "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
#: Us and them since mid-1997, us and theirs until the end of 2010, ours and theirs at an unknown time.
TIES = """
<agreement/a> a kp:TwinningAgreement, kp:Agreement, kp:Relation ; kp:party <us>, <them> ;
    kp:startEarliest "1997-07-01"^^xsd:date ; kp:startLatest "1997-07-01"^^xsd:date .
<agreement/b> a kp:TwinningAgreement, kp:Agreement, kp:Relation ; kp:party <us>, <theirs> ;
    kp:startEarliest "1990-01-01"^^xsd:date ; kp:startLatest "1990-12-31"^^xsd:date ;
    kp:endEarliest "2010-12-31"^^xsd:date ; kp:endLatest "2010-12-31"^^xsd:date .
<agreement/c> a kp:Memorandum, kp:CooperationProtocol, kp:Agreement, kp:Relation ; kp:party <us>, <theirs> ;
    kp:startUnknown true ; kp:hasEvidence <e> . <e> kp:evidenceDate "2012-05-01"^^xsd:date .
<cooperation/d> a kp:Cooperation, kp:Relation ; kp:party <us>, <agency> ;
    kp:startLatest "2015-12-31"^^xsd:date .
<event/e> a kp:Event, kp:Relation ; kp:party <us>, <guest> ; kp:startLatest "2000-01-01"^^xsd:date .
<membership/f> a kp:NetworkMembership, org:Membership, kp:Relation ; org:member <us> ;
    org:organization <net> ; kp:startLatest "2001-01-01"^^xsd:date .
<membership/g> a kp:NetworkMembership, org:Membership, kp:Relation ; org:member <us> ;
    org:organization <plan> ; kp:intendedOnly true .
<membership/h> a kp:NetworkMembership, org:Membership, kp:Relation ; org:member <us> ;
    kp:partnerIdentified false ; kp:startLatest "2001-01-01"^^xsd:date .
"""


def shortcuts(
    query: str, day: str, organization: str | None = None, *status: URIRef
) -> set[tuple[str, str, str]]:
    """Return subject, predicate and object without their namespaces."""
    store = ox.Store()
    store.load((HEAD + TIES).encode(), ox.RdfFormat.TURTLE)
    bound = load_query(query).bind(
        asOf=to_day(date.fromisoformat(day)),
        organization=URIRef(ID + organization) if organization else None,
        status=status or KP.holds,
        relation=None,
    )
    triples = store.query(bound)
    assert isinstance(triples, ox.QueryTriples)
    names = [[term.value for term in triple if isinstance(term, ox.NamedNode)] for triple in triples]
    return {(s.removeprefix(ID), p.rpartition("#")[2], o.removeprefix(ID)) for s, p, o in names}


def both_ways(predicate: str, *pairs: tuple[str, str]) -> set[tuple[str, str, str]]:
    return {tie for one, other in pairs for tie in ((one, predicate, other), (other, predicate, one))}


@pytest.mark.parametrize(
    ("day", "others"),
    [
        ("1989-12-31", []),
        ("1990-12-31", ["theirs"]),
        ("2010-12-30", ["them", "theirs"]),
        ("2010-12-31", ["them"]),
    ],
)
def test_sister_cities_are_those_whose_agreement_holds_on_the_day(day: str, others: list[str]) -> None:
    assert shortcuts("twinned_with", day) == both_ways("twinnedWith", *(("us", other) for other in others))


def test_shortcuts_of_one_organisation_start_from_it() -> None:
    assert shortcuts("twinned_with", "2005-01-01", "theirs") == {("theirs", "twinnedWith", "us")}


def test_what_may_hold_is_a_shortcut_only_when_asked_for() -> None:
    assert shortcuts("twinned_with", "1990-06-01") == set()
    assert shortcuts("twinned_with", "1990-06-01", None, KP.holds, KP.mayHold) == both_ways(
        "twinnedWith", ("us", "theirs")
    )


def test_members_are_those_whose_membership_holds_in_a_named_network() -> None:
    assert shortcuts("member_of", "2000-12-31") == set()
    assert shortcuts("member_of", "2001-01-01") == {("us", "memberOf", "net")}


def test_partners_are_parties_to_agreements_and_cooperations_and_not_guests_at_an_event() -> None:
    assert shortcuts("partner_of", "2016-01-01") == both_ways("partnerOf", ("us", "them"), ("us", "agency"))
    assert shortcuts("partner_of", "2016-01-01", "us", KP.holds, KP.mayHold) == {
        ("us", "partnerOf", other) for other in ("them", "agency", "theirs")
    }
