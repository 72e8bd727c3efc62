"""A file or an address that the user named, to bytes; nothing bigger than a reader can use."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.batch import Fetched, RawFile
from ontology.errors import SourceError
from ontology.messages import N_, Phrase
from ontology.reasons import reason_of

if TYPE_CHECKING:
    import httpx

__all__ = ["LARGEST", "fetch_location"]

#: A bigger input is refused: a file by its size, an answer when it passes it.
LARGEST = 20 * 1024 * 1024
#: Seconds to wait for a server to go on.
_PATIENCE = 30.0

_TOO_BIG = N_("{place} is bigger than {largest} MB. Is it the right file?")


def fetch_location(location: str) -> Fetched:
    """Return the bytes of a file or of an http(s) address.

    Raises
    ------
    SourceError
        There is no such file, it can't be read, the address does not answer, or it is too big.
    """
    if location.startswith(("http://", "https://")):
        return _fetch_address(location)
    if "://" in location:
        raise SourceError(
            N_("{place} can't be fetched: only addresses with http:// or https:// are. Or name a file."),
            place=location,
        )  # fmt: skip
    path = Path(location)
    content = _read_file(path)
    return Fetched((RawFile(path.name, content),), path.name, datetime.now(UTC))


def _read_file(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise SourceError(N_("{place} is no file. Name a file."), place=path)
        if size > LARGEST:
            raise SourceError(_TOO_BIG, place=path, largest=LARGEST // 2**20)
        content = path.read_bytes()
    except FileNotFoundError:
        raise SourceError(N_("There is no file {place}. Check the name."), place=path) from None
    except OSError as error:
        raise SourceError(
            N_("{place} can't be read ({reason}). Give this user the right to read it."),
            place=path, reason=reason_of(error),
        ) from error  # fmt: skip
    if not content.strip():
        raise SourceError(N_("The file {place} is empty. Is it the right file?"), place=path)
    return content


def _fetch_address(address: str) -> Fetched:
    import httpx  # a tenth of a second: not before it is needed

    try:
        with httpx.stream("GET", address, timeout=_PATIENCE, follow_redirects=True) as answer:
            answer.raise_for_status()
            parts: list[bytes] = []
            for part in answer.iter_bytes():
                parts.append(part)
                if sum(map(len, parts)) > LARGEST:
                    raise SourceError(_TOO_BIG, place=address, largest=LARGEST // 2**20)
    except httpx.HTTPStatusError as error:
        raise SourceError(
            N_("{place} can't be fetched: the server answers {status}. Check the address, or name a file."),
            place=address, status=error.response.status_code,
        ) from error  # fmt: skip
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceError(
            N_("{place} can't be fetched ({reason}). Check the address and the connection, or name a file."),
            place=address, reason=_why(error),
        ) from error  # fmt: skip
    name = address.rstrip("/").rpartition("/")[2]
    return Fetched((RawFile(name, b"".join(parts)),), address, datetime.now(UTC))


def _why(error: "httpx.HTTPError | httpx.InvalidURL") -> Phrase:
    """Return what kept an answer from coming: the system's reason where that lies at the bottom."""
    import httpx

    if isinstance(error, httpx.TimeoutException):
        return Phrase(N_("no answer in time"))
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return Phrase(N_("this is no address"))
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return reason_of(cause)
        cause = cause.__cause__ or cause.__context__
    return reason_of(error)
