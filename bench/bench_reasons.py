"""Whether reasons say the truth, on the world's graph: sums, and scores without the statements named.

Usage: python bench/bench_reasons.py [--quick]

For 1,000 recommendations of random cities the terms are added up. For reasons that rest on statements
these are taken out of the graph, the ranker is made anew, and the candidate is scored again: shared
networks and projects must change the score by what was stated, ways over ties must lower it.
The graph is that of ``world.py``. ``--quick`` takes a tenth and says so.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.world import open_world
from graph.recommendation.leaving_out import DIRECT
from graph.recommendation.model import Reason, Recommendation
from graph.recommendation.service import Asked, Recommender

DAY = date(2024, 3, 4)
RECOMMENDATIONS, DEPTH = 1_000, 20
#: Reasons of a group that are scored again: each needs a ranker of its own.
SCORED_AGAIN = 60
EXACT, DIRECT_WITHIN = 1e-9, 1e-6


@dataclass
class Tally:
    """What was found for one group of terms."""

    stated: list[float] = field(default_factory=list)
    found: list[float] = field(default_factory=list)

    def row(self, group: str) -> str:
        """Return a line of the table."""
        stated, found = np.array(self.stated), np.array(self.found)
        lower = float((found > 0).mean())
        if group in DIRECT:
            said = f"within {np.abs(stated - found).max():.1e}"
        else:
            said = f"correlation {np.corrcoef(stated, found)[0, 1]:.2f}"
        return (
            f"| {group} | {len(stated)} | {stated.mean():.2f} | {found.mean():.2f} | {said} | {lower:.0%} |"
        )

    def holds(self, group: str) -> bool:
        """Tell whether the promise is kept: the number for direct statements, the sign for ways."""
        stated, found = np.array(self.stated), np.array(self.found)
        if group in DIRECT:
            return bool(np.abs(stated - found).max() <= DIRECT_WITHIN)
        return bool((found > 0).all())


def random_lists(
    recommender: Recommender, wanted: int, chance: np.random.Generator
) -> Iterator[tuple[str, tuple[Recommendation, ...]]]:
    """Yield cities in random order with random places of their lists, until there are enough."""
    tied = sorted({city for tie in recommender.projection.ties if tie.is_living for city in tie.cities})
    told = 0
    for place in chance.permutation(len(tied)):
        slug = tied[place].rpartition("/")[2]
        asked = Asked(limit=DEPTH, offset=int(chance.integers(0, 5) ** 3))
        items = tuple(
            one for one in recommender.recommend(slug, asked).items if isinstance(one, Recommendation)
        )
        yield tied[place], items
        told += len(items)
        if told >= wanted:
            return


def sum_error(recommender: Recommender, city: str, items: Sequence[Recommendation]) -> float:
    """Return by how much a sum of terms is off the score, at most."""
    order = recommender.rankers.order(city)
    scores = order.ranker.score_all(order.city)
    places = [order.universe.place[item.city.iri] for item in items]
    sums = [sum(term.value for term in item.terms) for item in items]
    return max((abs(total - scores[place]) for total, place in zip(sums, places, strict=True)), default=0.0)


def score_again(recommender: Recommender, city: str, item: Recommendation, reason: Reason) -> float:
    """Return by how much the score falls when the statements of a reason are taken out of the graph."""
    named = {step.relation.iri for way in reason.ways for step in way.steps}
    hidden = recommender.rankers.hidden_ties(city)
    universe, ranker = recommender.rankers.without(hidden | named)
    again = ranker.score_all(universe.place[city])[universe.place[item.city.iri]]
    return item.affinity - float(again)


def main(words: Sequence[str]) -> int:
    """Print the table; 1 when a promise is broken."""
    part = 10 if "--quick" in words else 1
    chance = np.random.default_rng(20)
    recommender = Recommender(open_world().current(), DAY)
    lists = list(random_lists(recommender, RECOMMENDATIONS // part, chance))
    worst = max(sum_error(recommender, city, items) for city, items in lists)
    count = sum(len(items) for _, items in lists)
    print(f"{count:,} recommendations for {len(lists):,} random cities: terms add up within {worst:.1e}\n")
    reasons = [(c, item, why) for c, items in lists for item in items for why in item.reasons if why.ways]
    tallies: dict[str, Tally] = defaultdict(Tally)
    for place in chance.permutation(len(reasons)):
        city, item, reason = reasons[place]
        tally = tallies[reason.group]
        if len(tally.stated) < SCORED_AGAIN // part:
            tally.stated.append(reason.contribution)
            tally.found.append(score_again(recommender, city, item, reason))
    print("| reason | scored again | stated, mean | found, mean | agreement | lowers the score |")
    print("|---|---:|---:|---:|---|---:|")
    for group, tally in sorted(tallies.items()):
        print(tally.row(group))
    return int(worst > EXACT or not all(tally.holds(group) for group, tally in tallies.items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
