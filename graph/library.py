"""The query files of ``graph/queries``: read once, bound with terms, handed out as whole queries.

A file is a valid query by itself. What the program does with it:

- comment lines at its head name it: ``# title@tr: …``, ``# description@en: …``; ``# unit@en: …`` says
  what the number of an indicator counts, and ``# example: 7`` makes it one of the questions that
  pages offer, in that order; ``# question: 5`` is the number of the competency question that it
  answers, ``# answered-by@en: …`` names the records that would answer it when there are none;
- a line ``VALUES ?asOf { "2024-03-04"^^xsd:date }`` (one variable, one line) is a parameter; its
  row is replaced by bound terms, and ``UNDEF`` stands for "not given". Fixed tables are written
  ``VALUES (?a) { … }`` and stay as they are. People are offered those that the head labels:
  ``# parameter asOf@tr: Gün`` (and ``# parameter activity@kind: activity`` where ``UNDEF`` doesn't
  show the kind of thing);
- a line ``#include status_on.rq`` inside a group is replaced by that file's SELECT as a sub-select;
- a line ``#inline status_on.rq`` is replaced by what stands in that file's WHERE: an engine works a
  sub-select out for the whole graph, but a pattern only for what the group has found so far. All
  variables of the file are then the group's, and ``DISTINCT`` is the group's business;
- prefixes move to the top, those of ``ontology.terms.PREFIXES`` are added where they are used.

Terms are written by :func:`to_sparql` only; text is never formatted into a query.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from rdflib import Literal, URIRef
from rdflib.term import Identifier

from graph.model import Label
from ontology.errors import BadParameter
from ontology.iris import BASE, Iris
from ontology.messages import N_, Phrase
from ontology.terms import PREFIXES

__all__ = [
    "Bound",
    "Parameter",
    "Query",
    "list_examples",
    "list_queries",
    "load_query",
    "parse_query",
    "rebase",
    "to_sparql",
]

#: What a parameter may be bound to; ``None`` leaves it open.
Bound = Identifier | Iterable[Identifier] | None

_HEAD = re.compile(
    r"#\s*(title|description|answered-by|unit|example|question|parameter \w+)(?:@(tr|en|kind))?:\s*(.*)"
)
_THING = re.compile(rf"<{re.escape(BASE)}id/([\w-]+)/[^<>]+>")
_TYPED = re.compile(r'"(?P<text>[^"]*)"\^\^xsd:(?P<type>\w+)|(?P<number>-?\d+)')
_PARAMETER = re.compile(
    r"(?m)^(?P<before>[ \t]*VALUES[ \t]+\?(?P<name>\w+)[ \t]*\{)(?P<row>.*)(?P<after>\})[ \t]*$"
)
_INCLUDE = re.compile(r"(?m)^(?P<indent>[ \t]*)#(?P<how>include|inline)[ \t]+(?P<name>\w+)\.rq[ \t]*$")
_PLAIN_SELECT = re.compile(r"\s*SELECT\b[^{}]*\bWHERE\s*\{(?P<pattern>.*)\}\s*", re.DOTALL)
_PREFIX = re.compile(r"(?mi)^[ \t]*PREFIX[ \t]+(?P<name>[\w-]*):[ \t]*<(?P<iri>[^<>]*)>[ \t]*\n?")
_IRI = re.compile(r"<[^<>\s]*>")
_USED_PREFIX = re.compile(r"(?<![\w:-])([A-Za-z][\w-]*):")
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


@dataclass(frozen=True)
class Parameter:
    """A parameter that people are offered.

    ``kind`` is ``date``, ``integer``, the kind of a thing, such as ``city``, or else ``thing``;
    ``default`` is a day, a number or an IRI as text, and empty when the file leaves the parameter open.
    """

    name: str
    label: Label
    kind: str
    default: str = ""

    @property
    def is_thing(self) -> bool:
        """Whether a thing of the graph is chosen."""
        return self.kind not in ("date", "integer")


@dataclass(frozen=True)
class Query:
    """One query file.

    ``text`` is the whole query with the file's own values, ready to run; ``parameters`` are the
    names in order of appearance with the row that the file gives them, ``offered`` those of them
    that people are asked for.
    """

    name: str
    text: str
    title: Label | None = None
    description: Label | None = None
    unit: Label | None = None
    example: int | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    question: int | None = None
    answered_by: Label | None = None
    offered: tuple[Parameter, ...] = ()

    def bind(self, **values: Bound) -> str:
        """Return the query with every parameter bound to a term, to several, or to ``None``.

        Raises
        ------
        ValueError
            A parameter is missing, or there is none of that name.
        BadParameter
            A term that can't stand in a query, such as an IRI with a space.

        Examples
        --------
        >>> print(load_query("statements").bind(subject=URIRef("urn:a")).splitlines()[1].strip())
        VALUES ?subject { <urn:a> }
        """
        if wrong := set(values) ^ set(self.parameters):
            raise ValueError(
                f"{self.name}.rq has the parameters {sorted(self.parameters)}; wrong: {sorted(wrong)}"
            )
        return self.bind_known(**values)

    def bind_known(self, **values: Bound) -> str:
        """Return the query with those of the values bound that it asks for; the rest stays as in its file."""
        rows = {name: f" {_row(value)} " for name, value in values.items()}
        return _PARAMETER.sub(
            lambda match: f"{match['before']}{rows.get(match['name'], match['row'])}{match['after']}",
            self.text,
        )

    def rebased(self, iris: Iris) -> str:
        """Return the text with the file's own things under another base address."""
        return rebase(self.text, iris)


