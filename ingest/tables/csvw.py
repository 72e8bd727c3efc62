"""What the columns of a table mean, as the W3C's CSV on the Web (CSVW) metadata says it.

Read is the part of the recommendation that turns rows into statements: ``url``, ``dialect``,
``tableSchema`` with ``columns``, ``aboutUrl``, ``propertyUrl``, ``valueUrl``, ``datatype``, ``lang``,
``null``, ``separator``, ``required``, ``suppressOutput`` and ``virtual`` columns. Whatever else stands in
the file is refused by name, not passed over.
https://www.w3.org/TR/tabular-metadata/, https://www.w3.org/TR/csv2rdf/
"""

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.batch import RawFile
from ingest.tables.rows import Dialect
from ontology.errors import RecordError
from ontology.messages import N_

__all__ = ["Column", "Datatype", "TableDescription", "read_description"]

_CONTEXT = "http://www.w3.org/ns/csvw"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Datatype(_Strict):
    """A datatype with the way its values are written."""

    base: str = "string"
    format: str | None = None


class Column(_Strict):
    """A column, or a virtual one that no cell stands behind."""

    titles: str | None = Field(default=None, title="Its heading")
    name: str | None = Field(default=None, title="Its name in templates; the heading when there is none")
    about_url: str | None = Field(default=None, alias="aboutUrl")
    property_url: str | None = Field(default=None, alias="propertyUrl")
    value_url: str | None = Field(default=None, alias="valueUrl")
    datatype: str | Datatype = "string"
    lang: str | None = None
    null: str | list[str] = ""
    separator: str | None = None
    default: str = ""
    required: bool = False
    suppress: bool = Field(default=False, alias="suppressOutput")
    virtual: bool = False

    @property
    def heading(self) -> str:
        """Return the heading in the table."""
        return self.titles or self.name or ""

    @property
    def variable(self) -> str:
        """Return the name in templates."""
        return self.name or self.titles or ""


class _Dialect(_Strict):
    delimiter: str | None = None
    encoding: str = "utf-8-sig"
    quote: str = Field(default='"', alias="quoteChar")
    skip: int = Field(default=0, alias="skipRows", ge=0)
    header: Literal[True] = True


class _Schema(_Strict):
    columns: list[Column] = Field(min_length=1)
    about_url: str | None = Field(default=None, alias="aboutUrl")
    primary_key: str | list[str] | None = Field(default=None, alias="primaryKey")


class TableDescription(_Strict):
    """The metadata of one table."""

    context: str | list[str | dict[str, str]] = Field(alias="@context")
    url: str = Field(title="The table, beside this file")
    sheet: str | None = Field(default=None, alias="kp:sheet", title="Name of the sheet of a workbook")
    title: str | None = Field(default=None, alias="dcterms:title")
    publisher: str | None = Field(default=None, alias="dcterms:publisher")
    issued: str | None = Field(default=None, alias="dcterms:issued", title="For when the table speaks")
    licence: str | None = Field(default=None, alias="dcterms:license")
    grade: Literal["confirmed", "reported", "unverified"] = Field(
        default="unverified", alias="kp:evidenceGrade", title="Grade of the table as evidence"
    )
    dialect_: _Dialect = Field(default_factory=_Dialect, alias="dialect")
    schema_: _Schema = Field(alias="tableSchema")

    @property
    def dialect(self) -> Dialect:
        """Return how the table is written."""
        given = self.dialect_
        return Dialect(given.delimiter, given.encoding, given.quote, given.skip)

    @property
    def columns(self) -> list[Column]:
        """Return the columns in their order."""
        return self.schema_.columns


def read_description(file: RawFile) -> TableDescription:
    """Return the metadata of a table.

    Raises
    ------
    RecordError
        It is no JSON, or says something that is not read.
    """
    try:
        content: Any = json.loads(file.content)
    except (ValueError, RecursionError) as error:
        raise RecordError(
            N_("this is no JSON ({reason}). Fetch it again, whole."), file=file.name,
            line=getattr(error, "lineno", None), reason=getattr(error, "msg", type(error).__name__),
        ) from error  # fmt: skip
    try:
        description = TableDescription.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "{}"
        raise RecordError(
            N_(
                "at '{place}' the description of the table is wrong or says more than is read ({reason}). "
                "docs/tables.md lists what can stand there."
            ),
            file=file.name, line=_find_line(file, first["loc"]), place=place, reason=first["msg"],
        ) from error  # fmt: skip
    named = description.context if isinstance(description.context, list) else [description.context]
    if _CONTEXT not in named:
        raise RecordError(
            N_("the '@context' is not '{context}', so this is no CSVW description of a table."),
            file=file.name, line=1, context=_CONTEXT,
        )  # fmt: skip
    return description


def _find_line(file: RawFile, place: tuple[int | str, ...]) -> int | None:
    """Return the first line on which the last name of a place stands."""
    name = next((part for part in reversed(place) if isinstance(part, str)), "")
    before, found, _ = file.content.partition(f'"{name}"'.encode())
    return before.count(b"\n") + 1 if found else None
