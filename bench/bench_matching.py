"""How well and how quickly cities are matched: rows of two tables, the frozen pairs, the world.

Run: ``python bench/bench_matching.py [--rows 2000] [--seeds 2024 1 2 3] [--errors]``. The tables are read
from the folder ``KOPRU_REFERENCE_DATA`` (default ``../shared``): memberships of networks and partners of
Interreg projects, whose ``city_id`` was given by hand and by other programs, with mistakes of its own. The
rows are drawn with fixed seeds; the candidates are all cities of the table ``cities``, with the names that
GeoNames has for them. The rules were developed on rows of other names than those of these seeds.
"""

import argparse
import csv
import gzip
import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz

sys.path.insert(0, str(Path(__file__).parents[1]))

from graph.identity.candidates import iter_candidates
from graph.identity.deciding import decide
from graph.identity.gazetteer import iter_places
from graph.identity.index import PlaceIndex
from graph.identity.names import make_keys, name_key, shares_word, spell
from graph.identity.places import AREAS, Place, distance_km
from graph.identity.resolving import Resolution, resolve

DATA = Path(os.environ.get("KOPRU_REFERENCE_DATA", "../shared")) / "data"
PAIRS = Path(__file__).parents[1] / "tests" / "graph" / "data" / "city_pairs.tsv"
#: Of the first the errors were seen while the rules were written; not of the others.
SEEDS = (2024, 1, 2, 3)
#: With fewer letters in common, in per cent, and no word, two names have nothing in common.
IN_COMMON = 75
SIDES = ("a_", "b_")
#: In km.
FAR = 30

Row = tuple[Place, str]
Names = dict[str, tuple[str, ...]]
Places = dict[str, Place]


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table."""
    with gzip.open(DATA / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def number(text: str) -> float | None:
    """Return a number, ``None`` for an empty field."""
    return float(text) if text else None


def load_cities() -> list[Place]:
    """Return the cities of the table that have a name, with all names that GeoNames has."""
    cities = {row["city_id"]: row for row in read_table("cities")}
    wanted = frozenset(id_.removeprefix("gn:") for id_ in cities if id_.startswith("gn:"))
    names = {place.key: place.names for place in iter_places(500, wanted)}
    return [_city(row, names.get(id_.removeprefix("gn:"), ())) for id_, row in cities.items() if row["name"]]


def _city(row: dict[str, str], names: tuple[str, ...]) -> Place:
    aliases = [alias for alias in row["aliases"].split("|") if alias]
    population = number(row["population"])
    id_ = row["city_id"]
    return Place(
        id_, tuple(dict.fromkeys([row["name"], *aliases, *names])), row["country"], row["admin1"],
        number(row["lat"]), number(row["lon"]), int(population) if population else None,
        ids=frozenset({id_.replace("gn:", "geonames:")} if id_.startswith("gn:") else ()),
    )  # fmt: skip


#: Foundations, companies and associations have the id of the city that they sit in; they are no cities.
_OF_CITIES = ("City", "Municipality", "", None)
_KINDS = {"Intermunicipality": "intermunicipality", "Region": "region"}


def rows_of(name: str) -> list[Row]:
    """Return the descriptions of a table whose city is given, with the city's id."""
    column = {"memberships": "city_given", "interreg_participations": "town"}[name]
    return [
        (
            Place(
                str(line), (row[column],), row["country"], latitude=number(row.get("lat", "")),
                longitude=number(row.get("lon", "")), kind=_KINDS.get(row.get("entity_type", ""), ""),
            ),
            row["city_id"],
        )
        for line, row in enumerate(read_table(name), 2)
        if row["city_id"].startswith("gn:") and row[column]
    ]  # fmt: skip


