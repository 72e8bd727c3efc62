"""The questions and indicators of ``graph/queries`` as statements, so that the graph tells how to ask it.

Each is a ``sh:SPARQLSelectExecutable`` (https://www.w3.org/ns/shacl-ns.ttl) with its query whole,
prefixes included, as query pages of other endpoints look for them. Nothing is asked here.
"""

from functools import cache

from rdflib import Graph, Literal
from rdflib.namespace import SH

from graph.library import Query, list_examples, list_queries
from graph.model import Label
from ontology.iris import Iris
from ontology.messages import LANGUAGES
from ontology.terms import DCTERMS, RDF, RDFS

__all__ = ["examples_digest_text", "list_published", "make_examples"]


def list_published() -> tuple[Query, ...]:
    """Return the questions in their order, then the indicators by name."""
    return list_examples() + tuple(query for query in list_queries() if query.unit is not None)


@cache
def make_examples(iris: Iris) -> Graph:
    """Return the statements about all published queries; what is returned is shared.

    Examples
    --------
    >>> question = Iris().thing("question", "open_places")
    >>> Literal("Which of the declared 14, 12 and 10 are not identified", lang="en") in set(
    ...     make_examples(Iris()).objects(question, RDFS.label)
    ... )
    True
    """
    rdf = Graph()
    for query in list_published():
        question = iris.thing("question", query.name)
        rdf.add((question, RDF.type, SH.SPARQLExecutable))
        rdf.add((question, RDF.type, SH.SPARQLSelectExecutable))
        rdf.add((question, SH.select, Literal(query.rebased(iris))))
        for property_, label in ((RDFS.label, query.title), (DCTERMS.description, query.description)):
            for text in _in_both(label):
                rdf.add((question, property_, text))
    return rdf


def _in_both(label: Label | None) -> list[Literal]:
    return [Literal(label.get(language), lang=language) for language in LANGUAGES] if label else []


def examples_digest_text() -> str:
    """Return one text that changes with any published query or its words."""
    return "\n".join(sorted(make_examples(Iris()).serialize(format="nt").splitlines()))
