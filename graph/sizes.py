"""How many statements there are, counted by the engine: five times as fast as going through them."""

from importlib.resources import files

import pyoxigraph as ox

__all__ = ["count_graphs", "count_merge"]


def count_graphs(database: ox.Store) -> dict[str, int]:
    """Return the number of statements of each named graph, by its IRI; empty ones are left out."""
    return {graph.value: int(number.value) for graph, number in _ask(database, "graph_sizes")}


def count_merge(database: ox.Store) -> int:
    """Return the number of statements of the default graph."""
    ((number,),) = _ask(database, "merge_size")
    return int(number.value)


def _ask(database: ox.Store, name: str) -> list[ox.QuerySolution]:
    query = (files("graph.queries") / f"{name}.rq").read_text(encoding="utf-8")
    return list(database.query(query))  # type: ignore[arg-type]
