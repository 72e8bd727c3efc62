"""What holds on a day: each status with its boundary days, worked out by hand.

The rules' results (bounds, evidence links) are written by hand here, so that only the
definition of status is tried.
"""

from datetime import date

import pyoxigraph as ox
import pytest

from graph.library import load_query
from graph.questions.relations import to_day
from ontology.terms import KP, PREFIXES


def status_on(day: str, **bounds: str | bool) -> str:
    """Return the status of a relation with these properties, e.g. ``startLatest="2000-12-31"``."""
    lines = ["<urn:r> a kp:Relation ."]
    for name, value in bounds.items():
        if name == "seen":
            lines.append(f'<urn:r> kp:hasEvidence <urn:e> . <urn:e> kp:evidenceDate "{value}"^^xsd:date .')
        elif isinstance(value, bool):
            lines.append(f"<urn:r> kp:{name} {str(value).lower()} .")
        else:
            lines.append(f'<urn:r> kp:{name} "{value}"^^xsd:date .')
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    store = ox.Store()
    store.load((head + "\n".join(lines)).encode(), ox.RdfFormat.TURTLE)
    answer = store.query(load_query("status_on").bind(asOf=to_day(date.fromisoformat(day)), relation=None))
    assert isinstance(answer, ox.QuerySolutions)
    rows = [row["status"] for row in answer]
    assert len(rows) == 1
    status = rows[0]
    assert isinstance(status, ox.NamedNode)
    return status.value.removeprefix(str(KP._NS))


# Begun some time in 2000, no end claimed.
OPEN_END = {"startEarliest": "2000-01-01", "startLatest": "2000-12-31"}


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("1999-12-31", "planned"),
        ("2000-01-01", "mayHold"),
        ("2000-12-30", "mayHold"),
        ("2000-12-31", "holds"),
        ("2024-03-04", "holds"),
    ],
)
def test_a_start_within_a_year_is_planned_then_may_hold_then_holds(day: str, status: str) -> None:
    assert status_on(day, **OPEN_END) == status


# Ended some time in March 2010.
CLOSED = {**OPEN_END, "endEarliest": "2010-03-01", "endLatest": "2010-03-31"}


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2010-02-28", "holds"),
        ("2010-03-01", "mayHold"),
        ("2010-03-30", "mayHold"),
        ("2010-03-31", "ended"),
        ("2010-04-01", "ended"),
    ],
)
def test_an_end_within_a_month_holds_then_may_hold_then_has_ended(day: str, status: str) -> None:
    assert status_on(day, **CLOSED) == status


def test_the_day_of_an_exact_end_is_no_longer_a_day_of_it() -> None:
    exact = {**OPEN_END, "endEarliest": "2024-03-11", "endLatest": "2024-03-11"}
    assert status_on("2024-03-10", **exact) == "holds"
    assert status_on("2024-03-11", **exact) == "ended"


def test_before_a_year_holds_from_its_last_day_on() -> None:
    assert status_on("2014-12-30", startLatest="2014-12-31") == "mayHold"
    assert status_on("2014-12-31", startLatest="2014-12-31") == "holds"


def test_after_a_year_never_surely_holds() -> None:
    assert status_on("2015-12-31", startEarliest="2016-01-01") == "planned"
    assert status_on("2040-01-01", startEarliest="2016-01-01") == "mayHold"


def test_an_end_before_a_year_may_still_be_to_come() -> None:
    ended_before = {**OPEN_END, "endLatest": "2014-12-31"}
    assert status_on("2010-06-01", **ended_before) == "mayHold"
    assert status_on("2014-12-31", **ended_before) == "ended"


def test_an_end_after_a_year_leaves_it_open_from_then_on() -> None:
    ended_after = {**OPEN_END, "endEarliest": "2016-01-01"}
    assert status_on("2015-12-31", **ended_after) == "holds"
    assert status_on("2016-01-01", **ended_after) == "mayHold"


def test_without_a_start_evidence_by_the_day_lets_it_hold() -> None:
    assert status_on("2016-12-30", startUnknown=True, seen="2016-12-31") == "statusUnknown"
    assert status_on("2016-12-31", startUnknown=True, seen="2016-12-31") == "mayHold"


def test_without_a_start_and_dated_evidence_it_is_unknown() -> None:
    assert status_on("2024-03-04", startUnknown=True) == "statusUnknown"


def test_without_a_start_an_end_is_still_an_end() -> None:
    assert (
        status_on("2015-12-31", startUnknown=True, endEarliest="2015-01-01", endLatest="2015-12-31")
        == "ended"
    )


def test_what_was_only_intended_stays_planned() -> None:
    assert status_on("2030-01-01", intendedOnly=True, startUnknown=True, seen="2019-08-26") == "planned"


def test_an_intention_that_was_given_up_has_ended() -> None:
    assert (
        status_on("2020-01-01", intendedOnly=True, endEarliest="2020-01-01", endLatest="2020-01-01")
        == "ended"
    )


def test_several_pieces_of_evidence_give_one_status() -> None:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    store = ox.Store()
    turtle = """<urn:r> a kp:Relation ; kp:hasEvidence <urn:e>, <urn:f> .
    <urn:e> kp:evidenceDate "2010-01-01"^^xsd:date . <urn:f> kp:evidenceDate "2011-01-01"^^xsd:date ."""
    store.load((head + turtle).encode(), ox.RdfFormat.TURTLE)
    answer = store.query(load_query("status_on").bind(asOf=to_day(date(2024, 3, 4)), relation=None))
    assert isinstance(answer, ox.QuerySolutions)
    assert len(list(answer)) == 1
