"""The ties of a world as a symmetric matrix of ones."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.ranking.tables import WorldTables

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["TieMatrix", "inverse"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class TieMatrix:
    """Who is tied to whom: ``matrix`` is n × n, ``degree`` its row sums."""

    matrix: "csr_matrix"
    degree: Floats

    @classmethod
    def of(cls, tables: WorldTables) -> "TieMatrix":
        """Return the ties of a world's tables."""
        from scipy.sparse import csr_matrix

        ends = np.concatenate([tables.twins, tables.twins[:, ::-1]])
        matrix = csr_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(tables), len(tables)))
        return cls(matrix, np.bincount(ends[:, 0], minlength=len(tables)).astype(np.float64))

    def scaled(self, weights: Floats) -> "csr_matrix":
        """Return the matrix with each row multiplied by its weight (length n)."""
        from scipy.sparse import diags

        return (diags(weights) @ self.matrix).tocsr()


def inverse(values: Floats) -> Floats:
    """Return 1/x, and 0 where x is 0."""
    found: Floats = np.divide(1.0, values, out=np.zeros_like(values), where=values != 0)
    return found
