"""The ranker: who is ranked, in what order, with what terms; and what training may and may not see."""

import json
import os
import re
import signal
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from graph.ranking.batch import iter_rankings
from graph.ranking.choice import Choices, fit_logit
from graph.ranking.feature import Feature
from graph.ranking.features import FEATURES, FeatureMaker
from graph.ranking.growing import Growth
from graph.ranking.parameters_file import Parameters, load_parameters, shipped_parameters
from graph.ranking.prior import CountryPrior, make_prior
from graph.ranking.ranker import Ranker
from graph.ranking.sampling import Plan, split_folds
from graph.ranking.tables import WorldTables
from graph.ranking.training import Effort, train
from graph.ranking.world import make_tables
from ontology.errors import KopruError, RecordError

SMALL = Effort(
    Plan(folds=2, choices=100, others=30), Plan(folds=2, choices=300, others=20),
    Growth(trees=8, curvature=1.0),
)  # fmt: skip


def make_world(seed: int = 0, cities: int = 240) -> WorldTables:
    """Return a world in which cities of like size in TR and DE, or in FR and IT, are tied."""
    rng = np.random.default_rng(seed)
    countries = ["TR", "DE", "FR", "IT"]
    facts = {
        f"c{number:03}": {
            "country": countries[number % 4], "admin1": str(number % 3), "name": f"City {number}",
            "lat": float(rng.uniform(36, 52)), "lon": float(rng.uniform(0, 40)),
            "population": float(10 ** rng.uniform(3.5, 6)),
        }
        for number in range(cities)
    }  # fmt: skip
    ids = list(facts)
    twins = []
    for number in range(4 * cities):
        a = int(rng.integers(cities))
        others = [b for b in range(cities) if (a % 4) ^ 1 == b % 4]
        gap = [abs(np.log(facts[ids[a]]["population"] / facts[ids[b]]["population"])) for b in others]
        twins.append((ids[a], ids[others[int(np.argsort(gap)[number % 4])]]))
    return make_tables(facts, twins, [(city, f"N{place % 5}") for place, city in enumerate(ids)])


@pytest.fixture(scope="module")
def world() -> WorldTables:
    return make_world()


@pytest.fixture(scope="module")
def trained(world: WorldTables) -> Parameters:
    return train(world, seed=1, effort=SMALL)


def test_neither_the_city_nor_its_partners_are_candidates(world: WorldTables, trained: Parameters) -> None:
    ranker = Ranker(world, trained)
    for city in range(0, 240, 40):
        partners = {int(b if a == city else a) for a, b in world.twins if city in (a, b)}
        ranking = ranker.rank(city, 1000)
        assert partners
        assert set(ranking.cities.tolist()) == set(range(240)) - partners - {city}
        assert (np.diff(ranking.scores) <= 0).all()
        assert np.isneginf(ranker.score_all(city)[[city, *partners]]).all()


def test_a_short_list_is_the_head_of_the_long_one(world: WorldTables, trained: Parameters) -> None:
    ranker = Ranker(world, trained)
    assert ranker.rank(5, 7).cities.tolist() == ranker.rank(5, 100).cities.tolist()[:7]


def test_equal_scores_are_ordered_by_id() -> None:
    world = make_tables({}, [("m", "z"), ("b", "c"), ("a", "k")])
    ranking = Ranker(world, shipped_parameters()).rank(world.index["m"], 10)
    assert [world.city_ids[city] for city in ranking.cities] == ["a", "b", "c", "k"]


@pytest.mark.parametrize("plain", [True, False])
def test_the_terms_add_up_to_the_score(world: WorldTables, trained: Parameters, plain: bool) -> None:
    ranker = Ranker(world, trained, plain=plain)
    for city in range(0, 240, 24):
        scores = ranker.score_all(city)
        for candidate in np.flatnonzero(np.isfinite(scores))[::17]:
            total = sum(term.value for term in ranker.explain(city, int(candidate)))
            assert total == pytest.approx(scores[candidate], abs=1e-9)


def test_size_and_popularity_are_told_apart(world: WorldTables, trained: Parameters) -> None:
    ranker = Ranker(world, trained)
    groups = {term.name: term.group for term in ranker.explain(0, int(ranker.rank(0, 1).cities[0]))}
    assert groups["population"] == "size"
    assert groups["popularity"] == "popularity"


