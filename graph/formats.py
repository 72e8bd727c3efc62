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
    ask for; ``names`` are what ``format=`` and ``--format`` take, the first one is its own
    and different from all others. ``ending`` is that of a file's name, and ``is_packed``
    tells that its bytes can't be made fewer.
    """

    names: tuple[str, ...]
    shape: Shape
    media_type: str
    aliases: tuple[str, ...] = ()
    ending: str = ""
    is_packed: bool = False

    @property
    def name(self) -> str:
        """The format's own name."""
        return self.names[0]

    @property
    def content_type(self) -> str:
        """The media type as a header says it: text with its encoding."""
        is_text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type


_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: The first of each shape is what a reader gets who does not say. ``json`` and ``xml`` are names
#: in both shapes: a program that knows no more of RDF gets what it can read.
FORMATS: tuple[Format, ...] = (
    Format(("json", "srj"), "table", "application/sparql-results+json", ("application/json",), "srj"),
    Format(("xml", "srx"), "table", "application/sparql-results+xml", ("application/xml", "text/xml"), "srx"),
    Format(("csv",), "table", "text/csv", (), "csv"),
    Format(("tsv",), "table", "text/tab-separated-values", (), "tsv"),
    Format(("xlsx", "excel"), "table", _SHEET, (), "xlsx", is_packed=True),
    Format(("turtle", "ttl"), "rdf", "text/turtle", ("application/x-turtle", "application/turtle"), "ttl"),
    Format(("nt", "ntriples", "n-triples"), "rdf", "application/n-triples", ("text/plain",), "nt"),
    Format(("jsonld", "json-ld", "json"), "rdf", "application/ld+json", ("application/json",), "jsonld"),
    Format(("rdfxml", "rdf", "xml"), "rdf", "application/rdf+xml", ("application/xml", "text/xml"), "rdf"),
    Format(("nquads", "nq", "n-quads"), "rdf", "application/n-quads", ("text/x-nquads",), "nq"),
    Format(("trig",), "rdf", "application/trig", ("application/x-trig",), "trig"),
)


def list_formats(shape: Shape) -> list[Format]:
    """Return the formats of one shape, the preferred one first."""
    return [one for one in FORMATS if one.shape == shape]


def find_format(name: str, shape: Shape | None = None) -> Format | None:
    """Return the format of a name or media type, of one shape or of any; ``None`` when there is none.

    Examples
    --------
    >>> find_format("ttl").media_type
    'text/turtle'
    >>> find_format("application/json", "rdf").name
    'jsonld'
    """
    wanted = name.partition(";")[0].strip().lower()
    return next(
        (
            one
            for one in (FORMATS if shape is None else list_formats(shape))
            if wanted in (*one.names, one.media_type, *one.aliases)
        ),
        None,
    )
