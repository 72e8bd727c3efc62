"""HTTP to one SPARQL server: queries, updates, graphs. What goes wrong becomes an error of ours.

The standard library's client is used, and not a larger one: the processes that answer queries start with
it, and are to start quickly. Reading is tried again a few times with pauses, since it changes nothing;
writing only when the server itself took it back. There is always a time limit: a server may hang on a
request that it does not understand.
"""

import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from threading import Lock
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    AbstractDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    parse_http_list,
    parse_keqv_list,
)

from graph.remote.address import ServerAddress
from graph.remote.refusals import make_error
from ontology.errors import KopruError, ServerAway, ServerOdd, ServerSlow
from ontology.messages import N_, Phrase
from ontology.reasons import reason_of

__all__ = ["Answer", "Client"]

#: Pauses before a reading is tried again, in seconds.
PAUSES = (0.1, 0.4)
#: How much longer than reading writing may take: a server may have to move a lot.
WRITING = 10
_ROOM = 1 << 16
_UNAUTHORIZED, _MISSING = 401, 404
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_LIMITED = N_("a limit of the server's own has cut the answer")
_CUT = N_("the connection ended before the answer did")


class _Sent(NamedTuple):
    """One request."""

    method: str
    url: str
    body: bytes
    headers: Mapping[str, str]
    seconds: float