def label_class(given: Place, city_id: str, index: PlaceIndex, names: Names) -> str:
    """Return why a label can't be right by the name given, whatever the matcher says; ``""`` if it can."""
    if city_id not in names:
        return "an id without a name or coordinates"
    if (given.kind or spell(given.name).kind) in AREAS:
        return "an area, labelled with a city in it"
    namesakes = {place.key for place in index.find(make_keys(given.name), given.country)}
    if namesakes and city_id not in namesakes:
        return "another place has just the name given"
    if not is_supported(given, names[city_id]):
        return "no name of the labelled city has anything in common with the one given"
    return ""


def error_class(given: Place, found: Resolution, label: Place) -> str:
    """Return what an error on a row with a possible label hangs on."""
    distance = distance_km(given, label)
    if found.sure and found.place is not None:
        return "matched with another place"
    if distance is not None and distance > FAR:
        return f"the labelled city lies more than {FAR} km from the coordinates given"
    if found.place is not None and any(reason.code == "several" for reason in found.reasons):
        return "several places of the name, nothing to choose by"
    words, city = name_key(given.name), name_key(label.name)
    if found.tier == "behind" or (words != city and (words.startswith(city) or words.endswith(city))):
        return "a part of the city, or a word more"
    return "spelt otherwise, abbreviated or under a name that no list has"


def measure(rows: list[Row], index: PlaceIndex, places: Places, *, errors: bool) -> Counter[str]:
    """Return how many rows were matched rightly, wrongly or not: of all, and of those that can be."""
    counts: Counter[str] = Counter()
    names = {key: place.names for key, place in places.items()}
    for given, city_id in rows:
        found = resolve(given, index)
        sure = found.sure and found.place is not None
        outcome = "unmatched" if not sure else "right" if found.place.key == city_id else "wrong"
        reason = label_class(given, city_id, index, names)
        counts[outcome] += 1
        counts[f"{outcome}, possible"] += not reason
        if outcome != "right":
            reason = f"label: {reason}" if reason else error_class(given, found, places[city_id])
            counts[f"class {outcome}: {reason}"] += 1
            if errors:
                print_error(given, names.get(city_id, ("",))[0], found, reason)
    return counts


def is_supported(given: Place, names: tuple[str, ...]) -> bool:
    """Whether any of the names has anything in common with the one given."""
    return any(
        fuzz.ratio(name_key(given.name), name_key(name)) >= IN_COMMON or shares_word(given.name, name)
        for name in names
    )


def print_error(given: Place, label: str, found: Resolution, reason: str) -> None:
    """Print one error with its class and the matcher's reasons."""
    verdict = f"matched with {found.place.name}" if found.sure and found.place else "not matched"
    print(
        f"- {given.name} ({given.country}), labelled {label or '?'}: {verdict}. [{reason}]",
        " ".join(reason.sentence("en") for reason in found.reasons),
    )


def measure_pairs(index: PlaceIndex) -> dict[str, int]:
    """Return how the frozen pairs were judged."""
    counts = {"right": 0, "wrong": 0, "unsure": 0}
    with PAIRS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            decision = decide(*(described(row, side) for side in SIDES), index)
            right = decision.verdict == row["verdict"]
            counts["right" if right else "unsure" if decision.verdict == "unsure" else "wrong"] += 1
            if not right:
                one, other = (f"{row[s + 'name']} ({row[s + 'country']})" for s in SIDES)
                print(
                    f"- {one} and {other} are {row['verdict']}, judged {decision.verdict}.",
                    decision.why("en"),
                )
    return counts


def described(row: dict[str, str], side: str) -> Place:
    """Return one side of a frozen pair."""
    population = number(row[side + "population"])
    return Place(
        side, (row[side + "name"],), row[side + "country"], row[side + "region"],
        number(row[side + "latitude"]), number(row[side + "longitude"]),
        int(population) if population else None, row[side + "kind"],
    )  # fmt: skip


