"""What becomes of a query that goes wrong, of its child, and of the next query."""

import asyncio
import os
import select
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from graph.single import run_query_sync
from graph.workers import Limits, QueryAnswer, QueryRequest, WorkerPool
from ontology.errors import (
    BadParameter,
    QueryError,
    QueryFailed,
    QueryQueueFull,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooBig,
    StoreBroken,
    WorkerDied,
)

ALL = QueryRequest("SELECT ?o { ?s ?p ?o } ORDER BY ?o", table="tsv")
#: 9 to the 12th rows, of which none passes.
ENDLESS = QueryRequest(
    "SELECT * { "
    + " ".join(f"VALUES ?v{i} {{ 1 2 3 4 5 6 7 8 9 }}" for i in range(12))
    + " FILTER("
    + " + ".join(f"?v{i}" for i in range(12))
    + " > 999) }"
)
#: A text doubled 30 times: 16 GB.
HUGE = QueryRequest(
    'SELECT ?n { BIND("xxxxxxxxxxxxxxxx" AS ?a0) '
    + " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(30))
    + " BIND(STRLEN(?a30) AS ?n) }"
)
DEEP = QueryRequest("ASK " + "{" * 100_000 + "}" * 100_000, is_checked=False)
SHORT = Limits(seconds=2)


async def body(answer: QueryAnswer) -> str:
    return b"".join([part async for part in answer.body]).decode()


@pytest.mark.parametrize(
    ("request_", "limits", "error"),
    [(ENDLESS, SHORT, QueryTimeout), (HUGE, Limits(seconds=60), QueryTooBig), (DEEP, Limits(), WorkerDied)],
    ids=["deadline", "memory", "crash"],
)
def test_a_killed_child_is_an_answer_and_is_replaced(
    asker, children, request_: QueryRequest, limits: Limits, error: type[QueryError]
) -> None:
    async def work(pool: WorkerPool) -> tuple[set[int], set[int]]:
        await pool.run(ALL)
        before = pool.pids
        with pytest.raises(error):
            await pool.run(request_)
        assert "Antalya" in await body(await pool.run(ALL))
        assert children().keys() == pool.pids
        return before, pool.pids

    before, after = asker.with_pool(work, limits, size=1)
    assert len(before) == len(after) == 1
    assert before.isdisjoint(after)
    assert children() == {}


def test_what_the_child_only_tells_leaves_it_alive(asker) -> None:
    async def work(pool: WorkerPool) -> None:
        await pool.run(ALL)
        before = pool.pids
        for text, error in (
            ("SELECT", QuerySyntaxError),
            ("INSERT DATA {}", QueryError),
            ("SELECT (<http://f>(1) AS ?x) {}", QueryFailed),
        ):
            with pytest.raises(error):
                await pool.run(QueryRequest(text))
        with pytest.raises(BadParameter):
            await pool.run(replace(ALL, default_graphs=("no address",)))
        assert pool.pids == before

    asker.with_pool(work, size=1)


def test_a_cancelled_query_ends_its_child(asker, children) -> None:
    async def work(pool: WorkerPool) -> None:
        await pool.run(ALL)
        before = pool.pids
        running = asyncio.create_task(pool.run(ENDLESS))
        await asyncio.sleep(0.2)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert "Antalya" in await body(await pool.run(ALL))
        assert pool.pids.isdisjoint(before)

    asker.with_pool(work, Limits(seconds=60), size=1)
    assert children() == {}


def test_an_answer_that_nobody_reads_does_not_hold_its_child(asker) -> None:
    """The engine makes rows for ever, the reader takes the first part and then nothing."""
    stream = QueryRequest(ENDLESS.text.replace("> 999", "> 0"), table="csv")

    async def work(pool: WorkerPool) -> None:
        answer = await pool.run(stream)
        assert not answer.is_whole
        assert await anext(answer.body)
        await asyncio.sleep(2.5)
        assert "Antalya" in await body(await pool.run(ALL))
        with pytest.raises(QueryTimeout):
            await body(answer)

    asker.with_pool(work, Limits(seconds=2, max_rows=None), size=1)


def test_a_child_killed_while_idle_is_not_noticed(asker) -> None:
    async def work(pool: WorkerPool) -> str:
        await pool.run(ALL)
        for pid in pool.pids:
            os.kill(pid, 9)
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        return await body(await pool.run(ALL))

    assert "Antalya" in asker.with_pool(work, size=1)


def test_a_full_queue_refuses_at_once(asker) -> None:
    async def work(pool: WorkerPool) -> None:
        await pool.run(ALL)
        running = asyncio.create_task(pool.run(ENDLESS))
        await asyncio.sleep(0.05)
        waiting = asyncio.create_task(pool.run(ALL))
        await asyncio.sleep(0.05)
        with pytest.raises(QueryQueueFull):
            await pool.run(ALL)
        running.cancel()
        assert "Antalya" in await body(await waiting)

    asker.with_pool(work, Limits(seconds=60), size=1, max_waiting=1)


