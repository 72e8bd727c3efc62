"""Functions of ours for use in queries: Turkish text folded and ordered where no key is stored.

Names of things have their keys in the graph (``kp:searchKey``, ``kp:sortKey``); these are for texts
that have none: literals in a query, addresses, what ``CONCAT`` makes. Only the embedded engine knows
them. A call takes some microseconds a row, a stored key takes none.

The addresses are written in full, because a process that answers queries imports no rdflib; a test
holds them to lie where our terms do.
"""

from collections.abc import Callable

import pyoxigraph as ox

from ontology.text import fold, sort_key

__all__ = ["COLLATE", "FOLD", "FUNCTIONS"]

FOLD = "https://w3id.org/kopru/ontology#fold"
COLLATE = "https://w3id.org/kopru/ontology#collate"

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def _on_text(make: Callable[[str], str]) -> Callable[..., _Term | None]:
    """Return a function of one literal; of anything else it gives an error, as SPARQL's own do."""

    def call(*arguments: object) -> _Term | None:
        if len(arguments) != 1 or not isinstance(arguments[0], ox.Literal):
            return None
        return ox.Literal(make(arguments[0].value))

    return call


#: What the engine is given with every query.
FUNCTIONS: dict[ox.NamedNode, Callable[..., _Term | None]] = {
    ox.NamedNode(FOLD): _on_text(fold),
    ox.NamedNode(COLLATE): _on_text(sort_key),
}
