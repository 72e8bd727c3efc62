"""Whether two descriptions mean one place: same, different or unsure, with the reasons in words."""

from graph.identity.features import Decision, Reason, Verdict
from graph.identity.index import PlaceIndex
from graph.identity.names import spell
from graph.identity.places import AREAS, DISTRICTS, Place, distance_km, related_countries
from graph.identity.resolving import Resolution, region_code, resolve

__all__ = ["decide"]

#: Farther apart than this no two descriptions mean one city.
_FAR = 60.0
#: Two known places of one name so near may be one that a list has twice.
_TWINS = 5.0


def decide(one: Place, other: Place, known: PlaceIndex) -> Decision:
    """Judge two descriptions, with the help of the places that are known.

    Parameters
    ----------
    one, other
        The descriptions.
    known
        Places with their names in many languages, against which both are looked up.
    """
    return (
        _by_ids(one, other)
        or _by_kind(one, other)
        or _by_country(one, other)
        or _by_distance(one, other)
        or _by_region(one, other, known)
        or _by_places(one, other, resolve(one, known), resolve(other, known))
        or _by_words(one, other)
    )


def _decision(verdict: Verdict, score: float, *reasons: Reason, **features: float | str) -> Decision:
    return Decision(verdict, score, reasons, features)


def _by_ids(one: Place, other: Place) -> Decision | None:
    if shared := one.ids & other.ids:
        return _decision("same", 1.0, Reason.of("shared_id", id=min(shared)), ids="shared")
    return None


def _kind(place: Place) -> str:
    return place.kind or spell(place.name).kind


def _by_kind(one: Place, other: Place) -> Decision | None:
    kinds = _kind(one), _kind(other)
    areas = [kind in AREAS for kind in kinds]
    if any(areas) and not all(areas):
        kind = kinds[areas.index(True)]
        return _decision("different", 0.02, Reason.of("area", kind=kind), kind=kind)
    parts = [kind in DISTRICTS for kind in kinds]
    if any(parts) and not all(parts) and not _share_key(one, other):
        return _decision("different", 0.02, Reason.of("district"), kind="district")
    return None


def _by_country(one: Place, other: Place) -> Decision | None:
    if not one.country or not other.country or one.country == other.country:
        return None
    if other.country in related_countries(one.country):
        return None
    return _decision(
        "different", 0.01, Reason.of("country", one=one.country, other=other.country), country="other"
    )


def _by_distance(one: Place, other: Place) -> Decision | None:
    distance = distance_km(one, other)
    if distance is None or distance <= _FAR:
        return None
    return _decision("different", 0.03, Reason.of("far_apart", distance=round(distance)), distance=distance)


def _by_region(one: Place, other: Place, known: PlaceIndex) -> Decision | None:
    regions = [region_code(place.region, place.country, known) for place in (one, other)]
    if not all(regions) or regions[0] == regions[1] or one.country != other.country:
        return None
    return _decision("different", 0.05, Reason.of("other_region", one=one.region, other=other.region))


def _by_places(one: Place, other: Place, left: Resolution, right: Resolution) -> Decision | None:
    """Judge by what the descriptions were found to mean; ``None`` when that decides nothing."""
    reasons = (*left.reasons, *right.reasons)
    if left.place is None or right.place is None:
        return None
    if left.place.key == right.place.key:
        if left.sure and right.sure:
            return _decision("same", 0.98, *reasons, found=left.place.key)
        if (left.sure or right.sure) and _share_key(one, other):
            return _decision("same", 0.9, *reasons, found=left.place.key)
        return _decision("unsure", 0.7, *reasons, found=left.place.key)
    if left.sure and right.sure:
        return _two_places(left.place, right.place, reasons)
    if left.candidates & right.candidates:
        return _decision("unsure", 0.4, *reasons)
    return _decision("different", 0.05, Reason.of("two_places", one=left.place.name, other=right.place.name))


def _two_places(one: Place, other: Place, reasons: tuple[Reason, ...]) -> Decision:
    distance = distance_km(one, other)
    if distance is not None and distance <= _TWINS and _share_key(one, other):
        twins = Reason.of("close_twins", one=one.name, other=other.name, distance=round(distance))
        return _decision("unsure", 0.6, *reasons, twins, distance=distance)
    return _decision("different", 0.02, Reason.of("two_places", one=one.name, other=other.name))


def _by_words(one: Place, other: Place) -> Decision:
    """Judge two descriptions of which at least one means no known place."""
    from rapidfuzz import fuzz

    distance = distance_km(one, other)
    if _share_key(one, other):
        return _decision("same", 0.9, Reason.of("same_words"), name=100.0)
    likeness = max(fuzz.ratio(left, right) for left in _keys(one) for right in _keys(other))
    if likeness >= 90 or (distance is not None and distance < _TWINS and likeness >= 75):
        found = Reason.of("name_alike", name=one.name, found=other.name, likeness=round(likeness))
        return _decision("unsure", 0.5, found, name=likeness)
    return _decision("different", 0.1, Reason.of("other_words"), name=likeness)


def _keys(place: Place) -> set[str]:
    return {key for name in place.names for keys in spell(name).tiers[:2] for key in keys} or {""}


def _share_key(one: Place, other: Place) -> bool:
    return bool(_keys(one) & _keys(other) - {""})
