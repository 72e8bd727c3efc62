"""The one place where terms cross between rdflib and the embedded store.

The store keeps numbers, dates and truth values by their value, not as written:
``"1.50"^^xsd:decimal`` comes back as ``"1.5"``. Terms are brought into that form on
the way in, so that what was given and what was stored can be compared.
"""

from collections.abc import Iterable
from functools import lru_cache

import pyoxigraph as ox
import rdflib
from rdflib.term import Identifier, Node

from ontology.errors import SourceError
from ontology.messages import N_
from ontology.terms import PREFIXES, XSD
from ontology.text import slugify

__all__ = ["from_ox", "make_quads", "to_ox", "to_rdflib_graph"]

_UNUSABLE = N_("The statement '{statement}' can't be stored ({reason}). Correct it in the source.")
_PROBE = ox.NamedNode("urn:x")
_STRING = str(XSD.string)
_BOOLEAN = str(XSD.boolean)
#: Truth values as some SPARQL servers write them; the embedded store has one way.
_TRUTH = {"1": "true", "0": "false"}


@lru_cache(maxsize=65_536)
def _stored_literal(value: str, datatype: str) -> ox.Literal:
    """Return a literal as the store gives it back; only the store itself knows how."""
    written = ox.Literal(value, datatype=ox.NamedNode(datatype))
    probe = ox.Store()
    probe.add(ox.Quad(_PROBE, _PROBE, written))
    stored = next(iter(probe)).object
    return stored if isinstance(stored, ox.Literal) else written


def _literal_to_ox(literal: rdflib.Literal) -> ox.Literal:
    if literal.language:
        return ox.Literal(str(literal), language=literal.language)
    datatype = str(literal.datatype or _STRING)
    if datatype == _STRING:
        return ox.Literal(str(literal))
    if datatype.startswith(str(XSD)):
        return _stored_literal(str(literal), datatype)
    return ox.Literal(str(literal), datatype=ox.NamedNode(datatype))


def to_ox(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return the store's term for an rdflib term.

    Raises
    ------
    ValueError
        The term is no IRI, blank node or literal that RDF allows.
    """
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.Literal):
        return _literal_to_ox(term)
    return ox.BlankNode(str(term))


@lru_cache(maxsize=65_536)
def from_ox(term: object) -> Identifier:
    """Return the rdflib term for one of the store's terms.

    Most terms come again and again, and rdflib looks at each IRI and literal anew: hence the cache.

    Raises
    ------
    TypeError
        The term is a quoted triple, which rdflib doesn't know.
    """
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise TypeError(f"rdflib has no term for {term!r}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    # rdflib tells a plain literal from an xsd:string; RDF 1.1 and the store don't.
    datatype = None if term.datatype.value == _STRING else rdflib.URIRef(term.datatype.value)
    value = _TRUTH.get(term.value, term.value) if term.datatype.value == _BOOLEAN else term.value
    return rdflib.Literal(value, datatype=datatype, normalize=False)


def _make_quad(triple: tuple[Node, Node, Node], graph_name: ox.NamedNode) -> ox.Quad:
    subject, predicate, value = triple
    try:
        return ox.Quad(to_ox(subject), to_ox(predicate), to_ox(value), graph_name)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:  # TypeError: a literal as subject or predicate
        statement = " ".join(str(term) for term in triple)
        raise SourceError(_UNUSABLE, statement=statement, reason=str(error)) from error


def _has_blank_node(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _name_blank_nodes(quads: set[ox.Quad], graph_name: ox.NamedNode) -> set[ox.Quad]:
    """Give blank nodes canonical names that carry their graph's own.

    The same content has the same names each time, and two graphs never share a node.
    """
    prefix = slugify(graph_name.value.rpartition("/")[2])
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {
        ox.Quad(_rename(q.subject, prefix), q.predicate, _rename(q.object, prefix), graph_name)  # type: ignore[arg-type]
        for q in dataset
    }


def _rename(term: object, prefix: str) -> object:
    return ox.BlankNode(f"{prefix}-{term.value}") if isinstance(term, ox.BlankNode) else term


def make_quads(rdf: rdflib.Graph, graph_name: ox.NamedNode) -> set[ox.Quad]:
    """Return all statements of an rdflib graph as quads of one named graph.

    Raises
    ------
    SourceError
        A statement is none that RDF allows, e.g. an IRI with a space in it.
    """
    quads = {_make_quad(triple, graph_name) for triple in rdf}
    return _name_blank_nodes(quads, graph_name) if any(map(_has_blank_node, quads)) else quads


def to_rdflib_graph(statements: Iterable[ox.Quad | ox.Triple]) -> rdflib.Graph:
    """Return statements as an rdflib memory graph with the prefixes of the vocabulary."""
    rdf = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        rdf.bind(prefix, namespace)
    for statement in statements:
        rdf.add((from_ox(statement.subject), from_ox(statement.predicate), from_ox(statement.object)))
    return rdf