def test_whoever_comes_to_no_trees_stays_behind(
    world: WorldTables, trained: Parameters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.ranking.ranker.FIRST", 20)
    ranker = Ranker(world, trained)
    plain = Ranker(world, trained, plain=True)
    first = set(plain.rank(3, 20).cities.tolist())
    ranking = ranker.rank(3, 200)
    assert set(ranking.cities.tolist()[:20]) == first
    for city, score in zip(ranking.cities[18:24], ranking.scores[18:24], strict=True):
        assert sum(term.value for term in ranker.explain(3, int(city))) == pytest.approx(score, abs=1e-9)


def test_many_rankings_are_the_same_from_one_process_and_from_two(
    world: WorldTables, trained: Parameters
) -> None:
    make_ranker = partial(Ranker, world, trained)
    cities = list(range(0, 240, 2))
    one, two = (list(iter_rankings(make_ranker, cities, 5, processes=count)) for count in (1, 2))
    assert len(one) == 120
    assert [r.cities.tolist() for r in one] == [r.cities.tolist() for r in two]
    assert [r.scores.tolist() for r in one] == [r.scores.tolist() for r in two]


def test_a_trained_ranker_beats_chance_and_popularity_on_ties_it_has_not_seen(world: WorldTables) -> None:
    rng = np.random.default_rng(5)
    fold = split_folds(world.twins, len(world), 1, rng)[0]
    seen = world.with_twins(np.delete(world.twins, fold, axis=0))
    ranker = Ranker(seen, train(seen, effort=SMALL))
    places = []
    for a, b in world.twins[fold]:
        scores = ranker.score_all(int(a))
        places.append(int((scores > scores[b]).sum()))
    assert len(places) > 40
    assert np.median(places) < 12  # of some 230; the right country has 60


def test_the_same_tables_and_seed_give_the_same_parameters(
    tmp_path: Path, world: WorldTables, trained: Parameters
) -> None:
    again = train(world, seed=1, effort=SMALL)
    other = train(world, seed=2, effort=SMALL)
    for name, found in (("first", trained), ("again", again), ("other", other)):
        found.save(tmp_path / name)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "again").read_bytes()
    assert (tmp_path / "first").read_bytes() != (tmp_path / "other").read_bytes()


def test_parameters_are_the_same_after_writing_and_reading(
    tmp_path: Path, world: WorldTables, trained: Parameters
) -> None:
    trained.save(tmp_path / "p.json")
    again = load_parameters(tmp_path / "p.json")
    again.save(tmp_path / "q.json")
    assert (tmp_path / "p.json").read_bytes() == (tmp_path / "q.json").read_bytes()
    assert (
        Ranker(world, again).rank(0, 20).cities.tolist() == Ranker(world, again).rank(0, 20).cities.tolist()
    )


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format":"other","features":[]}', "\x00"])
def test_a_file_that_holds_no_parameters_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.json").write_text(text)
    with pytest.raises(RecordError, match=r"p\.json: holds no parameters"):
        load_parameters(tmp_path / "p.json")


def test_nothing_is_learnt_from_a_handful_of_ties() -> None:
    with pytest.raises(KopruError, match="There are 2 ties to learn from"):
        train(make_tables({}, [("a", "b"), ("b", "c")]))


