"""The page of questions: what can be asked, the fields of a question, its answer as a table for people.

The queries are those of ``graph/queries``; they are run elsewhere (a query of ours goes through the
same pool as any other), and come here as SPARQL JSON.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rdflib import Literal, URIRef

from graph.examples import list_published
from graph.library import Bound, Parameter, Query, load_query, rebase
from graph.model import Grade, Label, Reference, Status
from graph.questions import Questions
from graph.questions.names import reference_of
from graph.questions.wording import CLASS_OF_KIND, GRADES_BY_IRI, STATUS_BY_IRI
from ontology.errors import BadParameter, NotFound
from ontology.messages import N_
from ontology.terms import XSD
from ontology.text import slugify, sort_key
from viz.columns import is_date_column

__all__ = [
    "SHOWN_ROWS", "AskedQuestion", "Cell", "Field", "ListedQuestion", "ask_question", "find_question",
    "list_questions", "make_rows", "question_slug",
]  # fmt: skip

#: Rows that the page shows; the files have all.
SHOWN_ROWS = 500
#: Things of a kind that a form offers; ``few_of_kind.rq`` reads one more, to tell that there are more.
MOST_CHOICES = 400
_XSD = str(XSD)
_NUMBERS = {_XSD + name for name in ("integer", "decimal", "double", "float")}
_NO_DAY = N_("'{value}' is no day. Write it as in 2024-03-04.")
_NO_NUMBER = N_("'{value}' is no whole number.")
_NO_THING = N_("'{value}' is not among what {name} can be. Choose one from the list.")


def question_slug(query: Query) -> str:
    """Return how a question is called in addresses."""
    return slugify(query.name)


def find_question(slug: str) -> Query:
    """Return a question or an indicator.

    Raises
    ------
    NotFound
        There is none of that name.
    """
    for query in list_published():
        if question_slug(query) == slug:
            return query
    raise NotFound(N_("There is no question '{name}'. See the list of questions."), kind="", name=slug)


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen."""

    slug: str
    label: Label


@dataclass(frozen=True)
class Field:
    """A parameter as a form shows it; ``value`` is a day, a number or a slug."""

    parameter: Parameter
    value: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class ListedQuestion:
    """A question in the list, with the fields that it is worth asking for there."""

    query: Query
    slug: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class AskedQuestion:
    """A question with its fields filled in, and the query that this makes."""

    query: Query
    slug: str
    fields: tuple[Field, ...]
    text: str

    def address(self) -> dict[str, str]:
        """Return the parameters of this page's permanent address."""
        return {field.parameter.name: field.value for field in self.fields if field.value}


def list_questions(questions: Questions, given: Mapping[str, str]) -> list[ListedQuestion]:
    """Return all questions, then the indicators.

    Whose questions these are (``city``) is left to a question's own page: a list of a hundred
    cities beside each would be in the way.
    """
    choices: dict[str, tuple[Choice, ...]] = {}
    all_offered = [parameter for query in list_published() for parameter in query.offered]
    found = []
    for query in list_published():
        offered = [parameter for parameter in query.offered if parameter.name != "city"]
        for parameter in offered:
            if parameter.is_thing and parameter.kind not in choices:
                defaults = (_default(one, given) for one in all_offered if one.kind == parameter.kind)
                choices[parameter.kind] = list_choices(questions, parameter.kind, _slugs(*defaults))
        fields = tuple(Field(p, _default(p, given), choices.get(p.kind, ())) for p in offered)
        found.append(ListedQuestion(query, question_slug(query), fields))
    return found


def ask_question(questions: Questions, query: Query, given: Mapping[str, str]) -> AskedQuestion:
    """Return a question with what was given; what was not has the default of its file.

    Raises
    ------
    BadParameter
        What is given is no day, no number, or nothing that can be chosen.
    """
    fields = tuple(_make_field(questions, parameter, given) for parameter in query.offered)
    iris = questions.revision.iris
    bound = {field.parameter.name: _to_term(questions, field) for field in fields}
    text = rebase(query.bind_known(**bound), iris)
    return AskedQuestion(query, question_slug(query), fields, text)


def _make_field(questions: Questions, parameter: Parameter, given: Mapping[str, str]) -> Field:
    value = given.get(parameter.name, _default(parameter, given)).strip()
    if not parameter.is_thing:
        return Field(parameter, value)
    also = _slugs(value, _default(parameter, given))
    return Field(parameter, value, list_choices(questions, parameter.kind, also))


