"""All questions under one roof."""

from collections.abc import Iterable
from datetime import date

from rdflib import Graph

from graph.model import (
    City,
    CityNetwork,
    CountryCount,
    DeclaredKind,
    Label,
    NetworkKind,
    Page,
    Project,
    Reconciliation,
    Relation,
    RelationKind,
    Status,
    Summary,
    Theme,
    Thing,
)
from graph.questions.reading import Readable

__all__ = ["Questions"]


class Questions:
    """Questions to one revision.

    ``as_of`` is the day for which a status is asked; ``limit`` and ``cursor`` page through a list
    (the cursor is opaque: take it from ``Page.next``); ``q`` is found inside folded names.

    Raises
    ------
    NotFound
        A slug that is not in the graph.
    BadParameter
        A cursor that was not given out by the same list, or an unknown kind or status.
    """

    def __init__(self, revision: Readable) -> None:
        self.revision = revision

    def cities(
        self, *, q: str | None = None, country: str | None = None, limit: int = 50, cursor: str | None = None
    ) -> Page[City]:
        """List cities in the order of the Turkish alphabet; ``country`` is an ISO code."""
        raise NotImplementedError

    def city(self, slug: str) -> City:
        """Return one city."""
        raise NotImplementedError

    def relations_of(
        self,
        city_slug: str,
        *,
        as_of: date,
        kind: RelationKind | None = None,
        status: Status | None = None,
        with_evidence: bool = False,
    ) -> list[Relation]:
        """List all relations of a city's parties, by kind, then by name; open places come last."""
        raise NotImplementedError

    def relation(self, iri: str, *, as_of: date) -> Relation:
        """Return any relation with its evidence."""
        raise NotImplementedError

    def agreements(  # noqa: PLR0913 (the filters of a list, by keyword only)
        self,
        *,
        as_of: date,
        city: str | None = None,
        kind: RelationKind | None = None,
        status: Status | None = None,
        q: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
        with_evidence: bool = False,
    ) -> Page[Relation]:
        """List sister-city agreements and protocols; ``q`` matches the names of the parties."""
        raise NotImplementedError

    def agreement(self, slug: str, *, as_of: date) -> Relation:
        """Return one agreement with its evidence."""
        raise NotImplementedError

    def networks(  # noqa: PLR0913 (the filters of a list, by keyword only)
        self,
        *,
        as_of: date,
        q: str | None = None,
        kind: NetworkKind | None = None,
        member: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[CityNetwork]:
        """List networks; ``member`` is a city's slug (its memberships that hold or may hold)."""
        raise NotImplementedError

    def network(self, slug: str, *, as_of: date) -> CityNetwork:
        """Return one network."""
        raise NotImplementedError

    def members_of(self, network_slug: str, *, as_of: date, with_evidence: bool = False) -> list[Relation]:
        """List the memberships of a network."""
        raise NotImplementedError

    def projects(
        self,
        *,
        q: str | None = None,
        city: str | None = None,
        theme: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[Project]:
        """List projects; ``theme`` includes narrower themes."""
        raise NotImplementedError

    def project(self, slug: str) -> Project:
        """Return one project."""
        raise NotImplementedError

    def participations_in(
        self, project_slug: str, *, as_of: date, with_evidence: bool = False
    ) -> list[Relation]:
        """List who takes part in a project, and who funds it."""
        raise NotImplementedError

    def funding(  # noqa: PLR0913 (the filters of a list, by keyword only)
        self,
        *,
        as_of: date,
        city: str | None = None,
        kind: RelationKind | None = None,
        q: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
        with_evidence: bool = False,
    ) -> Page[Relation]:
        """List grants and loans."""
        raise NotImplementedError

    def themes(self, *, q: str | None = None, limit: int = 200, cursor: str | None = None) -> Page[Theme]:
        """List themes with how many relations, networks and projects each has."""
        raise NotImplementedError

    def theme(self, slug: str) -> Theme:
        """Return one theme."""
        raise NotImplementedError

    def reconciliation(self, city_slug: str, *, as_of: date | None = None) -> Reconciliation:
        """Compare what is declared with what is recorded.

        Without ``as_of`` each status is that of the newest declared day.
        """
        raise NotImplementedError

    def open_places(
        self, city_slug: str, *, as_of: date | None = None, kind: DeclaredKind | None = None
    ) -> list[Relation]:
        """List declared relations whose partner is not known."""
        raise NotImplementedError

    def thing(self, iri: str) -> Thing | None:
        """Return everything said of an IRI, or ``None``."""
        raise NotImplementedError

    def describe(self, iri: str) -> Graph:
        """Return a thing, its evidence and the labels of what it points to as RDF (empty: not there)."""
        raise NotImplementedError

    def label_of(self, iris: Iterable[str]) -> dict[str, Label]:
        """Return the names of IRIs; one without a name is left out."""
        raise NotImplementedError

    def partners_by_country(self, city_slug: str, *, as_of: date) -> tuple[CountryCount, ...]:
        """Count partner cities by country (agreements that hold or may hold), most first."""
        raise NotImplementedError

    def summary(self) -> Summary:
        """Count what is in the graph."""
        raise NotImplementedError
