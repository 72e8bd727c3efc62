"""What is written down on the server about revisions, beside the graphs that hold them.

::

    store/pointer      entries with a growing number; the highest one says which revision is read
    store/manifests    an entry for each revision: its manifest
    store/inventory    an entry for each graph that a writer has announced, before it fills it
    store/leases       an entry for who is writing
    store/history      an entry for each going back
    store/000012-3f…/… the graphs of revision 12, never written to after it was published

Each move of the pointer adds one statement, and nothing is taken away before: so a reader sees the old
entry or the new one on every engine, also where an update of two parts can be seen half done. One entry
names all revisions that are published; what it does not name is nobody's.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import pyoxigraph as ox

from graph.remote.client import Client
from graph.remote.database import TABLE, read_rows
from graph.remote.dataset import NOWHERE
from graph.remote.forms import fill
from ontology.errors import ServerOdd, StoreBroken
from ontology.iris import Iris
from ontology.messages import N_, Phrase
from ontology.terms import RDF

__all__ = ["Ledger", "Mark", "number_of"]

_SAYS = ox.NamedNode(str(RDF.value))
_DAMAGED = N_(
    "What the SPARQL server at {address} says of the current revision can't be read ({reason}). "
    "Choose a revision with 'kopru rollback NUMBER' ('kopru revisions' lists them)."
)


@dataclass(frozen=True)
class Mark:
    """What the pointer says.

    Parameters
    ----------
    sequence
        Grows with each move.
    current
        The revision that is read: number and sign of its writer, as ``000012-3f5a``.
    published
        All that can be read.
    highest
        The highest number that was ever published.
    """

    sequence: int
    current: str
    published: tuple[str, ...]
    highest: int

    @classmethod
    def from_json(cls, text: str) -> "Mark":
        """Return what an entry says."""
        fields = json.loads(text)
        return cls(**{**fields, "published": tuple(fields["published"])})

    @property
    def number(self) -> int:
        """Number of the current revision."""
        return number_of(self.current)


def number_of(revision: str) -> int:
    """Return the number in a revision's name."""
    return int(revision.partition("-")[0])


class Ledger:
    """The entries of one store."""

    def __init__(self, client: Client, iris: Iris) -> None:
        self.client = client
        self.iris = iris

    def entries(self, part: str) -> dict[str, list[str]]:
        """Return what each entry of a part says: name of the entry -> its texts."""
        graph = self.iris.stored(part)
        found: dict[str, list[str]] = {}
        for entry, value in self._rows(fill("values.rq", graph=graph), graph):
            found.setdefault(entry.removeprefix(f"{graph}/"), []).append(value)
        return found

    def find(self, part: str, entry: str) -> str | None:
        """Return what one entry says."""
        graph = self.iris.stored(part)
        text = fill("value_of.rq", graph=graph, entry=self.iris.stored(part, entry))
        return next((value for (value,) in self._rows(text, graph)), None)

    def add(self, part: str, entry: str, text: str) -> None:
        """Write down an entry."""
        names = {"graph": self.iris.stored(part), "entry": self.iris.stored(part, entry)}
        self.client.update(fill("add.ru", value=ox.Literal(text), **names))

    def write(self, part: str, entry: str, text: str) -> None:
        """Write down an entry that may be long: engines read a graph's statements better than an update."""
        statement = ox.Triple(ox.NamedNode(self.iris.stored(part, entry)), _SAYS, ox.Literal(text))
        self.client.add_statements(self.iris.stored(part), f"{statement} .\n".encode())

    def remove(self, part: str, entry: str) -> None:
        """Take an entry out."""
        names = {"graph": self.iris.stored(part), "entry": self.iris.stored(part, entry)}
        self.client.update(fill("remove.ru", **names))

    def read_mark(self) -> Mark | None:
        """Return what the pointer says; ``None`` when nothing was published.

        Raises
        ------
        StoreBroken
            It can't be read, or is missing although there are revisions.
        """
        texts = [text for texts in self.entries("pointer").values() for text in texts]
        try:
            marks = [Mark.from_json(text) for text in texts]
        except (ValueError, TypeError, KeyError) as error:
            raise StoreBroken(
                _DAMAGED,
                address=self.client.address.base,
                path=self.client.address.base,
                reason=Phrase(error),
            ) from error
        return max(marks, key=lambda mark: mark.sequence, default=None)

    def move(self, mark: Mark, lease: str) -> bool:
        """Move the pointer while a lease is held; return whether it was moved."""
        names = {
            "graph": self.iris.stored("pointer"),
            "entry": self.iris.stored("pointer", f"{mark.sequence:09d}-{lease}"),
            "leases": self.iris.stored("leases"),
            "lease": self.iris.stored("leases", lease),
        }
        self.client.update(fill("add_while.ru", value=ox.Literal(json.dumps(asdict(mark))), **names))
        return self.read_mark() == mark

    def count(self, graph: str) -> int:
        """Return how many statements a graph holds."""
        rows = self._rows(fill("count.rq", graph=graph), graph)
        return next((int(value) for (value,) in rows), 0)

    def _rows(self, text: str, graph: str) -> Iterator[tuple[str, ...]]:
        """Yield the values of all rows as texts."""
        address = self.client.address.query
        rows = read_rows(self.client.query(text, TABLE, [NOWHERE], [graph]), address)
        if not isinstance(rows, ox.QuerySolutions):
            raise ServerOdd(address=address, reason=Phrase("boolean"))
        try:
            for row in list(rows):
                yield tuple(getattr(term, "value", "") for term in row)
        except SyntaxError as error:
            raise ServerOdd(address=address, reason=Phrase(error)) from error
