"""What was decided, with the names of what it is about; read from the two files in which it stands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rdflib import URIRef

from api.settings import Settings
from graph.identity.described import read_places
from graph.identity.judgements import Judgement
from graph.model import Label, Reference
from graph.questions.names import reference_of, thing_of
from graph.questions.relations import read_names
from graph.revision import Revision
from ingest.decisions import Decision, DecisionKind, read_decisions
from ingest.judging import read_decisions as read_judgements
from ingest.judging import to_iri, to_name
from ontology.iris import Iris
from ontology.text import slugify

__all__ = ["PairDecision", "Told", "list_pair_decisions", "tell", "tell_decisions"]


@dataclass(frozen=True)
class Told:
    """A decision with the names of what it is about.

    Attributes
    ----------
    decision
        What was decided.
    about
        The cities; none for a workbook.
    office
        Who decided; without an address where only a text was written down.
    paged
        Addresses of those cities that have a page here.
    """

    decision: Decision
    about: tuple[Reference, ...]
    office: Reference
    paged: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PairDecision:
    """A decision on sameness, and what became of it.

    Attributes
    ----------
    decision
        What was decided.
    ordinal
        Which decision on the pair it is, from 1.
    is_last
        Whether none on the pair came after it.
    is_taken_back
        Whether the next one took it back.
    """

    decision: Decision
    ordinal: int
    is_last: bool
    is_taken_back: bool = False

    @property
    def is_in_force(self) -> bool:
        """Whether it can be taken back."""
        return self.is_last and self.decision.verdict != "withdrawn"


def list_pair_decisions(judgements: Iterable[Judgement], iris: Iris) -> list[PairDecision]:
    """Return what was decided on pairs of cities, newest first; ``judgements`` are in the file's order."""
    following: dict[tuple[URIRef, URIRef], Judgement] = {}
    found = []
    for judgement in list(judgements)[::-1]:
        after = following.get(judgement.pair)
        back = after is not None and after.verdict == "withdrawn"
        found.append(PairDecision(_to_decision(judgement, iris), judgement.ordinal, after is None, back))
        following[judgement.pair] = judgement
    return sorted(found, key=lambda one: one.decision.on, reverse=True)


def _to_decision(judgement: Judgement, iris: Iris) -> Decision:
    about = tuple(to_name(place, iris) for place in judgement.pair)
    return Decision("sameness", about, judgement.verdict, judgement.by, judgement.why["tr"], judgement.on)


def tell_decisions(
    revision: Revision, settings: Settings, kind: DecisionKind | None = None, most: int | None = None
) -> list[Told]:
    """Return what was decided, newest first, at most so many; on one day sameness before the rest."""
    found = [one for one in read_decisions(settings.records_folder)[::-1] if kind in (None, one.kind)]
    if kind in (None, "sameness"):
        found = _with_sameness(found, settings.records_folder, revision.iris)
    return tell(revision, found[:most])


def _with_sameness(found: list[Decision], records: Path, iris: Iris) -> list[Decision]:
    """Return decisions with those on sameness, newest first; old copies of these are left out."""
    sameness = [one.decision for one in list_pair_decisions(read_judgements(records, iris), iris)]
    known = Counter(map(_without_order, sameness))
    others = []
    for one in found:
        same = _without_order(one)
        known[same] -= 1
        if one.kind != "sameness" or known[same] < 0:
            others.append(one)
    return sorted([*sameness, *others], key=lambda one: one.on, reverse=True)


def _without_order(decision: Decision) -> Decision:
    return replace(decision, about=tuple(sorted(decision.about)))


def tell(revision: Revision, decisions: Sequence[Decision]) -> list[Told]:
    """Return decisions with the names of what they are about."""
    cities = {one: _cities(one, revision.iris) for one in decisions}
    offices = {one.office: _office_iri(revision, one.office) for one in decisions}
    wanted = {iri for about in cities.values() for iri in about}
    names = read_names(revision, {*wanted, *offices.values()} - {""})
    # What was joined to another city has no name of its own any more, but its sources still name it.
    left = {URIRef(iri) for iri in wanted - names.keys()}
    own = {place.key: Label(place.name, place.name) for place in read_places(revision, left)} if left else {}
    paged = frozenset(iri for iri in wanted & names.keys() if thing_of(revision, iri).kind)
    return [
        Told(
            one,
            tuple(reference_of(revision, iri, names.get(iri, own.get(iri))) for iri in cities[one]),
            _office(revision, one.office, offices[one.office], names),
            paged,
        )
        for one in decisions
    ]


def _cities(decision: Decision, iris: Iris) -> tuple[str, ...]:
    if decision.kind == "workbook":
        return ()
    return tuple(str(to_iri(one, iris)) for one in decision.about)


def _office_iri(revision: Revision, office: str) -> str:
    """Return the address of a unit or authority, nothing when the text is the id of none."""
    if slugify(office) != office:
        return ""
    units = (str(revision.iris.thing(kind, office)) for kind in ("unit", "authority"))
    return next((unit for unit in units if revision.knows(unit)), "")


def _office(revision: Revision, text: str, iri: str, names: dict[str, Label]) -> Reference:
    return reference_of(revision, iri, names.get(iri)) if iri else Reference("", "", "", Label(text, text))
