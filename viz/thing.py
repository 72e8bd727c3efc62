"""What the page of a thing shows beside its statements: relations, a timeline, a small picture, questions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rdflib import URIRef

from graph.examples import list_published
from graph.library import Query, load_query
from graph.model import Dates, Label, Party, Relation, Statement, Thing
from graph.questions.reading import Readable, local_name
from graph.questions.relations import order_relations, read_relations
from viz.ego import Ego, draw_ego
from viz.kinds import FAMILY_OF, Family
from viz.questions import question_slug

__all__ = ["Span", "ThingPage", "ask_thing"]

#: Relations that a page reads; the files have all.
MOST = 150
#: Questions offered for a kind of thing that no question has a field for.
_QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "network": ("shared_networks", "networks_among_partners", "cities_in_our_networks"),
    "project": ("project_money", "projects_and_plans", "partners_with_projects"),
    "theme": ("themes_without_ties", "priority_gaps", "sdg_goals"),
    "call": ("calls_for_new_themes", "unused_programmes"),
    "programme": ("unused_programmes", "grants_and_loans"),
    "funding": ("grants_and_loans",),
    "document": ("contradictions", "single_unverified_source"),
    "indicator": ("indicators_without_measurement",),
    "membership": ("networks_of_city", "shared_networks"),
    "participation": ("partners_with_projects", "project_money"),
    "grant": ("grants_and_loans", "own_share_by_year"),
    "loan": ("grants_and_loans",),
    "authority": ("ties_of_other_bodies",),
    "organization": ("ties_of_other_bodies",),
}
_OF_HOME = (
    "networks_of_city", "shared_networks", "open_places", "stale_ties", "countries_covered", "changes_since",
)  # fmt: skip
_OF_CITY = ("paths_to_city", "calls_with_city", "networks_of_city")
#: Classes that say nothing to a reader, and properties that are for machines.
_DULL_CLASSES = {"Feature", "Relation", "Concept", "Entity", "OrganizationalCollaboration", "CreativeWork"}
_DULL = {"asWKT", "recordRef", "topConceptOf", "inScheme", "searchKey", "sortKey"}
#: What a row of the timeline has to be long, in percent, to be seen.
_THIN = 0.8


@dataclass(frozen=True)
class Span:
    """A relation on the timeline: where its bar begins, and how long it is, in percent of the whole.

    ``is_open`` says that no end is known: the bar goes on to the day.
    """

    relation: Relation
    family: Family
    start: float
    width: float
    is_open: bool


@dataclass(frozen=True)
class Timeline:
    """Spans in the order of their beginnings, between two years; ``undated`` have no known beginning."""

    spans: tuple[Span, ...]
    first: int
    last: int
    undated: int


@dataclass(frozen=True)
class Question:
    """A question to ask about the thing: where, and what is bound."""

    title: Label
    path: str
    parameters: Mapping[str, str]


@dataclass(frozen=True)
class ThingPage:
    """Everything on the page of a thing.

    ``relation`` is the thing itself when it is one; ``total`` counts all relations, ``relations`` those read.
    """

    thing: Thing
    as_of: date
    home: str
    relation: Relation | None
    relations: tuple[Relation, ...]
    total: int
    questions: tuple[Question, ...]

    @property
    def heading(self) -> Label:
        """What the thing is called."""
        return (self.relation.name or self.relation.label) if self.relation else self.thing.label

    @property
    def kinds(self) -> list[Label]:
        """What it is: the kind of a relation, else its classes without those that say nothing."""
        if self.relation:
            return [self.relation.kind_label]
        types = self.thing.types
        told = [
            one
            for one in types
            if one.iri.rstrip("/").replace("#", "/").rpartition("/")[2] not in _DULL_CLASSES
        ]
        return [one.label for one in told or types]

    @cached_property
    def timeline(self) -> Timeline:
        """When its relations began and ended."""
        itself = (self.relation,) if self.relation else ()
        return _draw_timeline((*itself, *self.relations), self.as_of)

    @cached_property
    def ego(self) -> Ego | None:
        """The thing in the middle of those it is tied to; ``None`` for one without ties."""
        return draw_ego(self.heading, _neighbours(self))

    @property
    def by_kind(self) -> list[tuple[Label, list[Relation]]]:
        """The relations of each kind."""
        found: dict[Label, list[Relation]] = defaultdict(list)
        for one in self.relations:
            found[one.kind_label].append(one)
        return list(found.items())

    @property
    def statements(self) -> tuple[list[Statement], list[Statement]]:
        """What is said of it: for people, and for machines."""
        every = self.thing.statements
        return (
            [one for one in every if local_name(one.property.iri) not in _DULL],
            [one for one in every if local_name(one.property.iri) in _DULL],
        )


def ask_thing(
    revision: Readable, thing: Thing, relation: Relation | None, as_of: date, home: str
) -> ThingPage:
    """Return the page of a thing on a day.

    Parameters
    ----------
    home
        Slug of the city whose relations are shown everywhere.
    """
    rows = revision.select(load_query("relations_about").bind(thing=URIRef(thing.iri)))
    iris = [str(row["item"]) for row in rows if str(row["item"]) != thing.iri]
    seen_from = thing.iri if thing.kind == "city" else None
    read = order_relations(read_relations(revision, iris[:MOST], as_of, seen_from=seen_from))
    return ThingPage(thing, as_of, home, relation, tuple(read), len(iris), _questions(thing, home))


def _questions(thing: Thing, home: str) -> tuple[Question, ...]:
    known = {query.name: query for query in list_published() if query.title}
    if thing.kind == "city":
        names = _OF_HOME if thing.slug == home else _OF_CITY
        found = [_about_city(known[name], thing.slug) for name in names if name in known]
    else:
        found = [_about(query, thing) for query in known.values() if _field_for(query, thing)]
        found += [_about(known[name], thing) for name in _QUESTIONS.get(thing.kind, ()) if name in known]
    return tuple(found)


def _field_for(query: Query, thing: Thing) -> str | None:
    return next((p.name for p in query.offered if p.is_thing and p.kind == thing.kind != "city"), None)


def _about(query: Query, thing: Thing) -> Question:
    field = _field_for(query, thing)
    assert query.title is not None  # noqa: S101 (only those with a title are asked)
    return Question(query.title, f"/questions/{question_slug(query)}", {field: thing.slug} if field else {})


def _about_city(query: Query, slug: str) -> Question:
    fields = {parameter.name for parameter in query.offered}
    assert query.title is not None  # noqa: S101 (only those with a title are asked)
    field = "target" if "target" in fields else "city"
    return Question(query.title, f"/questions/{question_slug(query)}", {field: slug})


def _draw_timeline(relations: Sequence[Relation], as_of: date) -> Timeline:
    begun = [(one, begin) for one in relations if (begin := _day(one.start)) and one.status != "planned"]
    first = min((begin.year for _, begin in begun), default=as_of.year)
    last = max([as_of.year, *(end.year for one, _ in begun if (end := _day(one.end)))])
    whole = (date(last, 12, 31) - date(first, 1, 1)).days or 1
    spans = []
    for one, begin in sorted(begun, key=lambda pair: (pair[1], pair[0].iri)):
        end = _day(one.end) or max(as_of, begin)
        start = 100 * (begin - date(first, 1, 1)).days / whole
        width = max(100 * (end - begin).days / whole, _THIN)
        is_open = _day(one.end) is None
        spans.append(
            Span(one, FAMILY_OF[one.kind], round(min(start, 100 - _THIN), 2), round(width, 2), is_open)
        )
    return Timeline(tuple(spans), first, last, len(relations) - len(spans))


def _day(dates: Dates) -> date | None:
    return dates.earliest or dates.latest


def _neighbours(page: ThingPage) -> Iterable[tuple[Party, Relation]]:
    """Yield who stands on the other side of each relation; for a relation its own parties."""
    if page.relation:
        return [(party, page.relation) for party in page.relation.parties]
    return [
        (party, one)
        for one in page.relations
        for party in ((one.other,) if one.other else one.parties)
        if party.iri != page.thing.iri and party.city != page.thing.slug
    ]