def _default(parameter: Parameter, given: Mapping[str, str]) -> str:
    """Return the file's default; of the day the one that all pages share, when there is one."""
    if parameter.name == "asOf" and given.get("as_of"):
        return given["as_of"]
    return parameter.default.rpartition("/")[2]


def list_choices(questions: Questions, kind: str, also: Iterable[str] = ()) -> tuple[Choice, ...]:
    """Return the things of a kind that the graph has, by their Turkish names.

    Of more than can be looked through (a world's cities) only those that the relations of the graph's own
    cities name, and those of the slugs ``also`` that are there.
    """
    revision = questions.revision
    start = Literal(f"{revision.iris.base}id/{kind}/")
    class_ = CLASS_OF_KIND.get(kind)
    rows = revision.select(load_query("few_of_kind").bind(start=start, **{"class": class_}))
    if len(rows) > MOST_CHOICES:
        homes = [row["city"] for row in revision.select(load_query("declaring_cities").bind())]
        rows = revision.select(load_query("own_of_kind").bind(start=start, city=homes))
        rows += [{"thing": questions.thing_iri(kind, slug)} for slug in also]
    labels = questions.label_of(str(row["thing"]) for row in rows)
    found = [Choice(iri.removeprefix(start), label) for iri, label in labels.items()]
    return tuple(sorted(found, key=lambda choice: (sort_key(choice.label.tr), choice.slug)))


def _slugs(*values: str) -> list[str]:
    """Return those of some values that may be slugs: anything may stand in an address."""
    return [value for value in values if re.fullmatch(r"[a-z0-9-]+", value)]


def _to_term(questions: Questions, field: Field) -> Bound:
    name, value, kind = field.parameter.name, field.value, field.parameter.kind
    if not value and not field.parameter.default:
        return None
    if kind == "date":
        try:
            return Literal(date.fromisoformat(value).isoformat(), datatype=XSD.date)
        except ValueError:
            raise BadParameter(_NO_DAY, name=name, value=value) from None
    if kind == "integer":
        if not re.fullmatch(r"-?[0-9]{1,9}", value):
            raise BadParameter(_NO_NUMBER, name=name, value=value)
        return Literal(int(value))
    if value not in {choice.slug for choice in field.choices}:
        raise BadParameter(_NO_THING, name=name, value=value)
    return questions.revision.iris.thing(kind, value)


# --- answers ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One value of an answer; at most one of its parts is there, none where nothing is bound.

    ``text`` is shown as it is, ``date_text`` is a date as its source wrote it.
    """

    reference: Reference | None = None
    status: Status | None = None
    grade: Grade | None = None
    number: Decimal | None = None
    flag: bool | None = None
    day: date | None = None
    date_text: str = ""
    text: str = ""


def make_rows(questions: Questions, answer: Mapping[str, Any]) -> tuple[list[str], list[list[Cell]]]:
    """Return the columns of an answer in SPARQL JSON, and the first rows with names for addresses."""
    columns: list[str] = answer["head"]["vars"]
    bindings: Sequence[Mapping[str, Any]] = answer["results"]["bindings"][:SHOWN_ROWS]
    labels = questions.label_of(_addresses(bindings))
    return columns, [[_cell(questions, labels, row.get(name), name) for name in columns] for row in bindings]


def _addresses(bindings: Iterable[Mapping[str, Any]]) -> set[str]:
    return {term["value"] for row in bindings for term in row.values() if term["type"] == "uri"}


def _cell(questions: Questions, labels: Mapping[str, Label], term: Any, column: str) -> Cell:
    if term is None:
        return Cell()
    value: str = term["value"]
    if term["type"] == "uri":
        if status := STATUS_BY_IRI.get(value):
            return Cell(status=status)
        if grade := GRADES_BY_IRI.get(value):
            return Cell(grade=grade)
        return Cell(reference=reference_of(questions.revision, URIRef(value), labels.get(value)))
    return _literal_cell(value, term.get("datatype", ""), column)


def _literal_cell(value: str, datatype: str, column: str) -> Cell:
    # A year has digits, but is not written as a number.
    if datatype in _NUMBERS and column != "year":
        return Cell(number=Decimal(value))
    if datatype == _XSD + "boolean":
        return Cell(flag=value in ("true", "1"))
    if datatype == _XSD + "date":
        return Cell(day=date.fromisoformat(value[:10]))
    return Cell(date_text=value) if is_date_column(column) else Cell(text=value)