def rebase(text: str, iris: Iris) -> str:
    """Return a query of ours with the things that it names under another base address."""
    return text.replace(f"<{BASE}id/", f"<{iris.base}id/")


def _row(value: Bound) -> str:
    if value is None:
        return "UNDEF"
    # A term of rdflib is a string, and so iterable itself.
    terms = [value] if isinstance(value, Identifier) else list(value)
    return " ".join(to_sparql(term) for term in terms)


def to_sparql(term: Identifier) -> str:
    r"""Return an IRI or a literal as SPARQL writes it, on one line.

    rdflib's own ``n3()`` goes wrong on a text with a line break that ends in ``\"``, and does not
    look at the datatype's IRI; so a text is written line by line and every IRI is checked.

    Raises
    ------
    BadParameter
        A character that no IRI may have, or neither an IRI nor a literal.
    """
    if isinstance(term, Literal):
        lines = str(term).split("\n")
        quoted = '"' + "\\n".join(Literal(line).n3()[1:-1] for line in lines) + '"'
        if term.language:
            return f"{quoted}@{term.language}"
        return f"{quoted}^^{to_sparql(term.datatype)}" if term.datatype else quoted
    if not isinstance(term, URIRef) or _NOT_IN_IRI.search(term):
        raise BadParameter(
            value=str(term), name="IRI",
            remedy=Phrase(N_("leave out blanks, quotation marks, brackets and slashes")),
        )  # fmt: skip
    return term.n3()


