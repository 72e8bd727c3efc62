"""How much is known, and what would change a "not enough evidence"."""

from dataclasses import dataclass

from graph.model import Label
from graph.projection import CityNode, Projection
from graph.recommendation.universe import WORLD_TIES, Candidate
from graph.recommendation.wording import say, spell_number
from ontology.messages import N_

__all__ = ["ENOUGH", "Coverage", "city_coverage", "coverage_of", "find_gaps"]

#: Share of what is asked that has to be known before anything is recommended.
ENOUGH = 0.5

_MISSING = {
    "country": N_("Record the country of the city (cities.yml)."),
    "coordinates": N_("Record where the city lies, or its GeoNames number (cities.yml)."),
    "population": N_("Record how many inhabitants it has, or its GeoNames number (cities.yml)."),
    "twinning": N_("Record at least one sister-city agreement that is in force (sister_cities.yml)."),
    "membership": N_("Record the networks that the city is a member of (memberships.yml)."),
    "participation": N_("Record the projects that it takes part in (projects.yml)."),
}


@dataclass(frozen=True)
class Coverage:
    """What is known of a city: the parts asked for, and those that are there."""

    missing: tuple[str, ...]
    world_ties: int

    @property
    def share(self) -> float:
        """The share of the parts that are known, 0 to 1; the world's ties are one of them."""
        parts = len(_MISSING) + 1
        return (len(_MISSING) - len(self.missing) + (self.world_ties >= WORLD_TIES)) / parts

    @property
    def is_enough(self) -> bool:
        """Whether anything can be recommended: without a country or a place nothing can be compared."""
        return self.share >= ENOUGH and not {"country", "coordinates"} & set(self.missing)


def city_coverage(projection: Projection, city: str) -> Coverage:
    """Return what is known of the city that asks."""
    node = projection.cities[city]
    kinds = {tie.kind for tie in projection.ties_of(city) if tie.is_living}
    known = _known_of(node) | {kind for kind in ("twinning", "membership", "participation") if kind in kinds}
    others = sum(
        tie.kind == "twinning" and tie.is_living and city not in tie.cities for tie in projection.ties
    )
    return Coverage(tuple(part for part in _MISSING if part not in known), others)


def coverage_of(candidate: Candidate, projection: Projection) -> float:
    """Return the share of what is asked of a candidate that is known, 0 to 1."""
    kinds = {tie.kind for tie in projection.ties_of(candidate.iri) if tie.is_living}
    known = _known_of(candidate) | {k for k in ("twinning", "membership", "participation") if k in kinds}
    return len(known) / len(_MISSING)


def find_gaps(coverage: Coverage) -> tuple[Label, ...]:
    """Return what would widen the view, the city's own gaps first."""
    gaps = [say(_MISSING[part]) for part in coverage.missing]
    if coverage.world_ties < WORLD_TIES:
        gaps.append(
            say(
                N_(
                    "Only {ties} ties between other cities are known here, so most reasons are of size, "
                    "country and distance. A table of the world's twinnings widens the view."
                ),
                ties=spell_number(coverage.world_ties),
            )
        )
    return tuple(gaps)


def _known_of(one: CityNode | Candidate) -> set[str]:
    parts = {
        "country": one.country,
        "coordinates": None if one.latitude is None or one.longitude is None else one.latitude,
        "population": one.population,
    }
    return {part for part, value in parts.items() if value is not None}
