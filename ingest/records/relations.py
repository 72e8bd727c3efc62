"""Records of relations to statements: a node of its own for whatever ties parties together."""

from collections.abc import Callable
from typing import cast

from rdflib import Literal, URIRef

from graph.questions.wording import RELATION_CLASSES
from ingest.records import models
from ingest.records.claims import add_evidence
from ingest.records.directory import Tie, iter_relations
from ingest.records.identity import find_iri
from ingest.records.reading import Folder
from ingest.records.relation_checks import COUNTED_KIND
from ingest.records.statements import Statements
from ingest.records.things import declared_count_iri
from ontology.terms import KP, ORG, RDFS, SCHEMA, SKOS

__all__ = ["add_relations"]

_CLASSES = {
    "sister_cities": KP.TwinningAgreement,
    "memberships": KP.NetworkMembership,
    "participations": KP.ProjectParticipation,
    "grants": KP.Grant,
    "loans": KP.Loan,
    "cooperations": KP.Cooperation,
    "events": KP.Event,
    "awards": KP.Award,
}


def add_relations(into: Statements, folders: list[Folder]) -> None:
    """State every relation of all folders.

    Those that are counted come first: where two cities' folders have the same relation,
    the reason that is kept is that of the folder that counts it.
    """
    ties = [tie for folder in folders for tie in iter_relations(folder)]
    for tie in sorted(ties, key=lambda tie: not getattr(tie.record, "counted", False)):
        _add_relation(into, tie)


def _add_relation(into: Statements, tie: Tie) -> None:
    iri = find_iri(tie, into.directory)
    if iri is None:
        raise LookupError(f"unchecked relation {tie.record.place.ref}")
    record = tie.record
    cls = RELATION_CLASSES[record.kind] if isinstance(record, models.Protocol) else _CLASSES[tie.section]
    into.begin(iri, cls, record.place)
    _ADDERS[tie.section](into, iri, tie)
    _add_common(into, iri, tie)
    if isinstance(record, models.Counted):
        _add_counting(into, iri, tie, record)
    add_evidence(into, iri, cls, record.evidence)


def _add_common(into: Statements, iri: URIRef, tie: Tie) -> None:
    record = tie.record
    if record.start:
        into.add(iri, KP.startUnknown, Literal(True))
    if record.intended:
        into.add(iri, KP.intendedOnly, Literal(True))
    if record.ended_by:
        _add_party(into, iri, tie, KP.endedBy, record.ended_by)
    if record.grade:
        into.add(iri, KP.assessedGrade, KP[record.grade])
    into.add_text(iri, KP.gradeReason, record.grade_reason)
    into.add_text(iri, SKOS.note, record.note)
    into.add_things(iri, KP.theme, "theme", record.themes)


def _add_counting(into: Statements, iri: URIRef, tie: Tie, record: models.Counted) -> None:
    if (iri, KP.countingReason, None) not in into.rdf:
        into.add_text(iri, KP.countingReason, record.counting_reason)
    if record.counted is True:
        into.add_party(iri, KP.countedBy, into.directory.get_party(None, tie.folder))
    for count in tie.folder.declared_counts if record.counted_on else ():
        if count.kind == COUNTED_KIND[tie.section] and count.on.latest in record.counted_on:
            into.add(iri, KP.countedIn, declared_count_iri(into, count, tie.folder))


def _add_party(into: Statements, iri: URIRef, tie: Tie, predicate: URIRef, party: str | None) -> None:
    into.add_party(iri, predicate, into.directory.get_party(party, tie.folder))


def _add_role(into: Statements, iri: URIRef, role: str, record: models.Relation) -> None:
    """State the role, unless documents claim one: then the accepted claim says it."""
    if not any(evidence.says and evidence.says.role for evidence in record.evidence):
        into.add_things(iri, ORG.role, "role", [role])


def _agreement(into: Statements, iri: URIRef, tie: Tie) -> None:
    record = cast("models.SisterCity | models.Protocol | models.Cooperation", tie.record)
    _add_party(into, iri, tie, KP.party, record.of)
    _add_party(into, iri, tie, KP.party, record.partner)


def _membership(into: Statements, iri: URIRef, tie: Tie) -> None:
    record = cast("models.Membership", tie.record)
    _add_party(into, iri, tie, ORG.member, record.member)
    into.add_things(iri, ORG.organization, "network", [record.network])
    _add_role(into, iri, record.role, record)
    if record.via:
        _add_party(into, iri, tie, KP.via, record.via)


def _participation(into: Statements, iri: URIRef, tie: Tie) -> None:
    record = cast("models.Participation", tie.record)
    _add_party(into, iri, tie, ORG.member, record.member)
    into.add_things(iri, KP.project, "project", [tie.project.id if tie.project else None])
    _add_role(into, iri, record.role, record)


def _funding(into: Statements, iri: URIRef, tie: Tie) -> None:
    record = cast("models.Funding", tie.record)
    _add_party(into, iri, tie, KP.recipient, record.recipient)
    _add_party(into, iri, tie, SCHEMA.funder, record.funder)
    into.add_things(iri, KP.programme, "programme", [record.programme])
    into.add_things(iri, KP.project, "project", [record.project])


def _event(into: Statements, iri: URIRef, tie: Tie) -> None:
    record = cast("models.Event", tie.record)
    into.add_text(iri, RDFS.label, record.name)
    into.add_things(iri, KP.city, "city", [record.city])
    for party in record.parties:
        _add_party(into, iri, tie, KP.party, party)


def _award(into: Statements, iri: URIRef, tie: Tie) -> None:
    record = cast("models.Award", tie.record)
    into.add_text(iri, RDFS.label, record.name)
    _add_party(into, iri, tie, KP.recipient, record.recipient)
    _add_party(into, iri, tie, KP.awardedBy, record.awarded_by)


_ADDERS: dict[str, Callable[[Statements, URIRef, Tie], None]] = {
    "sister_cities": _agreement,
    "protocols": _agreement,
    "cooperations": _agreement,
    "memberships": _membership,
    "participations": _participation,
    "grants": _funding,
    "loans": _funding,
    "events": _event,
    "awards": _award,
}
