"""A patient and polite client of a SPARQL service: waits when told to, tries again, never loops for ever.

What the service says is not believed: an answer must be whole JSON of the standard's shape.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ontology.errors import SourceError
from ontology.messages import N_

if TYPE_CHECKING:
    import httpx

__all__ = ["TOO_MUCH", "Binding", "Patience", "SparqlClient"]

#: One row: variable -> its value as text.
Binding = dict[str, str]

#: Wikidata's user-agent policy asks for a name and where to find who runs it.
_AGENT = "Kopru/0.1 (https://w3id.org/kopru/; knowledge graph of a city) httpx"
_LARGEST = 50 * 1024 * 1024
_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_BROKEN = "no whole answer in SPARQL's JSON"
#: Reasons that may mean that too much was asked for at once.
TOO_MUCH = {_BROKEN, "status 500", "status 504", "answer too big", "answer too slow", "ReadTimeout"}
_GIVEN_UP = N_(
    "{address} gives no usable answer after {tries} tries (last: {reason}). What came before is kept; "
    "run the same command again later, and it goes on from there."
)
_REFUSED = N_("{address} refuses the question (status {status}). Is it the address of a SPARQL service?")


@dataclass(frozen=True)
class Patience:
    """How long and how often; seconds.

    After an answer the client is silent for as long as it took, at most ``pause``: a service that answers
    at once loses nothing, one that has to work gets its rest.
    """

    tries: int = 6
    timeout: float = 90.0
    pause: float = 0.5
    backoff: float = 2.0
    longest_wait: float = 120.0
    sleep: Callable[[float], None] = time.sleep


class _Unusable(Exception):
    """An answer that may be better the next time."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass
class SparqlClient:
    """Asks the questions of this folder.

    Parameters
    ----------
    address
        Of the SPARQL service.
    patience
        How it waits.
    """

    address: str
    patience: Patience = field(default_factory=Patience)

    def ask(self, name: str, values: Sequence[str] = (), *, limit: int = 0, offset: int = 0) -> list[Binding]:
        """Return all rows of one question.

        Parameters
        ----------
        name
            Of the file with the question.
        values
            Terms in SPARQL's syntax that take the place of ``$VALUES``; already checked.

        Raises
        ------
        SourceError
            There is no usable answer after all tries, or the service refuses the question.
        """
        text = files("ingest.wikidata").joinpath(f"{name}.rq").read_text(encoding="utf-8")
        query = (
            text.replace("$VALUES", " ".join(values))
            .replace("$LIMIT", str(limit))
            .replace("$OFFSET", str(offset))
        )
        reason = ""
        for number in range(self.patience.tries):
            begun = time.monotonic()
            try:
                rows = self._try(query)
            except _Unusable as error:
                reason = str(error)
                wait = error.wait if error.wait is not None else self.patience.backoff * 2**number
                if number + 1 < self.patience.tries:
                    self.patience.sleep(min(wait, self.patience.longest_wait))
            else:
                self.patience.sleep(min(time.monotonic() - begun, self.patience.pause))
                return rows
        raise SourceError(_GIVEN_UP, address=self.address, tries=self.patience.tries, reason=reason)

    def _try(self, query: str) -> list[Binding]:
        import httpx  # a tenth of a second: not before it is needed

        headers = {"User-Agent": _AGENT, "Accept": "application/sparql-results+json"}
        try:
            with httpx.stream(
                "POST", self.address, data={"query": query}, headers=headers, timeout=self.patience.timeout
            ) as answer:
                self._check_status(answer)
                return _read_rows(self._read_body(answer))
        except httpx.InvalidURL as error:
            raise SourceError(_REFUSED, address=self.address, status="–") from error
        except httpx.HTTPError as error:
            raise _Unusable(type(error).__name__) from error

    def _check_status(self, answer: "httpx.Response") -> None:
        status = answer.status_code
        if status in _AGAIN:
            raise _Unusable(f"status {status}", _read_wait(answer.headers.get("Retry-After", "")))
        if status != 200:
            raise SourceError(_REFUSED, address=self.address, status=status)

    def _read_body(self, answer: "httpx.Response") -> bytes:
        """Return the body; the deadline holds for all of it, not only for each part."""
        deadline = time.monotonic() + 2 * self.patience.timeout
        body = bytearray()
        for part in answer.iter_bytes():
            body += part
            if len(body) > _LARGEST:
                raise _Unusable("answer too big")
            if time.monotonic() > deadline:
                raise _Unusable("answer too slow")
        return bytes(body)


def _read_wait(text: str) -> float | None:
    """Return the seconds of a ``Retry-After`` header, which has a number or a date."""
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def _read_rows(body: bytes) -> list[Binding]:
    """Return the rows; a service that breaks off in the middle writes its error behind status 200."""
    try:
        content: Any = json.loads(body)
        return [
            {str(name): str(term["value"]) for name, term in row.items() if term["type"] != "bnode"}
            for row in content["results"]["bindings"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _Unusable(_BROKEN) from error
