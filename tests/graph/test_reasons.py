"""What reasons say, in a made-up world that is rich enough for networks, projects and trees to count."""

from datetime import date

import numpy as np
import pytest

from graph.model import Label
from graph.projection import CityNode, Projection, Tie, TieKind
from graph.ranking.parameters_file import shipped_parameters
from graph.recommendation.leaving_out import DIRECT, score_without
from graph.recommendation.order import Order, Rankers
from graph.recommendation.universe import WORLD_TIES
from graph.recommendation.ways import find_ways

COUNTRIES = ("DE", "FR", "TR", "IT", "PL", "GR", "ES", "UA")
CITIES, NETWORKS, PROJECTS = 8_000, 30, 200
ASKED = "city/40"


def make_world() -> Projection:
    """Return cities in eight countries that prefer their own quarter of the numbers, seeded."""
    chance = np.random.default_rng(3)
    cities = {
        f"city/{number}": CityNode(
            f"city/{number}", Label(f"Kent {number}", f"Town {number}"), COUNTRIES[number % 8],
            36.0 + 2 * (number % 8) + chance.random(), 5.0 + 4 * (number % 8) + chance.random(),
            float(15_000 + 1_000 * chance.integers(0, 400)),
        )
        for number in range(CITIES)
    }  # fmt: skip
    ties = [tie("twinning", number, (a, b)) for number, (a, b) in enumerate(pairs(chance))]
    for kind, groups, share in (("membership", NETWORKS, 2_000), ("participation", PROJECTS, 1_500)):
        for number, city in enumerate(chance.integers(0, CITIES // 4, share)):
            group = f"{kind}/{int(chance.integers(0, groups))}"
            ties.append(tie(kind, number, (int(city),), group))  # type: ignore[arg-type]
    for number in range(4):
        ties.append(tie("membership", 90_000 + number, (40,), f"membership/{number}"))
        ties.append(tie("participation", 90_000 + number, (40,), f"participation/{number}"))
    return Projection(date(2024, 3, 4), cities, tuple(sorted(ties, key=lambda one: one.relation)))


def pairs(chance: np.random.Generator) -> set[tuple[int, int]]:
    """Return pairs of cities; the first quarter of them has most of the ties."""
    start, end = (chance.integers(0, CITIES // 4, 3 * WORLD_TIES) for _ in range(2))
    return {(int(min(a, b)), int(max(a, b))) for a, b in zip(start, end, strict=True) if a != b}


def tie(kind: TieKind, number: int, cities: tuple[int, ...], group: str | None = None) -> Tie:
    """Return a tie in force."""
    named = tuple(sorted(f"city/{city}" for city in cities))
    return Tie(f"{kind}/tie-{number}", kind, "holds", "confirmed", named, group)


@pytest.fixture(scope="module")
def rankers() -> Rankers:
    return Rankers(make_world(), shipped_parameters())


@pytest.fixture(scope="module")
def order(rankers: Rankers) -> Order:
    return rankers.order(ASKED)


def test_the_terms_of_a_thousand_random_candidates_add_up_to_their_scores(order: Order) -> None:
    scores = order.ranker.score_all(order.city)
    chance = np.random.default_rng(4)
    first = chance.choice(order.places[:1_000], 500, replace=False)
    others = chance.choice(order.places[1_000:], 500, replace=False)
    assert not order.ranker.plain
    for place in (*first.tolist(), *others.tolist()):
        total = sum(term.value for term in order.explain(place))
        assert total == pytest.approx(scores[place], abs=1e-9)


@pytest.mark.parametrize("group", DIRECT)
def test_taking_out_shared_groups_changes_the_score_by_what_is_stated(
    rankers: Rankers, order: Order, group: str
) -> None:
    sharing = [place for place in order.places[:1_000] if direct_relations(rankers, order, place, group)]
    assert len(sharing) >= 3
    changed = 0
    for place in sharing[:3]:
        relations = direct_relations(rankers, order, place, group)
        stated = score_without(order, place, rankers.projection, group, relations)
        _, without = rankers.without(relations)
        assert without.score_all(order.city)[place] == pytest.approx(stated, abs=1e-6)
        changed += abs(stated - order.ranker.score_all(order.city)[place]) > 1e-3
    assert changed


def test_taking_out_the_ways_over_partners_lowers_the_score(rankers: Rankers, order: Order) -> None:
    scores = order.ranker.score_all(order.city)
    lowered = 0
    for place in order.places[:400:80]:
        ways = find_ways(rankers.projection, order.iri, order.candidate(place).iri)
        relations = {tie.relation for way in ways if way.kind in ("partner", "chain") for tie in way.ties}
        total = sum(term.value for term in order.explain(place) if term.group == "paths")
        if not relations or total <= 0:
            continue
        _, without = rankers.without(relations)
        assert without.score_all(order.city)[place] < scores[place]
        lowered += 1
    assert lowered >= 2


def direct_relations(rankers: Rankers, order: Order, place: int, group: str) -> frozenset[str]:
    """Return the statements that make a city and a candidate share networks, or projects."""
    ways = find_ways(rankers.projection, order.iri, order.candidate(place).iri)
    return frozenset(tie.relation for way in ways if f"{way.kind}s" == group for tie in way.ties)
