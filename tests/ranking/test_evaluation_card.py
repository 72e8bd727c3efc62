"""The report card: parts of the queries, verdicts, and the way into a file and back."""

from collections.abc import Sequence
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from graph.ranking.evaluation.assess import ask_all, sum_up
from graph.ranking.evaluation.calibration import reliability_of
from graph.ranking.evaluation.card import (
    OURS,
    Protocol,
    ReportCard,
    Setting,
    load_card,
    save_card,
    shipped_card,
)
from graph.ranking.evaluation.pairs import Pairs
from graph.ranking.evaluation.queries import make_queries
from graph.ranking.evaluation.run import MEASURES, Method
from graph.ranking.evaluation.splits import split_random
from graph.ranking.evaluation.strata import facts_of, iter_strata
from graph.ranking.evaluation.worlds import TiedWorld, make_world
from graph.ranking.tables import WorldTables
from graph.ranking.world import make_tables
from ontology.errors import KopruError


def halves() -> tuple[WorldTables, Pairs]:
    """Return sixty cities, the first half Turkish, the second German, with ties by chance."""
    graph = nx.gnm_random_graph(60, 240, seed=4)
    facts = {
        f"c{n:02}": {"country": "TR" if n < 30 else "DE", "continent": "AS" if n < 30 else "EU", "lat": 40.0,
                     "lon": 30.0 if n < 30 else 10.0, "population": 50_000.0}
        for n in graph
    }  # fmt: skip
    tables = make_tables(facts, [(f"c{a:02}", f"c{b:02}") for a, b in graph.edges])
    return tables, Pairs(tables.twins, np.zeros(len(tables.twins), dtype=np.bool_))


class Informed:
    """Knows the country of the right partner and nothing else; its chances are true by construction."""

    name, is_choice = OURS, True

    def __init__(self, world: TiedWorld) -> None:
        own = world.tables.country[:, None] == world.tables.country[None, :]
        self.scores = np.where(own, 2.0, 0.0)

    def score(self, sources: np.ndarray) -> np.ndarray:
        """Return rows of scores."""
        return self.scores[sources]


def make_models(world: TiedWorld, seed: int) -> Sequence[Method]:
    assert seed in (1, 2)
    return (Informed(world),)


@pytest.fixture(scope="module")
def setting() -> Setting:
    """Return an evaluation of two draws with a method that prefers its own country."""
    tables, pairs = halves()
    splits = [split_random(pairs, seed, share=0.3) for seed in (1, 2)]
    heard: list[tuple[int, int]] = []
    rounds = [
        ask_all(tables, pairs, split, make_models, lambda *step: heard.append(step)) for split in splits
    ]
    assert [done == all_ for done, all_ in heard] == [True, True]
    return sum_up("rings", rounds, least=50)


def test_all_methods_are_asked_all_queries_of_all_draws(setting: Setting) -> None:
    assert (setting.ties_learnt, setting.ties_held_out, setting.seeds) == (168, 72, (1, 2))
    assert setting.queries == 2 * 2 * 72
    assert setting.methods[0].name == OURS
    assert len(setting.methods) == 14
    for method in setting.methods:
        assert {one.queries for one in method.measures.values()} == {288}
        assert all(one.low <= one.value <= one.high for one in method.measures.values())
        assert tuple(method.measures) == MEASURES
        assert np.mean([mrr for mrr, _ in method.by_seed]) == pytest.approx(method.measures["mrr"].value)


def test_the_parts_of_a_kind_make_up_the_whole(setting: Setting) -> None:
    by_continent = [group for group in setting.groups if group.kind == "continent"]
    assert {group.name for group in by_continent} == {"AS", "EU"}
    assert sum(group.queries for group in by_continent) == 288
    whole = sum(group.queries * group.mrr[OURS].value for group in by_continent) / 288
    assert whole == pytest.approx(setting.method(OURS).measures["mrr"].value)


def test_verdicts_are_given_for_all_each_continent_and_turkish_cities(setting: Setting) -> None:
    parts = {(one.kind, one.name) for one in setting.verdicts}
    assert parts == {("all", "all"), ("continent", "AS"), ("continent", "EU"), ("country", "TR")}
    assert len(setting.verdicts) == 4 * 13
    for one in setting.verdicts:
        assert one.low <= one.difference <= one.high
        assert one.word == ("better" if one.low > 0 else "worse" if one.high < 0 else "open")