def test_without_a_fold_both_ends_of_its_ties_keep_one(world: WorldTables) -> None:
    folds = split_folds(world.twins, len(world), 4, np.random.default_rng(0))
    taken = np.concatenate(folds)
    assert len(taken) == len(set(taken.tolist())) == 4 * (len(world.twins) // 10)
    for fold in folds:
        left = np.delete(world.twins, fold, axis=0)
        assert set(world.twins[fold].ravel().tolist()) <= set(left.ravel().tolist())


def test_the_logit_finds_the_coefficients_that_made_the_choices() -> None:
    rng = np.random.default_rng(0)
    table = rng.normal(size=(4000, 20, 2))
    best = (table @ [1.0, -0.5] + rng.gumbel(size=(4000, 20))).argmax(axis=1)
    rows = np.arange(4000)
    table[rows, 0], table[rows, best] = table[rows, best].copy(), table[rows, 0].copy()
    choices = Choices(table.astype(np.float16), np.zeros((4000, 20), dtype=np.float32))
    free = [Feature("x", "size"), Feature("y", "size")]
    held = [Feature("x", "size"), Feature("y", "size", 1)]
    assert fit_logit(choices, free)[0] == pytest.approx([1.0, -0.5], abs=0.06)
    assert fit_logit(choices, held)[0][1] == 0


def test_a_coefficient_keeps_to_its_direction(trained: Parameters) -> None:
    for model in (trained.linear, trained.local, shipped_parameters().linear):
        assert all(
            weight * feature.direction >= 0
            for feature, weight in zip(FEATURES, model.coefficients, strict=True)
            if feature.direction
        )


def test_countries_with_fewer_than_ten_ties_are_not_told_and_others_in_tens() -> None:
    ties = [(f"t{number}", f"d{number}") for number in range(14)] + [
        ("t0", f"f{number}") for number in range(9)
    ]
    countries = {"t": "TR", "d": "DE", "f": "FR"}
    facts = {city: {"country": countries[city[0]]} for pair in ties for city in pair}
    assert dict(make_prior(make_tables(facts, ties)).cells) == {"DE-TR": 10}


def test_what_is_shipped_of_countries_fades_as_the_tables_know_more() -> None:
    prior = CountryPrior(total=100, cells={"DE-TR": 40})
    facts = {f"{country}{number}": {"country": country} for country in ("TR", "DE") for number in range(80)}
    weights = [
        prior.weight(make_tables(facts, [(f"TR{number}", f"DE{number}") for number in range(count)]))
        for count in (0, 30, 75)
    ]
    assert all(a > b for a, b in pairwise(weights))
    assert weights[0] == 1
    assert weights[-1] == 0
    assert prior.ties(make_tables(facts, [])).tolist() == [[0, 40, 0], [40, 0, 0], [0, 0, 0]]


def test_the_shipped_parameters_have_no_city_and_no_unit_in_them() -> None:
    found = shipped_parameters()
    names = {feature.name for feature in FEATURES}
    text = (Path(__file__).parents[2] / "graph/ranking/parameters/world.json").read_text("utf-8")
    plain = json.loads(text)
    words = set(re.findall(r'"([^"]*)"', text)) - names
    pairs = {word for word in words if re.fullmatch(r"[A-Z]{2}-[A-Z]{2}", word)}
    assert len(pairs) > 100
    assert not re.search(r"(gn|x|Q):?\d", text)
    assert words - pairs <= {
        *plain, *plain["forest"], *plain["countries"], *plain["metrics"], *plain["forest"]["trees"][0],
        plain["format"], plain["data"], plain["trained_on"],
    }  # fmt: skip
    assert all(count >= 10 and count % 10 == 0 for count in found.prior.cells.values())
    assert max(len(bounds) for bounds in found.forest.edges) < 64
    assert len(text.encode()) < 1_000_000


def test_no_feature_of_a_tie_is_made_with_the_tie_in_the_tables(world: WorldTables) -> None:
    """The features of a fold's pair don't change when the fold's ties are other ones."""
    fold = split_folds(world.twins, len(world), 1, np.random.default_rng(0))[0]
    kept = np.delete(world.twins, fold, axis=0)
    a, b = (int(end) for end in world.twins[fold][0])
    made = FeatureMaker(world.with_twins(kept), CountryPrior()).make(a)
    with_tie = FeatureMaker(world, CountryPrior()).make(a)
    names = [feature.name for feature in FEATURES]
    assert made[names.index("popularity"), b] < with_tie[names.index("popularity"), b]
    assert np.isfinite(made).all()


@pytest.mark.parametrize(
    ("facts", "ties"),
    [
        ({}, [("a", "b"), ("b", "c"), ("c", "d")]),
        ({"a": {"country": "TR"}, "b": {}}, [("a", "b")]),
        (
            {city: {"country": "TR", "lat": 1.0, "lon": 2.0, "population": 0.0} for city in "abcd"},
            [("a", "b")],
        ),
        ({"a": {"country": "ZZ", "lat": 36.0}, "b": {"continent": "Q"}, "c": {}}, []),
    ],
)
def test_a_world_of_which_little_is_known_is_ranked_all_the_same(
    facts: dict[str, dict[str, str | float]], ties: list[tuple[str, str]]
) -> None:
    world = make_tables(facts, ties)
    ranker = Ranker(world, shipped_parameters())
    ranking = ranker.rank(world.index["a"], 10)
    assert np.isfinite(ranking.scores).all()
    assert len(ranking.cities) == len(world) - 1 - sum("a" in pair for pair in ties)


@pytest.mark.parametrize("groups", [[(c, "one") for c in "abcd"], [(c, c) for c in "abcd"], [("a", "x")]])
def test_networks_of_one_city_or_of_all_change_no_order(groups: list[tuple[str, str]]) -> None:
    ties = [("a", "b"), ("b", "c"), ("c", "d")]
    with_groups = Ranker(make_tables({}, ties, groups), shipped_parameters()).rank(0, 9)
    without = Ranker(make_tables({}, ties), shipped_parameters()).rank(0, 9)
    assert with_groups.cities.tolist() == without.cities.tolist()


def test_a_world_with_hardly_any_ties_is_asked_size_country_and_distance_only() -> None:
    facts = {f"c{n}": {"country": "TR", "population": 1000.0 * (n + 1)} for n in range(30)}
    ranker = Ranker(make_tables(facts, [("c0", "c1")]), shipped_parameters())
    assert ranker.thin
    local = {feature.name for feature in FEATURES if feature.local}
    assert {term.name for term in ranker.explain(0, 5)} <= local


def test_a_killed_process_is_told() -> None:
    with pytest.raises(KopruError, match="A process of the ranking was killed"):
        list(iter_rankings(kill_me, [0, 1], 5, processes=2))


def kill_me() -> Ranker:
    """Die as a process does that takes too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
