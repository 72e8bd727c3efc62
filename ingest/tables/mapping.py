"""Rows of a described table to statements.

Beyond CSVW itself: addresses below our own base are made of slugs, as everywhere here; dates of
relations (``kp:startDate``, ``kp:endDate``) become claims with their bounds; and whatever has a class gets
its place in the table, with the table as evidence when it is a relation or a call.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from urllib.parse import quote

from rdflib import Literal, URIRef
from rdflib.term import Node

from graph.questions.wording import RELATION_CLASSES
from ingest.lists.statements import ListDocument, ListStatements
from ingest.tables.csvw import Column, Datatype, TableDescription
from ingest.tables.rows import Row, cell_error
from ontology.dates import parse_bounds
from ontology.errors import RecordError
from ontology.messages import N_
from ontology.terms import KP, PREFIXES, RDF, XSD
from ontology.text import slugify

__all__ = ["RowMapper"]

_VARIABLE = re.compile(r"\{(\w+)\}")
_CLAIMED = {KP.startDate, KP.endDate}
#: What needs evidence.
_EVIDENT = {*RELATION_CLASSES.values(), KP.Call}
_DATE_PARTS = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "M": "%m", "d": "%d"}
_NO_VALUE = N_(
    "'{value}' in the column '{column}' is no {kind}{example}. Correct the cell or the description."
)


class RowMapper:
    """States what the rows of one table say.

    Parameters
    ----------
    into
        Where statements go.
    description
        What the columns mean.
    file
        Name of the description, for its own mistakes.
    """

    def __init__(self, into: ListStatements, description: TableDescription, file: str) -> None:
        self._into = into
        self._about = description.schema_.about_url
        self._columns = description.columns
        self._file = file
        title = description.title or description.url
        self._document = ListDocument(
            f"table-{slugify(description.url)}", title, title, description.publisher or description.url,
            description.issued or "",
        )  # fmt: skip
        self._variables = {column.variable for column in self._columns}
        for column in self._columns:
            self._check(column)

    def add(self, row: Row) -> None:
        """State what a row says.

        Raises
        ------
        RecordError
            A cell does not hold what its column is declared to hold.
        """
        cells = {column.variable: row.take(column.heading) for column in self._columns if not column.virtual}
        cells["_row"] = str(row.line)
        said: dict[URIRef, list[tuple[URIRef, Node]]] = {}
        for column in self._columns:
            subject = self._expand(column.about_url or self._about or "", cells, row, column)
            if subject is None or column.suppress or column.property_url is None:
                self._require(column, cells, row)
                continue
            predicate = self._term(column.property_url)
            for value in self._values(column, cells, row):
                said.setdefault(subject, []).append((predicate, value))
        for subject, pairs in said.items():
            self._state(subject, pairs, row)

    def _state(self, subject: URIRef, pairs: list[tuple[URIRef, Node]], row: Row) -> None:
        classes = [value for predicate, value in pairs if predicate == RDF.type]
        if classes:
            self._into.add((subject, KP.recordRef, Literal(row.ref)))
        for cls in classes:
            if cls in _EVIDENT:
                self._into.claim(subject, (RDF.type, cls), self._document, row.ref)
        for predicate, value in pairs:
            if predicate in _CLAIMED:
                bounds = parse_bounds(str(value))
                said = predicate, Literal(bounds.text)
                self._into.claim(subject, said, self._document, row.ref, bounds=bounds)
            else:
                self._into.add((subject, predicate, value))

    def _check(self, column: Column) -> None:
        """Refuse templates with variables that no column has, and unknown prefixes."""
        for template in filter(
            None, (column.about_url or self._about, column.value_url, column.property_url)
        ):
            for name in _VARIABLE.findall(template):
                if name not in self._variables | {"_row"}:
                    raise RecordError(
                        N_("'{template}' names the column '{name}', which is not described."),
                        file=self._file, line=None, template=template, name=name,
                    )  # fmt: skip
        if column.property_url:
            self._term(column.property_url)

    def _term(self, written: str) -> URIRef:
        prefix, colon, local = written.partition(":")
        if colon and not local.startswith("//"):
            if prefix in PREFIXES:
                return URIRef(PREFIXES[prefix] + local)
        elif colon:
            return URIRef(written)
        raise RecordError(
            N_("'{term}' is no address, and its prefix is none of {known}."),
            file=self._file, line=None, term=written, known=", ".join(sorted(PREFIXES)),
        )  # fmt: skip

    def _require(self, column: Column, cells: dict[str, str], row: Row) -> None:
        if column.required and not cells.get(column.variable, ""):
            raise cell_error(
                N_("the column '{column}' is empty. Fill it in, or take the row out."), row, column.heading
            )

    def _expand(self, template: str, cells: dict[str, str], row: Row, column: Column) -> URIRef | None:
        """Return the address that a template makes; ``None`` when a cell in it is empty."""
        names = _VARIABLE.findall(template)
        if not template or any(not cells[name] for name in names):
            return None
        own = f"{self._into.iris.base}id/"
        head, _, tail = template.partition("{")
        address = str(self._term(head)) if not head.startswith("http") else head
        address += "{" + tail if names else ""
        fold = slugify if address.startswith(own) else _encode
        parts = {name: fold(cells[name]) for name in names}
        if empty := next((name for name, part in parts.items() if not part), None):
            raise cell_error(
                N_(
                    "'{value}' in the column '{column}' leaves nothing for an address: "
                    "it needs a letter a–z or a digit."
                ),
                row, column.heading or empty, value=cells[empty],
            )  # fmt: skip
        return URIRef(_VARIABLE.sub(lambda match: parts[match[1]], address))

    def _values(self, column: Column, cells: dict[str, str], row: Row) -> Iterator[Node]:
        self._require(column, cells, row)
        whole = "" if column.virtual else cells[column.variable] or column.default
        nulls = [column.null] if isinstance(column.null, str) else column.null
        if not column.virtual and (not whole or whole in nulls):
            return
        for item in whole.split(column.separator) if column.separator else [whole]:
            if column.value_url:
                value = self._expand(column.value_url, cells | {column.variable: item.strip()}, row, column)
                if value is not None:
                    yield value
            elif text := item.strip() or (column.default if column.virtual else ""):
                yield self._literal(text, column, row)

    def _literal(self, text: str, column: Column, row: Row) -> Literal:
        if column.lang:
            return Literal(text, lang=column.lang)
        given = Datatype(base=column.datatype) if isinstance(column.datatype, str) else column.datatype
        if column.property_url in ("kp:startDate", "kp:endDate"):
            given = Datatype(base="bounds")
        try:
            return _READERS.get(given.base, _read_other)(text, given)
        except (ValueError, InvalidOperation):
            example = f" ({given.format})" if given.format else ""
            raise cell_error(
                _NO_VALUE, row, column.heading, value=text, kind=given.base, example=example
            ) from None


def _encode(text: str) -> str:
    return quote(text, safe="")


def _read_integer(text: str, given: Datatype) -> Literal:
    return Literal(int(_plain(text, given)))


def _read_decimal(text: str, given: Datatype) -> Literal:
    number = Decimal(_plain(text, given))
    if not number.is_finite():
        raise ValueError(text)
    return Literal(format(number, "f"), datatype=XSD.decimal)


def _plain(text: str, given: Datatype) -> str:
    """Return a number in digits; a format ``#.##0,00`` says that a comma begins the decimals."""
    if given.format and given.format.rfind(",") > given.format.rfind("."):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", "") if given.format else text


def _read_date(text: str, given: Datatype) -> Literal:
    if not given.format:
        return Literal(date.fromisoformat(text))
    pattern = re.sub(r"yyyy|MM|dd|M|d", lambda match: _DATE_PARTS[match[0]], given.format)
    return Literal(datetime.strptime(text, pattern).date())


def _read_bounds(text: str, _given: Datatype) -> Literal:
    return Literal(parse_bounds(text).text)


def _read_boolean(text: str, given: Datatype) -> Literal:
    yes, _, no = (given.format or "true|false").partition("|")
    if text not in (yes, no):
        raise ValueError(text)
    return Literal(text == yes)


def _read_other(text: str, given: Datatype) -> Literal:
    return Literal(text) if given.base == "string" else Literal(text, datatype=XSD[given.base])


_READERS = {
    "integer": _read_integer, "decimal": _read_decimal, "number": _read_decimal, "date": _read_date,
    "boolean": _read_boolean, "bounds": _read_bounds,
}  # fmt: skip
