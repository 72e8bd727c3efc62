"""From statements that differ to the things that people know: each with what differs in it.

Statements about a claim count for the thing that the claim is about. What only machines need (places in
files, keys, what follows from other statements) tells nobody anything and is left out.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rdflib import URIRef
from rdflib.term import Identifier

from graph.changes.model import GroupKey
from graph.library import load_query
from graph.questions.names import thing_of
from graph.revision import Revision, Statement
from ontology.terms import GEO, KP, ORG, PROV, RDF, RDFS, SKOS

__all__ = ["Touched", "find_touched", "group_of"]

_GROUP_OF_KIND: dict[str, GroupKey] = {
    "membership": "membership", "participation": "participation", "grant": "funding", "loan": "funding",
    "cooperation": "cooperation", "event": "cooperation", "award": "cooperation", "project": "project",
    "programme": "project", "call": "project", "network": "network", "plan": "plan", "stage": "plan",
    "objective": "plan", "result": "plan", "stage-role": "plan", "activity": "plan",
    "declared-count": "plan", "indicator": "indicator", "measurement": "indicator", "authority": "body",
    "organization": "body", "unit": "body", "city": "place", "country": "place", "document": "document",
}  # fmt: skip

_HIDDEN = {
    str(iri)
    for iri in (
        KP.recordRef, KP.searchKey, KP.sortKey, KP.hasEvidence, KP.acceptedClaim, KP.city, KP.countedBy,
        KP.assessedGrade, KP.evidenceGrade, ORG.memberDuring, ORG.linkedTo, GEO.asWKT, RDF.type,
        SKOS.altLabel, SKOS.narrower, PROV.wasGeneratedBy, PROV.generatedAtTime, RDFS.isDefinedBy,
    )
}  # fmt: skip
#: What is told of one end of a span of time → the one property that it is told as.
_DATES = {
    str(KP.startText): str(KP.startDate), str(KP.startEarliest): str(KP.startDate),
    str(KP.startLatest): str(KP.startDate), str(KP.startUnknown): str(KP.startDate),
    str(KP.endText): str(KP.endDate), str(KP.endEarliest): str(KP.endDate),
    str(KP.endLatest): str(KP.endDate),
}  # fmt: skip
_ABOUT, _EVIDENCE = str(KP.about), "evidence"
_PLACE = str(KP.recordRef)
_BATCH = 2000


@dataclass
class Touched:
    """A thing of which something differs.

    Attributes
    ----------
    lost, gained
        Property → values that only the earlier or only the later revision has.
    claims_lost, claims_gained, claims_changed
        IRIs of claims about it that are gone, new, or say something else.
    """

    iri: str
    lost: dict[str, list[Identifier]] = field(default_factory=lambda: defaultdict(list))
    gained: dict[str, list[Identifier]] = field(default_factory=lambda: defaultdict(list))
    claims_lost: set[str] = field(default_factory=set)
    claims_gained: set[str] = field(default_factory=set)
    claims_changed: set[str] = field(default_factory=set)

    @property
    def properties(self) -> list[str]:
        """What differs and is worth telling, in a fixed order; both ends of a span as one property each."""
        named = {_DATES.get(prop, prop) for prop in (*self.lost, *self.gained)}
        return sorted(named - _HIDDEN)

    @property
    def has_something_to_tell(self) -> bool:
        """Return whether more differs than what only machines need."""
        grade = str(KP.evidenceGrade)
        is_regraded = grade in self.lost or grade in self.gained
        return bool(
            self.properties or self.claims_lost or self.claims_gained or self.claims_changed or is_regraded
        )


def group_of(kind: str, slug: str) -> GroupKey | None:
    """Return under which heading a thing is told; ``None`` when it is nothing that people keep."""
    if kind == "agreement":
        return "twinning" if slug.startswith("twinning-") else "protocol"
    return _GROUP_OF_KIND.get(kind)


def find_touched(before: Revision, after: Revision) -> dict[str, Touched]:
    """Return what differs between two revisions, by the IRI of the thing."""
    lost, gained = before.difference_to(after)
    found: dict[str, Touched] = {}
    claims: dict[str, list[tuple[bool, str, Identifier]]] = defaultdict(list)
    for is_new, statements in ((False, lost), (True, gained)):
        for statement in statements:
            _sort_in(statement, found, claims, before, is_new=is_new)
    _add_claims(found, claims, before, after)
    return {iri: touched for iri, touched in found.items() if touched.has_something_to_tell}


def _sort_in(
    statement: Statement,
    found: dict[str, Touched],
    claims: dict[str, list[tuple[bool, str, Identifier]]],
    revision: Revision,
    *,
    is_new: bool,
) -> None:
    iri, prop, value = str(statement[0]), str(statement[1]), statement[2]
    thing = thing_of(revision, iri)
    if thing.kind == _EVIDENCE:
        claims[iri].append((is_new, prop, value))
    elif group_of(thing.kind, thing.slug) is not None:
        touched = found.setdefault(iri, Touched(iri))
        (touched.gained if is_new else touched.lost)[prop].append(value)


def _add_claims(
    found: dict[str, Touched],
    claims: dict[str, list[tuple[bool, str, Identifier]]],
    before: Revision,
    after: Revision,
) -> None:
    changed = []
    for claim, parts in claims.items():
        abouts = {(is_new, str(value)) for is_new, prop, value in parts if prop == _ABOUT}
        for is_new, about in abouts:
            if touched := _of(found, about, before):
                (touched.claims_gained if is_new else touched.claims_lost).add(claim)
        if not abouts and any(prop != _PLACE for _, prop, _ in parts):
            changed.append(claim)
    for claim, about in _read_abouts(after, changed):
        if touched := _of(found, about, before):
            touched.claims_changed.add(claim)


def _of(found: dict[str, Touched], iri: str, revision: Revision) -> Touched | None:
    thing = thing_of(revision, iri)
    if group_of(thing.kind, thing.slug) is None:
        return None
    return found.setdefault(iri, Touched(iri))


def _read_abouts(revision: Revision, claims: list[str]) -> Iterable[tuple[str, str]]:
    for start in range(0, len(claims), _BATCH):
        wanted = [URIRef(claim) for claim in claims[start : start + _BATCH]]
        for row in revision.select(load_query("claims_about").bind(claim=wanted)):
            yield str(row["claim"]), str(row["about"])
