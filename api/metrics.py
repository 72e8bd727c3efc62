"""What the server counts, for Prometheus: requests, queries under way, what is published, its own memory.

Each application has a registry of its own, so that several can live in one process. Nothing of what
was asked is in a name or a label: parts of the site and status classes only.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from ontology.errors import StoreError

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["Metrics", "part_of"]

_PARTS = {"api", "data", "docs", "explore", "graph", "health", "id", "metrics", "plan", "questions", "sparql",
          "static"}  # fmt: skip
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


def part_of(path: str) -> str:
    """Return the part of the site that an address belongs to: a few, whatever strangers ask for.

    Examples
    --------
    >>> part_of("/api/v1/cities"), part_of("/"), part_of("/wp-login.php")
    ('api', 'start', 'other')
    """
    first = path[1:].partition("/")[0]
    return first if first in _PARTS else "other" if first else "start"


class Metrics:
    """Counters of one application.

    Parameters
    ----------
    app
        Whose ``state`` has the pool and the store, once it runs.
    """

    def __init__(self, app: "FastAPI") -> None:
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "kopru_request_seconds", "Time from a request to the beginning of its answer.", ["part"],
            buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self._requests = Counter(
            "kopru_requests", "Requests answered.", ["part", "status"], registry=self.registry
        )
        self._known: dict[tuple[str, int], tuple[Any, Any]] = {}
        self.registry.register(_State(app))
        ProcessCollector(namespace="kopru", registry=self.registry)

    def count(self, path: str, status: int, seconds: float) -> None:
        """Count one answer."""
        key = (part_of(path), status // 100)
        counters = self._known.get(key)
        if counters is None:  # looking one up by its labels takes longer than to count
            labels = self._requests.labels(key[0], f"{key[1]}xx"), self._seconds.labels(key[0])
            counters = self._known[key] = labels
        counters[0].inc()
        counters[1].observe(seconds)

    def text(self) -> bytes:
        """Return all in Prometheus' text format."""
        return generate_latest(self.registry)


class _State(Collector):
    """What the pool and the store say when they are asked."""

    def __init__(self, app: "FastAPI") -> None:
        self._app = app

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges of the moment."""
        pool = getattr(self._app.state, "pool", None)
        if pool is not None:
            facts = pool.facts
            yield _gauge("kopru_query_processes", "Processes that answer queries.", facts["workers"])
            yield _gauge("kopru_queries_long", "Queries under way that passed 50 ms.", facts["long"])
            yield _gauge("kopru_queries_waiting", "Queries that wait for a process.", facts["waiting"])
        try:
            info = self._app.state.store.current().info
        except StoreError:
            yield _gauge("kopru_published", "1 when a revision is published.", 0)
            return
        yield _gauge("kopru_published", "1 when a revision is published.", 1)
        yield _gauge("kopru_revision", "Number of the published revision.", info.number)
        yield _gauge("kopru_statements", "Statements in its default graph.", info.statements)

    def describe(self) -> list[GaugeMetricFamily]:
        """Return nothing: names are known when asked."""
        return []


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)
