"""CORDIS: projects of the EU's framework programmes and the municipalities that take part in them.

Read are ``project.csv`` and ``organization.csv`` of one download, unpacked into a folder. Organisations
that are no public bodies with the name of a municipality are left out; so are all contact data.
"""

from dataclasses import dataclass, field

from rdflib import Literal

from ingest.batch import Batch, Context, Fetched, Notice, RawFile
from ingest.lists.files import fetch_tables, find_table
from ingest.lists.places import PlaceHint
from ingest.lists.reading import BAD_DATE, NO_CITY, Skipped, begin, conclude, hint_of
from ingest.lists.statements import ListDocument, ListStatements
from ingest.lists.words import is_municipal, themes_of_text
from ingest.tables.rows import Row, open_table
from ontology.errors import SourceError
from ontology.messages import N_
from ontology.terms import KP, SCHEMA, XSD

__all__ = ["fetch", "read"]

_PATTERNS = {"projects": "*project*.csv", "organizations": "*organization*.csv"}
_PROJECT = (
    "id",
    "acronym",
    "title",
    "startDate",
    "endDate",
    "totalCost",
    "ecMaxContribution",
    "frameworkProgramme",
)
_PROJECT_LEFT = (
    "status", "legalBasis", "topics", "ecSignatureDate", "masterCall", "subCall", "fundingScheme",
    "objective", "contentUpdateDate", "rcn", "grantDoi", "nature", "keywords",
)  # fmt: skip
_ORGANIZATION = ("projectID", "name", "activityType", "city", "country", "role")
_ORGANIZATION_LEFT = (
    "projectAcronym", "organisationID", "vatNumber", "shortName", "SME", "street", "postCode", "nutsCode",
    "geolocation", "organizationURL", "contactForm", "contentUpdateDate", "rcn", "order",
    "ecContribution", "netEcContribution", "totalCost", "endOfParticipation", "active", "city_id",
)  # fmt: skip
_DOCUMENT = ListDocument(
    "cordis-projects", "CORDIS, proje verileri", "CORDIS, data of projects",
    "Publications Office of the European Union", "", "https://cordis.europa.eu/",
)  # fmt: skip
_MISSING = N_(
    "{place} has no {table}. Unpack the download of CORDIS with project.csv and organization.csv, "
    "and name its folder."
)


def fetch(location: str | None, _context: Context) -> Fetched:
    """Return the two tables of the folder that was named.

    Raises
    ------
    SourceError
        None was named, or a table is not in it.
    """
    if location is None:
        raise SourceError(
            N_("The source '{name}' needs a file or an address: 'kopru ingest {name} FILE'."), name="cordis"
        )
    fetched = fetch_tables(location, _PATTERNS, "https://cordis.europa.eu/")
    for pattern in _PATTERNS.values():
        if find_table(fetched, pattern) is None:
            raise SourceError(_MISSING, place=location, table=pattern.replace("*", ""))
    return fetched


def read(fetched: Fetched, context: Context) -> Batch:
    """Return the projects in which municipalities take part, and their participations.

    Raises
    ------
    RecordError
        A row can't be read.
    """
    rdf, into = begin("cordis", context)
    cordis = _Cordis(into)
    organizations, projects = (
        find_table(fetched, _PATTERNS[name]) or fetched.files[0] for name in ("organizations", "projects")
    )
    cordis.read_organizations(organizations)
    cordis.read_projects(projects)
    return conclude(rdf, into, cordis.notices)


@dataclass
class _Cordis:
    into: ListStatements
    notices: list[Notice] = field(default_factory=list)
    _partners: dict[str, list[tuple[PlaceHint, bool]]] = field(default_factory=dict)

    def read_organizations(self, file: RawFile) -> None:
        """Remember the municipalities of each project: they are few."""
        skipped = Skipped()
        with open_table(file) as table:
            table.check_columns(_ORGANIZATION, _ORGANIZATION_LEFT)
            for row in table.rows:
                if row.take("activityType") not in ("PUB", "") or not is_municipal(row.need("name")):
                    continue
                hint = hint_of(row, row.take("city"), row.take("country"), row.take("city_id"))
                if self.into.places.city(hint) is None:
                    skipped.add(NO_CITY, row)
                    continue
                lead = row.take("role").lower() == "coordinator"
                self._partners.setdefault(row.need("projectID"), []).append((hint, lead))
            self.notices += table.notices
        self.notices += skipped.notices()

    def read_projects(self, file: RawFile) -> None:
        """State the projects that have a municipality."""
        skipped = Skipped()
        with open_table(file) as table:
            table.check_columns(_PROJECT, _PROJECT_LEFT)
            for row in table.rows:
                id_ = row.need("id")
                if partners := self._partners.get(id_):
                    self._add(id_, row, partners, skipped)
            self.notices += table.notices
        self.notices += skipped.notices()

    def _add(self, id_: str, row: Row, partners: list[tuple[PlaceHint, bool]], skipped: Skipped) -> None:
        title, acronym = row.take("title"), row.take("acronym")
        programme = self.into.programme("eu", row.need("frameworkProgramme"), row.ref)
        project = self.into.project(f"cordis-{id_}", acronym or title or id_, row.ref, programme)
        self.into.add((project, SCHEMA.url, _address(id_)))
        self.into.themes(project, themes_of_text(f"{title} {row.take('keywords')}"))
        try:
            dates = row.take("startDate"), row.take("endDate")
            if not self.into.claim_dates(project, *dates, _DOCUMENT, row.ref):
                skipped.add(BAD_DATE, row)
        except ValueError:
            skipped.add(BAD_DATE, row)
        for predicate, column in ((KP.totalCost, "totalCost"), (KP.fundingAmount, "ecMaxContribution")):
            self.into.claim_money(project, predicate, row.take(column), _DOCUMENT, row.ref)
        for hint, lead in partners:
            self.into.participation(hint, project, _DOCUMENT, row.ref, lead=lead)


def _address(id_: str) -> Literal:
    return Literal(f"https://cordis.europa.eu/project/id/{id_}", datatype=XSD.anyURI)
