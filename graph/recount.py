"""The numbers of a graph after a small change: what changed is taken out of them and counted in again.

They are what ``graph.void.make_statistics`` would count over everything, at the cost of what changed.
"""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from graph.merge import Subject, statements_of
from graph.tally import Tally, read_tally
from graph.void import DATASET, describe_tally
from ontology.iris import Iris
from ontology.terms import RDF

__all__ = ["recount"]

_MERGE = ox.DefaultGraph()
_TYPE = ox.NamedNode(str(RDF.type))
_Class = ox.NamedNode
#: Less is better: minus the number of statements, then the IRI.
_Rank = tuple[int, str]


def recount(  # noqa: PLR0913 (what a description is made of, before and after)
    before: ox.Store, after: ox.Store, statistics: ox.NamedNode, changed: Iterable[Subject],
    sizes: Mapping[str, int], iris: Iris,
) -> set[ox.Triple]:  # fmt: skip
    """Return the description of a graph that a small change was made to.

    Parameters
    ----------
    before, after
        The database before and after the change; both still hold the numbers from before.
    statistics
        The named graph of the numbers.
    changed
        At least the subjects of every statement of the default graph that was added or removed.
    sizes
        IRI of each named graph -> its number of statements after the change.
    iris
        Mints the IRIs of the partitions.
    """
    tally = read_tally(statements_of(before, statistics), ox.NamedNode(str(iris.thing(*DATASET))))
    graphs = _Counted(before, statistics), _Counted(after, statistics)
    moved: set[Subject] = set()
    for subject in set(changed):
        old, new = (counted.about(subject) for counted in graphs)
        if old != new:
            tally.count(subject, old, -1)
            tally.count(subject, new)
            moved |= {subject, *(q.object for q in old ^ new if not isinstance(q.object, ox.Literal))}
    tally.drop_empty()
    _choose_examples(tally, *graphs, moved)
    return describe_tally(after, tally, sizes, iris)


class _Counted:
    """The default graph without the statements of the numbers themselves."""

    def __init__(self, database: ox.Store, statistics: ox.NamedNode) -> None:
        self._database = database
        self._statistics = statistics
        self._ranks: dict[str, _Rank] = {}

    def about(self, subject: Subject) -> set[ox.Quad]:
        """Return what is said of a subject."""
        said = set(self._database.quads_for_pattern(subject, None, None, _MERGE))
        return {quad for quad in said if not self._is_number(quad)} if self._is_numbered(subject) else said

    def classes(self, subject: Subject) -> list[_Class]:
        """Return the classes of a named thing."""
        if not isinstance(subject, ox.NamedNode):
            return []
        found = self._database.quads_for_pattern(subject, _TYPE, None, _MERGE)
        return [quad.object for quad in found if isinstance(quad.object, ox.NamedNode)]

    def rank(self, iri: str) -> _Rank:
        """Return how well a thing is known: by what is said of it and what leads to it."""
        if iri not in self._ranks:
            thing = ox.NamedNode(iri)
            leading, numbers = (
                sum(1 for _ in self._database.quads_for_pattern(None, None, thing, graph))
                for graph in (_MERGE, self._statistics)
            )
            self._ranks[iri] = numbers - leading - len(self.about(thing)), iri
        return self._ranks[iri]

    def members(self, class_iri: _Class) -> Iterable[str]:
        """Return the IRIs of the named things of a class."""
        found = self._database.quads_for_pattern(None, _TYPE, class_iri, _MERGE)
        return [quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)]

    def _is_numbered(self, subject: Subject) -> bool:
        return any(True for _ in self._database.quads_for_pattern(subject, None, None, self._statistics))

    def _is_number(self, quad: ox.Quad) -> bool:
        return ox.Quad(quad.subject, quad.predicate, quad.object, self._statistics) in self._database


def _choose_examples(tally: Tally, before: _Counted, after: _Counted, moved: set[Subject]) -> None:
    """Choose anew where a member became better known than the example, or the example less known."""
    risen: dict[_Class, list[str]] = {}
    for subject in moved:
        for class_iri in after.classes(subject):
            risen.setdefault(class_iri, []).append(subject.value)  # type: ignore[union-attr]
    fallen = {
        class_iri for class_iri, iri in tally.examples.items()
        if (example := ox.NamedNode(iri)) in moved
        and (class_iri not in after.classes(example) or after.rank(iri) > before.rank(iri))
    }  # fmt: skip
    for class_iri in fallen:
        tally.examples[class_iri] = min(after.rank(iri) for iri in after.members(class_iri))[1]
    for class_iri in risen.keys() - fallen:
        rivals = {*risen[class_iri], *filter(None, [tally.examples.get(class_iri)])}
        tally.examples[class_iri] = min(after.rank(iri) for iri in rivals)[1]
