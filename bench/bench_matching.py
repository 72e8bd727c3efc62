"""How well and how quickly descriptions of cities are matched: rows of two tables, and the frozen pairs.

Run: ``python bench/bench_matching.py [--rows 2000] [--errors]``. The tables are read from the folder
``KOPRU_REFERENCE_DATA`` (default ``../shared``): memberships of networks and partners of Interreg
projects, whose ``city_id`` was given by hand and by other programs, with mistakes of its own. The rows
are drawn with a fixed seed; the candidates are all cities of the table ``cities``, with the names that
GeoNames has for them.
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

from graph.identity.deciding import decide
from graph.identity.gazetteer import iter_places
from graph.identity.index import PlaceIndex
from graph.identity.names import name_key, shares_word
from graph.identity.places import Place
from graph.identity.resolving import Resolution, resolve

DATA = Path(os.environ.get("KOPRU_REFERENCE_DATA", "../shared")) / "data"
PAIRS = Path(__file__).parents[1] / "tests" / "graph" / "data" / "city_pairs.tsv"
SEED = 2024
SIDES = ("a_", "b_")

Row = tuple[Place, str]
Names = dict[str, tuple[str, ...]]


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
    return Place(
        row["city_id"], tuple(dict.fromkeys([row["name"], *aliases, *names])), row["country"], row["admin1"],
        number(row["lat"]), number(row["lon"]), int(population) if population else None,
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


def measure(rows: list[Row], index: PlaceIndex, names: Names, *, errors: bool) -> Counter[str]:
    """Return how many rows were matched rightly, wrongly, not at all; and how many have a name in common."""
    counts: Counter[str] = Counter()
    for given, city_id in rows:
        found = resolve(given, index)
        sure = found.sure and found.place is not None
        outcome = "unmatched" if not sure else "right" if found.place.key == city_id else "wrong"
        supported = outcome == "right" or is_supported(given, names.get(city_id, ()))
        counts[outcome] += 1
        counts[f"{outcome}, in common"] += supported
        if errors and outcome != "right":
            print_error(given, names.get(city_id, ("",))[0], found, supported=supported)
    return counts


def is_supported(given: Place, names: tuple[str, ...]) -> bool:
    """Whether the labelled city has any name that has anything in common with the one given.

    Many labels are the nearest city to the coordinates, or the seat of an association.
    """
    return any(
        fuzz.ratio(name_key(given.name), name_key(name)) >= 75 or shares_word(given.name, name)
        for name in names
    )


def print_error(given: Place, label: str, found: Resolution, *, supported: bool) -> None:
    """Print one error with its reasons."""
    verdict = f"matched with {found.place.name}" if found.sure and found.place else "not matched"
    print(
        f"- {given.name} ({given.country}), labelled {label or 'with an id without a name'}"
        f"{'' if supported else ' (no name in common)'}: {verdict}.",
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


def line(name: str, counts: Counter[str], rate: str) -> str:
    """Return a line of the table."""
    right, rows = counts["right"], counts["right"] + counts["wrong"] + counts["unmatched"]
    wrong, unmatched = counts["wrong, in common"], counts["unmatched, in common"]
    figures = (
        right / (right + counts["wrong"]), right / rows,
        right / (right + wrong), right / (right + wrong + unmatched),
    )  # fmt: skip
    texts = [f"{figure:.4f}" for figure in figures]
    return f"| {' | '.join([name, str(rows), *texts, str(right + wrong + unmatched), rate])} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--errors", action="store_true", help="print each error with its reasons")
    options = parser.parse_args()
    lines = [
        "| table | rows | precision | recall | precision, name in common | recall, name in common "
        "| rows with a name in common | rows a second |",
        "|---|---|---|---|---|---|---|---|",
    ]
    if DATA.is_dir():
        cities = load_cities()
        begin = time.perf_counter()
        index, names = PlaceIndex(cities), {place.key: place.names for place in cities}
        print(f"{len(cities):,} cities indexed in {time.perf_counter() - begin:.1f} s")
        tables = {name: rows_of(name) for name in ("memberships", "interreg_participations")}
        drawn, total = random.Random(SEED), Counter[str]()
        for name, rows in tables.items():
            sample = drawn.sample(rows, options.rows // 2)
            begin = time.perf_counter()
            counts = measure(sample, index, names, errors=options.errors)
            rate = len(sample) / (time.perf_counter() - begin)
            total += counts
            lines.append(line(name, counts, f"{rate:,.0f}"))
        lines.append(line("both", total, ""))
        del index
    else:
        print(f"{DATA} is absent: the rows of the tables are left out", file=sys.stderr)
    pairs = measure_pairs(PlaceIndex(iter_places()))
    accuracy = pairs["right"] / sum(pairs.values())
    print("\n".join(lines))
    print(f"\nFrozen pairs: {sum(pairs.values())}, accuracy {accuracy:.4f} ({pairs['unsure']} unsure).")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"Peak memory {peak} MB.")


if __name__ == "__main__":
    main()
