"""Asking parts of a query alone: whether they find anything, and what.

Only in a child process: what is asked is still foreign, and takes what time it takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from graph.database import Answers, Database
from graph.lookalikes import Term
from graph.syntax import Structure

__all__ = ["Probe"]


@dataclass
class Probe:
    """A way to ask parts of one query.

    Parameters
    ----------
    store
        The graph.
    structure
        The query, whose prologue and dataset stay.
    prefixes
        All of its prefixes, declared or added.
    added
        Those to be given to the engine.
    options
        Further arguments of the engine, such as the dataset.
    """

    store: Database
    structure: Structure
    prefixes: Mapping[str, str]
    added: Mapping[str, str]
    options: Mapping[str, Any] = field(default_factory=dict)
    #: How many questions were put.
    asked: int = 0

    def has(self, pattern: str) -> bool:
        """Tell whether a pattern finds anything."""
        return bool(self._run("ASK", pattern, ""))

    def rows(self, variables: list[str], pattern: str, most: int) -> list[list[Term | None]]:
        """Return the first rows of some variables."""
        if not variables:
            return []
        head = " ".join(("SELECT", *variables))
        solutions = self._run(head, pattern, f"LIMIT {most}")
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 (that is what SELECT gives)
        return [list(solution) for solution in solutions]

    def has_rows(self, text: str) -> bool:
        """Tell whether a whole query finds anything."""
        self.asked += 1
        results = self.store.query(text, prefixes=dict(self.added), **self.options)
        return (
            bool(results) if isinstance(results, ox.QueryBoolean) else next(iter(results), None) is not None
        )

    def _run(self, head: str, pattern: str, tail: str) -> Answers:
        self.asked += 1
        text = f"{self.structure.prologue}\n{head} {self.structure.dataset}\n{{ {pattern}\n}} {tail}"
        return self.store.query(text, prefixes=dict(self.added), **self.options)

    def term_of(self, written: str) -> Term | None:
        """Return the term of an address or a literal as written; ``None`` for anything else."""
        if written == "a":
            return ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        if written[:1] in ("?", "$", "_", "(", "["):
            return None
        # The engine reads it: prefixes, BASE, escapes and the form in which it keeps numbers are its own.
        rows = self.rows(["?term"], f"BIND({written} AS ?term)", 1)
        return rows[0][0] if rows else None
