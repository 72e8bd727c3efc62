"""No query joins an OPTIONAL on a variable that may be unbound: any value of the graph would fit."""

from collections.abc import Iterator

from rdflib import Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from graph.library import list_queries, load_query

#: Variables that are bound in every row, and those that are bound in some.
Bound = tuple[set[Variable], set[Variable]]


def variables_of(terms: object) -> set[Variable]:
    if isinstance(terms, Variable):
        return {terms}
    if isinstance(terms, list | tuple | set):
        return set().union(*map(variables_of, terms))
    return set()


def bound_in(node: CompValue, doubtful: set[Variable]) -> Bound:
    """Return what a part of the algebra binds; what an OPTIONAL guesses at is put into ``doubtful``."""
    parts = [bound_in(part, doubtful) for part in parts_of(node)]
    certain = [part[0] for part in parts]
    possible = set().union(*(part[1] for part in parts))
    match node.name:
        case "BGP":
            found = variables_of(node.triples)
            return found, found
        case "values":
            names = {name for row in node.res for name in row}
            return {n for n in names if all(str(row.get(n, "UNDEF")) != "UNDEF" for row in node.res)}, names
        case "LeftJoin":
            doubtful |= (parts[0][1] - certain[0]) & parts[1][1]
            return certain[0], possible
        case "Union":
            return certain[0] & certain[1], possible
        case "Minus":
            return parts[0]
        case "Project":
            return certain[0] & set(node.PV), possible & set(node.PV)
        case "Extend":
            return certain[0] | {node.var}, possible | {node.var}
        case "AggregateJoin":
            found = {term.res for term in node.A}
            return certain[0] | found, possible | found
        case "Graph":
            found = variables_of([node.term])
            return certain[0] | found, possible | found
        case _:
            return set().union(*certain), possible


def parts_of(node: CompValue) -> Iterator[CompValue]:
    for name in ("p", "p1", "p2"):
        if isinstance(node.get(name), CompValue):
            yield node[name]


def find_doubtful(text: str) -> set[str]:
    doubtful: set[Variable] = set()
    bound_in(prepareQuery(text).algebra.p, doubtful)
    return {str(name) for name in doubtful}


def test_such_a_join_is_found() -> None:
    union = "SELECT * { { ?a <urn:p> ?b } UNION { ?a <urn:q> ?c } OPTIONAL { ?c <urn:r> ?d } }"
    nested = "SELECT * { ?a <urn:p> ?b OPTIONAL { ?a <urn:q> ?c } OPTIONAL { ?c <urn:r> ?d } }"
    fine = "SELECT * { ?a <urn:p> ?b OPTIONAL { ?a <urn:q> ?c OPTIONAL { ?c <urn:r> ?d } } }"
    assert [find_doubtful(text) for text in (union, nested, fine)] == [{"c"}, {"c"}, set()]


def test_no_query_of_ours_has_one() -> None:
    queries = list_queries()
    assert len(queries) >= 130
    assert {query.name: found for query in queries if (found := find_doubtful(query.bind_known()))} == {}


def test_a_direct_tie_has_nobody_between(bundled_store) -> None:
    target = bundled_store.iris.thing("city", "nuremberg")
    rows = bundled_store.current().select(load_query("paths_to_city").bind_known(target=target))
    assert [str(row.get("through", "")).rpartition("/")[2] for row in rows] == [
        "",
        "eccar",
        "covenant-of-mayors",
    ]
    assert "second" not in rows[0]
    assert "secondStart" not in rows[0]
