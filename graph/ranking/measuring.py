"""How well ties that were not learnt from are foretold: the few figures that parameters carry.

The whole report card, with other methods and intervals, is ``graph/ranking/evaluation``.
"""

import numpy as np
from numpy.typing import NDArray

from graph.ranking.parameters_file import Parameters
from graph.ranking.ranker import Ranker
from graph.ranking.tables import WorldTables

__all__ = ["measure"]


def measure(
    tables: WorldTables, fold: NDArray[np.int64], parameters: Parameters, most: int
) -> dict[str, float]:
    """Return mean reciprocal rank and hits for a fold's ties, each asked from both ends.

    Parameters
    ----------
    tables
        The world with all ties.
    fold
        Places of the ties that the parameters were not learnt from; taken out before ranking.
    parameters
        What is measured.
    most
        Directions to ask, the first ones of the fold.

    Returns
    -------
    dict
        ``queries``; ``mrr``, ``hits_10``, ``hits_50``; of the logit alone ``linear_mrr``, ``linear_hits_50``.
        Partners of the city, in the fold or not, are no competitors. Empty without a fold.
    """
    ties = tables.twins[fold]
    asked = np.stack([ties, ties[:, ::-1]], axis=1).reshape(-1, 2)[:most]
    if not len(asked):
        return {}
    seen = tables.with_twins(np.delete(tables.twins, fold, axis=0))
    found: dict[str, float] = {"queries": len(asked)}
    for prefix, plain in (("", False), ("linear_", True)):
        ranker = Ranker(seen, parameters, plain=plain)
        ranks = np.array([_rank(ranker, ties, int(a), int(b)) for a, b in asked])
        found[f"{prefix}mrr"] = round(float((1 / ranks).mean()), 3)
        for top in (50,) if plain else (10, 50):
            found[f"{prefix}hits_{top}"] = round(float((ranks <= top).mean()), 3)
    return found


def _rank(ranker: Ranker, held_out: NDArray[np.int32], city: int, partner: int) -> int:
    """Return the place of a partner among all cities that are none."""
    scores = ranker.score_all(city)
    mine = scores[partner]
    others = held_out[(held_out == city).any(axis=1)].ravel()
    scores[others] = -np.inf
    return 1 + int((scores > mine).sum())
