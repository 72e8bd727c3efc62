"""Ways, checks, remarks, coverage and networks on ``data/tiny.ttl``, worked out by hand."""

from datetime import date
from math import sqrt

import pytest

from graph.model import Label
from graph.projection import Projection, project_ties
from graph.recommendation.against import find_remarks
from graph.recommendation.background import Background, OpenCall, read_background
from graph.recommendation.coverage import city_coverage, coverage_of, find_gaps
from graph.recommendation.fit import check_fit
from graph.recommendation.networks import rank_networks
from graph.recommendation.universe import Candidate
from graph.recommendation.ways import direct_ties, find_ways
from graph.revision import Revision

BASE = "https://w3id.org/kopru/id/"
ANTALYA, NUREMBERG, KUNMING, BAT_YAM, IZMIR = (
    f"{BASE}city/{slug}" for slug in ("antalya", "nuremberg", "kunming", "bat-yam", "izmir")
)
LETTER_DAY, AFTER_BAT_YAM = date(2024, 3, 4), date(2024, 3, 11)
NOTHING_KNOWN = Background({}, (), {}, {})


def candidate(projection: Projection, iri: str, **facts: object) -> Candidate:
    node = projection.cities[iri]
    known = {"country": node.country, "latitude": node.latitude, "longitude": node.longitude}
    return Candidate("kp:x", iri, node.label, is_in_graph=True, **{**known, **facts})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def letter_day(tiny: Revision) -> Projection:
    return project_ties(tiny, LETTER_DAY)


@pytest.fixture(scope="module")
def later(tiny: Revision) -> Projection:
    return project_ties(tiny, AFTER_BAT_YAM)


def test_a_partner_of_ours_that_knows_the_candidate_is_a_way(letter_day: Projection) -> None:
    (way,) = [way for way in find_ways(letter_day, ANTALYA, KUNMING) if way.kind == "partner"]
    assert way.through == (NUREMBERG,)
    assert [tie.relation.rpartition("/")[2] for tie in way.ties] == [
        "twinning-antalya-nuremberg-1",
        "twinning-kunming-nuremberg-1",
    ]


def test_a_shared_network_is_a_way(letter_day: Projection) -> None:
    (way,) = [way for way in find_ways(letter_day, ANTALYA, NUREMBERG) if way.kind == "network"]
    assert way.through == (f"{BASE}network/medcities",)
    assert len(way.ties) == 2


def test_a_chain_is_told_when_no_partner_knows_the_candidate(letter_day: Projection) -> None:
    # Bat Yam – Antalya – Nuremberg – Kunming, or with the protocol Bat Yam – Antalya – Kunming.
    ways = find_ways(letter_day, BAT_YAM, NUREMBERG)
    assert ("partner", (ANTALYA,)) in [(way.kind, way.through) for way in ways]
    assert find_ways(letter_day, BAT_YAM, IZMIR) == ()


def test_an_ended_tie_is_no_way(letter_day: Projection, later: Projection) -> None:
    assert find_ways(letter_day, BAT_YAM, NUREMBERG)
    assert find_ways(later, BAT_YAM, NUREMBERG) == ()


def test_an_ended_tie_speaks_against(later: Projection) -> None:
    here, bat_yam = candidate(later, ANTALYA), candidate(later, BAT_YAM)
    remarks = {remark.name: remark for remark in find_remarks(here, bat_yam, later, NOTHING_KNOWN)}
    assert remarks["ended_tie"].evidence == (f"{BASE}agreement/twinning-antalya-bat-yam-1",)
    assert "thin_data" in remarks  # nothing else is recorded of Bat Yam
    assert "ended_in_country" not in remarks  # the only ended tie with Israel is Bat Yam's own


def test_ended_ties_with_other_cities_of_the_country_are_remarked_on(later: Projection) -> None:
    here = candidate(later, ANTALYA)
    other = Candidate("gn:1", "https://example.org/1", Label("Hayfa", "Haifa"), country="IL")
    (remark,) = [r for r in find_remarks(here, other, later, NOTHING_KNOWN) if r.name == "ended_in_country"]
    assert remark.evidence == (f"{BASE}agreement/twinning-antalya-bat-yam-1",)
    assert remark.text.en.startswith("1 of our ties")


def test_a_contested_place_and_the_own_country_are_remarked_on(
    tiny: Revision, letter_day: Projection
) -> None:
    canakkale = candidate(letter_day, f"{BASE}city/canakkale", population=1000.0)
    here = candidate(letter_day, ANTALYA, population=2_500_000.0)
    background = read_background(tiny, ANTALYA, LETTER_DAY, [canakkale.iri], [])
    names = [remark.name for remark in find_remarks(here, canakkale, letter_day, background)]
    assert names == ["contested_place", "same_country", "much_smaller", "thin_data"]


