"""Running a source a second time, nothing changed: for each source with a file or a server of its own.

    python bench/again.py

Seconds of this process: of the clock, and of the processor in brackets; the start of a program (imports)
comes before and is not counted. The files are the reference tables where a source reads such, else made up
here in the true shape. A server for Wikidata runs beside, in a process of its own, and answers at once; the
client rests as long as an answer took, which is part of the clock's seconds.
"""

import csv
import gzip
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, process_time
from urllib.parse import parse_qs

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.world import find_reference_data
from graph.store import GraphStore
from ingest.pipeline import fill, ingest

__all__ = ["measure_again"]

_ROWS = 2_000
_CITIES = 300
_ENTITY = "http://www.wikidata.org/entity/"
_BASE = "https://w3id.org/kopru/id"


@dataclass(frozen=True)
class _Times:
    """Seconds of one run, and whether it published anything."""

    clock: float
    work: float
    published: bool


def _time(work: Callable[[], object]) -> _Times:
    begun, busy = perf_counter(), process_time()
    report = work()
    published = getattr(report, "published", None) is not None
    return _Times(perf_counter() - begun, process_time() - busy, published)


def _table(scratch: Path, *names: str) -> Path:
    """Unpack the first rows of reference tables into a folder of their own; return the last file."""
    folder = scratch / "-".join(names)
    folder.mkdir()
    for name in names:
        (path,) = find_reference_data().glob(f"{name}*.csv.gz")
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows = list(islice(csv.reader(file), _ROWS + 1))
        target = folder / path.name.removesuffix(".gz")
        with target.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return target


def _make_cordis(scratch: Path) -> Path:
    folder = scratch / "cordis"
    folder.mkdir()
    heads = {
        "project": "id acronym status title startDate endDate totalCost ecMaxContribution legalBasis topics "
        "ecSignatureDate frameworkProgramme",
        "organization": "projectID projectAcronym organisationID name activityType city country role",
    }
    rows: dict[str, list[list[object]]] = {"project": [], "organization": []}
    for n in range(_ROWS):
        rows["project"].append(
            [n, f"P{n}", "SIGNED", f"Solar roofs {n}", "2021-01-01", "2024-12-31", 1000, 800, "X", "Y",
             "2020-12-01", "HORIZON"]
        )  # fmt: skip
        rows["organization"].append(
            [n, f"P{n}", n % 90, "STADT NUERNBERG", "PUB", "NUERNBERG", "DE", "coordinator"]
        )
    for name, head in heads.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([head.split(), *rows[name]])
    return folder


def _make_table(scratch: Path) -> Path:
    folder = scratch / "table"
    folder.mkdir()
    text = "".join(f"Club {n},{n % 900}\n" for n in range(_ROWS))
    (folder / "clubs.csv").write_text(f"name,members\n{text}", encoding="utf-8")
    column = {"titles": "name", "propertyUrl": "rdfs:label", "required": True}
    description = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "clubs.csv",
        "dcterms:title": "Clubs",
        "tableSchema": {
            "aboutUrl": f"{_BASE}/network/bench-{{name}}",
            "columns": [
                column | {"lang": "tr", "name": "name"},
                {"titles": "members", "propertyUrl": "kp:memberCount", "datatype": "integer"},
                {"virtual": True, "name": "kind", "propertyUrl": "rdf:type", "valueUrl": "kp:CityNetwork"},
                {"virtual": True, "name": "en", "propertyUrl": "rdfs:label", "lang": "en", "default": "Club"},
            ],
        },
    }
    (folder / "clubs.csv-metadata.json").write_text(json.dumps(description), encoding="utf-8")
    return folder / "clubs.csv"


def _make_rdf(scratch: Path) -> Path:
    file = scratch / "places.nt"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    file.write_text(
        "".join(
            f'<https://example.org/place/{n}> {label} "Place {n}"@{language} .\n'
            for n in range(4 * _ROWS) for language in ("tr", "en")
        ),
        encoding="utf-8",
    )  # fmt: skip
    return file


