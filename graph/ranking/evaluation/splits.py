"""Which ties are held out: a random tenth, or those that a newer list has and no older one.

A tie that is held out is in no table that a method learns from or reads; ``check_split`` refuses
a split that breaks this. No city loses its last tie by chance: of a city without any tie no
method could tell more than its country.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from graph.ranking.evaluation.pairs import Pairs
from ontology.errors import KopruError
from ontology.messages import N_

__all__ = ["NEWER_LIST", "OLDER_LISTS", "Split", "SplitKind", "check_split", "split_newer", "split_random"]

SplitKind = Literal["random", "newer"]
#: The list whose ties are "newer", and those that make a tie "older" (columns of the table of ties).
NEWER_LIST = "in_wp2023"
OLDER_LISTS = ("in_wp_old", "in_wd2022", "in_wd2018eu", "in_wd2016")
_SHARE = 0.1
_OLDER_TIES = 2


@dataclass(frozen=True)
class Split:
    """Ties to learn from and ties to find.

    Parameters
    ----------
    kind
        How it was made.
    train, test
        (m, 2) and (t, 2), ``a < b``, no tie in both.
    hidden
        (h, 2): ties that are neither; they are true, but not to be found here, and so no candidates.
    seed
        What chance began with; the split by lists has none.
    rings
        Whether ties that lie in a ring are in it.
    """

    kind: SplitKind
    train: NDArray[np.int32]
    test: NDArray[np.int32]
    hidden: NDArray[np.int32]
    seed: int | None = None
    rings: bool = True


def split_random(pairs: Pairs, seed: int, share: float = _SHARE, *, rings: bool = True) -> Split:
    """Hold out a random share of the ties, passing over those that are one of their ends' last tie.

    Parameters
    ----------
    pairs
        All ties.
    seed
        The same seed gives the same split of the same ties, whatever their order in the file.
    share
        Of all ties; fewer are held out where not enough can be spared.
    rings
        Without them, ties that lie in a ring are taken out first, from both parts.
    """
    chosen = pairs if rings else pairs.without_rings()
    ends = chosen.ends
    left = np.bincount(ends.ravel(), minlength=1).tolist()
    wanted = round(share * len(ends))
    taken = np.zeros(len(ends), dtype=np.bool_)
    count = 0
    for place in np.random.default_rng(seed).permutation(len(ends)).tolist():
        a, b = ends[place].tolist()
        if count == wanted:
            break
        if left[a] > 1 and left[b] > 1:
            left[a] -= 1
            left[b] -= 1
            taken[place] = True
            count += 1
    return check_split(Split("random", ends[~taken], ends[taken], ends[:0], seed, rings))


def split_newer(
    pairs: Pairs,
    newer: str = NEWER_LIST,
    older: Sequence[str] = OLDER_LISTS,
    ties: int = _OLDER_TIES,
    *,
    rings: bool = True,
) -> Split:
    """Learn from the ties of older lists and hold out those first seen in a newer one.

    Held out are ties whose ends both have ``ties`` older ties or more; what neither an older list has
    nor is held out is hidden. Part of what a newer list adds was there before and was missed by older ones.

    Raises
    ------
    KopruError
        The table of ties has no such lists, or nothing is left to hold out.
    """
    chosen = pairs if rings else pairs.without_rings()
    is_old = chosen.in_any(older)
    train = chosen.ends[is_old]
    degree = np.bincount(train.ravel(), minlength=int(chosen.ends.max(initial=0)) + 1)
    is_test = chosen.in_any([newer]) & ~is_old & (degree[chosen.ends] >= ties).all(axis=1)
    if not is_test.any():
        raise KopruError(
            N_(
                "No tie can be held out by date: the table of ties needs the columns {columns} "
                "with 1 where a list has the tie."
            ),
            columns=", ".join([newer, *older]),
        )
    hidden = chosen.ends[~is_old & ~is_test]
    return check_split(Split("newer", train, chosen.ends[is_test], hidden, None, rings))


def check_split(split: Split) -> Split:
    """Return the split if nothing leaks.

    Raises
    ------
    KopruError
        A tie stands in two parts, or a city of a held-out tie has none to learn from.
    """
    parts = [{tuple(tie) for tie in part.tolist()} for part in (split.train, split.test, split.hidden)]
    shared = (parts[0] & parts[1]) | (parts[0] & parts[2]) | (parts[1] & parts[2])
    if shared:
        raise KopruError(N_("{count} ties to be found are also learnt from."), count=len(shared))
    alone = set(split.test.ravel().tolist()) - set(split.train.ravel().tolist())
    if alone:
        raise KopruError(
            N_("{count} cities of ties to be found have no tie to learn from."), count=len(alone)
        )
    if not len(split.test):
        raise KopruError(
            N_("Too few ties ({count}): none can be held out so that both its ends keep one."),
            count=len(split.train),
        )
    return split