def test_a_child_that_cannot_be_started_is_told(asker, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(pool: WorkerPool) -> None:
        with pytest.raises(QueryQueueFull, match="could be started \\(No such file or directory\\)"):
            await pool.run(ALL)
        monkeypatch.undo()
        assert "Antalya" in await body(await pool.run(ALL))

    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    asker.with_pool(work, size=1)


def test_queries_move_to_the_new_revision(asker, second_revision) -> None:
    async def work(pool: WorkerPool) -> list[tuple[int, str]]:
        first = await pool.run(ALL)
        asker.source.revision = second_revision
        second = await pool.run(ALL)
        return [(answer.revision, await body(answer)) for answer in (first, second)]

    (one, before), (two, after) = asker.with_pool(work, size=1)
    assert (one, two) == (1, 2)
    assert "Antalya" in before
    assert "Attaleia" in after


def test_a_missing_database_is_said(asker, tmp_path: Path) -> None:
    asker.source.revision = replace(asker.source.revision, database=tmp_path / "nowhere")
    with pytest.raises(StoreBroken, match="nowhere"):
        asker.ask("ASK {}")


@pytest.mark.parametrize(
    ("default", "named", "expected"),
    [
        ((), (), {"d": 2, "g": 2}),
        (("one",), (), {"d": 1, "g": 0}),
        (("one", "two"), (), {"d": 2, "g": 0}),
        ((), ("two",), {"d": 0, "g": 1}),
        (("two",), ("one", "two"), {"d": 1, "g": 2}),
        (("unknown",), (), {"d": 0, "g": 0}),
    ],
)
def test_the_dataset_parameters_choose_the_graphs(
    asker, default: tuple[str, ...], named: tuple[str, ...], expected: dict[str, int]
) -> None:
    base = "http://example.org/graph/"
    text = """
        SELECT ?k (COUNT(*) AS ?n) {
            { ?s ?p ?o BIND('d' AS ?k) } UNION { GRAPH ?g { ?s ?p ?o } BIND('g' AS ?k) }
        } GROUP BY ?k
    """
    _, rows = asker.ask(
        text, table="csv",
        default_graphs=tuple(base + name for name in default),
        named_graphs=tuple(base + name for name in named),
    )  # fmt: skip
    found = dict(line.split(",") for line in rows.splitlines()[1:])
    assert {kind: int(found.get(kind, 0)) for kind in "dg"} == expected


def test_no_service_is_called_even_past_the_tokens(asker, foreign_endpoint) -> None:
    address, requests = foreign_endpoint
    text = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
    with pytest.raises(QueryError):
        asker.ask(text)
    with pytest.raises(QueryFailed) as caught:
        asker.ask(text, is_checked=False)
    assert "not permitted" in caught.value.facts["detail"]
    answer, _ = asker.ask(text.replace("SERVICE", "SERVICE SILENT"), is_checked=False)
    assert answer.rows is not None
    assert requests == []


def test_an_allowed_service_is_called(asker, foreign_endpoint) -> None:
    address, requests = foreign_endpoint
    limits = Limits(service_allow=(address,), seconds=60)
    answer, _ = asker.ask(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", limits)
    assert answer.rows == 0
    assert len(requests) == 1


@pytest.mark.parametrize("is_checked", [True, False])
@pytest.mark.parametrize("clause", ["FROM <file:///etc/passwd>", "FROM NAMED <file:///etc/passwd>"])
def test_from_reads_no_file(asker, clause: str, is_checked: bool) -> None:
    text = f"SELECT * {clause} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    assert asker.ask(text, is_checked=is_checked)[0].rows == 0


def test_the_walls_are_told(asker) -> None:
    async def work(pool: WorkerPool) -> dict[str, object]:
        await pool.run(ALL)
        return pool.facts

    facts = asker.with_pool(work, size=1)
    assert facts["network"] in ("seccomp", "namespace")
    assert (facts["workers"], facts["memory_mb"]) == (1, 1024)


def test_a_child_gets_no_secret_of_the_server(asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPRU_WRITE_TOKEN", "secret")

    async def work(pool: WorkerPool) -> bytes:
        await pool.run(ALL)
        (pid,) = pool.pids
        return Path(f"/proc/{pid}/environ").read_bytes()

    assert b"secret" not in asker.with_pool(work, size=1)


def test_the_command_line_asks_a_child_too(source, children: Callable[[], dict[int, str]]) -> None:
    answer = run_query_sync(source, ALL)
    assert b"Antalya" in answer.body
    assert children() == {}
    with pytest.raises(WorkerDied):
        run_query_sync(source, DEEP)
    assert children() == {}


def test_an_error_has_its_place_in_the_text_of_its_author(asker) -> None:
    """A known prefix is added here, which must not shift the lines."""
    with pytest.raises(QuerySyntaxError) as caught:
        asker.ask("SELECT * {\n  ?s rdfs:label ?o\n} ORDER ?s")
    facts = caught.value.facts
    assert (facts["line"], facts["column"], facts["token"]) == (3, 9, "?s")
    assert facts["caret"] == "} ORDER ?s\n        ^"
    assert facts["detail"] == "error at 3:11: expected BY"


def test_children_end_with_their_server(source) -> None:
    """The server is killed while a child is busy; the kernel ends the child."""
    program = """
import asyncio, sys
from types import SimpleNamespace
from graph.workers import Limits, QueryRequest, WorkerPool

revision = SimpleNamespace(number=1, location=sys.argv[1])
source = SimpleNamespace(current=lambda: revision)

async def main():
    pool = WorkerPool(source, Limits(seconds=60), size=1)
    await pool.start()
    await pool.run(QueryRequest("ASK {}"))
    print(*pool.pids, flush=True)
    await pool.run(QueryRequest(sys.argv[2]))

asyncio.run(main())
"""
    command = [sys.executable, "-c", program, str(source.revision.database), ENDLESS.text]
    with Popen(command, stdout=PIPE, text=True, env={"PYTHONPATH": os.pathsep.join(sys.path)}) as server:
        assert server.stdout
        pid = int(server.stdout.readline())
        watch = os.pidfd_open(pid)
        server.kill()
    ended, _, _ = select.select([watch], [], [], 10)
    os.close(watch)
    assert ended
