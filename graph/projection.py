"""The projection of a published graph onto cities and their ties on one day, for analyses.

A local authority stands for its city; districts, universities and other bodies do not. Every tie
knows the relation that it is (whose evidence says where it is from), so that whatever is computed
from ties can be traced back. Two forms come from the same ties: a typed multigraph of NetworkX for
small and explained work, and sparse matrices for whole worlds. Nothing is judged here: ended and
planned ties are there with their status; the reader of a projection chooses.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from graph.library import load_query
from graph.model import Grade, Label, Status
from graph.questions.reading import Readable, Row, local_name
from graph.questions.relations import to_day
from graph.questions.wording import GRADES_BY_IRI, STATUS_BY_IRI
from ontology.terms import KP

if TYPE_CHECKING:
    import networkx as nx
    from scipy.sparse import csr_matrix

__all__ = ["LIVING", "CityNode", "Projection", "Tie", "TieKind", "project_ties", "read_cities"]

TieKind = Literal["twinning", "protocol", "cooperation", "membership", "participation"]
#: Statuses of ties that are, or may be, in force on the day.
LIVING: frozenset[Status] = frozenset({"holds", "may_hold"})

_KINDS: dict[str, TieKind] = {
    str(KP.TwinningAgreement): "twinning",
    str(KP.CooperationProtocol): "protocol",
    str(KP.Cooperation): "cooperation",
    str(KP.NetworkMembership): "membership",
    str(KP.ProjectParticipation): "participation",
}
#: Kinds that tie cities to a group, not to one another.
GROUPED: frozenset[TieKind] = frozenset({"membership", "participation"})


@dataclass(frozen=True)
class CityNode:
    """A city with what analyses ask of it.

    ``country`` is an ISO code, ``latitude`` and ``longitude`` are degrees, ``geonames`` is its number
    there; ``None`` is not known.
    """

    iri: str
    label: Label
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: float | None = None
    geonames: str | None = None


@dataclass(frozen=True)
class Tie:
    """One relation as a tie: the cities that it ties to one another, or to ``group``.

    Parameters
    ----------
    relation
        The relation's IRI.
    cities
        IRIs in order; a membership or a participation has one as a rule.
    group
        The network or the project; ``None`` for ties of cities among themselves.
    counted
        Whether it is counted for a number that the city declares.
    """

    relation: str
    kind: TieKind
    status: Status
    grade: Grade
    cities: tuple[str, ...]
    group: str | None = None
    counted: bool = False

    @property
    def is_living(self) -> bool:
        """Whether it is, or may be, in force."""
        return self.status in LIVING


@dataclass(frozen=True)
class Projection:
    """Cities and ties on one day; ties are in the order of their IRIs.

    Examples
    --------
    >>> antalya, varna = CityNode("a", Label("Antalya", "Antalya")), CityNode("v", Label("Varna", "Varna"))
    >>> tie = Tie("r", "twinning", "holds", "confirmed", ("a", "v"))
    >>> projection = Projection(date(2024, 3, 4), {"a": antalya, "v": varna}, (tie,))
    >>> projection.neighbours("a", "twinning")
    {'v': (Tie(relation='r', kind='twinning', status='holds', grade='confirmed', cities=('a', 'v'), \
group=None, counted=False),)}
    """

    as_of: date
    cities: Mapping[str, CityNode]
    ties: tuple[Tie, ...]

    @cached_property
    def _by_end(self) -> Mapping[str, tuple[Tie, ...]]:
        found: dict[str, list[Tie]] = defaultdict(list)
        for tie in self.ties:
            for end in (*tie.cities, *([tie.group] if tie.group else [])):
                found[end].append(tie)
        return {end: tuple(ties) for end, ties in found.items()}

    @cached_property
    def steps(self) -> dict[str, tuple[tuple[str, float], ...]]:
        """What searches of ways have worked out so far, kept with the ties (``graph/connections.py``)."""
        return {}

    def ties_of(self, end: str) -> tuple[Tie, ...]:
        """Return all ties of a city, a network or a project, whatever their status."""
        return self._by_end.get(end, ())

    def neighbours(self, city: str, *kinds: TieKind, living: bool = True) -> dict[str, tuple[Tie, ...]]:
        """Return the cities that are tied to one directly, each with the ties (of some kinds, or any)."""
        found: dict[str, list[Tie]] = defaultdict(list)
        for tie in self._chosen(city, kinds, living=living):
            for other in tie.cities:
                if other != city and not tie.group:
                    found[other].append(tie)
        return {other: tuple(ties) for other, ties in found.items()}

    def groups(self, city: str, kind: TieKind, *, living: bool = True) -> dict[str, Tie]:
        """Return the networks (``membership``) or projects (``participation``) of a city, with the tie."""
        chosen = self._chosen(city, (kind,), living=living)
        return {tie.group: tie for tie in chosen if tie.group}

    def _chosen(self, city: str, kinds: tuple[TieKind, ...], *, living: bool) -> Iterator[Tie]:
        for tie in self.ties_of(city):
            if (not kinds or tie.kind in kinds) and (tie.is_living or not living):
                yield tie

    def to_networkx(self, keep: Callable[[Tie], bool] = lambda tie: tie.is_living) -> "nx.MultiGraph":
        """Return the typed multigraph of the ties that ``keep`` takes: cities, networks and projects.

        The key of an edge is the relation's IRI, with ``{end}`` behind it where a relation ties more than
        two cities; its attributes are ``relation``, ``kind``, ``status`` and ``grade``. A node's ``kind`` is
        ``city``, ``membership`` (a network) or ``participation`` (a project).
        """
        import networkx as nx

        made = nx.MultiGraph(as_of=self.as_of.isoformat())
        for iri in self.cities:
            made.add_node(iri, kind="city")
        for tie in self.ties:
            if keep(tie):
                for source, target in _pairs(tie):
                    made.add_node(target, kind="city" if tie.group is None else tie.kind)
                    made.add_edge(
                        source, target, key=f"{tie.relation} {source} {target}",
                        relation=tie.relation, kind=tie.kind, status=tie.status, grade=tie.grade,
                    )  # fmt: skip
        return made

    def to_matrix(
        self, kind: TieKind, order: tuple[str, ...], keep: Callable[[Tie], bool] = lambda tie: tie.is_living
    ) -> tuple["csr_matrix", tuple[str, ...]]:
        """Return ties of one kind as a sparse matrix of ones, and what its columns are.

        Rows are the cities of ``order``; columns are the same cities (symmetric), or the networks or
        projects in the order of their IRIs for ``membership`` and ``participation``.
        """
        import numpy as np
        from scipy.sparse import csr_matrix

        place = {city: row for row, city in enumerate(order)}
        kept = [tie for tie in self.ties if tie.kind == kind and keep(tie)]
        columns = tuple(sorted({tie.group for tie in kept if tie.group})) if kind in GROUPED else order
        across = {end: column for column, end in enumerate(columns)}
        pairs = [(a, b) for tie in kept for a, b in _pairs(tie)]
        if kind not in GROUPED:
            pairs += [(b, a) for a, b in pairs]
        found = np.array([(place[a], across[b]) for a, b in pairs if a in place and b in across])
        rows, targets = found.reshape(-1, 2).T if len(found) else (found, found)
        matrix = csr_matrix((np.ones(len(found)), (rows, targets)), shape=(len(order), len(columns)))
        matrix.data[:] = 1.0
        return matrix, columns


def _pairs(tie: Tie) -> Iterator[tuple[str, str]]:
    """Yield what a tie joins: each city with the group, or each pair of cities."""
    if tie.group:
        yield from ((city, tie.group) for city in tie.cities)
        return
    for place, city in enumerate(tie.cities):
        yield from ((city, other) for other in tie.cities[place + 1 :])


def project_ties(revision: Readable, as_of: date) -> Projection:
    """Return the projection of a published graph on one day.

    Parameters
    ----------
    revision
        What is published.
    as_of
        The day of the statuses.
    """
    cities = read_cities(revision)
    rows = revision.select(load_query("projected_ties").bind(asOf=to_day(as_of), relation=None))
    return Projection(as_of, {city.iri: city for city in cities}, tuple(_make_ties(rows)))


def read_cities(revision: Readable) -> Iterator[CityNode]:
    """Yield all cities of a published graph, with a row for each."""
    yield from (_make_city(row) for row in revision.select(load_query("projected_cities").bind()))


def _make_city(row: Row) -> CityNode:
    iri = str(row["city"])
    tr, en = (str(row[name]) if name in row else "" for name in ("tr", "en"))
    geonames = str(row["geonames"]).rstrip("/").rpartition("/")[2] if "geonames" in row else None
    latitude, longitude, population = (
        float(str(row[name])) if name in row else None for name in ("latitude", "longitude", "population")
    )
    label = Label(tr or en or local_name(iri), en or tr or local_name(iri))
    country = str(row["iso"]) if "iso" in row else None
    return CityNode(iri, label, country, latitude, longitude, population, geonames)


def _make_ties(rows: Iterable[Row]) -> Iterator[Tie]:
    """Put the rows of one relation together; a memorandum is a protocol as well, and one tie."""
    by_relation: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_relation[str(row["relation"]), _KINDS[str(row["class"])]].append(row)
    for (relation, _), found in sorted(by_relation.items()):
        first = found[0]
        yield Tie(
            relation,
            _KINDS[str(first["class"])],
            STATUS_BY_IRI[str(first["status"])],
            GRADES_BY_IRI[str(first["grade"])] if "grade" in first else "unverified",
            tuple(sorted({str(row["city"]) for row in found})),
            str(first["group"]) if "group" in first else None,
            counted=any("counted" in row for row in found),
        )
