"""The world's whole twin network, added up: by country, by region, and city by city where one looks.

An agreement counts unless it is over, or still to come, on the day. A region is what GeoNames calls
the first level of a country's administration; it is called by its largest city.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from math import asin, atan2, cos, degrees, hypot, radians, sin

from graph.library import load_query
from graph.model import Label
from graph.projection import read_cities
from graph.questions.reading import Readable, local_name
from graph.questions.relations import read_statuses
from graph.recommendation.universe import admin1_of, country_label

__all__ = ["Area", "Overview", "make_overview"]

_OVER = ("ended", "planned")


@dataclass(frozen=True)
class Area:
    """A country, a region or a city on the map.

    ``latitude`` and ``longitude`` are degrees (WGS 84): of a city its own, else the middle of its
    cities. ``cities`` counts those with a sister city, ``ties`` the agreements that end here.
    """

    code: str
    label: Label
    country: str
    latitude: float
    longitude: float
    cities: int
    ties: int


@dataclass(frozen=True)
class Overview:
    """All sister-city agreements of a day as pairs of cities (IRIs), with how many each has."""

    as_of: date
    places: Mapping[str, Area]
    regions_of: Mapping[str, str]
    pairs: Mapping[tuple[str, str], int]

    @cached_property
    def countries(self) -> tuple[Area, ...]:
        """Countries, the one with most agreements first."""
        return self._areas({iri: place.country for iri, place in self.places.items()}, is_country=True)

    @cached_property
    def regions(self) -> tuple[Area, ...]:
        """Regions, the one with most agreements first."""
        return self._areas(self.regions_of, is_country=False)

    def _areas(self, codes: Mapping[str, str], *, is_country: bool) -> tuple[Area, ...]:
        groups: dict[str, list[Area]] = defaultdict(list)
        for iri, place in self.places.items():
            if code := codes.get(iri):
                groups[code].append(place)
        areas = [_sum_up(code, members, is_country=is_country) for code, members in groups.items()]
        return tuple(sorted(areas, key=lambda area: (-area.ties, area.code)))

    def country_pairs(self) -> list[tuple[str, str, int]]:
        """Return how many agreements tie two countries, most first; those within one are left out."""
        return self._pairs_by({iri: place.country for iri, place in self.places.items()})

    def region_pairs(self) -> list[tuple[str, str, int]]:
        """Return how many agreements tie two regions, most first; those within one are left out."""
        return self._pairs_by(self.regions_of)

    def _pairs_by(self, codes: Mapping[str, str]) -> list[tuple[str, str, int]]:
        found: Counter[tuple[str, str]] = Counter()
        for (one, other), number in self.pairs.items():
            a, b = codes.get(one, ""), codes.get(other, "")
            if a and b and a != b:
                found[min(a, b), max(a, b)] += number
        return [
            (a, b, number) for (a, b), number in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        ]

    def within(self, west: float, south: float, east: float, north: float, most: int) -> list[Area]:
        """Return the cities in a box (degrees; ``west`` may be larger than ``east``), most ties first."""
        found = [
            place
            for place in self.places.values()
            if south <= place.latitude <= north
            and (west <= place.longitude <= east if west <= east else not east < place.longitude < west)
        ]
        return sorted(found, key=lambda place: (-place.ties, place.code))[:most]

    def tied_to(self, code: str) -> list[tuple[str, int]]:
        """Return the cities (slugs) that one is tied to."""
        here = next((iri for iri, place in self.places.items() if place.code == code), "")
        return sorted(
            (self.places[other].code, number)
            for pair, number in self.pairs.items()
            if here in pair
            for other in pair
            if other != here
        )


def make_overview(revision: Readable, as_of: date) -> Overview:
    """Return the overview of a published graph on a day; cities without a place are left out."""
    ends = _read_ends(revision, as_of)
    cities = {node.iri: node for node in read_cities(revision)}
    pairs: Counter[tuple[str, str]] = Counter()
    ties: Counter[str] = Counter()
    for members in ends.values():
        known = sorted(iri for iri in members if iri in cities and cities[iri].latitude is not None)
        pairs.update(combinations(known, 2))
        ties.update(known)
    places, regions = {}, {}
    for iri in sorted(ties):
        node = cities[iri]
        if node.latitude is None or node.longitude is None:
            continue
        country = node.country or ""
        places[iri] = Area(local_name(iri), node.label, country, node.latitude, node.longitude, 1, ties[iri])
        if (admin1 := admin1_of(node.geonames)) is not None:
            regions[iri] = f"{country}.{admin1}"
    return Overview(as_of, places, regions, pairs)


def _read_ends(revision: Readable, as_of: date) -> dict[str, set[str]]:
    """Return the cities of each agreement that is neither over nor still to come."""
    ends: dict[str, set[str]] = defaultdict(set)
    for row in revision.select(load_query("world_twins").bind()):
        ends[str(row["relation"])].add(str(row["city"]))
    # Only these can be over or to come; the status of all others would be asked for in vain.
    dated = [str(row["relation"]) for row in revision.select(load_query("dated_twins").bind())]
    statuses = read_statuses(revision, dated, as_of) if dated else {}
    return {relation: found for relation, found in ends.items() if statuses.get(relation) not in _OVER}


def _sum_up(code: str, members: Iterable[Area], *, is_country: bool) -> Area:
    cities = sorted(members, key=lambda city: (-city.ties, city.code))
    latitude, longitude = _middle(cities)
    label = country_label(code) if is_country else cities[0].label
    return Area(code, label, cities[0].country, latitude, longitude, len(cities), sum(c.ties for c in cities))


def _middle(cities: Iterable[Area]) -> tuple[float, float]:
    """Return the middle of places on the globe, in degrees, weighted by their ties."""
    x = y = z = 0.0
    for city in cities:
        lat, lon = radians(city.latitude), radians(city.longitude)
        x += city.ties * cos(lat) * cos(lon)
        y += city.ties * cos(lat) * sin(lon)
        z += city.ties * sin(lat)
    length = hypot(x, y, z) or 1.0
    return round(degrees(asin(z / length)), 4), round(degrees(atan2(y, x)), 4)
