"""The HTTP server: uvicorn's, that also closes connections on which a request never gets to its end.

uvicorn gives up on kept connections that are silent between two requests, but waits for ever for the
rest of a request's head. Whoever opens many connections and sends a letter a minute on each would
in the end hold all of them.
"""

from typing import Any
from weakref import WeakKeyDictionary

import uvicorn

__all__ = ["HEAD_SECONDS", "PatientServer"]

#: Seconds in which the head of a request has to be there.
HEAD_SECONDS = 20.0
_TICK = 0.1
_TICKS_BETWEEN = 10


class PatientServer(uvicorn.Server):
    """A server whose patience with half a request ends.

    Parameters
    ----------
    config
        Of uvicorn.
    head_seconds
        How long a head may take; looked at once a second.
    """

    def __init__(self, config: uvicorn.Config, head_seconds: float = HEAD_SECONDS) -> None:
        super().__init__(config)
        self._head_ticks = head_seconds / _TICK
        # For each connection that waits for a head: what it did last, and how long that is ago.
        self._waiting: WeakKeyDictionary[Any, tuple[object, int]] = WeakKeyDictionary()

    async def on_tick(self, counter: int) -> bool:
        """Look at the connections now and then; called ten times a second."""
        if counter % _TICKS_BETWEEN == 0:
            self._close_stalled()
        return await super().on_tick(counter)

    def _close_stalled(self) -> None:
        connections: list[Any] = list(self.server_state.connections)
        for connection in connections:
            if not _waits_for_head(connection):
                self._waiting.pop(connection, None)
                continue
            last, ticks = self._waiting.get(connection, (connection.cycle, 0))
            if last is not connection.cycle:
                ticks = 0  # a request was answered since then
            elif ticks >= self._head_ticks:
                connection.transport.close()
            self._waiting[connection] = (connection.cycle, ticks + _TICKS_BETWEEN)


def _waits_for_head(connection: Any) -> bool:
    """Tell whether a connection is neither answering nor known to be silent."""
    cycle = getattr(connection, "cycle", None)
    is_silent = getattr(connection, "timeout_keep_alive_task", None) is not None
    return hasattr(connection, "cycle") and not is_silent and (cycle is None or cycle.response_complete)
