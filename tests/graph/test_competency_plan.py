"""Questions that the bundled records leave open, over graphs made up for them.

Each graph is a few lines, told above it, so that the answer can be seen at a glance.
"""

from collections.abc import Callable
from datetime import date

import pytest
from rdflib import Literal, URIRef

from ontology.iris import Iris
from ontology.terms import XSD

Ask = Callable[..., list[tuple[str, ...]]]
MakeUp = Callable[[str], Ask]

KINDS = (
    "activity activity-state agreement authority call city collection country document evidence grant "
    "indicator measurement participation plan programme project result stage theme unit"
)
PREFIXES = "".join(f"@prefix {kind}: <https://w3id.org/kopru/id/{kind}/> .\n" for kind in KINDS.split())
#: Two activities: the fair (led by the unit, paid by a grant, to end in 2024) and the school (done, in time).
ACTIVITIES = """
stage:implementation a kp:PlanStage ; kp:position 5 .
activity:fair a kp:Activity ; kp:stage stage:implementation ;
    kp:lead unit:foreign ; kp:budget 250000.0 ; schema:currency "EUR" ;
    kp:funding grant:g-1 ; kp:theme theme:poverty ;
    kp:activityState activity-state:running .
activity:school a kp:Activity ;
    kp:activityState activity-state:done ;
    kp:objective result:start-1 .
evidence:fair a kp:Evidence ; kp:about activity:fair ;
    prov:hadPrimarySource document:d ; kp:evidenceGrade kp:confirmed ;
    kp:claimedProperty kp:endDate ; kp:claimedValue "2024-02" ;
    kp:claimedEarliest "2024-02-01"^^xsd:date ; kp:claimedLatest "2024-02-29"^^xsd:date .
evidence:school a kp:Evidence ; kp:about activity:school ;
    prov:hadPrimarySource document:d ; kp:evidenceGrade kp:confirmed ;
    kp:claimedProperty kp:endDate ; kp:claimedValue "2023" ;
    kp:claimedEarliest "2023-01-01"^^xsd:date ; kp:claimedLatest "2023-12-31"^^xsd:date .
"""
#: Three results: one that the school shows, one with a document of its own, one with the letter alone.
RESULTS = """
result:start-1 a kp:ExpectedResult ; kp:position 1 ;
    kp:stage stage:implementation .
result:start-2 a kp:ExpectedResult ; kp:position 2 ;
    kp:stage stage:implementation .
result:start-3 a kp:ExpectedResult ; kp:position 3 ;
    kp:stage stage:implementation .
evidence:r2 a kp:Evidence ; kp:about result:start-2 ;
    prov:hadPrimarySource document:d .
evidence:r3 a kp:Evidence ; kp:about result:start-3 ;
    prov:hadPrimarySource document:letter ; kp:letterColumn "results" .
"""
#: Measured in 2025, measured only in 2024, never measured, and computed.
INDICATORS = """
indicator:fresh a kp:Indicator .
indicator:old a kp:Indicator ; kp:theme theme:women .
indicator:never a kp:Indicator .
indicator:own a kp:Indicator ; kp:computedBy "indicator_open_places.rq" .
measurement:fresh-2025 sosa:observedProperty indicator:fresh ;
    kp:periodStart "2025-01-01"^^xsd:date ; kp:periodEnd "2025-12-31"^^xsd:date .
measurement:old-2024 sosa:observedProperty indicator:old ;
    kp:periodStart "2024-01-01"^^xsd:date ; kp:periodEnd "2024-12-31"^^xsd:date .
"""
#: Antalya in Türkiye has a project on culture; Nuremberg is in Germany. Of the calls, "both" is open to
#: both countries from February to April 2024; "late" opens in May; "ours" is for Türkiye alone, "theirs" for
#: Germany; "lasting" opened in 2023 without a deadline and names no countries; of "bare" no day is known.
CALLS = """
city:antalya a schema:City ; schema:containedInPlace country:tr .
city:nuremberg a schema:City ;
    schema:containedInPlace country:de .
authority:own a m8g:PublicOrganisation ; dcterms:spatial city:antalya .
project:play a schema:Project ; kp:theme theme:culture .
participation:play a kp:ProjectParticipation ; org:member authority:own ;
    kp:project project:play ; kp:startUnknown true .
call:both a kp:Call ; kp:theme theme:women ; kp:programme programme:p ;
    schema:eligibleRegion country:tr, country:de ; kp:minimumPartners 3 ; kp:minimumCountries 2 ;
    kp:opening "2024-02-01"^^xsd:date ; kp:deadline "2024-04-30"^^xsd:date ;
    kp:budget 4000000.0 ; schema:currency "EUR" .
call:late a kp:Call ; kp:theme theme:poverty ;
    schema:eligibleRegion country:tr, country:de ;
    kp:opening "2024-05-01"^^xsd:date ; kp:deadline "2024-06-30"^^xsd:date .
call:ours a kp:Call ; kp:theme theme:culture, theme:youth ;
    schema:eligibleRegion country:tr ; kp:deadline "2024-12-31"^^xsd:date .
call:theirs a kp:Call ; kp:theme theme:tourism ;
    schema:eligibleRegion country:de ; kp:deadline "2024-12-31"^^xsd:date .
call:lasting a kp:Call ; kp:theme theme:agriculture ;
    kp:opening "2023-01-01"^^xsd:date .
call:bare a kp:Call ; kp:theme theme:poverty ;
    schema:eligibleRegion country:tr, country:de .
"""


def day(text: str) -> Literal:
    return Literal(date.fromisoformat(text).isoformat(), datatype=XSD.date)


