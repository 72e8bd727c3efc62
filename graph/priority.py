"""The priority of the threads of a process, from outside and from inside.

A thread that was lowered to ``SCHED_IDLE`` may only be raised again by a privileged user. So
nobody relies on that: a child that finds itself lowered goes on in a new thread, which
inherits from its main thread, and that one is never lowered (``graph/worker.py``).
"""

import math
import os
import time
from contextlib import suppress
from pathlib import Path

__all__ = ["is_lowered", "lower", "raise_again", "thread_policies", "worked_seconds"]

#: The lowest nice value, where the policy can't be set.
_LOWEST = 19


def lower(pid: int) -> None:
    """Let all threads of a process but its main one run only when nobody else wants to.

    Does nothing where the system keeps no folder of threads (other than Linux), or where the
    process has ended.
    """
    for thread in _list_threads(pid):
        if thread != pid:
            with suppress(ProcessLookupError):
                _lower_thread(thread)


def raise_again(pid: int) -> None:
    """Let all threads of a process run as others do, where that is allowed.

    For one that is being killed: it takes itself down, and at the lowest priority that would wait
    for a processor with nothing else to do.
    """
    for thread in _list_threads(pid):
        with suppress(OSError, AttributeError):  # the policies are Linux's
            os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))


def worked_seconds(pid: int) -> float:
    """Return the processor's seconds that a process has used; infinite where the system doesn't tell."""
    try:
        # The clock of another process, as clock_getcpuclockid(3) makes its number on Linux.
        return time.clock_gettime((~pid << 3) | 2)
    except (OSError, OverflowError):
        return math.inf


def is_lowered() -> bool:
    """Whether the calling thread was lowered."""
    if not hasattr(os, "SCHED_IDLE"):
        return False
    return os.sched_getscheduler(0) == os.SCHED_IDLE or os.getpriority(os.PRIO_PROCESS, 0) == _LOWEST


def thread_policies(pid: int) -> dict[int, int]:
    """Return the policy of each thread of a process, by its id."""
    found = {}
    for thread in _list_threads(pid):
        with suppress(ProcessLookupError):
            found[thread] = os.sched_getscheduler(thread)
    return found


def _lower_thread(thread: int) -> None:
    try:
        os.sched_setscheduler(thread, os.SCHED_IDLE, os.sched_param(0))
    except PermissionError:
        with suppress(OSError):  # then it competes as before; its deadline still holds
            os.setpriority(os.PRIO_PROCESS, thread, _LOWEST)


def _list_threads(pid: int) -> list[int]:
    try:
        return [int(entry.name) for entry in Path(f"/proc/{pid}/task").iterdir()]
    except (FileNotFoundError, NotADirectoryError, ProcessLookupError):
        return []
