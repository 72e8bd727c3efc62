"""Questions that the bundled records leave open, over graphs made up for them.

Each graph is a few lines, told above it, so that the answer can be seen at a glance.
"""

from collections.abc import Callable
from datetime import date

from rdflib import Literal, URIRef

from ontology.iris import Iris
from ontology.terms import XSD

Ask = Callable[..., list[tuple[str, ...]]]
MakeUp = Callable[[str], Ask]

KINDS = (
    "activity activity-state city country document evidence grant indicator measurement programme result "
    "stage theme unit"
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
#: Open to Türkiye and Germany; to Türkiye alone; to both but closed in 2023.
CALLS = """
city:antalya a schema:City ; schema:containedInPlace country:tr .
city:nuremberg a schema:City ;
    schema:containedInPlace country:de .
programme:open a eurio:FundingScheme ; kp:theme theme:women ;
    schema:eligibleRegion country:tr, country:de .
programme:narrow a eurio:FundingScheme ;
    schema:eligibleRegion country:tr .
programme:closed a eurio:FundingScheme ;
    schema:eligibleRegion country:tr, country:de .
evidence:closed a kp:Evidence ; kp:about programme:closed ;
    prov:hadPrimarySource document:d ; kp:evidenceGrade kp:confirmed ;
    kp:claimedProperty kp:endDate ; kp:claimedValue "2023" ;
    kp:claimedEarliest "2023-01-01"^^xsd:date ; kp:claimedLatest "2023-12-31"^^xsd:date .
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


def test_14_a_call_must_be_open_to_both_countries(ask_made_up: MakeUp) -> None:
    ask = ask_made_up(PREFIXES + CALLS)
    assert ask("calls_with_city", "programme", "theme") == [("open", "women")]
    before = ask("calls_with_city", "programme", "closes", asOf=day("2023-06-30"))
    assert before == [("closed", "2023"), ("open", "")]


def test_24_activities_touch_goals_too(ask_made_up: MakeUp) -> None:
    # themes.ttl: poverty goes with goal 1 and its target 1.2; it has no theme above it.
    assert ask_made_up(PREFIXES + ACTIVITIES)("sdg_goals", "goal", "target", "works") == [
        ("1", "", "1"),
        ("1", "1.2", "1"),
    ]


def test_30_an_activity_is_late_when_its_deadline_has_passed_and_it_goes_on(ask_made_up: MakeUp) -> None:
    ask = ask_made_up(PREFIXES + ACTIVITIES)
    assert ask("late_activities", "activity", "lead", "deadline") == [("fair", "foreign", "2024-02")]
    assert ask("late_activities", "activity", asOf=day("2024-02-29")) == []


def test_an_address_that_nothing_has_gives_no_rows(ask_bundled: Ask) -> None:
    assert ask_bundled("stage_roles", "role", stage=URIRef("https://w3id.org/kopru/id/stage/none")) == []
