"""What is asked of the pool and what it answers: plain values, no behaviour."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Protocol

from graph.formats import Format

__all__ = ["Limits", "Published", "QueryAnswer", "QueryRequest", "RevisionSource", "to_query"]


class Published(Protocol):
    """What the pool needs of a revision."""

    @property
    def number(self) -> int:
        """Its number."""

    @property
    def location(self) -> str:
        """What a child opens: the folder of its database, or how a server is asked."""


class RevisionSource(Protocol):
    """What the pool needs of a store: ``GraphStore`` is one."""

    def current(self) -> Published:
        """Return the current revision."""


@dataclass(frozen=True)
class Limits:
    """What a query may take: seconds, MB, rows of a held answer; addresses for ``SERVICE``.

    ``asks_server``: the revisions lie on a server, so what answers queries needs a network.
    """

    seconds: float = 10.0
    memory_mb: int = 1024
    max_rows: int | None = 10_000
    service_allow: tuple[str, ...] = ()
    asks_server: bool = False


@dataclass(frozen=True)
class QueryRequest:
    """One query.

    Parameters
    ----------
    text
        SPARQL as its author wrote it.
    table, rdf
        Names of formats (``graph.formats``) for SELECT and ASK, for CONSTRUCT and DESCRIBE;
        ``None``: the reader wants none of that shape.
    wanted
        What the reader asked for, for the sentence when it can't be had.
    default_graphs, named_graphs
        The dataset of the protocol's parameters; both empty: the whole revision.
    base_iri
        What relative addresses in the query are resolved against; empty: there may be none.
    is_checked
        Refuse on the tokens first. Only tests of the walls switch it off.
    is_explained
        Tell why the query finds nothing instead of answering it (``graph.explanation``).
    seconds
        A deadline shorter than that of the limits.
    is_uncut
        Give all rows: an answer that is held back may pass the row cap, and is streamed then.
    """

    text: str
    table: str | None = "json"
    rdf: str | None = "turtle"
    wanted: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base_iri: str = ""
    is_checked: bool = True
    is_explained: bool = False
    seconds: float | None = None
    is_uncut: bool = False


@dataclass(frozen=True)
class QueryAnswer:
    """An answer, whole or still coming.

    ``rows`` is known when ``is_whole``; ``is_cut``: the row cap was passed, ``rows`` are
    given and there are more. ``body`` yields the bytes once; when it raises, what was
    yielded is not the answer and must not look like one. A whole answer also lies in ``data``.
    """

    format: Format
    revision: int
    rows: int | None
    is_cut: bool
    is_whole: bool
    added_prefixes: tuple[str, ...]
    body: AsyncGenerator[bytes, None]
    data: bytes = b""


def to_query(request: QueryRequest, revision: Published, limits: Limits) -> dict[str, Any]:
    """Return what a child is sent."""
    return {
        "path": revision.location,
        "text": request.text,
        "table": request.table,
        "rdf": request.rdf,
        "wanted": request.wanted or request.table or request.rdf or "",
        "default_graphs": request.default_graphs,
        "named_graphs": request.named_graphs,
        "base_iri": request.base_iri or None,
        "max_rows": None if request.is_uncut else limits.max_rows,
        "is_checked": request.is_checked,
        "is_explained": request.is_explained,
    }
