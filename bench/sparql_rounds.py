"""Asking one question of all servers in turn, and looking at their answers."""

import os
from dataclasses import dataclass, field, replace

from bench.sparql_answers import Rows, compare, count_rows, read_rows
from bench.sparql_client import Answer, Connection, ServerGone
from bench.sparql_questions import Question
from bench.sparql_servers import OURS, OXIGRAPH, RDFLIB, Server

__all__ = ["JOIN_RATIO", "Asked", "Measured", "Plan", "measure_question"]


#: How many times quicker than rdflib-endpoint we want to be on join-heavy questions.
JOIN_RATIO = 20.0
#: Seconds that it is given at most to show it.
_LONGEST = 30.0


@dataclass(frozen=True)
class Plan:
    """How much is asked.

    Parameters
    ----------
    rounds
        At most, after one that does not count.
    budget
        Seconds of a server on one question, after which it is asked no more (at least thrice, or
        once where it passed them at once).
    seconds, peer_seconds
        Deadline of a query for us and Oxigraph, and for the others.
    all_seconds
        For all questions; towards its end less is asked.
    throughput_seconds
        For each server and turn.
    """

    rounds: int = 20
    budget: float = 1.5
    seconds: float = 20.0
    peer_seconds: float = 5.0
    all_seconds: float = 400.0
    throughput_seconds: float = 4.0

    @classmethod
    def quick(cls) -> "Plan":
        """Return a plan that ends in a few minutes."""
        return cls(rounds=5, budget=0.4, peer_seconds=2.0, all_seconds=120.0, throughput_seconds=2.0)

    def share(self, seconds_left: float, questions_left: int) -> "Plan":
        """Return the plan of one question, so that the rest of the time suffices for those after it."""
        share = max(0.4, 2 * seconds_left / questions_left)
        return replace(
            self, budget=min(self.budget, share / 4), peer_seconds=min(self.peer_seconds, max(1.0, share))
        )


@dataclass
class Asked:
    """What one server did with one question: seconds of each round, or why there is no answer.

    ``deadline`` is what was waited for an answer, in seconds.
    """

    seconds: list[float] = field(default_factory=list)
    rows: int | None = None
    deadline: float = 0.0
    failure: str = ""
    difference: str = ""


@dataclass
class Measured:
    """One question and what each server did with it."""

    question: Question
    asked: dict[str, Asked] = field(default_factory=dict)


def measure_question(servers: list[Server], question: Question, plan: Plan) -> Measured:
    """Ask a question in rounds, each round all servers that still take part."""
    measured = Measured(question, {server.name: Asked() for server in servers})
    answers: dict[str, Rows] = {}
    with _connected(servers, plan) as connections:
        for turn in range(plan.rounds + 1):
            # Whoever is first in a round has another neighbour in the next.
            for server in servers[turn % len(servers) :] + servers[: turn % len(servers)]:
                asked = measured.asked[server.name]
                if _takes_part(asked, plan, turn):
                    if question.is_join_heavy and server.name == RDFLIB:
                        # Long enough to see whether it takes more than the goal's multiple of our time.
                        ours = measured.asked[OURS].seconds
                        connections[RDFLIB].wait_longer(
                            min(_LONGEST, 1.1 * JOIN_RATIO * max(ours, default=0))
                        )
                    answer = _ask(server, connections, question, asked, turn)
                    if answer and server.name not in answers:
                        answers[server.name] = _read(answer, asked)
    _compare(measured, answers)
    return measured


class _connected(dict[str, Connection]):  # noqa: N801 (a context manager)
    """One connection to each server, closed at the end."""

    def __init__(self, servers: list[Server], plan: Plan) -> None:
        super().__init__()
        for server in servers:
            seconds = plan.seconds + 2 if server.name in (OURS, OXIGRAPH) else plan.peer_seconds
            self[server.name] = Connection(server.port, seconds)

    def __enter__(self) -> "_connected":
        return self

    def __exit__(self, *_: object) -> None:
        for connection in self.values():
            connection.close()


def _takes_part(asked: Asked, plan: Plan, turn: int) -> bool:
    if asked.failure:
        return False
    if turn <= 1:
        return sum(asked.seconds) < 2 * plan.budget
    spent = sum(asked.seconds)
    return spent < plan.budget or (len(asked.seconds) < 4 and spent < 4 * plan.budget)


def _ask(
    server: Server, connections: dict[str, Connection], question: Question, asked: Asked, turn: int
) -> Answer | None:
    accept = {
        "table": "application/sparql-results+json",
        "csv": "text/csv",
        "graph": server.graph_media,
    }[question.shape]
    # The comment makes each request another text; its number is one of this run only.
    request = server.endpoint.make_post(f"{question.text}\n# {turn}-{os.getpid()}", accept)
    try:
        answer = connections[server.name].ask(request)
    except ServerGone as error:
        asked.deadline = connections[server.name].seconds
        asked.failure = f"over time ({error})" if "timed out" in str(error) else str(error)
        if server.name != OURS:
            server.restart()
        return None
    if answer.status != 200:
        asked.failure = f"{answer.status}: {answer.body[:200].decode(errors='replace')}"
        return None
    asked.seconds.append(answer.seconds)
    return answer


def _read(answer: Answer, asked: Asked) -> Rows:
    try:
        rows = read_rows(answer)
    except (ValueError, KeyError, IndexError) as error:
        asked.difference = f"can't be read ({error!r}): {answer.body[:80]!r}"
        return Rows()
    asked.rows = count_rows(rows)
    return rows


def _compare(measured: Measured, answers: dict[str, Rows]) -> None:
    """Note what differs from Oxigraph's answer, where the standard says what the answer is."""
    if OXIGRAPH not in answers or not measured.question.is_compared:
        return
    for name, rows in answers.items():
        asked = measured.asked[name]
        if name != OXIGRAPH and not asked.difference:
            asked.difference = compare(rows, answers[OXIGRAPH])
    if RDFLIB in answers and not answers[RDFLIB] and measured.question.shape == "graph":
        measured.asked[RDFLIB].difference = "no statements"
