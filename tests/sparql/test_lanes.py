"""Long queries leave room: places, priorities, what becomes of queries that wait or stream."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.job import ReaderGone
from graph.priority import thread_policies
from graph.spool import Spool
from graph.store import GraphStore
from graph.workers import Limits, QueryAnswer, QueryRequest, WorkerPool
from ontology.errors import QueryQueueFull, QueryTooBig

ALL = QueryRequest("SELECT ?o { ?s ?p ?o } ORDER BY ?o", table="tsv")
PATIENT = Limits(seconds=60, max_rows=None)


def rows(digits: int, passing: str) -> QueryRequest:
    """Return a query that looks at 9 to the power of ``digits`` rows."""
    values = " ".join(f"VALUES ?v{i} {{ 1 2 3 4 5 6 7 8 9 }}" for i in range(digits))
    return QueryRequest(
        f"SELECT ?v0 ?v1 {{ {values} FILTER(?v0 + ?v{digits - 1} > {passing}) }}", table="csv"
    )


ENDLESS = rows(12, "999")
ENDLESS_STREAM = rows(12, "0")
#: Half a million rows, none of which passes: longer than 50 ms, and over soon.
LONG = rows(6, "999")
#: The same, all passing: 2 MB and more, which streams.
LARGE = rows(6, "0")


async def body(answer: QueryAnswer) -> str:
    return b"".join([part async for part in answer.body]).decode()


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(30):
        while not is_so():
            await asyncio.sleep(0.01)


def begin(pool: WorkerPool, request: QueryRequest, number: int = 1) -> "list[asyncio.Task[QueryAnswer]]":
    return [asyncio.create_task(pool.run(request)) for _ in range(number)]


async def stop(tasks: "list[asyncio.Task[QueryAnswer]]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def test_short_queries_are_answered_while_all_long_places_are_taken(asker) -> None:
    async def work(pool: WorkerPool) -> dict[str, object]:
        running = begin(pool, ENDLESS, 2)
        await until(lambda: pool.facts["long"] == 2)
        for _ in range(3):
            assert "Antalya" in await body(await pool.run(ALL))
        facts = pool.facts
        await stop(running)
        return facts

    facts = asker.with_pool(work, PATIENT, size=3)
    assert (facts["long"], facts["waiting"]) == (2, 0)
    assert facts["total_memory_mb"] == 4 * 1024


def test_one_long_query_too_many_waits_and_leaves_the_lane(asker) -> None:
    async def work(pool: WorkerPool) -> None:
        first = begin(pool, ENDLESS)
        await until(lambda: pool.facts["long"] == 1)
        second = begin(pool, ENDLESS, 2)
        await until(lambda: pool.facts["waiting"] == 2)
        assert "Antalya" in await body(await pool.run(ALL))
        await stop(first)
        await until(lambda: (pool.facts["long"], pool.facts["waiting"]) == (1, 1))
        await until(lambda: any(os.SCHED_IDLE in thread_policies(pid).values() for pid in pool.pids))
        await stop(second)
        assert (pool.facts["long"], pool.facts["waiting"]) == (0, 0)

    asker.with_pool(work, PATIENT, size=2)


def test_queries_under_way_end_with_the_pool(asker) -> None:
    async def work(pool: WorkerPool) -> None:
        (running,) = begin(pool, ENDLESS)
        await until(lambda: pool.facts["long"] == 1)
        await pool.close()
        with pytest.raises(QueryQueueFull):
            await running

    asker.with_pool(work, PATIENT, size=1)


def test_a_postponed_query_is_answered_in_the_end(asker) -> None:
    async def work(pool: WorkerPool) -> list[int | None]:
        answers = await asyncio.gather(*begin(pool, LONG, 4))
        return [answer.rows for answer in answers]

    assert asker.with_pool(work, PATIENT, size=2) == [0, 0, 0, 0]


def test_a_long_query_runs_at_the_lowest_priority_and_the_next_one_does_not(asker) -> None:
    async def work(pool: WorkerPool) -> tuple[dict[int, int], dict[int, int], int]:
        await pool.run(ALL)
        (pid,) = pool.pids
        running = begin(pool, LONG)
        await until(lambda: pool.facts["long"] == 1)
        during = thread_policies(pid)
        await asyncio.gather(*running)
        await pool.run(ALL)
        assert pool.pids == {pid}
        return during, thread_policies(pid), pid

    during, after, pid = asker.with_pool(work, PATIENT, size=1)
    assert during.pop(pid) == os.SCHED_OTHER
    assert set(during.values()) == {os.SCHED_IDLE}
    # The thread that answers now is a new one.
    assert [after[thread] for thread in after.keys() - during.keys() - {pid}] == [os.SCHED_OTHER]


def is_stopped(pid: int) -> bool:
    """Whether no thread of a process runs: a signal to stop takes its time on a busy machine."""
    states = [
        task.read_text().rpartition(")")[2].split()[0] for task in Path(f"/proc/{pid}/task").glob("*/stat")
    ]
    return set(states) == {"T"}


def test_a_query_that_only_waits_for_a_processor_is_no_long_one(asker) -> None:
    async def work(pool: WorkerPool) -> int:
        await pool.run(ALL)
        (pid,) = pool.pids
        os.kill(pid, signal.SIGSTOP)
        await until(lambda: is_stopped(pid))
        asked = asyncio.create_task(pool.run(ALL))
        await asyncio.sleep(0.2)
        after_a_while = pool.facts["long"]
        # At last it counts as long: the lane of short queries is not for those that wait for ever.
        await until(lambda: pool.facts["long"] == 1)
        os.kill(pid, signal.SIGCONT)
        assert "Antalya" in await body(await asked)
        return after_a_while

    assert asker.with_pool(work, PATIENT, size=1) == 0


def test_children_are_weighed_with_the_server_and_hear_no_key_of_its_terminal(asker) -> None:
    async def work(pool: WorkerPool) -> tuple[int, int]:
        await pool.run(ALL)
        (pid,) = pool.pids
        return os.getsid(pid), os.getpgid(pid)

    session, group = asker.with_pool(work, PATIENT, size=1)
    assert session == os.getsid(0)
    assert group != os.getpgid(0)


def test_a_full_queue_says_when_to_come_again(asker) -> None:
    async def work(pool: WorkerPool) -> int:
        running = begin(pool, ENDLESS)
        await until(lambda: pool.facts["long"] == 1)
        with pytest.raises(QueryQueueFull) as caught:
            await pool.run(ALL)
        await stop(running)
        return int(caught.value.facts["seconds"])

    assert 50 < asker.with_pool(work, PATIENT, size=1, max_waiting=0) <= 60


def test_who_waits_until_the_deadline_is_told_to_come_again(asker) -> None:
    async def work(pool: WorkerPool) -> None:
        running = begin(pool, ENDLESS)
        await until(lambda: pool.facts["long"] == 1)
        with pytest.raises(QueryQueueFull):
            await pool.run(QueryRequest(ALL.text, seconds=0.2))
        assert pool.facts["waiting"] == 0
        await stop(running)

    asker.with_pool(work, PATIENT, size=1)


@pytest.mark.parametrize("is_queued", [True, False])
def test_a_reader_who_goes_away_ends_the_query(asker, is_queued: bool) -> None:
    async def work(pool: WorkerPool) -> None:
        await pool.run(ALL)
        running = begin(pool, ENDLESS) if is_queued else []
        await asyncio.sleep(0)

        async def wait_gone() -> None:
            await asyncio.sleep(0.1)

        with pytest.raises(ReaderGone):
            await pool.run(ENDLESS, wait_gone)
        assert pool.facts["waiting"] == 0
        await stop(running)
        assert "Antalya" in await body(await pool.run(ALL))

    asker.with_pool(work, PATIENT, size=1)


def test_a_reader_who_stops_reading_a_stream_ends_the_query(asker) -> None:
    async def work(pool: WorkerPool) -> None:
        answer = await pool.run(ENDLESS_STREAM)
        before = pool.pids
        assert await anext(answer.body)
        await answer.body.aclose()
        assert "Antalya" in await body(await pool.run(ALL))
        assert before.isdisjoint(pool.pids)

    asker.with_pool(work, PATIENT, size=1)


def test_a_slow_reader_holds_no_child_and_gets_all(asker) -> None:
    async def work(pool: WorkerPool) -> int:
        answer = await pool.run(LARGE)
        assert not answer.is_whole
        assert "Antalya" in await body(await pool.run(ALL))
        return len((await body(answer)).splitlines())

    assert asker.with_pool(work, PATIENT, size=1) == 9**6 + 1


def test_the_clock_stands_still_while_the_child_waits_for_its_reader(
    asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Spool, "memory_bytes", 1 << 16)
    monkeypatch.setattr(Spool, "file_bytes", 0)

    async def work(pool: WorkerPool) -> int:
        answer = await pool.run(LARGE)
        await until(lambda: pool.facts["paused"] == 1)
        await asyncio.sleep(6.5)
        return len((await body(answer)).splitlines())

    assert asker.with_pool(work, Limits(seconds=6, max_rows=None), size=1) == 9**6 + 1


def test_a_child_that_the_system_kills_was_too_big(asker) -> None:
    async def work(pool: WorkerPool) -> None:
        running = begin(pool, ENDLESS)
        await until(lambda: pool.facts["long"] == 1)
        for pid in pool.pids:
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(QueryTooBig):
            await running[0]
        assert "Antalya" in await body(await pool.run(ALL))

    asker.with_pool(work, PATIENT, size=1)


def test_a_new_revision_is_asked_while_a_query_runs_on_the_old_one(asker, second_revision) -> None:
    async def work(pool: WorkerPool) -> str:
        running = begin(pool, ENDLESS)
        await until(lambda: pool.facts["long"] == 1)
        asker.source.revision = second_revision
        found = await body(await pool.run(ALL))
        assert pool.facts["long"] == 1
        await stop(running)
        return found

    assert "Attaleia" in asker.with_pool(work, PATIENT, size=2)


def test_nothing_is_left_after_many_endless_queries(asker, children, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.workers._CALM_SECONDS", 0.1)

    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    async def work(pool: WorkerPool) -> None:
        usual = max(2, min(pool.size, os.cpu_count() or 1))
        await until(lambda: len(pool.pids) == usual)
        before = open_files()
        for _ in range(4):
            await asyncio.gather(*begin(pool, ENDLESS, 3), return_exceptions=True)
            await until(lambda: len(pool.pids) == len(children()) == usual and open_files() == before)
            assert "Antalya" in await body(await pool.run(ALL))

    asker.with_pool(work, Limits(seconds=0.5), size=4)
    assert children() == {}


def test_a_reader_who_takes_nothing_more_ends_the_query(serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.routes.sparql_answer.PATIENCE", 0.3)
    client = serve(PATIENT)
    client.get("/sparql", params={"query": ALL.text})
    pool = client.app.state.pool
    before = pool.pids
    path = client.build_request("GET", "/sparql", params={"query": ENDLESS_STREAM.text}).url.raw_path
    with socket.create_connection((client.base_url.host, client.base_url.port)) as connection:
        connection.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        answer = client.get("/sparql", params={"query": ALL.text, "format": "tsv"})
    assert "Antalya" in answer.text
    assert before.isdisjoint(pool.pids)


def test_a_program_that_runs_at_the_lowest_priority_is_answered(bundled_store: GraphStore) -> None:
    code = (
        "import os, sys; os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0)); "
        "from pathlib import Path; from graph.asking import QueryRequest; "
        "from graph.single import run_query_sync; from graph.store import GraphStore; "
        "print(run_query_sync(GraphStore(Path(sys.argv[1])), QueryRequest('ASK { ?s ?p ?o }')).body)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(bundled_store.path)], capture_output=True, text=True, timeout=60
    )
    assert "true" in done.stdout, done.stderr
