"""The child process in which foreign queries are read and run: ``python -m graph.worker``.

It speaks frames over the socket that is its standard input, opens revisions read-only, and has no
network and little memory. It knows nothing of deadlines: the server lowers its priority and
kills it. It imports as little as it can, because a killed child has to be replaced quickly.
"""

import gc
import os
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread, stack_size
from typing import Any

import pyoxigraph as ox

from graph.database import Answers, Database, open_database
from graph.diagnosis import explain_failure, explain_syntax_error
from graph.formats import Format, Shape, find_format, list_formats
from graph.frames import Channel, Kind, pack
from graph.functions import FUNCTIONS
from graph.guard import CheckedQuery, check_query
from graph.priority import is_lowered
from graph.results import AnswerWriter, write_answer
from graph.sandbox import enter_sandbox
from ontology.errors import BadParameter, FormatNotOffered, KopruError, QueryFailed, QueryTooBig, StoreBroken
from ontology.messages import N_

__all__ = ["Worker", "main"]

#: For the thread that reads a query: the engine goes down with each bracket and each link of a chain.
STACK_BYTES = 64 << 20
#: Objects that are made, less those that are gone, before rings of them are looked for.
_GARBAGE = 50_000


@dataclass
class Worker:
    """Answers one query after another from one store at a time.

    ``setup`` holds ``memory_mb``, ``prefixes`` (well-known ones), ``service_allow``, whether a server is
    asked (``asks_server``) and the ``path`` of the store to open first.
    """

    channel: Channel
    setup: dict[str, Any]
    path: str = ""
    store: Database | None = None
    #: A query that was read and is still to be answered.
    query: dict[str, Any] | None = None

    def serve(self) -> None:
        """Answer until the server closes the pipe; in threads, one after the other.

        A thread whose priority was lowered for a long query can't be raised again by everybody: the
        next query gets a new one.
        """
        self.query = self.channel.read()
        stack_size(STACK_BYTES)
        # Queries leave hardly any rings behind: looked for seldom, and not in what is here to stay.
        gc.freeze()
        gc.set_threshold(_GARBAGE)
        while self.query is not None:
            thread = Thread(target=self._serve_here)
            thread.start()
            thread.join()

    def _serve_here(self) -> None:
        try:
            # One query at least: a program at the lowest priority has only lowered threads.
            while self.query is not None:
                self._answer_or_tell(self.query)
                self.query = self.channel.read()
                if is_lowered():
                    return
        except BaseException:  # noqa: BLE001 (top of the run: the process ends)
            traceback.print_exc()  # the server reads these last words
            os._exit(1)

    def _answer_or_tell(self, query: dict[str, Any]) -> None:
        try:
            self._answer(query)
        except KopruError as error:
            self._send_error(error)
        except MemoryError:
            self._send_error(QueryTooBig(megabytes=self.setup["memory_mb"]))

    def _answer(self, query: dict[str, Any]) -> None:
        started = time.monotonic()
        store = self.open(query["path"])
        text: str = query["text"]
        checked = self._check(text) if query["is_checked"] else CheckedQuery("")
        try:
            if query["is_explained"]:
                self._explain(store, query, checked)
                return
            results = store.query(text, prefixes=checked.added, **_options(query))
        except SyntaxError as error:
            raise explain_syntax_error(text, str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise explain_failure(str(error)) from error
        self._write(results, query, checked, started)

    def _write(self, results: Answers, query: dict[str, Any], checked: CheckedQuery, started: float) -> None:
        try:
            chosen = _choose(results, checked.form, query)
            writer = AnswerWriter(self.channel.write, chosen.name, query["max_rows"], started)
            writer.head["added_prefixes"] = sorted(checked.added)
            write_answer(results, writer, chosen, {**checked.added, **checked.declared}, query["text"])
        except SyntaxError as error:  # a server's answer, not the query
            raise QueryFailed(_BROKEN_OFF, detail=str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise explain_failure(str(error)) from error

    def _explain(self, store: Database, query: dict[str, Any], checked: CheckedQuery) -> None:
        # Imported here: few queries need it, and a child that was killed is replaced quickly.
        from graph.emptiness import Suspect, send_explanation

        suspect = Suspect(query["text"], checked, _options(query))
        send_explanation(self.channel.write, store, suspect, self.setup["prefixes"])

    def _check(self, text: str) -> CheckedQuery:
        return check_query(text, self.setup["prefixes"], self.setup["service_allow"])

    def open(self, path: str) -> Database:
        """Return the store of a revision; the one before is closed."""
        if self.store is None or path != self.path:
            self.store = None
            try:
                self.store = open_database(path)
            except OSError as error:
                raise StoreBroken(path=path, reason=str(error)) from error
            self.path = path
        return self.store

    def _send_error(self, error: KopruError) -> None:
        facts = {"error": type(error).__name__, "template": error.template, "facts": error.facts}
        self.channel.write(pack(Kind.ERROR, facts))


def _options(query: dict[str, Any]) -> dict[str, Any]:
    """Return what the engine is told besides the query and its prefixes."""
    return {"base_iri": query["base_iri"], "custom_functions": FUNCTIONS, **_dataset(query)}


def _dataset(query: dict[str, Any]) -> dict[str, Any]:
    """Return the dataset of the protocol's parameters: naming one part leaves the other empty."""
    default, named = query["default_graphs"], query["named_graphs"]
    if not default and not named:
        return {}
    try:
        return {
            "default_graph": [ox.NamedNode(iri) for iri in default],
            "named_graphs": [ox.NamedNode(iri) for iri in named],
        }
    except ValueError as error:
        raise BadParameter(_BAD_GRAPH, name="graph", value=" ".join(default + named)) from error


def _choose(results: object, form: str, query: dict[str, Any]) -> Format:
    """Return the wanted format for the shape of the results."""
    shape: Shape = "table" if isinstance(results, ox.QuerySolutions | ox.QueryBoolean) else "rdf"
    chosen = find_format(query[shape] or "")
    if chosen is None or chosen.shape != shape:
        offered = ", ".join(f"{one.name} ({one.media_type})" for one in list_formats(shape))
        raise FormatNotOffered(form=form, wanted=query["wanted"], offered=offered)
    return chosen


def main() -> None:
    """Run one child; its standard input is a socket to the server, for both directions."""
    channel = Channel(0)
    setup = channel.read()
    if setup is None:
        return
    facts = enter_sandbox(setup["memory_mb"], network=setup["asks_server"] or bool(setup["service_allow"]))
    worker = Worker(channel, {**setup, "memory_mb": facts["memory_mb"]})
    if setup["path"]:
        with suppress(StoreBroken):  # the query that needs it will say so
            worker.open(setup["path"])
    channel.write(pack(Kind.READY, facts))
    worker.serve()


_BROKEN_OFF = N_("The server that was asked broke its answer off. Try again, or ask for less at a time.")
_BAD_GRAPH = N_("'{value}' names no graph: default-graph-uri and named-graph-uri take whole addresses.")

if __name__ == "__main__":
    main()
