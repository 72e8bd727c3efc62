"""How far a small change bears on what the rules conclude, and the statements that decide it.

A rule of ``graph/rules`` concludes something of a thing from what the sources say of it, of the claims about
it, of the documents of these, of its parties and their cities, and of the vocabulary; only the open places
come of numbers over many things, which are always looked at. A rule that reads farther needs a way here.
"""

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from graph.merge import Canonical, GraphName, Subject, read_canonical, statements_of
from ontology.terms import DCTERMS, KP, ORG, PROV, RDF, RDFS, SKOS

__all__ = ["Sourced", "find_reach"]

_MERGE = ox.DefaultGraph()


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))


_ABOUT = _node(KP.about)
_PARTS = tuple(map(_node, (KP.party, ORG.member, KP.recipient)))
_Term = Subject | ox.Literal
_Pattern = tuple[_Term | None, ox.NamedNode | None, _Term | None]
#: A step of a way: along one of these properties, or (False) against it.
_Step = tuple[bool, tuple[ox.NamedNode, ...]]
#: From what changed to what something may follow of anew.
_WAYS: tuple[tuple[_Step, ...], ...] = (
    ((True, (_ABOUT,)),),
    ((False, (_node(PROV.hadPrimarySource),)), (True, (_ABOUT,))),
    ((False, _PARTS),),
    ((False, (_node(DCTERMS.spatial),)), (False, _PARTS)),
)
#: A change of these reaches everything.
_FAR = tuple(map(_node, (RDFS.subClassOf, SKOS.broader, KP.gradeRank)))
#: What is counted together: numbers, what counts for them, and the open places that are left.
_COUNTED = (
    (_node(RDF.type), _node(KP.DeclaredCount)),
    (_node(KP.countedBy), None),
    (_node(KP.countedIn), None),
)


class _TooFar(Exception):
    """More is reached than was allowed."""


def find_reach(
    databases: Collection[ox.Store], touched: Collection[Subject], vocabulary: GraphName, limit: int
) -> set[Subject] | None:
    """Return the things of which something else may follow since a change; ``None``: too many.

    Parameters
    ----------
    databases
        As it was before the change and as it is.
    touched
        Things of which a statement was added or removed.
    vocabulary
        The named graph of the vocabulary and its themes.
    limit
        So many things at most.
    """
    reached = set(touched)
    try:
        for database in databases:
            if len(reached) > limit or _is_far(database, touched, vocabulary):
                return None
            reached.update(
                quad.subject
                for predicate, value in _COUNTED
                for quad in database.quads_for_pattern(None, predicate, value, _MERGE)
            )
            for way in _WAYS:
                reached |= _follow(database, way, touched, limit)
    except _TooFar:
        return None
    return reached if len(reached) <= limit else None


def _is_far(database: ox.Store, touched: Iterable[Subject], vocabulary: GraphName) -> bool:
    return any(
        any(True for _ in database.quads_for_pattern(thing, predicate, None, graph))
        for thing in touched
        for predicate, graph in ((None, vocabulary), *((far, _MERGE) for far in _FAR))
    )


def _follow(
    database: ox.Store, way: Iterable[_Step], things: Collection[Subject], limit: int
) -> set[Subject]:
    found = set(things)
    for along, properties in way:
        start, found = found, set()
        for end in _ends(database, start, properties, along=along):
            found.add(end)
            if len(found) > limit:
                raise _TooFar
    return found


def _ends(
    database: ox.Store, things: Iterable[Subject], properties: Iterable[ox.NamedNode], *, along: bool
) -> Iterator[Subject]:
    for thing in things:
        for property_ in properties:
            if along:
                for quad in database.quads_for_pattern(thing, property_, None, _MERGE):
                    if not isinstance(quad.object, ox.Literal):
                        yield quad.object
            else:
                for quad in database.quads_for_pattern(None, property_, thing, _MERGE):
                    yield quad.subject


class Sourced:
    """What the sources say, with the IRIs of the merge: the merge without what the program adds.

    Parameters
    ----------
    database
        The staged database.
    own
        The named graphs of what the program adds.
    """

    def __init__(self, database: ox.Store, own: Collection[GraphName]) -> None:
        self._database = database
        self._own = frozenset({_MERGE, *own})
        self._canonical: Canonical = read_canonical(database)

    def about(self, thing: Subject) -> set[ox.Quad]:
        """Return what is said of a thing."""
        return {
            image for image in self._images((member, None, None) for member in self._canonical.members(thing))
            if image.subject == thing
        }  # fmt: skip

    def around(self, things: Collection[Subject], vocabulary: GraphName) -> set[ox.Quad]:
        """Return what decides which conclusions follow of some things.

        All statements of these, of the claims about them, and of what is up to two steps from there; the
        vocabulary, and what takes its part elsewhere.
        """
        patterns = ((None, _ABOUT, member) for thing in things for member in self._canonical.members(thing))
        inner = {*things, *(image.subject for image in self._images(patterns))}
        found: set[ox.Quad] = set()
        seen: set[Subject] = set()
        for _ in range(3):
            said = {quad for thing in inner - seen for quad in self.about(thing)}
            found |= said
            seen |= inner
            inner = {quad.object for quad in said if not isinstance(quad.object, ox.Literal)}
        elsewhere = self._images((None, far, None) for far in _FAR)
        return found | set(elsewhere) | set(self._canonical_of(statements_of(self._database, vocabulary)))

    def knows(self, thing: Subject) -> bool:
        """Return whether any source says anything of a thing."""
        patterns = ((member, None, None) for member in self._canonical.members(thing))
        return any(True for _ in self._images(patterns))

    def _images(self, patterns: Iterable[_Pattern]) -> Iterator[ox.Quad]:
        for subject, predicate, value in patterns:
            if isinstance(subject, ox.Literal):
                continue
            quads = self._database.quads_for_pattern(subject, predicate, value, None)
            yield from self._canonical_of(quad for quad in quads if quad.graph_name not in self._own)

    def _canonical_of(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        return (image for quad in quads if (image := self._canonical.image(quad)) is not None)
