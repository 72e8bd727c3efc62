"""Lists as CSV that a spreadsheet opens rightly: UTF-8 with its mark, one row an entry.

Columns have the names of the JSON's fields; names of things come in both languages, so the
file is the same whoever asks. No cell can be taken for a formula.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from starlette.responses import Response, StreamingResponse

from graph.model import CityNetwork, Label, Money, Party, Project, Relation

__all__ = [
    "CITIES", "NETWORKS", "PROJECTS", "RELATIONS", "THEMES", "Columns", "csv_response", "dates_columns",
    "label_columns", "money_columns", "to_csv",
]  # fmt: skip

#: Heading and what stands below it.
Columns = Sequence[tuple[str, Callable[[Any], object]]]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(  # noqa: PLR0913 (facts of one answer, most by keyword)
    name: str, columns: Columns, rows: Iterable[object], *, shown: int, total: int, revision: int
) -> Response:
    """Return a file of rows; the headers, and its name, say whether it holds all of them.

    Parameters
    ----------
    name
        Of the file, without ending.
    columns
        Headings and how to read a cell from an entry.
    rows
        The entries.
    shown, total
        How many are in the file, and how many there are.
    revision
        Number of the revision that was read.
    """
    is_cut = shown < total
    file = f"{name}-{shown}-of-{total}" if is_cut else name
    headers = {
        "Content-Disposition": f'attachment; filename="{file}.csv"',
        "X-Kopru-Rows": str(shown),
        "X-Kopru-Total": str(total),
        "X-Kopru-Cut": "true" if is_cut else "false",
        "X-Kopru-Revision": str(revision),
        "Vary": "Accept",
    }
    return StreamingResponse(to_csv(columns, rows), headers=headers, media_type="text/csv")


def to_csv(columns: Columns, rows: Iterable[object]) -> Iterator[str]:
    """Yield the file line by line, the mark of UTF-8 first."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([heading for heading, _ in columns])
    yield "\ufeff" + buffer.getvalue()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_cell(read(row)) for _, read in columns])
        yield buffer.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def label_columns(read: Callable[[Any], Label | None], heading: str = "name") -> Columns:
    """Return the two columns of a text in both languages."""
    return (
        (f"{heading}_tr", lambda row: (label := read(row)) and label.tr),
        (f"{heading}_en", lambda row: (label := read(row)) and label.en),
    )


def money_columns(heading: str, read: Callable[[Any], Money | None]) -> Columns:
    """Return the two columns of an amount and its currency."""
    return (
        (heading, lambda row: (money := read(row)) and money.amount),
        (f"{heading}_currency", lambda row: (money := read(row)) and money.currency),
    )


def dates_columns(end: str) -> Columns:
    """Return the three columns of one end of a span: its text and its bounds."""
    return (
        (end, lambda row: getattr(row, end).text),
        (f"{end}_earliest", lambda row: getattr(row, end).earliest),
        (f"{end}_latest", lambda row: getattr(row, end).latest),
    )


def _parties(read: Callable[[Party], object]) -> Callable[[Relation], str]:
    return lambda relation: " | ".join(str(read(party) or "") for party in relation.parties)


def _themes(row: Relation | CityNetwork | Project) -> str:
    return " | ".join(theme.slug for theme in row.themes)


CITIES: Columns = (
    ("slug", lambda city: city.slug),
    *label_columns(lambda city: city.label),
    ("country", lambda city: city.country and city.country.iso),
    *label_columns(lambda city: city.country and city.country.label, "country"),
    ("latitude", lambda city: city.latitude),
    ("longitude", lambda city: city.longitude),
    ("population", lambda city: city.population),
    *label_columns(lambda city: city.note, "note"),
    ("iri", lambda city: city.iri),
)

RELATIONS: Columns = (
    ("slug", lambda relation: relation.slug),
    ("kind", lambda relation: relation.kind),
    *label_columns(lambda relation: relation.label),
    ("parties_tr", _parties(lambda party: party.label.tr)),
    ("parties_en", _parties(lambda party: party.label.en)),
    ("countries", _parties(lambda party: party.country)),
    *dates_columns("start"),
    *dates_columns("end"),
    ("status", lambda relation: relation.status),
    ("grade", lambda relation: relation.grade),
    ("identified", lambda relation: relation.identified),
    ("counted", lambda relation: relation.counted_in is not None),
    *label_columns(lambda relation: relation.counting_reason, "counting_reason"),
    *money_columns("amount", lambda relation: relation.amount),
    ("themes", _themes),
    ("evidence_count", lambda relation: relation.evidence_count),
    ("record_ref", lambda relation: relation.record_ref),
    ("iri", lambda relation: relation.iri),
)

NETWORKS: Columns = (
    ("slug", lambda network: network.slug),
    ("kind", lambda network: network.kind),
    *label_columns(lambda network: network.label),
    ("founded", lambda network: network.founded),
    ("seat", lambda network: network.seat and network.seat.slug),
    ("member_count", lambda network: network.member_count),
    ("members", lambda network: network.members),
    ("themes", _themes),
    ("url", lambda network: network.url),
    ("iri", lambda network: network.iri),
)

PROJECTS: Columns = (
    ("slug", lambda project: project.slug),
    ("acronym", lambda project: project.acronym),
    *label_columns(lambda project: project.label),
    ("programme", lambda project: project.programme and project.programme.slug),
    *dates_columns("start"),
    *dates_columns("end"),
    *money_columns("total_cost", lambda project: project.total_cost),
    *money_columns("funding", lambda project: project.funding),
    ("participants", lambda project: project.participants),
    ("themes", _themes),
    ("url", lambda project: project.url),
    ("iri", lambda project: project.iri),
)

THEMES: Columns = (
    ("slug", lambda theme: theme.slug),
    *label_columns(lambda theme: theme.label),
    ("broader", lambda theme: theme.broader and theme.broader.slug),
    ("relations", lambda theme: theme.relations),
    ("networks", lambda theme: theme.networks),
    ("projects", lambda theme: theme.projects),
    ("priority", lambda theme: theme.is_priority),
    ("iri", lambda theme: theme.iri),
)
