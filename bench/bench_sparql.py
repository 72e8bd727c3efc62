"""Ours beside other SPARQL servers on the world's graph: times, throughput, sameness of the answers.

    python bench/bench_sparql.py [--quick] [--docs FOLDER] [--only NAME ...]

Every question is asked over HTTP of all servers in turn, one at a time, on the same default graph. The
text of each request differs by a comment, so that no server can hand out a kept answer. Writes the
tables and a chart into ``docs`` when ``--docs`` names it.
"""

import argparse
import os
import platform
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.sparql_chart import make_chart
from bench.sparql_client import ServerGone, measure_throughput
from bench.sparql_questions import Question, list_point_lookups, list_questions
from bench.sparql_report import Figures, make_report
from bench.sparql_rounds import Plan, measure_question
from bench.sparql_servers import Server, find_missing, make_servers
from bench.world import Scratch, find_reference_data, open_world
from graph.store import GraphStore

_GOALS_MISSED = 1


@contextmanager
def serving(store: GraphStore, scratch: Path, seconds: float) -> Iterator[list[Server]]:
    """Start all servers beside one another, and end them."""
    revision = store.current()
    triples = scratch / "default.nt"
    begun = perf_counter()
    _write_default_graph(store, triples)
    servers = make_servers(store.path, revision.database, triples, scratch, seconds)
    with ExitStack() as stack:
        for server in servers:
            stack.callback(server.stop)
            server.start()
        for server in servers:
            server.wait()
            print(f"{server.name} answers after {perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
        yield servers


def _write_default_graph(store: GraphStore, path: Path) -> None:
    import pyoxigraph as ox

    database = ox.Store.read_only(str(store.current().database))
    database.dump(path, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())


def measure_all(servers: list[Server], questions: list[Question], plan: Plan) -> Figures:
    """Ask all questions, then measure the throughput of point look-ups."""
    figures = Figures()
    until = perf_counter() + plan.all_seconds
    for number, question in enumerate(questions):
        share = plan.share(until - perf_counter(), len(questions) - number)
        figures.questions[question.name] = measure_question(servers, question, share)
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    _measure_lookups(servers, plan, figures)
    figures.memory = {server.name: server.memory_mb for server in servers}
    return figures


def _measure_lookups(servers: list[Server], plan: Plan, figures: Figures) -> None:
    """Measure point look-ups of thousands of subjects, three turns of all servers."""
    lookups = list_point_lookups()
    for turn in range(3):
        for server in servers[turn % 2 :] + servers[: turn % 2]:
            requests = [server.endpoint.make_get(text, "application/sparql-results+json") for text in lookups]
            try:
                rate = measure_throughput(server.port, requests, plan.throughput_seconds)
            except (ServerGone, OSError) as error:
                print(f"{server.name}, throughput: {error}", file=sys.stderr)
                continue
            figures.throughput.setdefault(server.name, []).append(rate)


def main() -> int:
    """Print the tables; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description="Compare SPARQL servers on the world's graph.")
    parser.add_argument("--quick", action="store_true", help="few rounds")
    parser.add_argument("--docs", type=Path, help="folder to write sparql-bench.md and its chart into")
    parser.add_argument("--only", nargs="*", help="names of questions")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers are ended, too
    try:
        find_reference_data()
    except SystemExit as absent:
        print(f"Skipped: {absent}")
        return 0
    if missing := find_missing():
        print("Not installed: " + ", ".join(missing))
        if os.environ.get("CI") == "true":
            return 1
    plan = Plan.quick() if options.quick else Plan()
    store = open_world()
    questions = [one for one in list_questions() if not options.only or one.name in options.only]
    Scratch.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="servers-", dir=Scratch))
    try:
        with serving(store, scratch, plan.seconds) as servers:
            figures = measure_all(servers, questions, plan)
            print("".join(server.last_words for server in servers), file=sys.stderr)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    load = f"load {os.getloadavg()[2]:.1f} over the last 15 minutes"
    machine = f"{os.cpu_count()} cores, {load}, Python {platform.python_version()}"
    report = make_report(figures, store.current().info.statements, machine)
    print(report.text)
    if options.docs:
        (options.docs / "sparql-bench.md").write_text(report.text + "\n", encoding="utf-8")
        (options.docs / "sparql-bench.svg").write_text(make_chart(figures), encoding="utf-8")
    return _GOALS_MISSED if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
