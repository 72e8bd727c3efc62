"""Recommendations from the bundled records with the shipped parameters: properties that must hold."""

from collections.abc import Callable
from datetime import date

import pytest
from rdflib import URIRef

from graph.recommendation.model import Recommendation
from graph.recommendation.service import Asked, Recommender
from graph.store import GraphStore
from ontology.errors import NotFound

DAY = date(2024, 3, 4)
BASE = "https://w3id.org/kopru/id/"


@pytest.fixture(scope="module")
def recommender(bundled_store: GraphStore) -> Recommender:
    return Recommender(bundled_store.current(), DAY)


@pytest.fixture(scope="module")
def first(recommender: Recommender) -> tuple[Recommendation, ...]:
    found = recommender.recommend("antalya", Asked(limit=200)).items
    assert all(isinstance(item, Recommendation) for item in found)
    return found  # type: ignore[return-value]


def test_the_terms_add_up_to_the_affinity_in_every_place(
    recommender: Recommender, first: tuple[Recommendation, ...]
) -> None:
    order = recommender.rankers.order(f"{BASE}city/antalya")
    scores = order.ranker.score_all(order.city)
    assert len(first) == 200
    for item in first:
        assert sum(term.value for term in item.terms) == pytest.approx(item.affinity, abs=1e-9)
        assert item.affinity == pytest.approx(scores[order.universe.place[item.city.iri]], abs=1e-9)


def test_the_best_stand_first_and_pages_follow_one_another(recommender: Recommender) -> None:
    whole = recommender.recommend("antalya", Asked(limit=10)).items
    second = recommender.recommend("antalya", Asked(limit=5, offset=5)).items
    assert [item.affinity for item in whole] == sorted((i.affinity for i in whole), reverse=True)
    assert [item.rank for item in second] == [6, 7, 8, 9, 10]
    assert whole[5:] == second


def test_acknowledged_sister_cities_are_no_candidates_for_twinning_and_are_for_projects(
    recommender: Recommender, first: tuple[Recommendation, ...]
) -> None:
    nuremberg = f"{BASE}city/nuremberg"
    assert nuremberg not in {item.city.iri for item in first}
    projects = recommender.recommend("antalya", Asked(limit=3000), purpose="project").items
    (found,) = [item for item in projects if isinstance(item, Recommendation) and item.city.iri == nuremberg]
    assert next(check.ok for check in found.fit if check.check == "existing_tie") is True


def test_a_tie_known_from_a_list_alone_does_not_speak_for_itself(recommender: Recommender) -> None:
    order = recommender.rankers.order(f"{BASE}city/antalya")
    haikou = order.universe.place[f"{BASE}city/haikou"]
    assert order.rank(haikou) > 0  # not taken for a partner
    listed = recommender.judge("antalya", "haikou")
    assert listed is not None
    assert "unverified_tie" in {remark.name for remark in listed.against}


def test_the_own_country_and_cautioned_ones_are_left_out_unless_asked_for(
    recommender: Recommender, first: tuple[Recommendation, ...]
) -> None:
    assert not {"TR", "CY", "AM"} & {item.city.country for item in first}
    cyprus = recommender.recommend("antalya", Asked(countries=frozenset({"CY"}), limit=3)).items
    assert [item.city.country for item in cyprus if isinstance(item, Recommendation)] == ["CY"] * 3
    assert all("no_relations" in {remark.name for remark in item.against} for item in cyprus)
    domestic = recommender.recommend("antalya", Asked(domestic=True, limit=200)).items
    assert "TR" in {item.city.country for item in domestic if isinstance(item, Recommendation)}


def test_checks_filter_and_theme_is_what_they_are_about(recommender: Recommender) -> None:
    asked = Asked(checks=frozenset({"theme"}), theme=f"{BASE}theme/urban-mobility", limit=50)
    found = recommender.recommend("antalya", asked).items
    assert found
    for item in found:
        check = next(check for check in item.fit if check.check == "theme")
        assert check.ok
        assert check.evidence


def test_a_thin_graph_says_what_would_widen_the_view(recommender: Recommender) -> None:
    found = recommender.recommend("antalya", Asked(limit=1))
    assert found.enough
    assert any("ties between other cities" in sentence.en for sentence in found.widen)
    assert all(sentence.tr != sentence.en for sentence in found.widen)


def test_too_little_known_is_an_answer(store: GraphStore, publish: Callable[[str], object]) -> None:
    publish('<https://w3id.org/kopru/id/city/nowhere> a schema:City ; rdfs:label "Yok"@tr, "Nowhere"@en .')
    found = Recommender(store.current(), DAY).recommend("nowhere")
    assert not found.enough
    assert found.items == ()
    assert any("cities.yml" in sentence.en for sentence in found.widen)


def test_a_city_that_is_not_there_is_told_with_the_nearest_name(recommender: Recommender) -> None:
    with pytest.raises(NotFound, match="Did you mean antalya") as caught:
        recommender.recommend("antalia")
    assert "Şunu mu demek istediniz" in caught.value.sentence("tr")


def test_a_candidate_is_found_by_slug_number_or_name(recommender: Recommender) -> None:
    by_name = recommender.judge("antalya", "Plovdiv")
    assert by_name is not None
    number = by_name.city.city_id.removeprefix("gn:")
    by_number = recommender.judge("antalya", number)
    assert by_number is not None
    assert by_number.city == by_name.city
    assert recommender.judge("antalya", "no such place") is None
    assert recommender.judge("antalya", "antalya") is None


def test_a_day_before_everything_leaves_places_and_sizes(bundled_store: GraphStore) -> None:
    found = Recommender(bundled_store.current(), date(1900, 1, 1)).recommend("antalya", Asked(limit=5))
    assert not found.enough or all(item.affinity for item in found.items)
    # One tie is only known to have begun before some day, so that it may have held even then.
    assert found.known_ties == 1


def test_every_group_of_the_ranker_has_its_name_and_its_sentence() -> None:
    from graph.ranking.features import FEATURES
    from graph.recommendation.groups import GROUP_LABELS, HIGH, LOW, WAYS

    groups = {feature.group for feature in FEATURES}
    assert groups <= GROUP_LABELS.keys()
    assert groups - {"data"} <= HIGH.keys() | WAYS.keys()
    assert groups - {"name"} <= LOW.keys()


def test_the_statements_of_a_way_are_listed_by_its_query(bundled_store: GraphStore) -> None:
    revision = bundled_store.current()
    from graph.library import load_query

    relation = URIRef(f"{BASE}agreement/twinning-antalya-nuremberg-1")
    rows = revision.select(load_query("statements_of_ties").bind(relation=[relation]))
    assert {str(row["relation"]) for row in rows} == {str(relation)}
    assert {str(row["city"]).rpartition("/")[2] for row in rows} == {"antalya", "nuremberg"}
    assert all("document" in row for row in rows)
