"""Which known place a description means: by identifier, name, country, region, distance and size."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import log10

from graph.identity.features import Reason
from graph.identity.gazetteer import us_states
from graph.identity.index import PlaceIndex
from graph.identity.names import TIERS, Spelling, name_key, shares_word, spell
from graph.identity.places import AREAS, Place, distance_km, related_countries

__all__ = ["Resolution", "region_code", "resolve"]

#: So far from the coordinates given a place may lie and still be meant, in km, by how its name was found.
_REACH = {"full": 30.0, "plain": 25.0, "part": 20.0, "loose": 20.0, "behind": 8.0, "alike": 8.0, "word": 3.0}
#: Beyond the reach and up to here the coordinates are in doubt rather than the place.
_DOUBT = 100.0
#: One place is far more likely than the next when its score is higher by this: five times the population.
_MARGIN = 0.7
#: The name in use weighs as much as three times the population of a place with it as another name.
_MAIN_NAME = 0.5
#: So near, in km, the place with the name in use is meant and not another that has it among others.
_CLOSE = 5.0
#: A name of eight letters or more so like another, in per cent, is that name with a slip.
_SLIP = 93.0
#: Cities larger than this have quarters named after them ("Berlin-Mitte"), so a shared word says nothing.
_QUARTERED = 50_000
#: A related country's place is meant when it has so many times the people of the namesakes at home.
_ABROAD = 20


@dataclass(frozen=True, slots=True)
class Resolution:
    """The known place that is meant, if one is; whether that is sure; what else it could be."""

    place: Place | None
    sure: bool
    others: tuple[Place, ...]
    reasons: tuple[Reason, ...]
    tier: str = ""
    score: float = 0.0

    @property
    def candidates(self) -> frozenset[str]:
        """Keys of all places that may be meant."""
        return frozenset(p.key for p in (*([self.place] if self.place else ()), *self.others))


def resolve(given: Place, index: PlaceIndex) -> Resolution:
    """Find the place of ``index`` that a description means."""
    if carrier := index.find_by_id(given.ids):
        id_ = min(given.ids & carrier.ids)
        return Resolution(carrier, True, (), (Reason.of("shared_id", id=id_),), "id", 1.0)
    spellings = [spell(name) for name in given.names]
    if (given.kind or _told_kind(spellings)) in AREAS:
        return Resolution(None, True, (), (Reason.of("area", kind=given.kind or _told_kind(spellings)),))
    given = _without_wrong_coordinates(given, index)
    tried: list[Place] = []
    for tier, candidates in _by_tier(given, spellings, index):
        if candidates and (found := _choose(given, spellings, candidates, tier, index)):
            # A place of just that name elsewhere: the coordinates may be wrong, not the letters.
            return replace(found, sure=False) if tried and tier in ("alike", "word") else found
        tried += candidates if tier in ("full", "plain", "part") else []
    if tried:
        return _far_away(given, tried)
    return Resolution(None, False, (), (Reason.of("unknown", country=given.country, name=given.name),))


def region_code(region: str, country: str, index: PlaceIndex) -> str:
    """Return GeoNames' code of a region; ``""`` when it is not known.

    A region is known by its code, by the name of a state of the USA, or by a city that it is named after.
    """
    key = name_key(region)
    if not key:
        return ""
    if country == "US":
        return us_states().get(key, region.upper() if len(region) == 2 else "")
    if region.isdigit() or (len(region) <= 3 and region.isupper()):
        return region
    named = index.find([key], country)
    return max(named, key=lambda place: place.population or 0).region if named else ""


def _far_away(given: Place, namesakes: list[Place]) -> Resolution:
    nearest = min(namesakes, key=lambda place: distance_km(given, place) or 0.0)
    reason = Reason.of("far", found=nearest.name, distance=round(distance_km(given, nearest) or 0))
    return Resolution(nearest, False, (), (reason,), "far")


def _without_wrong_coordinates(given: Place, index: PlaceIndex) -> Place:
    """Drop coordinates around which no place of the country is known: a sign lost, or axes exchanged."""
    if given.latitude is None or given.longitude is None or not given.country:
        return given
    if index.is_inhabited(given.latitude, given.longitude, given.country):
        return given
    return replace(given, latitude=None, longitude=None)


def _told_kind(spellings: list[Spelling]) -> str:
    return spellings[0].kind


def _by_tier(given: Place, spellings: list[Spelling], index: PlaceIndex) -> Iterable[tuple[str, list[Place]]]:
    for number, tier in enumerate(TIERS):
        keys = [key for spelling in spellings for key in spelling.tiers[number]]
        find = index.find_loose if tier == "loose" else index.find
        found = find(keys, given.country)
        if tier == "full" and given.country:
            found += _abroad(found, [*keys], given.country, index)
        yield tier, found
    yield "alike", [place for place, _ in index.find_alike(given.name, given.country)]
    yield (
        "word",
        [
            place
            for place in index.find_near(given, _REACH["word"])
            if (place.population or 0) <= _QUARTERED and shares_word(given.name, place.name)
        ],
    )


def _abroad(home: list[Place], keys: list[str], country: str, index: PlaceIndex) -> list[Place]:
    """Return the places of the name under related country codes, where none at home is as large."""
    largest = max((place.population or 0 for place in home), default=0)
    return [
        place
        for other in related_countries(country)
        for place in index.find(keys, other)
        if not home or (place.population or 0) > _ABROAD * largest
    ]


def _choose(
    given: Place, spellings: list[Spelling], candidates: list[Place], tier: str, index: PlaceIndex
) -> Resolution | None:
    """Choose among places of one name; ``None`` when all lie elsewhere."""
    reasons = [_name_reason(given, candidates, tier)]
    within = [p for p in candidates if (d := distance_km(given, p)) is None or d <= _DOUBT]
    if not within:
        return None
    region = _region_of(given, spellings, index)
    if region and (fitting := [place for place in within if place.region == region]):
        if len(fitting) < len(within):
            reasons.append(Reason.of("region", region=given.region or region, found=fitting[0].name))
        within = fitting
    elif region and given.country == "US":
        return None  # a state is known of every place there
    keys = {key for spelling in spellings for keys in spelling.tiers for key in keys}
    ranked = sorted(((_score(given, place, keys), place) for place in within), key=lambda pair: -pair[0])
    (score, best), others = ranked[0], tuple(place for _, place in ranked[1:4])
    margin = score - ranked[1][0] if others else 9.0
    distance = distance_km(given, best)
    sure = margin >= _MARGIN or (distance is not None and _alone(given, best, others))
    if distance is not None:
        reasons.append(Reason.of("near", found=best.name, distance=round(distance)))
        reach = _REACH[tier] * (2 if region and best.region == region else 1)
        named = [place for place in (best, *others) if name_key(place.name) in keys]
        sure = (sure or (named == [best] and distance <= _CLOSE)) and distance <= reach
    elif others:
        code = "largest" if sure else "several"
        reasons.append(Reason.of(code, count=len(ranked), **({"found": best.name} if sure else {})))
    if distance is None:
        sure = (
            sure and tier != "behind" and (tier != "alike" or (len(ranked) == 1 and _is_slip(given, index)))
        )
    return Resolution(best, sure, others, tuple(reasons), tier, score)


def _name_reason(given: Place, candidates: list[Place], tier: str) -> Reason:
    if tier == "alike":
        from rapidfuzz import fuzz

        found = candidates[0].name
        likeness = round(fuzz.ratio(name_key(given.name), name_key(found)))
        return Reason.of("name_alike", name=given.name, found=found, likeness=likeness)
    return Reason.of(f"name_{tier}", name=given.name, found=candidates[0].name)


def _region_of(given: Place, spellings: list[Spelling], index: PlaceIndex) -> str:
    """Return the code of the region given, or of one that stands behind the name."""
    if given.region:
        return region_code(given.region, given.country, index)
    if given.country == "US":
        return next((code for hint in spellings[0].hints if (code := region_code(hint, "US", index))), "")
    return ""


def _score(given: Place, place: Place, keys: set[str]) -> float:
    """Return how likely a place is meant: larger, so named, nearer, of a like size."""
    score = log10((place.population or 0) + 300)
    if name_key(place.name) in keys:
        score += _MAIN_NAME
    if (distance := distance_km(given, place)) is not None:
        score -= distance / 8
    if given.population and place.population:
        score -= abs(log10(given.population / place.population))
    return score


def _is_slip(given: Place, index: PlaceIndex) -> bool:
    """Whether a long name is so like the one found that only a slip of the pen lies between."""
    alike, key = index.find_alike(given.name, given.country), name_key(given.name)
    first = {name_key(place.name)[:1] for place, _ in alike}
    return max(likeness for _, likeness in alike) >= _SLIP and len(key) >= 8 and first == {key[0]}


def _alone(given: Place, best: Place, others: tuple[Place, ...]) -> bool:
    """Whether the others of the name lie so far away that the coordinates decide."""
    near = distance_km(given, best) or 0.0
    return all((distance_km(given, other) or 0.0) > max(10.0, 3 * near) for other in others)
