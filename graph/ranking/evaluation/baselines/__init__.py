"""Methods that others would use: all candidates of many cities at once, by sparse matrices.

Each is a small class with ``name``, ``is_choice`` and ``score(sources)``; ``make_baselines`` returns
them over the ties of a world. Those that NetworkX has too give NetworkX's values (tests hold it).
"""

from graph.ranking.evaluation.baselines.attributes import (
    CommonProjects,
    CountryPrior,
    Nearest,
    SharedNetworks,
)
from graph.ranking.evaluation.baselines.neighbours import (
    AdamicAdar,
    CommonNeighbourCentrality,
    CommonNeighbours,
    Jaccard,
    PreferentialAttachment,
    ResourceAllocation,
)
from graph.ranking.evaluation.baselines.ties import TieMatrix
from graph.ranking.evaluation.baselines.walks import Katz, PageRank, PathsOfThree
from graph.ranking.evaluation.run import Method
from graph.ranking.tables import WorldTables

__all__ = ["NETWORKX_METHODS", "make_baselines"]

#: Those that stand for NetworkX's functions.
NETWORKX_METHODS = (
    "preferential_attachment",
    "common_neighbours",
    "adamic_adar",
    "resource_allocation",
    "common_neighbour_centrality",
)


def make_baselines(tables: WorldTables) -> tuple[Method, ...]:
    """Return the methods over the ties and facts of a world."""
    ties = TieMatrix.of(tables)
    return (
        PreferentialAttachment(ties), CommonNeighbours(ties), Jaccard(ties), AdamicAdar(ties),
        ResourceAllocation(ties), CommonNeighbourCentrality(ties), PathsOfThree(ties), Katz(ties),
        PageRank(ties), CountryPrior(tables), Nearest(tables), SharedNetworks(tables), CommonProjects(tables),
    )  # fmt: skip
