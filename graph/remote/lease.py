"""One writer at a time on a server: an entry that says who writes, and until when.

Whoever wants to write adds an entry, then looks whether there is another one; if so it takes its own out
and, unless that one is over, gives up. Of two at the same moment at least one sees the other. A holder
that died is over when its time is, or at once when it ran on this very machine. The pointer is moved only
while the entry is there: a writer that was taken for dead can't publish.
"""

import json
import os
import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

from graph.remote.ledger import Ledger
from ontology.errors import KopruError, StoreInUse
from ontology.messages import N_

__all__ = ["check_free", "hold_lease"]

#: How long an entry counts, and how often its holder renews it, in seconds.
SECONDS = 60.0
_RENEWED = SECONDS / 4
_TRIES = 4
_PART = "leases"
_IN_USE = N_(
    "Another run is writing to the SPARQL server at {path} (process {pid} on {host}). Wait until it has "
    "finished; if it was broken off, it counts as over at {until}."
)


@contextmanager
def hold_lease(ledger: Ledger) -> Iterator[str]:
    """Be the one writer; gives the name of the entry, which is a fresh one each time.

    Raises
    ------
    StoreInUse
        Another run is writing.
    """
    name = uuid4().hex[:12]
    ending = Event()
    _take(ledger, name)
    renewer = Thread(target=_renew, args=(ledger, name, ending), daemon=True)
    renewer.start()
    try:
        yield name
    finally:
        ending.set()
        renewer.join()
        with suppress(KopruError):  # it ends by itself
            ledger.remove(_PART, name)


def check_free(ledger: Ledger) -> None:
    """Raise ``StoreInUse`` when another run is writing; take nothing."""
    for holder in _others(ledger, ""):
        raise _in_use(ledger, holder)


def _take(ledger: Ledger, name: str) -> None:
    for _ in range(_TRIES):
        check_free(ledger)
        ledger.add(_PART, name, _entry())
        others = _others(ledger, name)
        if not others:
            return
        ledger.remove(_PART, name)
        time.sleep(random.uniform(0.05, 0.5))  # noqa: S311 (so that two don't meet again)
    raise _in_use(ledger, others[0])


def _renew(ledger: Ledger, name: str, ending: Event) -> None:
    while not ending.wait(_RENEWED):
        with suppress(KopruError):  # the next time, or never
            ledger.add(_PART, name, _entry())


def _entry() -> str:
    until = datetime.now(UTC) + timedelta(seconds=SECONDS)
    return json.dumps({"until": until.isoformat(), "host": _host(), "pid": os.getpid()})


def _others(ledger: Ledger, own: str) -> list[dict[str, str]]:
    """Return who else is writing; entries that are over are taken out."""
    living = []
    for name, texts in ledger.entries(_PART).items():
        last = max((json.loads(text) for text in texts), key=lambda entry: str(entry["until"]))
        if name == own:
            continue
        if _is_over(last):
            ledger.remove(_PART, name)
        else:
            living.append(last)
    return living


def _is_over(entry: dict[str, str]) -> bool:
    if datetime.fromisoformat(entry["until"]) < datetime.now(UTC):
        return True
    return entry["host"] == _host() and not _is_alive(int(entry["pid"]))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _host() -> str:
    """Return a name of this machine since it was started, and of the room in which process ids count."""
    parts = [socket.gethostname()]
    with suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()[:8])
        parts.append(str(Path("/proc/self/ns/pid").readlink()))
    return " ".join(parts)


def _in_use(ledger: Ledger, holder: dict[str, str]) -> StoreInUse:
    until = datetime.fromisoformat(holder["until"]).astimezone().strftime("%H:%M:%S")
    return StoreInUse(
        _IN_USE, path=ledger.client.address.base, pid=holder["pid"], host=holder["host"].partition(" ")[0],
        until=until,
    )  # fmt: skip
