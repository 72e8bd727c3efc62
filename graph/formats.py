"""The formats of answers: their names, media types and what they are for."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["FORMATS", "Format", "Shape", "find_format", "list_formats"]

#: A table (or a truth value) for SELECT and ASK, RDF for CONSTRUCT and DESCRIBE.
Shape = Literal["table", "rdf"]


@dataclass(frozen=True)
class Format:
    """One format.

    ``media_type`` is what an answer says; ``aliases`` are further media types that readers
    ask for; ``names`` are what ``format=`` and ``--format`` take, the first one is its own.
    """

    names: tuple[str, ...]
    shape: Shape
    media_type: str
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The format's own name."""
        return self.names[0]

    @property
    def content_type(self) -> str:
        """The media type as a header says it: text with its encoding."""
        is_text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type


#: The first of each shape is what a reader gets who does not say.
FORMATS: tuple[Format, ...] = (
    Format(("json",), "table", "application/sparql-results+json", ("application/json",)),
    Format(("xml",), "table", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Format(("csv",), "table", "text/csv"),
    Format(("tsv",), "table", "text/tab-separated-values"),
    Format(("turtle", "ttl"), "rdf", "text/turtle", ("application/x-turtle", "application/turtle")),
    Format(("nt", "ntriples"), "rdf", "application/n-triples", ("text/plain",)),
    Format(("jsonld",), "rdf", "application/ld+json", ("application/json",)),
    Format(("rdfxml", "rdf"), "rdf", "application/rdf+xml", ("application/xml", "text/xml")),
)


def list_formats(shape: Shape) -> list[Format]:
    """Return the formats of one shape, the preferred one first."""
    return [one for one in FORMATS if one.shape == shape]


def find_format(name: str) -> Format | None:
    """Return the format of a name such as ``csv`` or ``ttl``; ``None`` when there is none."""
    return next((one for one in FORMATS if name.lower() in one.names), None)
