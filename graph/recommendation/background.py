"""What the graph knows of many candidates at once: themes, open calls, contested places."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rdflib import URIRef

from graph.library import load_query
from graph.model import Label
from graph.questions.reading import Readable, read_facts, read_labels
from graph.questions.relations import to_day
from ontology.terms import KP

__all__ = ["Background", "OpenCall", "read_background"]


@dataclass(frozen=True)
class OpenCall:
    """A call that is open on the day and to which the city's country may apply."""

    iri: str
    label: Label
    countries: frozenset[str]
    themes: frozenset[str]


@dataclass(frozen=True)
class Background:
    """Facts that checks and remarks are made from.

    Parameters
    ----------
    themes
        For each city IRI the theme IRIs (broader ones included), each with the relations that tell it.
    calls
        Open calls to which our country may apply.
    calls_known
        Whether any call is recorded for the day.
    notes
        Remarks on contested places, by city IRI.
    labels
        Names of networks, projects, cities and themes that were asked for.
    priorities
        Themes (IRIs) that the plan of the city asked for names as its priorities.
    """

    themes: Mapping[str, Mapping[str, tuple[str, ...]]]
    calls: tuple[OpenCall, ...]
    notes: Mapping[str, Label]
    labels: Mapping[str, Label]
    priorities: frozenset[str] = frozenset()

    @property
    def calls_known(self) -> bool:
        """Whether a call is recorded that is open on the day and open to us."""
        return bool(self.calls)

    def label(self, iri: str) -> Label:
        """Return a name; the end of the address where there is none."""
        end = iri.rstrip("/").rpartition("/")[2]
        return self.labels.get(iri, Label(end, end))


def read_background(
    revision: Readable, city: str, as_of: date, cities: Iterable[str], things: Iterable[str]
) -> Background:
    """Return the background of one page of recommendations, by a handful of queries.

    Parameters
    ----------
    city
        The city asked for.
    cities
        Candidates in the graph (IRIs).
    things
        Whatever else has to be named: partners, networks, projects.
    """
    asked = sorted({city, *cities})
    calls = _read_calls(revision, city, as_of)
    facts = read_facts(revision, asked)
    notes = {iri: note for iri in asked if (note := facts.of(iri).label(KP.designationNote))}
    themes = _read_themes(revision, asked)
    named = {*things, *asked, *(theme for found in themes.values() for theme in found)}
    priorities = _read_priorities(revision, city)
    return Background(themes, calls, notes, read_labels(revision, named), priorities)


def _read_themes(revision: Readable, cities: list[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in revision.select(load_query("city_themes").bind(city=[URIRef(iri) for iri in cities])):
        found[str(row["city"])][str(row["theme"])].append(str(row["relation"]))
    return {
        city: {theme: tuple(relations) for theme, relations in themes.items()}
        for city, themes in found.items()
    }


def _read_priorities(revision: Readable, city: str) -> frozenset[str]:
    rows = revision.select(load_query("themes_of_scheme").bind(city=URIRef(city)))
    return frozenset(str(row["theme"]) for row in rows if str(row["priority"]) == "true")


def _read_calls(revision: Readable, city: str, as_of: date) -> tuple[OpenCall, ...]:
    countries: dict[str, set[str]] = defaultdict(set)
    themes: dict[str, set[str]] = defaultdict(set)
    rows = revision.select(load_query("calls_for_city").bind(city=URIRef(city), asOf=to_day(as_of)))
    for row in rows:
        countries[str(row["call"])].add(str(row["iso"]))
        if "theme" in row:
            themes[str(row["call"])].add(str(row["theme"]))
    labels = read_labels(revision, countries)
    return tuple(
        OpenCall(iri, labels.get(iri, Label(iri, iri)), frozenset(open_to), frozenset(themes[iri]))
        for iri, open_to in sorted(countries.items())
    )