def test_fewer_are_answered_the_surer_they_must_be(setting: Setting) -> None:
    assert [one.share for one in setting.selection] == [1.0, 0.8, 0.6, 0.4, 0.2]
    thresholds = [one.threshold for one in setting.selection]
    assert thresholds == sorted(thresholds)
    assert setting.selection[0].mrr == pytest.approx(setting.method(OURS).measures["mrr"].value)


def test_every_query_is_in_one_class_of_each_kind() -> None:
    tables, pairs = halves()
    world = make_world(tables, split_random(pairs, 1))
    queries = make_queries(world)
    ring = np.zeros(len(world.split.test), dtype=np.bool_)
    ring[0] = True
    facts = facts_of(world, queries, ring)
    assert {kind: len(classes) for kind, classes in facts.items()} == dict.fromkeys(facts, len(queries))
    assert (facts["ring"] == "in_ring").sum() == 2
    degree = np.bincount(world.tables.twins.ravel())
    for source, name in zip(queries.sources, facts["ties_of_city"], strict=True):
        low, _, high = name.partition("-")
        assert int(low) <= degree[source] < int(high or 1000)
    # Own country: the same point; the other: 20 degrees of longitude at 40 north, some 1,700 km.
    same = facts["border"] == "inside"
    assert set(facts["distance"][same]) == {"0-500"}
    assert set(facts["distance"][~same]) == {"500-2000"}


def test_classes_of_numbers_stand_in_their_order() -> None:
    facts = {kind: np.array(["5-10", "10-", "1-2", "unknown"]) for kind in ("ties_of_city",)}
    empty = dict.fromkeys(
        ("continent", "country", "ties_of_partner", "reach", "distance", "border", "population", "ring"),
        np.array([], dtype=np.str_),
    )
    assert [one.name for one in iter_strata({**facts, **empty}, least=1)] == ["1-2", "5-10", "10-"]


def test_true_chances_have_no_calibration_error_and_doubled_ones_have() -> None:
    """Of 4,000 draws from told chances, what came is what was told, up to chance."""
    chance = np.random.default_rng(9)
    scores = chance.normal(size=(4000, 30)) * 1.5
    weights = np.exp(scores)
    cumulated = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
    right = (chance.random((4000, 1)) > cumulated).sum(axis=1)
    rows = np.arange(4000)

    def error(factor: float) -> tuple[float, float]:
        told = scores * factor
        wanted = told[rows, right].copy()
        told[rows, right] = np.nan
        found = reliability_of(told, rows, wanted)
        assert found.counts.sum() == 4000 * 30
        assert (found.told.sum(), found.came.sum()) == (pytest.approx(4000), 4000)
        return found.error, found.first_error

    true, doubled = error(1.0), error(2.0)
    assert max(true) < 0.03
    assert min(doubled) > 0.1


def card_of(setting: Setting) -> ReportCard:
    return ReportCard("2024-03-04", "1", "twins.csv (0a)", 240, 12.0, Protocol(100, 50, 2000), (setting,))


def test_a_card_goes_into_a_file_and_comes_back(setting: Setting, tmp_path: Path) -> None:
    path, again = tmp_path / "card.json", tmp_path / "again.json"
    save_card(card_of(setting), path)
    found = load_card(path)
    assert (found.setting("rings") or setting).method(OURS).measures["mrr"].value == pytest.approx(
        setting.method(OURS).measures["mrr"].value, rel=1e-3
    )
    assert found.setting("newer") is None
    save_card(found, again)
    assert path.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"settings": [{}]}', '{"settings": 3}', "not JSON"])
def test_a_file_that_is_no_card_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "card.json"
    path.write_text(text, "utf-8")
    with pytest.raises(KopruError, match=r"card\.json is no report card"):
        load_card(path)


def test_no_city_stands_in_the_card_that_comes_with_the_program() -> None:
    card = shipped_card()
    if card is None:
        return
    text = str(card)
    assert "gn:" not in text
    assert card.settings[0].name == "rings"