def _head(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            break
        if match := _HEAD.match(line):
            found[f"{match[1]}@{match[2]}" if match[2] else match[1]] = match[3].strip()
    return found


def _label(head: dict[str, str], key: str) -> Label | None:
    return Label(head[f"{key}@tr"], head[f"{key}@en"]) if f"{key}@tr" in head else None


def _number(head: dict[str, str], key: str) -> int | None:
    return int(head[key]) if key in head else None


def _offered(head: dict[str, str], rows: Mapping[str, str]) -> tuple[Parameter, ...]:
    """Return the parameters that the head labels, in its order."""
    names = [key[len("parameter ") : -len("@tr")] for key in head if re.fullmatch(r"parameter \w+@tr", key)]
    return tuple(_make_parameter(head, name, rows[name]) for name in names)


def _make_parameter(head: dict[str, str], name: str, row: str) -> Parameter:
    label = Label(head[f"parameter {name}@tr"], head[f"parameter {name}@en"])
    if thing := _THING.fullmatch(row):
        return Parameter(name, label, thing[1], row[1:-1])
    if typed := _TYPED.fullmatch(row):
        return Parameter(name, label, typed["type"] or "integer", typed["text"] or typed["number"])
    return Parameter(name, label, head.get(f"parameter {name}@kind", "thing"))


def _body(text: str) -> str:
    """Return a file's text without its head and prefixes."""
    lines = _PREFIX.sub("", text).splitlines()
    while lines and (not lines[0].strip() or (lines[0].startswith("#") and not _INCLUDE.match(lines[0]))):
        lines.pop(0)
    return "\n".join(lines)


def _include(text: str, prefixes: dict[str, str], above: tuple[str, ...]) -> str:
    """Return the text with its includes filled in; their prefixes join ``prefixes``."""

    def sub_select(match: re.Match[str]) -> str:
        name = match["name"]
        if name in above:
            raise ValueError(f"{' -> '.join(above)} -> {name}: a query file includes itself")
        included = _read(name)
        prefixes.update((m["name"], m["iri"]) for m in _PREFIX.finditer(included))
        body = _include(_body(included), prefixes, (*above, name))
        if match["how"] == "inline":
            return f"{match['indent']}{_pattern_of(name, body).strip()}"
        indented = "\n".join(f"{match['indent']}  {line}".rstrip() for line in body.splitlines())
        return f"{match['indent']}{{\n{indented}\n{match['indent']}}}"

    return _INCLUDE.sub(sub_select, text)


def _pattern_of(name: str, body: str) -> str:
    """Return what stands in the WHERE of a SELECT that neither groups nor orders."""
    if not (match := _PLAIN_SELECT.fullmatch(body)):
        raise ValueError(f"{name}.rq is no plain SELECT, so its pattern can't stand in another group")
    return match["pattern"]


def parse_query(name: str, text: str) -> Query:
    """Return the query that a file's text makes."""
    head = _head(text)
    declared = {match["name"]: match["iri"] for match in _PREFIX.finditer(text)}
    own = {match["name"]: match["row"] for match in _PARAMETER.finditer(_body(text))}
    body = _include(_body(text), declared, (name,))
    # A parameter that the file shares with an included one has the file's own value in both.
    body = _PARAMETER.sub(lambda m: f"{m['before']}{own.get(m['name'], m['row'])}{m['after']}", body)
    used = set(_USED_PREFIX.findall(_IRI.sub("", body)))
    prefixes = {key: iri for key, iri in {**PREFIXES, **declared}.items() if key in used}
    lines = [f"PREFIX {key}: <{iri}>" for key, iri in sorted(prefixes.items())]
    rows = {match["name"]: match["row"].strip() for match in _PARAMETER.finditer(body)}
    return Query(
        name=name,
        text="\n".join([*lines, body, ""]),
        title=_label(head, "title"),
        description=_label(head, "description"),
        unit=_label(head, "unit"),
        example=_number(head, "example"),
        parameters=rows,
        question=_number(head, "question"),
        answered_by=_label(head, "answered-by"),
        offered=_offered(head, rows),
    )


def _read(name: str) -> str:
    return (files("graph.queries") / f"{name}.rq").read_text(encoding="utf-8")


@cache
def load_query(name: str) -> Query:
    """Return the query of ``graph/queries/{name}.rq``.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    """
    return parse_query(name, _read(name))


@cache
def list_queries() -> tuple[Query, ...]:
    """Return all queries by name."""
    names = sorted(entry.name for entry in files("graph.queries").iterdir() if entry.name.endswith(".rq"))
    return tuple(load_query(name.removesuffix(".rq")) for name in names)


def list_examples() -> tuple[Query, ...]:
    """Return the questions that pages offer, in their order."""
    examples = [query for query in list_queries() if query.example is not None]
    return tuple(sorted(examples, key=lambda query: query.example or 0))
