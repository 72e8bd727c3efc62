"""Who has shown the token from a browser, and who has guessed too often; kept in memory only."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

__all__ = ["HOURS", "Attempts", "Session", "Sessions", "Written"]

#: Hours after which the token has to be shown again.
HOURS = 8
_MOST = 64
#: Wrong tokens from one address within so many seconds; after that it has to wait.
_WRONG, _WINDOW = 5, 60.0
_MOST_ADDRESSES = 10_000


@dataclass
class Session:
    """One browser that has shown the token.

    Attributes
    ----------
    id
        What its cookie holds.
    csrf
        What its forms hold.
    ends
        When it is over, by the monotonic clock.
    upload
        A workbook that was shown to it and waits to be confirmed.
    written
        What it has written down last, to be told on the page that comes next.
    """

    id: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    ends: float = field(default_factory=lambda: monotonic() + HOURS * 3600)
    upload: bytes | None = None
    written: "Written | None" = None

    def take_written(self) -> "Written | None":
        """Return what was written down last; only once."""
        written, self.written = self.written, None
        return written


@dataclass(frozen=True)
class Written:
    """How many decisions were written down, and the revisions before and after.

    ``is_back`` tells that they took others back.
    """

    count: int
    before: int
    after: int
    is_back: bool = False


class Sessions:
    """All of them; the oldest go when there are too many."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Session] = OrderedDict()
        self._lock = Lock()

    def begin(self) -> Session:
        """Make one."""
        session = Session()
        with self._lock:
            self._known[session.id] = session
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return session

    def find(self, id_: str | None) -> Session | None:
        """Return the session of a cookie, unless it is over."""
        with self._lock:
            session = self._known.get(id_ or "")
            if session is not None and session.ends < monotonic():
                del self._known[session.id]
                return None
            return session

    def end(self, session: Session) -> None:
        """Forget one."""
        with self._lock:
            self._known.pop(session.id, None)


class Attempts:
    """Counts wrong tokens by the address that they come from."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, address: str) -> int:
        """Return how many seconds an address has to wait; 0: it may try."""
        with self._lock:
            recent = [moment for moment in self._wrong.get(address, ()) if moment > monotonic() - _WINDOW]
            if len(recent) < _WRONG:
                return 0
            return max(int(recent[-_WRONG] + _WINDOW - monotonic()), 1)

    def add(self, address: str) -> None:
        """Count one."""
        with self._lock:
            self._wrong[address] = [*self._wrong.get(address, ())[-_WRONG:], monotonic()]
            self._wrong.move_to_end(address)
            while len(self._wrong) > _MOST_ADDRESSES:
                self._wrong.popitem(last=False)

    def forget(self, address: str) -> None:
        """Forget them: the right token was shown."""
        with self._lock:
            self._wrong.pop(address, None)
