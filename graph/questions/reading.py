"""What a question needs of a revision."""

from typing import Protocol

from rdflib import Graph
from rdflib.term import Identifier

from ontology.iris import Iris

__all__ = ["Readable"]


class Readable(Protocol):
    """Something published or staged that answers our own queries over its default graph."""

    @property
    def iris(self) -> Iris:
        """Mints and parses the IRIs of this graph."""

    def select(self, query: str) -> list[dict[str, Identifier]]:
        """Return the rows; an unbound variable is absent."""

    def construct(self, query: str) -> Graph:
        """Return the constructed statements."""
