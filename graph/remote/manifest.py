"""What is written down of a revision on a server: its facts, and the graphs that hold it."""

import json
from dataclasses import dataclass
from typing import Any

from graph.remote.dataset import Dataset
from graph.revision import RevisionInfo

__all__ = ["Manifest", "StoredGraph"]


@dataclass(frozen=True)
class StoredGraph:
    """One graph of a revision: its name on the server, the digest and number of its statements."""

    address: str
    digest: str
    statements: int


@dataclass(frozen=True)
class Manifest:
    """What is written down of a revision: its facts, and the graphs that hold it.

    Parameters
    ----------
    info
        The facts.
    merge
        The default graph.
    names
        Name of the graph that says which one stands for which.
    graphs
        Name as users know it -> the graph.
    """

    info: RevisionInfo
    merge: StoredGraph
    names: str
    graphs: dict[str, StoredGraph]

    @property
    def dataset(self) -> Dataset:
        """What readers may see."""
        return Dataset(self.merge.address, self.names, {n: g.address for n, g in self.graphs.items()})

    @property
    def addresses(self) -> set[str]:
        """The names on the server of all that belongs to it."""
        return {self.merge.address, self.names, *(graph.address for graph in self.graphs.values())}

    def to_json(self) -> str:
        """Return the text that is written down."""
        fields = {
            "info": self.info.to_fields(),
            "merge": vars(self.merge),
            "names": self.names,
            "graphs": {name: vars(graph) for name, graph in self.graphs.items()},
        }
        return json.dumps(fields, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Return what a text says.

        Raises
        ------
        ValueError, KeyError, TypeError
            It is damaged.
        """
        fields: dict[str, Any] = json.loads(text)
        graphs = {name: StoredGraph(**graph) for name, graph in fields["graphs"].items()}
        info = RevisionInfo.from_fields(fields["info"])
        return cls(info, StoredGraph(**fields["merge"]), fields["names"], graphs)