class Answer:
    """What a server sends, read bit by bit like a file."""

    def __init__(
        self, client: "Client", connection: HTTPConnection, response: HTTPResponse, url: str
    ) -> None:
        self.media = response.headers.get_content_type()
        self.is_missing = response.status == _MISSING
        self._cut_at = response.headers.get("X-SPARQL-MaxRows") or response.headers.get("X-SQL-State")
        self._client = client
        self._connection = connection
        self._response = response
        self._url = url
        self._buffer = b""
        self._is_over = False

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, or all that is left.

        Raises
        ------
        ServerSlow, ServerOdd, ServerAway
            The rest does not come.
        """
        if size < 0:
            parts = [self._buffer]
            while part := self._fetch():
                parts.append(part)
            self._buffer = b""
            return b"".join(parts)
        if not self._buffer:
            self._buffer = self._fetch()
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        return taken

    def check_uncut(self) -> None:
        """Raise when the server says that its own limits have cut the answer: status 200 all the same."""
        if self._cut_at:
            self.close()
            raise ServerOdd(address=self._url, reason=Phrase(_LIMITED))

    def close(self) -> None:
        """Let go of the connection; a server that still sends learns of it."""
        self._connection.close()

    def _fetch(self) -> bytes:
        if self._is_over:
            return b""
        try:
            part = self._response.read1(_ROOM)
        except (OSError, HTTPException) as error:
            self.close()
            raise self._client.to_error(error, self._url) from error
        if not part:
            self._end()
        return part

    def _end(self) -> None:
        """Give the connection back, once: two answers must never be read from one at a time."""
        self._is_over = True
        if self._response.length:
            self.close()
            raise ServerOdd(address=self._url, reason=Phrase(_CUT))
        self._response.close()
        self._client.give_back(self._url, self._connection)


class Client:
    """Asks one server; may be used by several threads at once."""

    def __init__(self, address: ServerAddress) -> None:
        self.address = address
        self._lock = Lock()
        self._idle: dict[str, list[HTTPConnection]] = {}
        self._challenge = ""
        passwords = HTTPPasswordMgrWithDefaultRealm()
        for url in (address.query, address.update, address.graphs):
            passwords.add_password(None, url, address.user, address.password)
        self._digest = AbstractDigestAuthHandler(passwords)

    def query(self, text: str, accept: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> Answer:
        """Put a query to a dataset: a form, which every server reads.

        Raises
        ------
        SyntaxError, RuntimeError
            The engine can't read the query, or can't work it out.
        StoreError
            No answer.
        """
        fields = [
            ("query", text),
            *(("default-graph-uri", one) for one in default),
            *(("named-graph-uri", one) for one in named),
        ]
        headers = {**_FORM, "Accept": accept}
        body = urlencode(fields).encode()
        return self._read(_Sent("POST", self.address.query, body, headers, self.address.seconds))

    def update(self, text: str) -> None:
        """Put an update."""
        body = urlencode({"update": text}).encode()
        self._write("POST", self.address.update, body, _FORM)

    def add_statements(self, graph: str, lines: bytes) -> None:
        """Add N-Triples to a graph."""
        self._write("POST", self._graph_url(graph), lines, {"Content-Type": "application/n-triples"})

    def delete_graph(self, graph: str) -> None:
        """Remove a graph, there or not."""
        self._write("DELETE", self._graph_url(graph), b"", {}, fine=(_MISSING,))

    def read_graph(self, graph: str) -> Answer:
        """Return a graph as N-Triples; ``is_missing`` is set on the answer where there is none."""
        accept = {"Accept": "application/n-triples, text/plain;q=0.5"}
        sent = _Sent("GET", self._graph_url(graph), b"", accept, self.address.seconds)
        return self._read(sent, fine=(_MISSING,))

    def close(self) -> None:
        """Close the connections that nobody uses."""
        with self._lock:
            idle, self._idle = self._idle, {}
        for connections in idle.values():
            for connection in connections:
                connection.close()

    def give_back(self, url: str, connection: HTTPConnection) -> None:
        """Keep a connection whose answer was read to its end."""
        with self._lock:
            self._idle.setdefault(urlsplit(url).netloc, []).append(connection)

    def to_error(self, error: Exception, url: str) -> KopruError:
        """Return the error of ours for one of the connection."""
        if isinstance(error, TimeoutError):
            return ServerSlow(address=url, limit=f"{self.address.seconds:g}")
        if isinstance(error, IncompleteRead):
            return ServerOdd(address=url, reason=Phrase(_CUT))
        if isinstance(error, OSError):
            return ServerAway(address=url, reason=reason_of(error))
        return ServerOdd(address=url, reason=Phrase(f"{type(error).__name__}: {error}"[:200]))

    def _graph_url(self, graph: str) -> str:
        joint = "&" if "?" in self.address.graphs else "?"
        return f"{self.address.graphs}{joint}{urlencode({'graph': graph})}"

    def _read(self, sent: _Sent, fine: Sequence[int] = ()) -> Answer:
        """Send what changes nothing, up to three times."""
        for pause in (*PAUSES, None):
            try:
                return self._send(sent, is_reading=True, fine=fine)
            except ServerSlow:
                raise
            except ServerAway:
                if pause is None:
                    raise
            time.sleep(pause)
        raise AssertionError("the last try raises or returns")

    def _write(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str], fine: Sequence[int] = ()
    ) -> None:
        sent = _Sent(method, url, body, headers, WRITING * self.address.seconds)
        for pause in (*PAUSES, None):
            try:
                self._send(sent, is_reading=False, fine=fine).read()
            except (SyntaxError, RuntimeError) as error:
                # What we write may be written twice: a server that gave way to another one is asked again.
                if pause is None or "deadlock" not in str(error).lower():
                    raise ServerOdd(address=url, reason=Phrase(error)) from error
                time.sleep(pause)
            else:
                return

    def _send(self, sent: _Sent, *, is_reading: bool, fine: Sequence[int] = ()) -> Answer:
        """Send a request, with a password when one is asked for; raise what its status says."""
        for _ in range(2):
            answer, status, challenge = self._exchange(sent, is_reading=is_reading)
            if status != _UNAUTHORIZED or not self.address.user or not challenge:
                break
            answer.read()
            self._challenge = challenge
        if status < 300 or status in fine:
            answer.check_uncut()
            return answer
        said = answer.read()[:2000].decode(errors="replace")
        raise make_error(status, said, sent.url)

    def _exchange(self, sent: _Sent, *, is_reading: bool) -> tuple[Answer, int, str]:
        """Send once; on a connection that was idle once more, since the server may have closed it."""
        headers = {"User-Agent": "kopru", **sent.headers, **self._authorize(sent)}
        while True:
            connection, is_used = self._connect(sent, is_reading=is_reading)
            try:
                parts = urlsplit(sent.url)
                target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
                connection.request(sent.method, target, sent.body or None, headers)
                response = connection.getresponse()
            except TimeoutError as error:
                connection.close()
                raise ServerSlow(address=sent.url, limit=f"{sent.seconds:g}") from error
            except (OSError, HTTPException) as error:
                connection.close()
                if not is_used:
                    raise self.to_error(error, sent.url) from error
            else:
                challenge = response.headers.get("WWW-Authenticate", "")
                return Answer(self, connection, response, sent.url), response.status, challenge

    def _connect(self, sent: _Sent, *, is_reading: bool) -> tuple[HTTPConnection, bool]:
        """Return a connection, and whether it was used before; writing always begins a new one."""
        parts = urlsplit(sent.url)
        with self._lock:
            idle = self._idle.get(parts.netloc)
            connection = idle.pop() if idle and is_reading else None
        if connection is not None:
            if connection.sock is not None:
                connection.sock.settimeout(sent.seconds)
            return connection, True
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        return kind(parts.hostname or "", parts.port, timeout=sent.seconds), False

    def _authorize(self, sent: _Sent) -> dict[str, str]:
        """Return the header that answers the server's last challenge, if there was one."""
        if not self._challenge:
            return {}
        kind, _, rest = self._challenge.partition(" ")
        if kind.lower() != "digest":
            secret = b64encode(f"{self.address.user}:{self.address.password}".encode()).decode()
            return {"Authorization": f"Basic {secret}"}
        asked = Request(sent.url, method=sent.method)  # noqa: S310 (never opened: it carries the address)
        facts = parse_keqv_list([part for part in parse_http_list(rest) if part])
        with self._lock:
            value = self._digest.get_authorization(asked, facts)
        return {"Authorization": f"Digest {value}"}
