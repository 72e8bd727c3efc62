"""The map: partners where they are, the members of a network or a project, and the whole world added up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from rdflib import URIRef

from graph.library import load_query
from graph.model import City, Label, Party, Relation
from graph.overview import Area, Overview
from graph.questions import Questions
from graph.questions.places import read_cities
from graph.questions.reading import local_name, read_labels
from graph.recommendation.model import Recommendation, Recommendations
from graph.revision import Revision
from graph.view import Changes, status_changes, themes_of_relations
from ontology.messages import Language, translate
from ontology.text import sort_key
from viz.formats import format_dates
from viz.kinds import FAMILIES, FAMILY_OF, GRADE_LABELS, STATUS_LABELS
from viz.pages import Reader, thing_path

__all__ = ["MapPage", "MapPlace", "ask_map", "candidate_data", "overview_data", "read_members"]


@dataclass(frozen=True)
class MapPlace:
    """A city on the map with the relations that tie home to it; none where it only shares a network."""

    city: City
    relations: tuple[Relation, ...]

    @property
    def slug(self) -> str:
        """Of the city."""
        return self.city.slug


@dataclass(frozen=True)
class MapPage:
    """Partners of a city with a place; ``unplaced`` are relations whose partner has none on the map.

    ``group`` is the network or project that is looked at, ``theme`` a theme's slug.
    """

    home: City
    as_of: date
    places: tuple[MapPlace, ...]
    unplaced: tuple[Relation, ...]
    changes: Mapping[str, Changes]
    themes: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[tuple[str, Label], ...]]
    theme_labels: tuple[tuple[str, Label], ...]
    theme: str = ""
    group: str = ""
    members: Mapping[str, City] = field(default_factory=dict)

    @cached_property
    def shown(self) -> tuple[MapPlace, ...]:
        """The places that theme and group leave, by country and name."""
        wanted = [self._narrow(place) for place in self.places]
        found = [
            place for place in wanted if place.relations and (not self.group or place.slug in self.members)
        ]
        known = {place.slug for place in found}
        found += [MapPlace(city, ()) for slug, city in self.members.items() if slug not in known]
        return tuple(sorted(found, key=_by_country))

    def _narrow(self, place: MapPlace) -> MapPlace:
        if not self.theme:
            return place
        kept = [r for r in place.relations if self.theme in map(local_name, self.themes.get(r.iri, ()))]
        return MapPlace(place.city, tuple(kept))

    def data(self, reader: Reader) -> dict[str, Any]:
        """Return what the map's script draws (degrees, WGS 84)."""
        language = reader.language
        return {
            "home": _spot(self.home, language),
            "day": self.as_of.isoformat(),
            "today": date.today().isoformat(),
            "places": [
                _spot(place.city, language) | {"ties": [self._tie(one, reader) for one in place.relations]}
                for place in self.places
            ],
            "members": [_spot(city, language) for city in self.members.values()],
            "theme": self.theme,
            "group": self.group,
            "words": {
                "family": {name: translate(look.label, language) for name, look in FAMILIES.items()},
                "status": {name: translate(label, language) for name, label in STATUS_LABELS.items()},
                "shape": {name: look.path for name, look in FAMILIES.items()},
            },
        }

    def _tie(self, relation: Relation, reader: Reader) -> dict[str, Any]:
        language = reader.language
        return {
            "family": FAMILY_OF[relation.kind],
            "label": (relation.name or relation.label).get(language),
            "grade": relation.grade,
            "gradeLabel": translate(GRADE_LABELS[relation.grade], language),
            "span": " – ".join(
                filter(None, (format_dates(d, language) for d in (relation.start, relation.end)))
            ),
            "changes": self.changes.get(relation.iri, ()),
            "themes": [local_name(iri) for iri in self.themes.get(relation.iri, ())],
            "href": reader.url(thing_path(relation) or "/"),
        }


def _by_country(place: MapPlace) -> tuple[bool, str, str]:
    country = place.city.country.label.tr if place.city.country else ""
    return not place.relations, sort_key(country), sort_key(place.city.label.tr)


def _spot(city: City, language: Language) -> dict[str, Any]:
    return {
        "slug": city.slug,
        "name": city.label.get(language),
        "country": city.country.label.get(language) if city.country else "",
        "lat": city.latitude,
        "lon": city.longitude,
        "note": city.note.get(language) if city.note else "",
        # A contested place is a point with both its names.
        "also": city.label.get("en" if language == "tr" else "tr") if city.note else "",
    }


