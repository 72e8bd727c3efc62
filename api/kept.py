"""Answers are kept: the same question to the same revision on the same day has the same answer.

Pages and lists are made of dozens of queries and take tenths of a second; given again they
take a millisecond. Kept is only what nothing else can change, in one process, and little of
it. A reader who has an answer already is told so by its ``ETag``.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.language import LANGUAGE_COOKIE
from api.tags import is_known_tag
from api.writing.access import COOKIE
from graph.store import GraphStore
from ingest.decisions import FILE as DECISIONS
from ingest.judging import FILE as JUDGEMENTS
from ontology.errors import StoreError

__all__ = ["KeptAnswers"]

#: Addresses whose answers follow from revision, day and request alone. Others tell of runs, of
#: all revisions or of the server itself, or keep their answers in their own way (``/sparql``).
_PAGES = (
    "/", "/explore", "/explore/picture", "/map", "/map/world", "/gaps", "/connections", "/questions",
)  # fmt: skip
_BELOW = ("/api/v1/", "/id/", "/gaps/", "/partners/consortia", "/partners/report-card")
_NOT = ("/api/v1/changes", "/api/v1/decisions")
#: Pages that also show what offices decided, which stands in files beside the revisions.
_WITH_DECISIONS = ("/partners", "/partners/compare", "/match")
#: Pages that have forms for who has signed in: theirs are neither kept nor answered from what is kept.
_WITH_SESSIONS = ("/match",)
#: What of a request an answer may depend on besides its address.
_HEADERS = ("host", "accept", "accept-language", "accept-encoding", "cookie")
_MAX_BYTES = 32_000_000

Kept = tuple[Message, Message]


class KeptAnswers:
    """Gives known answers again.

    Parameters
    ----------
    app
        What makes the answers.
    store
        Tells the current revision.
    records
        The folder in which decisions are kept.
    """

    def __init__(self, app: ASGIApp, store: GraphStore, records: Path) -> None:
        self.app = app
        self.store = store
        self.decisions = (records / DECISIONS, records / JUDGEMENTS)
        self._answers: OrderedDict[str, Kept] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        tag = self._find_tag(scope)
        if tag is None:
            await self.app(scope, receive, send)
        elif kept := self._answers.get(tag):
            self._answers.move_to_end(tag)
            start, body = _not_modified(kept) if _is_known(scope, tag) else kept
            # Those who pass it on add headers of their own.
            await send({**start, "headers": list(start["headers"])})
            await send(body)
        else:
            recorder = _Recorder(send, tag, self._keep, lambda: self._find_tag(scope) == tag)
            await self.app(scope, receive, recorder)

    def _find_tag(self, scope: Scope) -> str | None:
        """Return what stands for the answer; ``None`` when it is not to be kept."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        path = scope["path"]
        decided = [_state_of(file) for file in self.decisions] if path in _WITH_DECISIONS else None
        if path in _WITH_SESSIONS and COOKIE in HTTPConnection(scope).cookies:
            return None
        if decided is None and (path in _NOT or (path not in _PAGES and not path.startswith(_BELOW))):
            return None
        try:
            info = self.store.current().info
        except StoreError:
            return None
        headers = Headers(scope=scope)
        asked = [headers.getlist(name) for name in _HEADERS]
        address = (scope["scheme"], path, scope.get("raw_path"), scope["query_string"])
        read = (info.number, info.digest, date.today(), decided)
        return f'W/"{sha256(repr((read, address, asked)).encode()).hexdigest()[:32]}"'

    def _keep(self, tag: str, kept: Kept) -> None:
        if tag in self._answers or _size(kept) > _MAX_BYTES // 8:
            return
        self._answers[tag] = kept
        self._bytes += _size(kept)
        while self._bytes > _MAX_BYTES:
            self._bytes -= _size(self._answers.popitem(last=False)[1])


def _state_of(file: Path) -> tuple[int, int]:
    """Return what changes whenever a file is appended to; zeros while there is none."""
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


class _Recorder:
    """Passes an answer on and keeps it when it is whole, good and nobody's own."""

    def __init__(
        self, send: Send, tag: str, keep: Callable[[str, Kept], None], is_current: Callable[[], bool]
    ) -> None:
        self._send = send
        self._tag = tag
        self._keep = keep
        self._is_current = is_current
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        """Take one message of the answer."""
        # The revision may have changed, or the day, while the answer was made.
        if message["type"] == "http.response.start" and _may_be_kept(message) and self._is_current():
            headers = MutableHeaders(scope=message)
            headers["ETag"] = self._tag
            headers.setdefault("Cache-Control", "no-cache")
            self._start = message
        elif message["type"] == "http.response.body" and self._start is not None:
            # An answer in several parts is long, or still being made.
            if not message.get("more_body") and message.get("body"):
                self._keep(self._tag, ({**self._start, "headers": list(self._start["headers"])}, message))
            self._start = None
        await self._send(message)


def _may_be_kept(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    is_own = any(not one.startswith(f"{LANGUAGE_COOKIE}=") for one in headers.getlist("set-cookie"))
    return start["status"] == 200 and not is_own and "no-store" not in headers.get("cache-control", "")


def _size(kept: Kept) -> int:
    """Return about how many bytes of memory a kept answer takes."""
    return len(kept[1]["body"]) + 4_000


def _is_known(scope: Scope, tag: str) -> bool:
    return is_known_tag(Headers(scope=scope).get("if-none-match", ""), tag)


def _not_modified(kept: Kept) -> Kept:
    start, body = kept
    left_out = (b"content-length", b"content-type", b"content-encoding")
    headers = [(name, value) for name, value in start["headers"] if name not in left_out]
    return {**start, "status": 304, "headers": headers}, {**body, "body": b""}
