"""Which known place a description means: by identifier, name, country, region, distance and size."""

from dataclasses import dataclass, replace
from math import log10

from graph.identity.candidates import NEAR, iter_candidates
from graph.identity.features import Reason
from graph.identity.gazetteer import us_states
from graph.identity.index import PlaceIndex
from graph.identity.names import Spelling, name_key, shared_words, spell, without_postal_letters
from graph.identity.places import AREAS, Place, distance_km

__all__ = ["Resolution", "region_code", "resolve"]

#: So far from the coordinates given a place may lie and still be meant, in km, by how its name was found.
_REACH = {
    "full": 30.0, "plain": 25.0, "both": 25.0, "part": 20.0, "ahead": 20.0, "loose": 20.0, "short": 15.0,
    "behind": 8.0, "alike": 8.0, **NEAR,
}  # fmt: skip
#: What is found so must give way to a place of just that name elsewhere.
_WEAK = frozenset({"loose", "short", "alike", "near", "word"})
#: Beyond the reach and up to here the coordinates are in doubt rather than the place.
_DOUBT = 100.0
#: One place is far more likely than the next when its score is higher by this: five times the population.
_MARGIN = 0.7
#: The name in use weighs as much as three times the population of a place with it as another name.
_MAIN_NAME = 0.5
#: So near, in km, the place with the name in use is meant and not another that has it among others.
_CLOSE = 5.0
#: A name so long is that name with a slip when so few letters are wrong.
_SLIPS = ((10, 2), (8, 1))
#: A shorter one, of so many letters, is a slip when the place is well known.
_SHORTEST = 6
#: A place is well known that has so many people: a smaller one's namesake may be in no list.
_WELL_KNOWN = 50_000
#: So near, in km, two places of one name are one that a list has twice.
_TWICE = 3.0
#: A word that more places of a country have than these is the name of a region.
_RARE = 3


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
    spellings = [spell(without_postal_letters(name, given.country)) for name in given.names]
    if (given.kind or _told_kind(spellings)) in AREAS:
        return Resolution(None, True, (), (Reason.of("area", kind=given.kind or _told_kind(spellings)),))
    given = _without_wrong_coordinates(given, index)
    tried: list[Place] = []
    for tier, candidates in iter_candidates(given, spellings, index):
        if candidates and (found := _choose(given, spellings, candidates, tier, index)):
            weak = tier in _WEAK
            if found.sure and not (weak and tried):
                return found
            # A place of just that name elsewhere: the coordinates may be wrong, not the letters.
            far = _far_away(given, spellings, tried if weak else candidates, index)
            return far if far.sure else replace(found, sure=False)
        tried += candidates if tier in ("full", "plain", "part") else []
    if tried:
        return _far_away(given, spellings, tried, index)
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


def _far_away(
    given: Place, spellings: list[Spelling], namesakes: list[Place], index: PlaceIndex
) -> Resolution:
    """Judge when all places of the name lie elsewhere: a namesake of theirs, or wrong coordinates."""
    region = _region_of(given, spellings, index)
    fitting = _once([place for place in namesakes if not region or place.region == region])
    nearest = min(fitting or namesakes, key=lambda place: distance_km(given, place) or 0.0, default=None)
    away = distance_km(given, nearest) if nearest else None
    if nearest is None or away is None:
        return Resolution(nearest, False, (), ())
    distance = round(away)
    keys = {key for spelling in spellings for keys in spelling.tiers[:3] for key in keys}
    told = region or ((nearest.population or 0) >= _WELL_KNOWN and given.country != "US")
    if told and index.knows(given.country) and len(fitting) == 1 and name_key(nearest.name) in keys:
        reason = Reason.of("only", found=nearest.name, distance=distance)
        return Resolution(nearest, True, (), (reason,), "far", 0.8)
    return Resolution(nearest, False, (), (Reason.of("far", found=nearest.name, distance=distance),), "far")


def _once(places: list[Place]) -> list[Place]:
    """Leave out of a list the places that it has twice: of one name, and near or nowhere."""
    found: list[Place] = []
    for place in sorted(places, key=lambda one: (not one.ids, -(one.population or 0))):
        if not any(_is_twice(place, other) for other in found):
            found.append(place)
    return found


def _is_twice(one: Place, other: Place) -> bool:
    distance = distance_km(one, other)
    if name_key(one.name) != name_key(other.name):
        return False
    return one.population is None if distance is None else distance <= _TWICE


def _without_wrong_coordinates(given: Place, index: PlaceIndex) -> Place:
    """Drop coordinates around which no place of the country is known: a sign lost, or axes exchanged."""
    if given.latitude is None or given.longitude is None or not given.country:
        return given
    if index.is_inhabited(given.latitude, given.longitude, given.country):
        return given
    return replace(given, latitude=None, longitude=None)


def _told_kind(spellings: list[Spelling]) -> str:
    return spellings[0].kind


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
    ranked = sorted(
        ((_score(given, place, keys), place) for place in _once(within)), key=lambda pair: -pair[0]
    )
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
        sure = sure and _is_enough(given, [place for _, place in ranked], tier)
    if tier == "word":
        sure = sure and _is_one_word(given, [place for _, place in ranked], index)
    return Resolution(best, sure, others, tuple(reasons), tier, score)


def _name_reason(given: Place, candidates: list[Place], tier: str) -> Reason:
    if tier in ("alike", "near"):
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


def _is_enough(given: Place, ranked: list[Place], tier: str) -> bool:
    """Whether a name found so says which place is meant where nothing else is known."""
    if tier in ("behind", "near", "word"):
        return False
    if tier in ("short", "ahead"):
        return len(ranked) == 1
    return tier != "alike" or [place for place in ranked if _is_slip(given, place)] == ranked[:1]


def _is_slip(given: Place, found: Place) -> bool:
    """Whether a long name is so like the one found that only a slip of the pen lies between."""
    from rapidfuzz.distance import OSA

    key, name = name_key(given.name), name_key(found.name)
    slips = next((slips for letters, slips in _SLIPS if len(key) >= letters), 0)
    if not slips and len(key) >= _SHORTEST and (found.population or 0) >= _WELL_KNOWN:
        slips = 1
    return key[0] == name[0] and OSA.distance(key, name) <= slips


def _is_one_word(given: Place, ranked: list[Place], index: PlaceIndex) -> bool:
    """Whether the word shared is of one place: not a half of a double name, nor that of a region."""
    words = {word for place in ranked for word in shared_words(given.name, place.name)}
    return len(words) == 1 and all(index.count_word(word, given.country) <= _RARE for word in words)


def _alone(given: Place, best: Place, others: tuple[Place, ...]) -> bool:
    """Whether the others of the name lie so far away that the coordinates decide."""
    near = distance_km(given, best) or 0.0
    return all((distance_km(given, other) or 0.0) > max(10.0, 3 * near) for other in others)
