"""Choosing members: checked independently of the solver, and against every choice where there are few."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.consortium.problem import CONDITIONS, Option, Problem, find_failing, solve, solve_several, value_of

OPTIONS = st.builds(
    Option,
    st.integers(0, 100).map(lambda number: number / 100),
    st.sampled_from(["DE", "IT", "ES", "TR", "GR"]),
    st.frozensets(st.sampled_from("abcd"), max_size=3),
)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    return Problem(
        options=tuple(draw(st.lists(OPTIONS, max_size=9))),
        members=draw(st.integers(1, 5)),
        own_country=draw(st.sampled_from(["TR", ""])),
        minimum_countries=draw(st.integers(1, 5)),
        eligible=draw(st.sampled_from([frozenset(), frozenset({"DE", "IT", "TR"}), frozenset({"ES"})])),
        themes=draw(st.frozensets(st.sampled_from("abcd"), max_size=4)),
        own_themes=draw(st.sampled_from([frozenset(), frozenset("a")])),
        all_themes=draw(st.booleans()),
        most_per_country=draw(st.sampled_from([None, 1, 2])),
    )


def is_allowed(problem: Problem, chosen: tuple[int, ...]) -> bool:
    """Check the conditions one by one, as the call words them."""
    members = [problem.options[place] for place in chosen]
    countries = [one.country for one in members]
    there = {*countries, problem.own_country} - {""}
    themes = problem.own_themes.union(*(one.themes for one in members))
    return (
        len(set(chosen)) == problem.members
        and len(there) >= problem.minimum_countries
        and (not problem.eligible or set(countries) <= problem.eligible)
        and (not problem.all_themes or problem.themes <= themes)
        and (
            problem.most_per_country is None
            or all(countries.count(c) <= problem.most_per_country for c in countries)
        )
    )


def best_of_all(problem: Problem) -> float | None:
    choices = combinations(range(len(problem.options)), problem.members)
    return max((value_of(problem, one) for one in choices if is_allowed(problem, one)), default=None)


@settings(max_examples=200, deadline=None)
@given(problems())
def test_the_answer_is_allowed_and_no_choice_is_better(problem: Problem) -> None:
    found, best = solve(problem), best_of_all(problem)
    assert (found is None) == (best is None)
    if found is not None and best is not None:
        assert is_allowed(problem, found.chosen)
        assert found.value == pytest.approx(best)
        assert found.is_proven


@settings(max_examples=100, deadline=None)
@given(problems())
def test_proposals_are_allowed_get_no_better_and_differ_in_half(problem: Problem) -> None:
    found = list(solve_several(problem, 3))
    assert all(is_allowed(problem, one.chosen) for one in found)
    values = [one.value for one in found]
    assert values == pytest.approx(sorted(values, reverse=True))
    for one, other in combinations(found, 2):
        assert 2 * len({*one.chosen} - {*other.chosen}) >= problem.members


@settings(max_examples=100, deadline=None)
@given(problems())
def test_what_fails_is_what_helps_when_dropped(problem: Problem) -> None:
    if best_of_all(problem) is not None:
        return
    helps = {
        one
        for one in CONDITIONS
        if problem.without(one) != problem and best_of_all(problem.without(one)) is not None
    }
    assert set(find_failing(problem)) == helps


def test_a_small_call_by_hand() -> None:
    # Two of four for one theme: the best two are Germans without it; one country more is asked for.
    options = (
        Option(1.0, "DE"), Option(0.9, "DE"), Option(0.5, "IT"), Option(0.2, "ES", frozenset("a")),
    )  # fmt: skip
    plain = solve(Problem(options, 2, own_country="TR"))
    assert plain is not None
    assert (plain.chosen, plain.value) == ((0, 1), pytest.approx(0.95))
    countries = solve(Problem(options, 2, own_country="TR", minimum_countries=3))
    assert countries is not None
    assert countries.chosen == (0, 2)
    theme = solve(Problem(options, 2, own_country="TR", themes=frozenset("a")))
    assert theme is not None
    assert (theme.chosen, theme.value) == ((0, 3), pytest.approx(0.6 + 1))


def test_a_call_that_contradicts_itself_names_the_condition() -> None:
    options = tuple(Option(0.5, "DE") for _ in range(5))
    assert find_failing(Problem(options, 3, "TR", minimum_countries=3)) == ("minimum_countries",)
    assert find_failing(Problem(options, 6, "TR")) == ("size",)
    assert find_failing(Problem(options, 2, "TR", most_per_country=1)) == ("size", "most_per_country")
    assert find_failing(Problem(options, 2, "TR", eligible=frozenset({"IT"}))) == ("eligible_countries",)


def test_no_candidates_and_thousands_are_answered() -> None:
    assert solve(Problem((), 3)) is None
    many = tuple(
        Option(number % 997 / 997, f"C{number % 60}", frozenset(f"{number % 7}")) for number in range(3_000)
    )
    found = solve(Problem(many, 7, minimum_countries=6, themes=frozenset("0123"), most_per_country=2))
    assert found is not None
    assert found.is_proven
    assert len({many[place].country for place in found.chosen}) >= 5
