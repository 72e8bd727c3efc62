"""Rankings of many cities, on as many processors as there are."""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from graph.ranking.ranker import Ranker, Ranking
from ontology.errors import KopruError
from ontology.messages import N_

__all__ = ["iter_rankings"]

#: Cities handed to a process at a time.
_CHUNK = 50
#: The ranker of a process that was started for nothing else.
_own: list[Ranker] = []


def iter_rankings(
    make_ranker: Callable[[], Ranker], cities: Sequence[int], top: int, *, processes: int = 1
) -> Iterator[Ranking]:
    """Yield the rankings of cities, in their order; the same whatever the number of processes.

    Parameters
    ----------
    make_ranker
        Called once in each process; goes there pickled (``partial(Ranker, tables, parameters)``).
    cities
        Places in the tables.
    top
        Candidates for each.
    processes
        Worth it from about a thousand cities on: each begins with seconds of preparation.

    Raises
    ------
    KopruError
        One of several processes was killed.
    """
    if processes < 2:
        ranker = make_ranker()
        yield from (ranker.rank(city, top) for city in cities)
        return
    try:
        with ProcessPoolExecutor(processes, get_context("spawn"), _prepare, (make_ranker,)) as pool:
            parts = [(cities[start : start + _CHUNK], top) for start in range(0, len(cities), _CHUNK)]
            for rankings in pool.map(_rank_part, parts):
                yield from rankings
    except BrokenProcessPool as error:
        raise KopruError(
            N_(
                "A process of the ranking was killed, perhaps for want of memory. "
                "Ask for fewer cities at once."
            )
        ) from error


def _prepare(make_ranker: Callable[[], Ranker]) -> None:
    """Make the ranker; Ctrl-C is for the process that waits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _own.append(make_ranker())


def _rank_part(part: tuple[Sequence[int], int]) -> list[Ranking]:
    cities, top = part
    return [_own[0].rank(city, top) for city in cities]
