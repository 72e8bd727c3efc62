"""Every case of the W3C about queries and their results, put to the program over HTTP."""

from collections import Counter

from w3c_server import Kopru, serve_oxigraph
from w3c_suite import Case, list_cases

FOUND = {
    "QueryEvaluationTest": 509,
    "CSVResultFormatTest": 3,
    "PositiveSyntaxTest": 149,
    "NegativeSyntaxTest": 50,
    "PositiveSyntaxTest11": 63,
    "NegativeSyntaxTest11": 40,
    "ProtocolTest": 20,
    "ServiceDescriptionTest": 3,
}


def test_all_cases_are_found(deviations: dict[str, str]) -> None:
    cases = list_cases()
    assert Counter(case.kind for case in cases) == FOUND
    assert len({case.name for case in cases}) == sum(FOUND.values())
    assert deviations.keys() <= {case.name for case in cases}


def test_a_query_gives_the_result_that_is_expected(
    kopru: Kopru, evaluation_case: Case, deviations: dict[str, str]
) -> None:
    kopru.publish(evaluation_case)
    check(kopru, evaluation_case, deviations)


def test_syntax_is_taken_or_refused_as_expected(
    kopru: Kopru, syntax_case: Case, deviations: dict[str, str]
) -> None:
    check(kopru, syntax_case, deviations)


def test_the_engines_own_server_deviates_as_well(deviating_case: Case) -> None:
    with serve_oxigraph(deviating_case) as oxigraph:
        assert oxigraph.find_fault(deviating_case)


def check(kopru: Kopru, case: Case, deviations: dict[str, str]) -> None:
    fault = kopru.find_fault(case)
    if case.name in deviations:
        assert fault, "passes now: take it off the list in docs/sparql-conformance.md"
    else:
        assert not fault, fault
