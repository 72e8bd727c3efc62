"""Interreg projects and participations as keep.eu's tables have them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rdflib import URIRef

from ingest.batch import Notice
from ingest.lists.reading import BAD_DATE, NO_CITY, Skipped, hint_of
from ingest.lists.statements import ListDocument, ListStatements
from ingest.lists.words import INTERREG_THEMES, is_municipal
from ingest.tables.rows import Row
from ontology.terms import KP

__all__ = ["DETAIL_COLUMNS", "KEEP", "PARTICIPATION_COLUMNS", "Details", "Interreg", "read_details"]

PARTICIPATION_COLUMNS = ("project_id", "programme", "period", "acronym", "partner", "lead", "town", "country")
DETAIL_COLUMNS = (
    "project_id", "programme", "acronym", "lead_partner", "town", "country", "total_expenditure",
    "eu_funding", "theme_1", "theme_2", "theme_3", "thematic_objective", "start", "end",
)  # fmt: skip
KEEP = ListDocument(
    "keep-eu-projects", "keep.eu, Interreg projeleri", "keep.eu, Interreg projects", "Interact", "2020",
    "https://keep.eu/",
)  # fmt: skip


@dataclass(frozen=True)
class Details:
    """What the table of projects says of one."""

    ref: str
    themes: tuple[str, ...]
    start: str
    end: str
    total: str
    funding: str


def read_details(rows: Iterable[Row]) -> dict[str, Details]:
    """Return the details of each project by its id."""
    found = {}
    for row in rows:
        names = [row.take(f"theme_{number}") for number in (1, 2, 3)]
        themes = {INTERREG_THEMES[name] for name in names if name in INTERREG_THEMES}
        start, end = (row.take(column).replace("/", "-") for column in ("start", "end"))
        found[row.need("project_id")] = Details(
            row.ref, tuple(sorted(themes)), start, end, row.take("total_expenditure"), row.take("eu_funding")
        )
    return found


@dataclass
class Interreg:
    """The projects of one run.

    Parameters
    ----------
    into
        Where statements go.
    details
        What is known of projects beyond their participations.
    """

    into: ListStatements
    details: dict[str, Details]
    _skipped: Skipped = field(default_factory=Skipped)
    _described: set[URIRef] = field(default_factory=set)

    def add(self, row: Row) -> None:
        """State one participation, where the partner is a municipality."""
        id_, partner = row.need("project_id"), row.take("partner")
        municipal = row.take("looks_municipal")
        if municipal != "1" and not (municipal == "" and is_municipal(partner)):
            return
        hint = hint_of(row, row.take("town"), row.take("country"), row.take("city_id"))
        if self.into.places.authority(hint) is None:
            self._skipped.add(NO_CITY, row)
            return
        project = self._project(id_, row)
        lead = row.take("lead") == "Yes"
        self.into.participation(hint, project, KEEP, row.ref, lead=lead)

    def notices(self) -> list[Notice]:
        """Return what could not be read."""
        return self._skipped.notices()

    def _project(self, id_: str, row: Row) -> URIRef:
        name = row.take("programme")
        programme = self.into.programme("interreg", name, row.ref) if name else None
        slug = "interreg-" + id_.removeprefix("interreg:")
        project = self.into.project(slug, row.take("acronym") or id_, row.ref, programme)
        details = self.details.get(id_)
        if details and project not in self._described:
            self._described.add(project)
            self._describe(project, details, row)
        return project

    def _describe(self, project: URIRef, details: Details, row: Row) -> None:
        self.into.themes(project, details.themes)
        try:
            if not self.into.claim_dates(project, details.start, details.end, KEEP, details.ref):
                self._skipped.add(BAD_DATE, row)
        except ValueError:
            self._skipped.add(BAD_DATE, row)
        self.into.claim_money(project, KP.totalCost, details.total, KEEP, details.ref)
        self.into.claim_money(project, KP.fundingAmount, details.funding, KEEP, details.ref)
