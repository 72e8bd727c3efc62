"""The guard against two parsers: what either of them takes for an update or a service, it refuses.

Oxigraph is asked with a server that notes every request; rdflib's parse tree is looked at.
"""

import tarfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from forbidden_queries import PROLOGUE, SERVICES, UPDATES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyparsing import ParseBaseException
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from w3c_suite import ARCHIVE

from graph.guard import check_query
from ontology.errors import KopruError, QueryRefused
from ontology.terms import PREFIXES

ROOT = Path(__file__).parents[2]


def is_refused(text: str) -> bool:
    try:
        check_query(text, PREFIXES)
    except KopruError:
        return True
    return False


def ox_reaches_out(text: str, requests: list[str]) -> bool:
    """Tell whether Oxigraph asks the server when it is given the query."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.Literal(1)))
    before = len(requests)
    try:
        results = store.query(text)
        for _ in results if not isinstance(results, ox.QueryBoolean) else ():
            pass
    except (SyntaxError, OSError, RuntimeError, ValueError):
        pass
    return len(requests) > before


def ox_updates(text: str) -> bool:
    """Tell whether Oxigraph takes the text for an update that does something."""
    try:
        ox.Store.update(ox.Store(), text)
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):
        return True
    return bool(text.replace(PROLOGUE, "").strip())


def rdflib_sees(text: str) -> bool:
    """Tell whether rdflib reads a service in a query, or an update."""
    try:
        if "ServiceGraphPattern" in repr(parseQuery(text)):
            return True
    except (ParseBaseException, RecursionError, ValueError, AttributeError, TypeError, KeyError, IndexError):
        pass
    try:
        return bool(parseUpdate(text).request)
    except (ParseBaseException, RecursionError, ValueError, AttributeError, TypeError, KeyError, IndexError):
        return False


def test_no_disguise_passes(foreign_endpoint) -> None:
    """Most of them are understood by one parser or both, so that this says something."""
    address, requests = foreign_endpoint
    base = address.removesuffix("/sparql")
    understood = {"oxigraph": 0, "rdflib": 0}
    for text in [*UPDATES, *SERVICES]:
        query = (PROLOGUE + text).replace("EX", base)
        assert is_refused(query), text
        understood["oxigraph"] += ox_reaches_out(query, requests) or ox_updates(query)
        understood["rdflib"] += rdflib_sees(query)
    assert len(UPDATES) + len(SERVICES) >= 130
    assert understood["oxigraph"] >= 70
    assert understood["rdflib"] >= 85


FRAGMENTS = [
    "SELECT * ", "ASK ", "WHERE ", "{ ", "} ", "{ ?s ?p ?o } ", "} }", "SERVICE ", "SERVICE", "service ",
    "SILENT ", "SILENT", "<EX/> ", "ex:a ", "ex:", ":SERVICE ", "?x ", "?service ", "BIND(<EX/> AS ?x) ",
    "VALUES ?x { <EX/> } ", "FILTER(", ") ", "EXISTS ", "NOT ", "OPTIONAL ", "UNION ", "MINUS ", "GRAPH ",
    "'", '"', "'''", '"""', "\\", "#", "\n", "\r", "\u0085", "\u2028", "\ufeff", "\u00a0", "\\u0053ERVICE ",
    "S\\u0045RVICE ", "\\u0027",
    "\\u0023", "\\u007B ", "<", ">", "1", "1<2 ", "true", "'x'@en", "^^", ".", ";",
    "?s ?p ", "?s ?p 'x' . ", "?s ?p '#' . ", "_:b", "()", "[]", "INSERT DATA { ex:a ex:b 1 } ", "CLEAR ALL ",
    "DELETE ", "LOAD <EX/> ", "ORDER BY ", "LATERAL ", "x", " ", "\t",
]  # fmt: skip
SHAPES = [
    "SELECT * {{ {0} SERVICE <EX/> {{ ?s ?p ?o }} {1} }}",
    "SELECT * {{ ?s ?p {0} SERVICE <EX/> {{ ?s ?p ?o }} {1} }}",
    "SELECT * {{ {0}SERVICE{1}<EX/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ {0} {1} <EX/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ FILTER({0} < {1}) SERVICE <EX/> {{ ?s ?p ?o }} FILTER(2 > 1) }}",
    "{0} INSERT DATA {{ ex:a ex:b 1 }} {1}",
    "{0}{1}",
]
texts = st.lists(st.sampled_from(FRAGMENTS), max_size=5).map("".join)
queries = st.builds(
    lambda shape, one, two: PROLOGUE + shape.format(one, two), st.sampled_from(SHAPES), texts, texts
)


@settings(
    max_examples=600, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(text=queries)
def test_what_either_parser_takes_for_a_service_or_an_update_is_refused(foreign_endpoint, text: str) -> None:
    address, requests = foreign_endpoint
    query = text.replace("EX", address.removesuffix("/sparql"))
    if not is_refused(query):
        assert not ox_reaches_out(query, requests)
        assert not rdflib_sees(query)


def test_every_question_of_our_own_passes() -> None:
    files = sorted((ROOT / "graph" / "queries").glob("*.rq"))
    assert len(files) >= 35
    assert [file.name for file in files if is_refused(file.read_text("utf-8"))] == []


def list_w3c_queries() -> list[tuple[str, str]]:
    """Return name and text of every query in the W3C's archive."""
    if not ARCHIVE.exists():
        pytest.skip(f"reference data is not there: {ARCHIVE}")
    with tarfile.open(ARCHIVE) as archive:
        files = [member for member in archive.getmembers() if member.name.endswith(".rq")]
        return [(file.name, archive.extractfile(file).read().decode("utf-8", "replace")) for file in files]  # type: ignore[union-attr]


def is_read(text: str) -> bool:
    try:
        ox.Store().query(text, base_iri="http://example.org/", prefixes=PREFIXES)
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):
        return True
    return True


def test_every_readable_query_of_the_w3c_passes_but_those_with_service() -> None:
    queries = [(name, text) for name, text in list_w3c_queries() if is_read(text)]
    assert len(queries) >= 750
    refused = []
    for name, text in queries:
        try:
            check_query(text, PREFIXES)
        except QueryRefused as error:
            refused.append((name, error.facts["form"]))
    assert {form for _, form in refused} == {"SERVICE"}
    assert len(refused) == 10
