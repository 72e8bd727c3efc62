"""What all families of gaps look at: the projection of the day, and what the city's own relations say.

The structure comes from the projection; themes, projects, money and days of the city's own relations
are read here once, by a handful of queries that grow with the city's relations and not with the graph.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rdflib import URIRef
from rdflib.term import Identifier

from graph.library import load_query, rebase
from graph.model import Label, Status
from graph.projection import CityNode, Projection, Tie
from graph.questions.reading import Fact, Facts, Readable, local_name, read_facts, read_labels
from graph.questions.relations import read_statuses, to_day
from graph.recommendation.universe import is_acknowledged
from ontology.messages import LANGUAGES
from ontology.terms import KP, ORG

__all__ = ["View", "join_all", "make_view", "years_before"]

_POINTING = (KP.project, KP.programme, ORG.organization)


@dataclass(frozen=True)
class View:
    """One city on one day.

    Parameters
    ----------
    own, statuses
        The facts of the municipality's own relations, and their status on the day.
    things
        The facts of the projects, programmes and networks that they name.
    since
        From this day on something counts as recent.
    """

    revision: Readable
    projection: Projection
    city: str
    own: tuple[Fact, ...]
    statuses: Mapping[str, Status]
    things: Facts
    since: date
    years: int
    _names: dict[str, Label] = field(default_factory=dict, compare=False)

    @property
    def as_of(self) -> date:
        """The day."""
        return self.projection.as_of

    @property
    def node(self) -> CityNode:
        """The city itself."""
        return self.projection.cities[self.city]

    @cached_property
    def partners(self) -> Mapping[str, tuple[Tie, ...]]:
        """Cities with a tie in force that is more than an entry of a list, with these ties."""
        found = self.projection.neighbours(self.city, "twinning", "protocol", "cooperation")
        known = {city: tuple(tie for tie in ties if is_acknowledged(tie)) for city, ties in found.items()}
        return {city: ties for city, ties in sorted(known.items()) if ties}

    def status(self, relation: Fact) -> Status:
        """Return the status of one of the city's own relations on the day."""
        return self.statuses.get(relation.iri, "unknown")

    def own_of(self, *classes: str, without: Iterable[Status] = ("planned",)) -> list[Fact]:
        """Return own relations of some classes, those with certain statuses left out."""
        left_out = set(without)
        return [
            fact
            for fact in self.own
            if self.status(fact) not in left_out and any(fact.is_a(one) for one in classes)
        ]

    def named(self, relation: Fact, prop: str) -> list[Fact]:
        """Return what a relation points to."""
        return [self.things.of(iri) for iri in relation.iris_of(prop)]

    def learn(self, iris: Iterable[str]) -> None:
        """Read the names of things by one query, for :meth:`name`."""
        self._names.update(read_labels(self.revision, set(iris) - self._names.keys()))

    def is_foreign_national(self, network: str) -> bool:
        """Tell whether all recorded members of a network lie in one country that is not ours."""
        ties = self.projection.ties_of(network)
        countries = {
            self.projection.cities[city].country for tie in ties if tie.is_living for city in tie.cities
        }
        return len(countries) == 1 and None not in countries and self.node.country not in countries

    def name(self, iri: str) -> Label:
        """Return a name; the end of the address where there is none."""
        if (city := self.projection.cities.get(iri)) is not None:
            return city.label
        if iri not in self._names:
            self.learn([iri])
        end = local_name(iri)
        return self._names.setdefault(iri, Label(end, end))

    def query(self, name: str, **bound: Identifier | Iterable[Identifier] | None) -> str:
        """Return a question of ours about this city and day, ready to run."""
        everywhere = {"city": URIRef(self.city), "asOf": to_day(self.as_of)}
        return rebase(load_query(name).bind_known(**everywhere, **bound), self.revision.iris)


def make_view(revision: Readable, projection: Projection, city: str, years: int) -> View:
    """Return what is to be looked at."""
    rows = revision.select(load_query("own_relations").bind(city=URIRef(city)))
    relations = sorted({str(row["relation"]) for row in rows})
    facts = read_facts(revision, relations)
    own = tuple(facts.of(iri) for iri in relations)
    statuses = read_statuses(revision, relations, projection.as_of) if relations else {}
    pointed = {iri for fact in own for prop in _POINTING for iri in fact.iris_of(prop)}
    things = read_facts(revision, pointed)
    since = years_before(projection.as_of, years)
    return View(revision, projection, city, own, statuses, things, since, years)


def years_before(day: date, years: int) -> date:
    """Return the day so many years before; a 29 February becomes a 28th, and no year is below 1.

    Examples
    --------
    >>> years_before(date(2024, 2, 29), 5)
    datetime.date(2019, 2, 28)
    """
    year = max(day.year - years, 1)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def join_all(names: Iterable[Label], most: int = 4) -> Label:
    """Return names in a row; of more than ``most`` the number of the others.

    Examples
    --------
    >>> join_all([Label("a", "a"), Label("b", "b"), Label("c", "c")], most=2).en
    'a, b and 1 more'
    """
    given = list(names)
    rest = len(given) - most
    tails = Label(f" ve {rest} tane daha", f" and {rest} more") if rest > 0 else Label("", "")
    tr, en = (", ".join(name.get(language) for name in given[:most]) for language in LANGUAGES)
    return Label(tr + tails.tr, en + tails.en)
