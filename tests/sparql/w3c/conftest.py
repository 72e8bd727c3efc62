"""The W3C's SPARQL 1.0 and 1.1 tests over HTTP: one server of the program, each case a revision.

``docs/sparql-conformance.md`` lists the cases that don't come out as the W3C says, each with
its reason. The tests hold it true in both directions: what it lists fails, all else passes.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from w3c_server import Kopru, quick_folder, serve_kopru
from w3c_suite import ARCHIVE, Case, list_cases

_DOCUMENT = Path(__file__).parents[3] / "docs" / "sparql-conformance.md"
_ROW = re.compile(r"^\| `(sparql1[01]/\S+)` \| (.+) \|$", re.MULTILINE)
#: Name of an argument of a test -> the kinds of cases that it takes.
_KINDS = {
    "evaluation_case": ("QueryEvaluationTest", "CSVResultFormatTest"),
    "syntax_case": (
        "PositiveSyntaxTest", "PositiveSyntaxTest11", "NegativeSyntaxTest", "NegativeSyntaxTest11",
    ),
    "protocol_case": ("ProtocolTest",),
}  # fmt: skip


def read_deviations() -> dict[str, str]:
    """Return name and reason of each case that the document lists."""
    return dict(_ROW.findall(_DOCUMENT.read_text(encoding="utf-8")))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test the cases of the kind that its argument names."""
    for name, kinds in _KINDS.items():
        if name in metafunc.fixturenames:
            cases = [case for case in list_cases() if case.kind in kinds]
            metafunc.parametrize(name, cases, ids=[case.name for case in cases])
    if "deviating_case" in metafunc.fixturenames:
        cases = [case for case in list_cases() if case.name in read_deviations()]
        metafunc.parametrize("deviating_case", cases, ids=[case.name for case in cases])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip by name what needs the archive where it is not there."""
    if not ARCHIVE.exists():
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason=f"reference data is not there: {ARCHIVE}"))


@pytest.fixture(scope="session")
def deviations() -> dict[str, str]:
    return read_deviations()


@pytest.fixture(scope="session")
def kopru() -> Iterator[Kopru]:
    """Return the program, served over a store that holds one empty revision."""
    with quick_folder() as path, serve_kopru(path) as endpoint:
        endpoint.publish(Case("empty", ""))
        yield endpoint