class _Wikidata(BaseHTTPRequestHandler):
    """A service in which each city has twins of its own."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer."""
        query = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["query"][0]
        wanted = [int(id_) for id_ in re.findall(r"wd:Q(\d+)", query)]
        if "?kind" in query:
            rows = [
                {"city": f"Q{n}", "kind": "twin", "partner": f"Q{1 + (n + step) % _CITIES}"}
                for n in wanted for step in (3, 17, 40)
            ]  # fmt: skip
        else:
            rows = [
                {"thing": f"Q{n}", "country": "FR", "tr": f"Kent {n}", "en": f"City {n}",
                 "coordinates": f"Point({n / 100} {40 + n / 100})", "population": str(1000 + n)}
                for n in wanted
            ]  # fmt: skip
        body = _to_json(rows)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_parts: object) -> None:
        """Keep quiet."""


def _to_json(rows: list[dict[str, str]]) -> bytes:
    def term(text: str) -> dict[str, str]:
        is_id = re.fullmatch(r"Q\d+", text)
        return {"type": "uri", "value": _ENTITY + text} if is_id else {"type": "literal", "value": text}

    bindings = [{name: term(text) for name, text in row.items()} for row in rows]
    return json.dumps({"head": {}, "results": {"bindings": bindings}}).encode()


def _serve(told: Connection) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Wikidata)
    told.send(server.server_port)
    server.serve_forever()


@contextmanager
def _wikidata() -> Iterator[str]:
    """Run the service and yield what ``kopru ingest wikidata`` is told."""
    here, there = get_context("fork").Pipe()
    process = get_context("fork").Process(target=_serve, args=(there,), daemon=True)
    process.start()
    ids = ",".join(f"Q{n}" for n in range(1, _CITIES + 1))
    try:
        yield f"http://127.0.0.1:{here.recv()}/sparql#{ids}"
    finally:
        process.terminate()
        process.join()


def _measure_all(scratch: Path) -> Iterator[tuple[str, _Times, _Times]]:
    records, base = scratch / "records", scratch / "base"
    filled = _time(lambda: fill(GraphStore(base), records=records))
    again = {
        name: _time(lambda name=name: ingest(GraphStore(base), name, records=records))  # type: ignore[misc]
        for name in ("records", "geonames")
    }
    yield "records", filled, again["records"]
    yield "geonames (first: with the records)", filled, again["geonames"]
    places: dict[str, Callable[[Path], Path]] = {
        "table": _make_table, "rdf": _make_rdf, "cordis": _make_cordis,
        "keep": lambda folder: _table(folder, "interreg_participations", "interreg_projects").parent,
        "calls": lambda folder: _table(folder, "eu_calls"),
    }  # fmt: skip
    for name, make in places.items():
        yield (name, *_measure_two(base, scratch / name, name, str(make(scratch)), records))
    with _wikidata() as location:
        yield ("wikidata", *_measure_two(base, scratch / "wikidata", "wikidata", location, records))


def _measure_two(base: Path, store: Path, name: str, place: str, records: Path) -> tuple[_Times, _Times]:
    """Run a source twice over the bundled records."""
    target = store.with_suffix(".store")
    shutil.copytree(base, target)
    first, again = (
        _time(lambda: ingest(GraphStore(target), name, records=records, location=place)) for _ in range(2)
    )
    return first, again


def measure_again() -> Iterator[str]:
    """Yield the rows of a table."""
    yield "| source | first run | again | again / first, clock | processor | published again |"
    yield "|---|--:|--:|--:|--:|---|"
    with tempfile.TemporaryDirectory(prefix="kopru-again-") as scratch:
        for name, first, again in _measure_all(Path(scratch)):
            yield (
                f"| {name} | {first.clock:.2f} s ({first.work:.2f}) | {again.clock:.2f} s ({again.work:.2f}) "
                f"| {again.clock / first.clock:.3f} | {again.work / first.work:.3f} "
                f"| {'yes' if again.published else 'no'} |"
            )


if __name__ == "__main__":
    for line in measure_again():
        print(line, flush=True)
