"""Places by country and key, so that a name meets few candidates and not all places of the world."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from math import cos, radians

from graph.identity.names import before_mark, is_short_for, make_keys, name_key, significant_words, spell
from graph.identity.places import Place, distance_km

__all__ = ["PlaceIndex"]

#: A key may be mistaken in one letter of eight before it is another name.
_ALIKE = 88.0
#: Names with so many first or last letters in common are compared for slips.
_LETTERS = 3
#: Width of a cell of the grid in degrees.
_CELL = 0.25
#: One place with wrong coordinates of its own is no sign of a country.
_SOME = 3
#: With fewer known names of a country nothing follows from one that is not known.
_FEW = 50


class PlaceIndex:
    """Places that descriptions are matched with.

    Parameters
    ----------
    places
        The places; of each key the first one stays.
    """

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self.places: list[Place] = []
        self._by_key: dict[str, dict[str, list[int]]] = {}
        self._loose: dict[str, dict[str, list[int]]] = {}
        self._by_word: dict[str, dict[str, list[int]]] = {}
        self._blocks: dict[str, dict[str, list[str]]] = {}
        self._unblocked: dict[str, list[str]] = {}
        self._cut: dict[tuple[str, str], list[int]] = {}
        self._by_id: dict[str, int] = {}
        self._cells: dict[tuple[int, int], list[int]] = {}
        for place in places:
            self.add(place)

    def add(self, place: Place) -> None:
        """Add a place under all its names.

        The other names are kept as keys only: a million of them as texts is half a gigabyte.
        """
        number = len(self.places)
        self.places.append(replace(place, names=place.names[:1]))
        for id_ in place.ids:
            self._by_id.setdefault(id_, number)
        if place.latitude is not None and place.longitude is not None:
            cell = int(place.latitude // _CELL), int(place.longitude // _CELL)
            self._cells.setdefault(cell, []).append(number)
        keys = self._by_key.setdefault(place.country, {})
        for key in {key for name in place.names for key in make_keys(name)}:
            if key not in keys:
                self._unblocked.setdefault(place.country, []).append(key)
            keys.setdefault(key, []).append(number)
        loose = self._loose.setdefault(place.country, {})
        for key in spell(place.name).tiers[3]:
            loose.setdefault(key, []).append(number)
        words = self._by_word.setdefault(place.country, {})
        for word in set(significant_words(place.name)):
            words.setdefault(word, []).append(number)
        if cut := before_mark(place.name):
            self._cut.setdefault((place.country, cut), []).append(number)

    def find_by_id(self, ids: Iterable[str]) -> Place | None:
        """Return the place that carries one of the published identifiers."""
        return next((self.places[self._by_id[id_]] for id_ in sorted(ids) if id_ in self._by_id), None)

    def find(self, keys: Iterable[str], country: str) -> list[Place]:
        """Return the places of a country (of all, when it is ``""``) that have one of the keys."""
        numbers = dict.fromkeys(
            number
            for tables in self._tables(self._by_key, country)
            for key in keys
            for number in tables.get(key, ())
        )
        return [self.places[number] for number in numbers]

    def find_loose(self, keys: Iterable[str], country: str) -> list[Place]:
        """Return the places whose names without particles are one of the keys."""
        numbers = dict.fromkeys(
            number
            for by_key in (self._loose, self._by_key)
            for tables in self._tables(by_key, country)
            for key in keys
            for number in tables.get(key, ())
        )
        return [self.places[number] for number in numbers]

    def find_alike(self, name: str, country: str, limit: int = 5) -> list[tuple[Place, float]]:
        """Return the places with the names nearest to a misspelt one, with the likeness in per cent.

        Compared are the names that begin or end with the same letters: a slip seldom spoils both.
        """
        from rapidfuzz import fuzz, process

        key = name_key(name)
        if len(key) < 4 or not country:
            return []
        blocks = self._alike_blocks(country)
        keys = list(dict.fromkeys(other for end in _ends(key) for other in blocks.get(end, ())))
        found = process.extract(key, keys, scorer=fuzz.ratio, limit=limit, score_cutoff=_ALIKE)
        best: dict[int, float] = {}
        for alike, likeness, _ in found:
            for number in self._by_key[country][alike]:
                best[number] = max(likeness, best.get(number, 0.0))
        return [(self.places[number], likeness) for number, likeness in best.items()]

    def _alike_blocks(self, country: str) -> dict[str, list[str]]:
        """Return the keys of a country by their ends, made when first asked for."""
        blocks = self._blocks.setdefault(country, {})
        for key in self._unblocked.pop(country, ()):
            for end in _ends(key):
                blocks.setdefault(end, []).append(key)
        return blocks

    def find_short(self, name: str, country: str) -> list[Place]:
        """Return the places of a country whose name in use ``name`` is short for, or what is left of it."""
        words = self._by_word.get(country, {})
        numbers = dict.fromkeys(n for word in significant_words(name) for n in words.get(word, ()))
        found = [n for n in numbers if is_short_for(name, self.places[n].name)]
        return [self.places[n] for n in found or self._cut.get((country, name.strip().lower()), [])]

    def count_word(self, word: str, country: str) -> int:
        """Return how many places of a country have a long word in the name in use."""
        return len(self._by_word.get(country, {}).get(word, ()))

    def find_near(self, given: Place, reach: float) -> list[Place]:
        """Return the places of the same country within so many kilometres of a description."""
        if given.latitude is None or given.longitude is None:
            return []
        around = self._around(given.latitude, given.longitude, reach / 111 / _CELL)
        found = (self.places[number] for cell in around for number in self._cells.get(cell, ()))
        return [p for p in found if p.country == given.country and (distance_km(given, p) or 0.0) <= reach]

    def knows(self, country: str) -> bool:
        """Whether so many names of a country are known that one which is not there says something."""
        return len(self._by_key.get(country, ())) >= _FEW

    def is_inhabited(self, latitude: float, longitude: float, country: str) -> bool:
        """Whether places of the country are known within a degree or so: else the coordinates are wrong."""
        if not self.knows(country):
            return True  # too little is known of the country to tell
        around = self._around(latitude, longitude, 1 / _CELL)
        numbers = (number for cell in around for number in self._cells.get(cell, ()))
        near = (number for number in numbers if self.places[number].country == country)
        return sum(1 for _ in islice(near, _SOME)) == _SOME

    @staticmethod
    def _around(latitude: float, longitude: float, cells: float) -> Iterator[tuple[int, int]]:
        north, reach = int(latitude // _CELL), int(cells) + 1
        # Meridians draw together: as many cells more are looked through, up to the pole.
        wide = int(cells / max(0.1, cos(radians(latitude)))) + 1
        east = int(longitude // _CELL)
        for row in range(north - reach, north + reach + 1):
            for column in range(east - wide, east + wide + 1):
                yield row, column

    @staticmethod
    def _tables(by_key: dict[str, dict[str, list[int]]], country: str) -> Iterator[dict[str, list[int]]]:
        if country:
            yield by_key.get(country, {})
        else:
            yield from by_key.values()


def _ends(key: str) -> tuple[str, str]:
    return "^" + key[:_LETTERS], key[-_LETTERS:] + "$"
