"""RDF files of others to statements, with the line where one is wrong; nothing is ever fetched."""

import pyoxigraph as ox
import rdflib

from graph.terms_ox import to_rdflib_graph

__all__ = ["FORMATS", "MAX_STATEMENTS", "parse_rdf"]

#: Most statements of one file: they are checked by shapes, which takes a minute or two for so many.
MAX_STATEMENTS = 500_000

#: Ending of a file's name -> the parser's own name of its format.
FORMATS = {
    "ttl": "ttl", "turtle": "ttl", "nt": "nt", "nq": "nq", "trig": "trig", "jsonld": "jsonld",
    "json": "jsonld", "rdf": "rdf", "xml": "rdf", "owl": "rdf",
}  # fmt: skip


def parse_rdf(
    content: bytes, kind: str, base: str, limit: int = MAX_STATEMENTS
) -> tuple[rdflib.Graph, tuple[int | None, str] | None]:
    """Return the statements of a file, names of graphs left out, and what was wrong, if anything.

    Parameters
    ----------
    content
        The file.
    kind
        One of the values of ``FORMATS``.
    base
        Against which relative addresses are resolved.
    limit
        Most statements that are read; when there are more the reason is empty.

    Returns
    -------
    rdf : Graph
        The statements; empty when something was wrong.
    failure : (line or None, reason) or None
    """
    form = ox.RdfFormat.from_extension(kind)
    if form is None:
        raise ValueError(kind)
    triples: set[ox.Triple] = set()
    try:
        for quad in ox.parse(content, form, base_iri=base, without_named_graphs=False):
            if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
                return rdflib.Graph(), (None, "quoted triples")
            triples.add(quad.triple)
            if len(triples) > limit:
                return rdflib.Graph(), (None, "")
    except SyntaxError as error:
        return rdflib.Graph(), (error.lineno, str(error.msg))
    except (ValueError, OSError) as error:
        return rdflib.Graph(), (None, str(error))
    return to_rdflib_graph(triples), None
