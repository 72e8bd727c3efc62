"""The world's tables, less or more of them: every n-th row, or further worlds made from a seed.

A further world has other cities (ids, names, places) and other ties: the partners of all rows are drawn
anew from the same partners, so every city, network and project has as many ties as in the real one, and the
degrees are distributed as they are there. The same seed gives the same tables.
"""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path
from random import Random

__all__ = ["make_tables"]

Row = dict[str, str]

#: Table -> the columns of the partner that is drawn anew, together.
_DRAWN = {
    "twins": ("city_b_id", "name_b", "country_b", "lat_b", "lon_b"),
    "memberships": ("city_id", "city_given", "city_matched", "country", "lat", "lon"),
    "interreg_participations": ("city_id", "town", "country", "partner"),
    "urbact_participations": ("city_id", "NameCity", "geonameId", "asciiName", "lng_GN", "lat_GN", "Country"),
}  # fmt: skip
_IDS = ("city_id", "city_a_id", "city_b_id")
_KEYS = ("project_id", "topicId")
_NAMES = ("name", "name_a", "name_b", "city_given", "city_matched", "town", "NameCity", "asciiName")
_PLACES = ("lat", "lon", "lat_a", "lon_a", "lat_b", "lon_b", "lng_GN", "lat_GN")
_FOREIGN_KEYS = ("qid_a", "qid_b", "wikidata_qids", "geonameId", "aliases")
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"


def make_tables(source: Path, target: Path, share: float, worlds: int, seed: int = 20240304) -> None:
    """Write the tables with a share of their rows, and as many worlds of them as asked."""
    every = round(1 / share)
    for path in sorted(source.glob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = [row for number, row in enumerate(reader) if number % every == 0]
            names = list(reader.fieldnames or ())
        with gzip.open(target / path.name, "wt", encoding="utf-8", newline="", compresslevel=1) as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(rows)
            for world in range(1, worlds):
                writer.writerows(_make_world(path.name.partition(".")[0], rows, world, seed))


def _make_world(table: str, rows: list[Row], world: int, seed: int) -> Iterator[Row]:
    draw = Random(f"{seed} {table} {world}")
    letters = _cipher(Random(f"{seed} {world}"))
    columns = [column for column in _DRAWN.get(table, ()) if rows and column in rows[0]]
    partners = [{column: row[column] for column in columns} for row in rows]
    draw.shuffle(partners)
    for row, partner in zip(rows, partners, strict=True):
        yield _moved(row | partner, world, letters)


def _moved(row: Row, world: int, letters: dict[int, str]) -> Row:
    """Return a row about the cities and projects of another world."""
    changed = dict.fromkeys((name for name in _FOREIGN_KEYS if name in row), "")
    changed |= {name: f"x:{row[name]}-{world}" for name in _IDS if row.get(name)}
    changed |= {name: f"{row[name]}-{world}" for name in _KEYS if row.get(name)}
    changed |= {name: row[name].lower().translate(letters).title() for name in _NAMES if row.get(name)}
    for name in _PLACES:
        if row.get(name):
            # Half a degree a world: far enough for another place, near enough for the same country.
            changed[name] = f"{max(-89.0, float(row[name]) - world / 2):.4f}"
    return row | changed


def _cipher(draw: Random) -> dict[int, str]:
    """Return other letters for all letters, vowels for vowels: names that can be spoken and are nobody's."""
    vowels, consonants = (draw.sample(letters, len(letters)) for letters in (_VOWELS, _CONSONANTS))
    return str.maketrans(_VOWELS + _CONSONANTS, "".join([*vowels, *consonants]))
