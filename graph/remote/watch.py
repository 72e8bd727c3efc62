"""Which revision a server's pointer names, known without asking for each request.

While somebody wants to know, one thread looks once a second. So no request waits for a server that hangs,
and a reader sees a new revision within a second.
"""

from collections.abc import Callable
from threading import Lock, Thread
from time import monotonic, sleep

from graph.remote.ledger import Mark
from ontology.errors import KopruError

__all__ = ["Watch"]

_EVERY = 1.0
#: Seconds without a question after which nobody looks any more.
_WANTED = 60.0


class Watch:
    """What the pointer said at the last look.

    Parameters
    ----------
    look
        Asks the server.
    """

    def __init__(self, look: Callable[[], Mark | None]) -> None:
        self._look = look
        self._lock = Lock()
        self._seen: Mark | KopruError | None = None
        self._is_looking = False
        self._asked = 0.0
        self._puts = 0

    def find(self) -> Mark | None:
        """Return what the pointer says, as of the last second.

        Raises
        ------
        StoreError
            The server could not be asked.
        """
        self._asked = monotonic()
        with self._lock:
            if not self._is_looking:
                self._take_a_look()
                self._is_looking = True
                Thread(target=self._go_on, daemon=True).start()
        seen = self._seen
        if isinstance(seen, KopruError):
            raise seen.with_traceback(None)
        return seen

    def put(self, mark: Mark | None) -> None:
        """Learn what the pointer says from whoever has just asked or moved it."""
        self._puts += 1
        self._seen = mark

    def _take_a_look(self) -> None:
        puts = self._puts
        seen: Mark | KopruError | None
        try:
            seen = self._look()
        except KopruError as error:
            seen = error
        if puts == self._puts:  # else what was put is newer
            self._seen = seen

    def _go_on(self) -> None:
        while monotonic() - self._asked < _WANTED:
            sleep(_EVERY)
            self._take_a_look()
        self._is_looking = False