def ask_map(revision: Revision, city_slug: str, as_of: date, *, theme: str = "", group: str = "") -> MapPage:
    """Ask the graph for all partners that have a place.

    Parameters
    ----------
    theme
        Slug of a main theme that the list is narrowed to; the map's data has all.
    group
        ``network/…`` or ``project/…`` whose cities are shown.

    Raises
    ------
    NotFound
        There is no such city.
    """
    questions = Questions(revision)
    home = questions.city(city_slug)
    relations = [r for r in questions.relations_of(city_slug, as_of=as_of) if r.identified]
    at: dict[str, list[Relation]] = {}
    for relation in relations:
        for slug in dict.fromkeys(p.city for p in relation.parties if p.city and p.city != city_slug):
            at.setdefault(slug, []).append(relation)
    iris = [str(revision.iris.thing("city", slug)) for slug in sorted(at)]
    cities = [city for city in read_cities(revision, iris) if city.latitude is not None]
    placed = {city.slug for city in cities}
    themes = themes_of_relations(revision, relations)
    groups = {part: _groups(relations, part) for part in ("network", "project")}
    group = group if any(group == path for found in groups.values() for path, _ in found) else ""
    return MapPage(
        home=home,
        as_of=as_of,
        places=tuple(MapPlace(city, tuple(at[city.slug])) for city in cities),
        unplaced=tuple(r for r in relations if not placed & {p.city for p in r.parties}),
        changes=status_changes(revision, (r.iri for r in relations)),
        themes=themes,
        groups=groups,
        theme_labels=_name_themes(revision, themes),
        theme=theme,
        group=group,
        members=read_members(revision, group, city_slug),
    )


def _groups(relations: Iterable[Relation], part: str) -> tuple[tuple[str, Label], ...]:
    """Return networks or projects of home (``kind/slug``) by name."""
    found: dict[str, Party] = {p.iri: p for r in relations for p in r.parties if p.part == part}
    named = [(f"{party.kind}/{party.slug}", party.label) for party in found.values()]
    return tuple(sorted(named, key=lambda one: sort_key(one[1].tr)))


def _name_themes(revision: Revision, themes: Mapping[str, Sequence[str]]) -> tuple[tuple[str, Label], ...]:
    labels = read_labels(revision, {iri for found in themes.values() for iri in found})
    named = [(local_name(iri), label) for iri, label in labels.items()]
    return tuple(sorted(named, key=lambda one: sort_key(one[1].tr)))


def read_members(revision: Revision, group: str, home: str = "") -> dict[str, City]:
    """Return the cities of a network or a project (``kind/slug``) that have a place, without home."""
    kind, _, slug = group.partition("/")
    if kind not in ("network", "project") or not slug:
        return {}
    try:
        iri: URIRef = revision.iris.thing(kind, slug)
    except ValueError:
        return {}
    rows = revision.select(load_query("group_cities").bind(group=iri))
    found = read_cities(revision, sorted({str(row["city"]) for row in rows}))
    return {city.slug: city for city in found if city.latitude is not None and city.slug != home}


def candidate_data(found: Recommendations, language: Language) -> list[dict[str, Any]]:
    """Return recommended cities with a place, the best first."""
    return [
        {
            "rank": item.rank,
            "name": item.city.label.get(language),
            "country": item.city.country_label.get(language) if item.city.country_label else "",
            "lat": item.city.latitude,
            "lon": item.city.longitude,
            "reasons": [reason.text.get(language) for reason in item.reasons[:3]],
            "against": [remark.text.get(language) for remark in item.against[:2]],
        }
        for item in found.items
        if isinstance(item, Recommendation) and item.city.latitude is not None
    ]


def overview_data(found: Overview, language: Language) -> dict[str, Any]:
    """Return the world by country and by region; cities are asked for where one looks."""
    return {
        "countries": [_area(area, language) for area in found.countries],
        "countryPairs": found.country_pairs()[:_MOST_PAIRS],
        "regions": [_area(area, language) for area in found.regions],
        "regionPairs": found.region_pairs()[:_MOST_PAIRS],
    }


#: Lines that are drawn at most: more would be a blot.
_MOST_PAIRS = 1_000


def _area(area: Area, language: Language) -> list[Any]:
    place = round(area.latitude, 2), round(area.longitude, 2)
    return [area.code, area.label.get(language), *place, area.cities, area.ties]
