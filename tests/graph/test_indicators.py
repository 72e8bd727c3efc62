"""The indicators that are computed, over the bundled records; the values are worked out here by hand.

What counts as a tie of ours on 2024-03-04 is told in ``test_competency.py``: 31 agreements, 13
memberships and three cooperations (GIZ, VAG, ANFAŞ), 47 in all.
"""

from collections.abc import Callable
from datetime import date

import pytest
from rdflib import Literal

from graph.library import list_queries, load_query
from ontology.terms import XSD
from ontology.vocabulary import load_themes

Ask = Callable[..., list[tuple[str, ...]]]

TIES = 31 + 13 + 3
# Confirmed: 6 sister cities, 3 protocols; Covenant, Global Covenant, MedCities, Race to Zero, One Planet,
# CDP, Healthy Cities; GIZ and VAG.
CONFIRMED = 6 + 3 + 7 + 2
# Months from the newest evidence of each tie to March 2024, and how many ties have it: the list of May 2023
# (15 sister cities, 5 protocols), that of September 2016 (7), Moscow (autumn 2023, its last month November),
# Hangzhou, Xining, Jeonju's letter; the member list of 2016-2019 (5 networks), 2022 (3), 2021, 2018; VAG.
AGES = [(10, 20), (90, 7), (4, 1), (54, 1), (6, 1), (129, 1), (51, 5), (15, 3), (27, 1), (63, 1), (300, 1)]
# Themes of agreements and cooperations, and those above them in themes.ttl.
THEMES = {
    "culture", "youth", "education", "public-transport", "environment", "tourism", "economy", "trade",
    "sport", "health", "green-areas", "urban-planning", "urban-mobility", "cultural-heritage",
    "climate-change", "social-policy", "urban-development",
}  # fmt: skip


def all_themes() -> int:
    return len(set(load_themes().query("SELECT ?t { ?t <http://www.w3.org/2004/02/skos/core#inScheme> ?s }")))


EXPECTED: dict[str, float] = {
    "active_networks": 6,  # the counted eight less those without evidence up to the day (Asian forum, MLGP)
    "age_of_last_evidence": round(sum(m * n for m, n in AGES) / sum(n for _, n in AGES) / 12, 1),
    "agreements_with_end": 0,  # of the nine protocols none tells its end
    "confirmed_ties": round(100 * CONFIRMED / TIES, 1),
    "countries_covered": 15,  # the countries of question 19
    "dormant_partners": 30 - 3,  # but Hangzhou (signed 2019-09), Nuremberg (2022), Moscow (2023)
    "grant_money": 5_500_000 + 146_000,
    "open_places": 6 + 0 + 2,
    "own_share_of_project_money": 28.3,  # 5.5 of 19.435802 million
    "results_with_evidence": 0,
    "single_unverified_source": 7,  # the list of 2016
    "sister_cities_with_project": 0,  # none of MAtchUP's cities is a sister city
    "themes_with_partner": round(100 * len(THEMES) / all_themes(), 1),
    "ties_without_dated_source": 2,  # MLGP4Climate and ANFAŞ
}


def test_every_indicator_is_tested() -> None:
    names = {q.name.removeprefix("indicator_") for q in list_queries() if q.name.startswith("indicator_")}
    assert names == EXPECTED.keys()
    assert len(names) == 14


@pytest.mark.parametrize("name", EXPECTED)
def test_an_indicator_has_one_value_a_title_and_a_unit(ask_bundled: Ask, name: str) -> None:
    query = load_query(f"indicator_{name}")
    assert query.title is not None
    assert query.unit is not None
    assert query.unit.tr
    ((value,),) = ask_bundled(query.name, "value")
    assert float(value) == EXPECTED[name]


def test_the_mean_age_is_that_of_42_dated_ties() -> None:
    """Five ties have no evidence up to the day: AMF, MLGP, the Mediterranean union, GIZ, ANFAŞ."""
    assert sum(number for _, number in AGES) == TIES - 5
    assert EXPECTED["age_of_last_evidence"] == 3.4


def test_a_share_of_nothing_has_no_value(ask_bundled: Ask) -> None:
    assert ask_bundled("indicator_own_share_of_project_money", "value", year=Literal(2010)) == [("",)]


@pytest.mark.parametrize(
    "name", ["age_of_last_evidence", "confirmed_ties", "grant_money", "results_with_evidence"]
)
def test_a_mean_a_share_and_a_sum_of_nothing_are_unknown(
    ask_made_up: Callable[[str], Ask], name: str
) -> None:
    ask = ask_made_up(PREFIXES + "city:antalya a schema:City .")
    assert ask(f"indicator_{name}", "value") in ([], [("",)])


def test_a_grant_of_an_unknown_amount_is_not_nothing(ask_made_up: Callable[[str], Ask]) -> None:
    ask = ask_made_up(PREFIXES + TWIN_WITH_PROJECT + ":grant a kp:Grant ; kp:recipient :authority-a .")
    assert ask("indicator_grant_money", "value") == []


def test_the_day_decides(ask_bundled: Ask) -> None:
    before = Literal(date(2012, 6, 30).isoformat(), datatype=XSD.date)
    # Before the Covenant was signed and before any list: no network is known.
    assert ask_bundled("indicator_active_networks", "value", asOf=before) == [("0",)]


KINDS = "city classification"
PREFIXES = "".join(f"@prefix {kind}: <https://w3id.org/kopru/id/{kind}/> .\n" for kind in KINDS.split())
#: Nuremberg is twinned and in a project with us that ran until 2020; its evidence is of 2014.
TWIN_WITH_PROJECT = """
city:antalya a schema:City .
city:nuremberg a schema:City .
:authority-a org:classification classification:metropolitan-municipality ;
    dcterms:spatial city:antalya .
:authority-n dcterms:spatial city:nuremberg .
:twinning a kp:TwinningAgreement ; kp:party :authority-a, :authority-n .
:protocol a kp:CooperationProtocol ; kp:party :authority-a, :authority-n .
:ours a kp:ProjectParticipation ; org:member :authority-a ; kp:project :project .
:theirs a kp:ProjectParticipation ; org:member :authority-n ; kp:project :project .
:seen a kp:Evidence ; kp:about :twinning ; kp:evidenceDate "2014-03-31"^^xsd:date ;
    kp:evidenceGrade kp:confirmed ; kp:claimedProperty rdf:type ; kp:claimedValue kp:TwinningAgreement .
:until a kp:Evidence ; kp:about :project ; kp:evidenceGrade kp:confirmed ; kp:claimedProperty kp:endDate ;
    kp:claimedValue "2020" ;
    kp:claimedEarliest "2020-01-01"^^xsd:date ; kp:claimedLatest "2020-12-31"^^xsd:date .
:ends a kp:Evidence ; kp:about :protocol ; kp:evidenceGrade kp:confirmed ; kp:claimedProperty kp:endDate ;
    kp:claimedValue "2030" ;
    kp:claimedEarliest "2030-01-01"^^xsd:date ; kp:claimedLatest "2030-12-31"^^xsd:date .
"""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sister_cities_with_project", "1"),
        ("dormant_partners", "0"),
        ("agreements_with_end", "1"),
        ("age_of_last_evidence", "10"),  # March 2014 to March 2024
    ],
)
def test_indicators_over_a_made_up_partner(ask_made_up: Callable[[str], Ask], name: str, value: str) -> None:
    assert ask_made_up(PREFIXES + TWIN_WITH_PROJECT)(f"indicator_{name}", "value") == [(value,)]
