"""All questions under one roof."""

from collections.abc import Iterable
from datetime import date

from rdflib import Graph, URIRef

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
from graph.questions.agreements import (
    RelationFilter,
    get_relation,
    list_relations,
    relations_of_city,
    relations_with,
)
from graph.questions.counts import read_reconciliation, read_summary
from graph.questions.descriptions import describe, read_thing
from graph.questions.names import thing_iri
from graph.questions.networks import list_networks, network_iri, read_networks
from graph.questions.places import city_iri, list_cities, partners_by_country, read_cities
from graph.questions.plan import PlanQuestions
from graph.questions.projects import (
    list_projects,
    list_themes,
    project_iri,
    read_projects,
    read_themes,
    theme_iri,
)
from graph.questions.reading import Readable
from graph.questions.relations import read_names
from ontology.terms import KP

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
        return list_cities(self.revision, q, country, limit, cursor)

    def city(self, slug: str) -> City:
        """Return one city."""
        return read_cities(self.revision, [city_iri(self.revision, slug)])[0]

    def cities_of(self, slugs: Iterable[str]) -> dict[str, City]:
        """Return some cities by their slugs; one that is not there is left out."""
        iris = sorted(str(self.thing_iri("city", slug)) for slug in set(slugs))
        return {city.slug: city for city in read_cities(self.revision, iris)}

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
        wanted = RelationFilter(KP.Relation, as_of, kind=kind, status=status)
        return relations_of_city(self.revision, wanted, city_slug, with_evidence=with_evidence)

    def relation(self, iri: str, *, as_of: date) -> Relation:
        """Return any relation with its evidence."""
        return get_relation(self.revision, iri, as_of)

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
        wanted = RelationFilter(KP.Agreement, as_of, kind, city, status, q)
        return list_relations(self.revision, wanted, limit, cursor, with_evidence=with_evidence)

    def agreement(self, slug: str, *, as_of: date) -> Relation:
        """Return one agreement with its evidence."""
        return get_relation(self.revision, self.thing_iri("agreement", slug), as_of)

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
        return list_networks(self.revision, as_of, q=q, kind=kind, member=member, limit=limit, cursor=cursor)

    def network(self, slug: str, *, as_of: date) -> CityNetwork:
        """Return one network."""
        return read_networks(self.revision, [network_iri(self.revision, slug)], as_of)[0]

    def members_of(self, network_slug: str, *, as_of: date, with_evidence: bool = False) -> list[Relation]:
        """List the memberships of a network."""
        network = network_iri(self.revision, network_slug)
        return relations_with(
            self.revision, network, as_of, kind=KP.NetworkMembership, with_evidence=with_evidence
        )

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
        return list_projects(self.revision, q=q, city=city, theme=theme, limit=limit, cursor=cursor)

    def project(self, slug: str) -> Project:
        """Return one project."""
        return read_projects(self.revision, [project_iri(self.revision, slug)])[0]

    def participations_in(
        self, project_slug: str, *, as_of: date, with_evidence: bool = False
    ) -> list[Relation]:
        """List who takes part in a project, and who funds it."""
        project = project_iri(self.revision, project_slug)
        return relations_with(self.revision, project, as_of, with_evidence=with_evidence)

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
        wanted = RelationFilter(KP.Funding, as_of, kind, city, None, q)
        return list_relations(self.revision, wanted, limit, cursor, with_evidence=with_evidence)

    def themes(self, *, q: str | None = None, limit: int = 200, cursor: str | None = None) -> Page[Theme]:
        """List themes with how many relations, networks and projects each has."""
        return list_themes(self.revision, q, limit, cursor)

    def theme(self, slug: str) -> Theme:
        """Return one theme."""
        return read_themes(self.revision, [theme_iri(self.revision, slug)])[0]

    def reconciliation(self, city_slug: str, *, as_of: date | None = None) -> Reconciliation:
        """Compare what is declared with what is recorded.

        Without ``as_of`` each status is that of the newest declared day.
        """
        return read_reconciliation(self.revision, city_slug, as_of)

    def open_places(
        self, city_slug: str, *, as_of: date | None = None, kind: DeclaredKind | None = None
    ) -> list[Relation]:
        """List declared relations whose partner is not known."""
        declared = self.reconciliation(city_slug, as_of=as_of).declared
        return [place for d in declared if kind in (None, d.kind) for place in d.open_places]

    def plan(self, city_slug: str) -> PlanQuestions:
        """Return the questions about the plan; computed indicators are those of that city."""
        return PlanQuestions(self.revision, city_slug)

    def thing_iri(self, kind: str, slug: str) -> URIRef:
        """Return the IRI that a kind and a slug stand for, there or not."""
        return thing_iri(self.revision, kind, slug)

    def thing(self, iri: str) -> Thing | None:
        """Return everything said of an IRI, or ``None``."""
        return read_thing(self.revision, iri)

    def describe(self, iri: str) -> Graph:
        """Return a thing, its evidence and the labels of what it points to as RDF (empty: not there)."""
        return describe(self.revision, iri)

    def label_of(self, iris: Iterable[str]) -> dict[str, Label]:
        """Return the names of IRIs; one without a name is left out."""
        return read_names(self.revision, iris)

    def partners_by_country(self, city_slug: str, *, as_of: date) -> tuple[CountryCount, ...]:
        """Count partner cities by country (agreements that hold or may hold), most first."""
        return partners_by_country(self.revision, city_slug, as_of)

    def summary(self) -> Summary:
        """Count what is in the graph."""
        return read_summary(self.revision)
