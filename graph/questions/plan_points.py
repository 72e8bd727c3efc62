"""The points of the plan's stages: where the plan says them, who has them, what has come of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from rdflib import URIRef

from graph.library import load_query
from graph.model import Document, Evidence, Reference
from graph.model_plan import Column, Place, PlanPoint
from graph.questions.evidence import read_documents, read_evidence
from graph.questions.names import reference_of
from graph.questions.reading import Fact, Facts, Readable, Row, read_facts
from graph.questions.relations import read_names
from ontology.terms import KP, PROV, SKOS

__all__ = ["COLUMN_CLASSES", "read_points"]

COLUMN_CLASSES: dict[Column, URIRef] = {
    "contents": KP.Objective,
    "results": KP.ExpectedResult,
    "roles": KP.StageRole,
}
_COLUMN_BY_CLASS: dict[str, Column] = {str(iri): column for column, iri in COLUMN_CLASSES.items()}


@dataclass(frozen=True)
class _Tie:
    """An activity or indicator that names a point, and whether it shows that the point came about."""

    thing: Reference
    shows: bool


def read_points(revision: Readable, stages: Iterable[str]) -> dict[str, tuple[PlanPoint, ...]]:
    """Return the points of stages by the stages' IRIs, column by column in the plan's order."""
    wanted = [URIRef(iri) for iri in stages]
    rows = revision.select(load_query("plan_points").bind(stage=wanted)) if wanted else []
    if not rows:
        return {}
    reader = _Reader(revision, [str(row["point"]) for row in rows])
    found: dict[str, list[PlanPoint]] = defaultdict(list)
    for row in rows:
        found[str(row["stage"])].append(reader.make(row))
    order = get_args(Column)
    return {
        stage: tuple(sorted(points, key=lambda p: (order.index(p.column), p.position, p.iri)))
        for stage, points in found.items()
    }


class _Reader:
    """Puts points together from what was read for all of them."""

    def __init__(self, revision: Readable, iris: list[str]) -> None:
        self.revision = revision
        self.facts = read_facts(revision, iris)
        ties = self._read_ties(iris)
        bodies = {body for fact in self.facts for body in fact.iris_of(PROV.agent)}
        self.labels = read_names(revision, bodies | {str(row["tie"]) for row in ties})
        self.ties: dict[str, list[_Tie]] = defaultdict(list)
        for row in ties:
            tie = _Tie(self.reference(str(row["tie"])), str(row["shows"]) == "true")
            self.ties[str(row["point"])].append(tie)
        self.places, proofs = _read_places(revision, iris)
        self.evidence = _read_proofs(revision, proofs)

    def _read_ties(self, iris: list[str]) -> list[Row]:
        done = self.revision.iris.thing("activity-state", "done")
        query = load_query("plan_ties").bind(done=done, point=map(URIRef, sorted(iris)))
        return self.revision.select(query)

    def reference(self, iri: str) -> Reference:
        """Return a thing with its name."""
        return reference_of(self.revision, iri, self.labels.get(iri))

    def make(self, row: Row) -> PlanPoint:
        """Return one point."""
        fact = self.facts.of(str(row["point"]))
        here = reference_of(self.revision, fact.iri, fact.name())
        ties = self.ties[fact.iri]
        return PlanPoint(
            iri=fact.iri,
            kind=here.kind,
            slug=here.slug,
            column=_COLUMN_BY_CLASS[str(row["class"])],
            position=int(fact.number(KP.position) or 0),
            label=here.label,
            stage=str(row["stage"]),
            place=self.places.get(fact.iri),
            bodies=tuple(self.reference(iri) for iri in fact.iris_of(PROV.agent)),
            activities=tuple(tie.thing for tie in ties if tie.thing.kind == "activity"),
            indicators=tuple(tie.thing for tie in ties if tie.thing.kind == "indicator"),
            proofs=tuple(tie.thing for tie in ties if tie.shows),
            evidence=self.evidence.get(fact.iri, ()),
            note=fact.label(SKOS.note),
            record_ref=fact.text(KP.recordRef),
        )


def _read_proofs(revision: Readable, proofs: dict[str, set[str]]) -> dict[str, tuple[Evidence, ...]]:
    """Return the evidence with those IRIs, by the point that it is about."""
    about = Facts()
    for iri in proofs:
        about.of(iri)
    read = read_evidence(revision, about)
    return {iri: tuple(e for e in read.get(iri, ()) if e.iri in wanted) for iri, wanted in proofs.items()}


def _read_places(revision: Readable, iris: list[str]) -> tuple[dict[str, Place], dict[str, set[str]]]:
    """Return where the plan says each point, and what else is claimed of it: evidence by point."""
    claims = list(Facts(revision.select(load_query("evidence").bind(about=map(URIRef, sorted(iris))))))
    documents = read_documents(
        revision, {iri for claim in claims for iri in claim.iris_of(PROV.hadPrimarySource)}
    )
    places: dict[str, Place] = {}
    proofs: dict[str, set[str]] = defaultdict(set)
    for claim in sorted(claims, key=lambda claim: claim.iri):
        # Only the plan's own text has columns.
        is_place = claim.text(KP.letterColumn) is not None
        for iri in claim.iris_of(KP.about):
            if not is_place:
                proofs[iri].add(claim.iri)
            # Of several places, the one that tells the characters.
            elif iri not in places or claim.number(KP.spanStart) is not None:
                places[iri] = _make_place(claim, documents)
    return places, proofs


def _make_place(claim: Fact, documents: dict[str, Document]) -> Place:
    def whole(prop: str) -> int | None:
        number = claim.number(prop)
        return None if number is None else int(number)

    column = claim.text(KP.letterColumn)
    return Place(
        document=next((documents[iri] for iri in claim.iris_of(PROV.hadPrimarySource)), None),
        column=next((known for known in get_args(Column) if known == column), None),
        position=whole(KP.position),
        start=whole(KP.spanStart),
        end=whole(KP.spanEnd),
    )
