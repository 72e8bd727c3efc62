"""The questions and updates of this package: files of ``graph/remote/requests``, filled with terms."""

import re
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

__all__ = ["fill"]

_PLACE = re.compile(r"\$(\w+)")


Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def fill(name: str, **terms: Term | str | None) -> str:
    """Return a file's text with terms instead of its ``$names``; where one is ``None`` it stays a variable.

    A ``str`` is an address. Terms write themselves as N-Triples does, which SPARQL reads.

    Raises
    ------
    ValueError
        It has a character that no IRI may have.
    """
    return _PLACE.sub(lambda place: _write(terms.get(place[1]), place[0]), _read(name))


def _write(term: Term | str | None, place: str) -> str:
    if term is None:
        return place
    return str(ox.NamedNode(term) if isinstance(term, str) else term)


@cache
def _read(name: str) -> str:
    lines = (files("graph.remote.requests") / name).read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))