def line(name: str, counts: Counter[str]) -> str:
    """Return a line of the table."""
    figures = []
    for of in ("", ", possible"):
        right, wrong, unmatched = (counts[outcome + of] for outcome in ("right", "wrong", "unmatched"))
        rows = right + wrong + unmatched
        figures += [str(rows), f"{right / (right + wrong):.4f}", f"{right / rows:.4f}"]
    return f"| {name} | {' | '.join(figures)} |"


def measure_rows(seeds: list[int], size: int, *, errors: bool) -> list[str]:
    """Return the tables of precision and recall by seed, and of the errors by class."""
    cities = load_cities()
    begin = time.perf_counter()
    index, places = PlaceIndex(cities), {place.key: place for place in cities}
    print(f"{len(cities):,} cities indexed in {time.perf_counter() - begin:.1f} s")
    tables = {name: rows_of(name) for name in ("memberships", "interreg_participations")}
    lines, classes = [], Counter[str]()
    begin = time.process_time()
    for seed in seeds:
        drawn, total = random.Random(seed), Counter[str]()
        for name, rows in tables.items():
            counts = measure(drawn.sample(rows, size // 2), index, places, errors=errors)
            lines.append(line(f"{seed}, {name}", counts))
            total += counts
        lines.append(line(f"{seed}, both", total))
        classes += total
    rate = size * len(seeds) / (time.process_time() - begin)
    errors_by_class = sorted(
        (-n, name.removeprefix("class ")) for name, n in classes.items() if "class" in name
    )
    return [
        "| seed, table | rows | precision | recall | rows with a possible label | precision | recall |",
        "|---|---|---|---|---|---|---|",
        *lines,
        f"\nThese rows were matched and judged at {rate:,.0f} a second of CPU.\n",
        f"| outcome: class, of {size * len(seeds):,} rows of all seeds | rows |",
        "|---|---|",
        *(f"| {name} | {-n} |" for n, name in errors_by_class),
    ]


def measure_world(places: list[Place]) -> list[str]:
    """Return how long one description takes among a quarter, half and all of the world's places.

    Described are places that are in each of the lists, by another of their names, every second with its
    coordinates and every tenth with a letter lost.
    """
    drawn = random.Random(SEEDS[0])
    given = []
    for number, place in enumerate(drawn.sample(places[::4], 2000)):
        name = drawn.choice(place.names)
        name = name[:2] + name[3:] if number % 10 == 0 else name
        where = (place.latitude, place.longitude) if number % 2 else (None, None)
        given.append(Place(str(number), (name,), place.country, "", *where))
    lines = [
        "| places | indexed in (s of CPU) | descriptions a second of CPU | candidates a description |",
        "|---|---|---|---|",
    ]
    for step in (4, 2, 1):
        begin = time.process_time()
        index = PlaceIndex(places[::step])
        made = time.process_time() - begin
        begin = time.process_time()
        for place in given:
            resolve(place, index)
        rate = len(given) / (time.process_time() - begin)
        candidates = sum(
            len(found)
            for place in given
            for _, found in iter_candidates(place, [spell(name) for name in place.names], index)
        )
        lines.append(f"| {len(index.places):,} | {made:.1f} | {rate:,.0f} | {candidates / len(given):.1f} |")
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--errors", action="store_true", help="print each error with its class and reasons")
    options = parser.parse_args()
    lines = []
    if DATA.is_dir():
        lines = measure_rows(options.seeds, options.rows, errors=options.errors)
    else:
        print(f"{DATA} is absent: the rows of the tables are left out", file=sys.stderr)
    world = list(iter_places())
    speed = measure_world(world)
    pairs = measure_pairs(PlaceIndex(world))
    accuracy = pairs["right"] / sum(pairs.values())
    print("\n".join([*lines, "", *speed]))
    print(f"\nFrozen pairs: {sum(pairs.values())}, accuracy {accuracy:.4f} ({pairs['unsure']} unsure).")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"Peak memory {peak} MB.")


if __name__ == "__main__":
    main()