def test_the_checklist_says_yes_no_or_not_known(tiny: Revision, letter_day: Projection) -> None:
    nuremberg = candidate(letter_day, NUREMBERG)
    background = read_background(tiny, ANTALYA, LETTER_DAY, [NUREMBERG], [f"{BASE}network/medcities"])
    checks = {c.check: c for c in check_fit(ANTALYA, nuremberg, letter_day, background)}
    assert {name: check.ok for name, check in checks.items()} == {
        "theme": True,  # MedCities works on climate change
        "plan": None,  # no plan is recorded
        "open_call": None,  # no call is recorded
        "shared_network": True,
        "capacity": True,
        "existing_tie": True,
        "not_in_talks": True,
    }
    assert "MedCities" in checks["shared_network"].text.en


def test_what_is_not_recorded_is_never_a_no(letter_day: Projection) -> None:
    izmir = candidate(letter_day, IZMIR)
    checks = {c.check: c.ok for c in check_fit(ANTALYA, izmir, letter_day, NOTHING_KNOWN)}
    assert checks == {
        "theme": None,
        "plan": None,
        "open_call": None,
        "shared_network": None,
        "capacity": None,
        "existing_tie": None,
        "not_in_talks": True,
    }


def test_the_plan_is_served_by_ties_in_its_priority_themes(letter_day: Projection) -> None:
    themes = {NUREMBERG: {"urn:climate": ("urn:tie",)}, KUNMING: {"urn:sport": ("urn:other",)}}
    background = Background(themes, (), {}, {}, priorities=frozenset({"urn:climate", "urn:tourism"}))
    answers = {}
    for iri in (NUREMBERG, KUNMING, IZMIR):
        checks = check_fit(ANTALYA, candidate(letter_day, iri), letter_day, background)
        (answers[iri],) = ((check.ok, check.evidence) for check in checks if check.check == "plan")
    assert answers == {NUREMBERG: (True, ("urn:tie",)), KUNMING: (False, ()), IZMIR: (None, ())}


def test_a_call_is_open_to_the_countries_that_it_names(letter_day: Projection) -> None:
    call = OpenCall("https://example.org/call", Label("Çağrı", "Call"), frozenset({"TR", "DE"}), frozenset())
    background = Background({}, (call,), {}, {})
    answers = {}
    for iri in (NUREMBERG, KUNMING):
        checks = check_fit(ANTALYA, candidate(letter_day, iri), letter_day, background)
        answers[iri] = next(check.ok for check in checks if check.check == "open_call")
    assert answers == {NUREMBERG: True, KUNMING: False}


def test_coverage_counts_what_is_known(letter_day: Projection) -> None:
    # Antalya: country, place, population, twinning, membership, participation; not the world's ties.
    assert city_coverage(letter_day, ANTALYA).share == 6 / 7
    assert city_coverage(letter_day, ANTALYA).is_enough
    # Nuremberg: country, twinning, membership; nobody says where it lies.
    nuremberg = city_coverage(letter_day, NUREMBERG)
    assert nuremberg.share == 3 / 7
    assert not nuremberg.is_enough
    assert nuremberg.missing == ("coordinates", "population", "participation")
    assert any("cities.yml" in gap.en for gap in find_gaps(nuremberg))
    assert coverage_of(candidate(letter_day, IZMIR), letter_day) == 1 / 6


def test_direct_ties_are_told_whatever_their_status(later: Projection) -> None:
    assert [tie.status for tie in direct_ties(later, ANTALYA, BAT_YAM)] == ["ended"]
    assert [tie.grade for tie in direct_ties(later, ANTALYA, KUNMING)] == ["unverified"]


def test_networks_are_ranked_by_like_networks_compatriots_and_partners(
    tiny: Revision, letter_day: Projection
) -> None:
    (advice,) = rank_networks(tiny, letter_day, NUREMBERG)
    assert advice.network.slug == "race-to-zero"
    # MedCities has Antalya and Nuremberg, Race to Zero has Antalya: 1 / √(2·1). Of Nuremberg's
    # partners, Antalya and Kunming, one is in it. No other German city is recorded.
    assert {term.name.rpartition("/")[2]: term.value for term in advice.terms} == {
        "medcities": pytest.approx(1 / sqrt(2)),
        "partners": 0.5,
    }
    assert advice.affinity == pytest.approx(1 / sqrt(2) + 0.5)
    assert [remark.name for remark in advice.against] == ["no_city_network", "thin_data"]
    assert rank_networks(tiny, letter_day, ANTALYA) == ()
