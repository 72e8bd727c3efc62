"""Which known places a description may mean, by how the names agree: from all of it to one word."""

import re
from collections.abc import Iterator

from graph.identity.index import PlaceIndex
from graph.identity.names import TIERS, Spelling, make_keys, name_key, shares_word
from graph.identity.places import Place, distance_km, related_countries

__all__ = ["NEAR", "iter_candidates"]

#: So near the coordinates, in km, a name may be spelt otherwise …
NEAR = {"near": 5.0, "word": 3.0}
#: … and be so like, in per cent.
_ALIKE = 75.0
#: Cities larger than this have quarters named after them ("Berlin-Mitte"), so a shared word says nothing.
_QUARTERED = 50_000
#: A related country's place is meant when it has so many times the people of the namesakes at home.
_ABROAD = 20
#: So far from the city that stands behind its name, in km, a place may lie.
_AROUND = 100.0
#: As in "Nykøbing F" for Falster; elsewhere a letter behind a name is that of a postal quarter.
_INITIAL = re.compile(r"\w\s[^\W\d_]$")
_BETWEEN = re.compile(r"[\s/–-]+")


def iter_candidates(
    given: Place, spellings: list[Spelling], index: PlaceIndex
) -> Iterator[tuple[str, list[Place]]]:
    """Yield the ways in which names may agree, the strictest first, each with the places that do.

    Beyond ``TIERS``: ``"both"``, two names of one place; ``"ahead"``, a name with that of a larger city
    behind it; ``"short"``, an abbreviated name; ``"alike"``, one with a slip; ``"near"`` and ``"word"``,
    a likeness at the coordinates given.
    """
    if _INITIAL.search(given.name):
        yield "short", index.find_short(given.name, given.country)
    for number, tier in enumerate(TIERS):
        keys = [key for spelling in spellings for key in spelling.tiers[number]]
        find = index.find_loose if tier == "loose" else index.find
        found = find(keys, given.country)
        if tier == "full" and given.country:
            found += _abroad(found, [*keys], given.country, index)
        yield tier, found
        if tier == "plain":
            yield from _of_two_names(given, index)
    yield "short", index.find_short(given.name, given.country)
    from rapidfuzz import fuzz

    plain = dict.fromkeys(key for spelling in spellings for keys in spelling.tiers[:2] for key in keys)
    yield "alike", list(dict.fromkeys(p for key in plain for p, _ in index.find_alike(key, given.country)))
    yield (
        "near",
        [
            place
            for place in index.find_near(given, NEAR["near"])
            if any(fuzz.ratio(key, name_key(place.name)) >= _ALIKE for key in plain)
        ],
    )
    yield (
        "word",
        [
            place
            for place in index.find_near(given, NEAR["word"])
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


def _of_two_names(given: Place, index: PlaceIndex) -> Iterator[tuple[str, list[Place]]]:
    """Yield what is found when the name is cut in two: one place twice, or one and the city it lies by."""
    words = [word for word in _BETWEEN.split(given.name) if word]
    for cut in range(1, len(words)):
        first, second = (
            index.find(make_keys(" ".join(half)), given.country) for half in (words[:cut], words[cut:])
        )
        if same := [place for place in first if place in second]:
            yield "both", same
        elif first and second:
            yield "ahead", [one for one in first if any(_lies_by(one, city) for city in second)]


def _lies_by(one: Place, city: Place) -> bool:
    distance = distance_km(one, city)
    return distance is not None and distance <= _AROUND and (one.population or 0) < (city.population or 0)
