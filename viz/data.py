"""What the data page shows: what is in the graph, how to ask for it, and what to take along."""

from dataclasses import dataclass

from rdflib import URIRef

from graph.library import load_query
from graph.model import Declared
from graph.questions import Questions
from ontology.errors import NotFound
from ontology.messages import N_, Language
from ontology.terms import EURIO, GEO, KP, M8G, ORG, PPLAN, SCHEMA
from viz.ontology import OntologyPage
from viz.terms import Term, Use

__all__ = ["LISTS", "RUN_WORDS", "ClassRow", "ContentGroup", "find_declared", "make_contents", "own_part"]

#: Address of a list and what it is called.
LISTS: tuple[tuple[str, str], ...] = (
    ("/api/v1/cities", N_("Cities")),
    ("/api/v1/agreements", N_("Sister cities and protocols")),
    ("/api/v1/networks", N_("Networks")),
    ("/api/v1/projects", N_("Projects")),
    ("/api/v1/funding", N_("Grants and loans")),
    ("/api/v1/themes", N_("Themes")),
    ("/api/v1/plan/stages", N_("Stages of the plan")),
    ("/api/v1/plan/activities", N_("Activities of the plan")),
    ("/api/v1/plan/indicators", N_("Indicators of the plan")),
)

#: How a run ended.
RUN_WORDS = {
    "published": N_("published"), "unchanged": N_("nothing new"), "failed": N_("failed"),
}  # fmt: skip
_REST = N_("Terms, concepts and where they come from")
#: Heading -> the classes under it; sub-classes of ours stand with their class.
_GROUPS: tuple[tuple[str, tuple[URIRef, ...]], ...] = (
    (N_("Relations"), (KP.Relation, ORG.Membership, SCHEMA.Event, SCHEMA.MonetaryGrant, SCHEMA.LoanOrCredit)),
    (
        N_("Places and organisations"),
        (
            SCHEMA.City, SCHEMA.Country, GEO.Feature, ORG.Organization, M8G.PublicOrganisation,
            ORG.OrganizationalUnit, ORG.OrganizationalCollaboration,
        ),
    ),
    (
        N_("Projects, programmes and the plan"),
        (
            SCHEMA.Project, EURIO.FundingScheme, KP.Call, PPLAN.Plan, PPLAN.Step, KP.Objective,
            KP.ExpectedResult, KP.StageRole, KP.Indicator, KP.Measurement,
        ),
    ),
    (N_("Documents and what they say"), (SCHEMA.CreativeWork, KP.Evidence, KP.DeclaredCount)),
)  # fmt: skip


@dataclass(frozen=True)
class PropertyRow:
    """A property of the things of a class, and the query that shows its values."""

    use: Use
    ready_query: str


@dataclass(frozen=True)
class ClassRow:
    """A class with things in the graph, and what is said of them."""

    term: Term
    properties: tuple[PropertyRow, ...]


@dataclass(frozen=True)
class ContentGroup:
    """Classes that belong together, most things first."""

    title: str
    rows: tuple[ClassRow, ...]
    is_technical: bool = False


def make_contents(page: OntologyPage) -> tuple[ContentGroup, ...]:
    """Return the classes that have things, in groups; empty when nothing was counted yet."""
    classes = {term.iri: term for term in (*page.classes, *page.published_classes) if term.number}
    titles = {iri: _title_of(iri, classes) for iri in classes}
    headings = [*(title for title, _ in _GROUPS), _REST]
    groups = []
    for heading in headings:
        terms = [term for iri, term in classes.items() if titles[iri] == heading]
        rows = tuple(_row(term) for term in sorted(terms, key=lambda term: (-(term.number or 0), term.iri)))
        groups.append(ContentGroup(heading, rows, is_technical=heading == _REST))
    return tuple(group for group in groups if group.rows)


def _title_of(iri: str, classes: dict[str, Term]) -> str:
    """Return the heading under which a class stands: its own, else that of a class above it."""
    for title, members in _GROUPS:
        if URIRef(iri) in members:
            return title
    above = classes[iri].supers if iri in classes else ()
    return next((title for link in above if (title := _title_of(link.iri, classes)) != _REST), _REST)


def _row(term: Term) -> ClassRow:
    query = load_query("values_of_property")
    rows = tuple(
        PropertyRow(use, query.bind(**{"class": URIRef(term.iri), "property": URIRef(use.link.iri)}))
        for use in term.uses
    )
    return ClassRow(term, rows)


def own_part(text: str, language: Language) -> str:
    """Return the part of a text in one language where a source gives it as "Turkish / English".

    Examples
    --------
    >>> own_part("Kurum içi / internal", "en"), own_part("CC BY 4.0", "en")
    ('internal', 'CC BY 4.0')
    """
    turkish, both, english = text.partition(" / ")
    return english if both and language == "en" else turkish


def find_declared(questions: Questions, city: str) -> tuple[Declared, ...]:
    """Return what a city declares against what is recorded; nothing when it is not in the graph."""
    try:
        return questions.reconciliation(city).declared
    except NotFound:
        return ()