def test_8_who_leads_an_activity_with_what(ask_made_up: MakeUp) -> None:
    ask = ask_made_up(PREFIXES + ACTIVITIES)
    columns = ("stage", "lead", "deadline", "budget", "currency", "funding", "state")
    fair = ("implementation", "foreign", "2024-02", "250000", "EUR", "g-1", "running")
    assert ask("activity_leads", *columns, activity=Iris().thing("activity", "fair")) == [fair]
    assert set(ask("activity_leads", "activity")) == {("fair",), ("school",)}


def test_10_a_result_is_shown_by_its_document_or_by_a_finished_activity(ask_made_up: MakeUp) -> None:
    ask = ask_made_up(PREFIXES + ACTIVITIES + RESULTS)
    assert ask("results_without_evidence", "stage", "position", "result") == [
        ("implementation", "3", "start-3")
    ]
    assert ask("indicator_results_with_evidence", "value") == [("66.7",)]


def test_11_an_indicator_waits_for_a_measurement_of_the_year(ask_made_up: MakeUp) -> None:
    ask = ask_made_up(PREFIXES + INDICATORS)
    waiting = ask("indicators_without_measurement", "indicator", "theme", "lastMeasured", year=Literal(2025))
    assert waiting == [("never", "", ""), ("old", "women", "2024-12-31")]


def test_14_a_call_must_be_open_to_both_countries_on_the_day(ask_made_up: MakeUp) -> None:
    ask = ask_made_up(PREFIXES + CALLS)
    columns = (
        "call",
        "programme",
        "deadline",
        "budget",
        "currency",
        "minimumPartners",
        "minimumCountries",
        "theme",
    )
    assert ask("calls_with_city", *columns) == [
        ("both", "p", "2024-04-30", "4000000", "EUR", "3", "2", "women")
    ]
    later = ask("calls_with_city", "call", "opening", "theme", asOf=day("2024-05-01"))
    assert later == [("late", "2024-05-01", "poverty")]


@pytest.mark.parametrize(
    ("on", "is_open"),
    [("2024-01-31", False), ("2024-02-01", True), ("2024-04-30", True), ("2024-05-01", False)],
)
def test_14_a_call_is_open_on_its_first_and_its_last_day(ask_made_up: MakeUp, on: str, is_open: bool) -> None:
    calls = {call for (call,) in ask_made_up(PREFIXES + CALLS)("calls_with_city", "call", asOf=day(on))}
    assert ("both" in calls) is is_open


def test_15_a_call_for_a_theme_without_a_project_of_ours(ask_made_up: MakeUp) -> None:
    # Culture has the play; youth stands under social policy, women under others: not the narrowest.
    ask = ask_made_up(PREFIXES + CALLS)
    assert set(ask("calls_for_new_themes", "theme", "call", "opening", "deadline", "programme")) == {
        ("women", "both", "2024-02-01", "2024-04-30", "p"),
        ("youth", "ours", "", "2024-12-31", ""),
        ("agriculture", "lasting", "2023-01-01", "", ""),
    }


def test_24_activities_touch_goals_too(ask_made_up: MakeUp) -> None:
    # themes.ttl: poverty goes with goal 1 and its target 1.2; it has no theme above it.
    assert ask_made_up(PREFIXES + ACTIVITIES)("sdg_goals", "goal", "target", "works") == [
        ("1", "", "1"),
        ("1", "1.2", "1"),
    ]


#: A plan of Antalya with three priorities, and one of another city: tourism has an agreement, women an
#: indicator, poverty nothing. Sport has nothing either, and is no priority of ours.
PRIORITIES = """
city:antalya a schema:City .
authority:own a m8g:PublicOrganisation ; dcterms:spatial city:antalya .
authority:other a m8g:PublicOrganisation ; dcterms:spatial city:nuremberg .
plan:ours a p-plan:Plan ; kp:planOwner authority:own ; kp:priorityThemes collection:ours .
plan:theirs a p-plan:Plan ; kp:planOwner authority:other ; kp:priorityThemes collection:theirs .
collection:ours a skos:Collection ; skos:member theme:tourism, theme:women, theme:poverty .
collection:theirs a skos:Collection ; skos:member theme:sport .
agreement:one a kp:CooperationProtocol ; kp:party authority:own, authority:other ;
    kp:theme theme:tourism ; kp:startUnknown true .
indicator:w a kp:Indicator ; kp:theme theme:women .
"""


def test_26_priorities_are_those_that_the_plan_of_the_city_names(ask_made_up: MakeUp) -> None:
    ask = ask_made_up(PREFIXES + PRIORITIES)
    columns = ("theme", "partnerships", "projects", "funds", "indicators")
    rows = ask("priority_gaps", *columns)
    assert rows[0] == ("poverty", "0", "0", "0", "0")
    assert set(rows[1:]) == {("tourism", "1", "0", "0", "0"), ("women", "0", "0", "0", "1")}
    assert ask("priority_gaps", "theme", city=Iris().thing("city", "bursa")) == []
    assert set(ask("priority_themes", "theme")) == {("tourism",), ("women",), ("poverty",), ("sport",)}


def test_30_an_activity_is_late_when_its_deadline_has_passed_and_it_goes_on(ask_made_up: MakeUp) -> None:
    ask = ask_made_up(PREFIXES + ACTIVITIES)
    assert ask("late_activities", "activity", "lead", "deadline") == [("fair", "foreign", "2024-02")]
    assert ask("late_activities", "activity", asOf=day("2024-02-29")) == []


def test_an_address_that_nothing_has_gives_no_rows(ask_bundled: Ask) -> None:
    assert ask_bundled("stage_roles", "role", stage=URIRef("https://w3id.org/kopru/id/stage/none")) == []
