"""Projects and the themes that things are about."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from rdflib import URIRef

from graph.library import load_query
from graph.model import Label, Page, Project, Reference, Theme
from graph.questions.names import existing_iri, reference_of
from graph.questions.paging import cut_page, in_order
from graph.questions.places import city_iri, text_key
from graph.questions.reading import Fact, Readable, read_facts, read_labels
from graph.questions.relations import money_of, read_themes_of
from ontology.messages import N_
from ontology.terms import KP, RDF, SCHEMA, SKOS

__all__ = ["list_projects", "list_themes", "project_iri", "read_projects", "read_themes", "theme_iri"]

_PROJECT = N_("project")
_THEME = N_("theme")


def project_iri(revision: Readable, slug: str) -> URIRef:
    """Return the IRI of a project that is in the graph.

    Raises
    ------
    NotFound
        There is no such project.
    """
    return existing_iri(revision, "project", slug, lambda fact: fact.is_a(SCHEMA.Project), called=_PROJECT)


def theme_iri(revision: Readable, slug: str) -> URIRef:
    """Return the IRI of a theme that is in the graph.

    Raises
    ------
    NotFound
        There is no such theme.
    """
    return existing_iri(revision, "theme", slug, lambda fact: bool(fact.values(RDF.type)), called=_THEME)


def read_projects(revision: Readable, iris: Sequence[str]) -> list[Project]:
    """Return projects in the order of ``iris``."""
    if not iris:
        return []
    facts = read_facts(revision, iris)
    query = load_query("participant_counts").bind(project=[URIRef(iri) for iri in iris])
    participants = {str(row["project"]): int(str(row["participants"])) for row in revision.select(query)}
    labels = read_labels(revision, {scheme for fact in facts for scheme in fact.iris_of(KP.programme)})
    themes = read_themes_of(revision, iris)
    return [
        _make_project(revision, fact, participants.get(fact.iri, 0), labels, themes.get(fact.iri, ()))
        for fact in map(facts.of, iris)
    ]


def _make_project(
    revision: Readable, fact: Fact, participants: int, labels: dict[str, Label], themes: tuple[Reference, ...]
) -> Project:
    here = reference_of(revision, fact.iri, fact.name())
    programme = next(iter(fact.iris_of(KP.programme)), None)
    return Project(
        iri=fact.iri,
        slug=here.slug,
        label=here.label,
        acronym=fact.text(SCHEMA.alternateName),
        url=fact.text(SCHEMA.url),
        programme=reference_of(revision, programme, labels.get(programme)) if programme else None,
        start=fact.dates(KP.startText, KP.startEarliest, KP.startLatest),
        end=fact.dates(KP.endText, KP.endEarliest, KP.endLatest),
        total_cost=money_of(fact, KP.totalCost),
        funding=money_of(fact, KP.fundingAmount),
        participants=participants,
        themes=themes,
        note=fact.label(SKOS.note),
    )


def list_projects(  # noqa: PLR0913 (the filters of a list)
    revision: Readable,
    *,
    q: str | None,
    city: str | None,
    theme: str | None,
    limit: int,
    cursor: str | None,
) -> Page[Project]:
    """Return a page of the projects."""
    query = load_query("projects").bind(
        wantedText=text_key(q),
        wantedCity=city_iri(revision, city) if city else None,
        wantedTheme=theme_iri(revision, theme) if theme else None,
    )
    rows = revision.select(query)
    iris, following = cut_page("projects", in_order(rows), limit, cursor)
    return Page(tuple(read_projects(revision, iris)), len(rows), following)


def read_themes(revision: Readable, iris: Sequence[str]) -> list[Theme]:
    """Return themes in the order of ``iris`` with how many things each has."""
    if not iris:
        return []
    facts = read_facts(revision, iris)
    numbers: dict[str, dict[str, int]] = defaultdict(dict)
    for row in revision.select(load_query("theme_counts").bind(theme=[URIRef(iri) for iri in iris])):
        numbers[str(row["theme"])][str(row["class"])] = int(str(row["number"]))
    labels = read_labels(revision, {iri for fact in facts for iri in fact.iris_of(SKOS.broader)})
    rows = revision.select(load_query("priority_themes").bind(theme=[URIRef(iri) for iri in iris]))
    priorities = {str(row["theme"]) for row in rows}
    themes = (_make_theme(revision, fact, numbers[fact.iri], labels) for fact in map(facts.of, iris))
    return [replace(theme, is_priority=theme.iri in priorities) for theme in themes]


def _make_theme(revision: Readable, fact: Fact, numbers: dict[str, int], labels: dict[str, Label]) -> Theme:
    here = reference_of(revision, fact.iri, fact.name())
    broader = next(iter(fact.iris_of(SKOS.broader)), None)
    return Theme(
        iri=fact.iri,
        slug=here.slug,
        label=here.label,
        definition=fact.label(SKOS.definition),
        broader=reference_of(revision, broader, labels.get(broader)) if broader else None,
        relations=numbers.get(str(KP.Relation), 0),
        networks=numbers.get(str(KP.CityNetwork), 0),
        projects=numbers.get(str(SCHEMA.Project), 0),
    )


def list_themes(revision: Readable, q: str | None, limit: int, cursor: str | None) -> Page[Theme]:
    """Return a page of the themes."""
    rows = revision.select(
        load_query("themes").bind(wantedText=text_key(q), scheme=revision.iris.thing("scheme", "themes"))
    )
    iris, following = cut_page("themes", in_order(rows), limit, cursor)
    return Page(tuple(read_themes(revision, iris)), len(rows), following)
