"""The IRI of a relation record: from what it ties together, never from who reports it."""

from collections.abc import Callable
from typing import cast

from rdflib import URIRef

from ingest.records.directory import Directory, Tie
from ingest.records.models import (
    Award,
    Cooperation,
    Event,
    Funding,
    Membership,
    Participation,
    Protocol,
    SisterCity,
)

__all__ = ["find_iri"]


def find_iri(tie: Tie, directory: Directory) -> URIRef | None:
    """Return the relation's IRI; ``None`` when one of its parties is not there."""
    return _MAKERS[tie.section](tie, directory)


def _relation(
    tie: Tie, directory: Directory, kind: str, sort: str, parties: list[str | None]
) -> URIRef | None:
    if any(party is None for party in parties):
        return None
    return directory.iris.relation(kind, sort, cast("list[str]", parties), tie.record.ordinal)


def _key(tie: Tie, directory: Directory, party: str | None) -> str | None:
    found = directory.find_party(party, tie.folder)
    return found.key if found else None


def _sister_city(tie: Tie, directory: Directory) -> URIRef | None:
    record = cast("SisterCity", tie.record)
    parties = [_key(tie, directory, record.of), _key(tie, directory, record.partner)]
    return _relation(tie, directory, "agreement", "twinning", parties)


def _protocol(tie: Tie, directory: Directory) -> URIRef | None:
    record = cast("Protocol", tie.record)
    parties = [_key(tie, directory, record.of), _key(tie, directory, record.partner)]
    return _relation(tie, directory, "agreement", record.kind.replace("_", "-"), parties)


def _cooperation(tie: Tie, directory: Directory) -> URIRef | None:
    record = cast("Cooperation", tie.record)
    parties = [_key(tie, directory, record.of), _key(tie, directory, record.partner)]
    return _relation(tie, directory, "cooperation", "", parties)


def _membership(tie: Tie, directory: Directory) -> URIRef | None:
    record = cast("Membership", tie.record)
    return _relation(tie, directory, "membership", "", [_key(tie, directory, record.member), record.network])


def _participation(tie: Tie, directory: Directory) -> URIRef | None:
    record = cast("Participation", tie.record)
    project = tie.project.id if tie.project else None
    return _relation(tie, directory, "participation", "", [_key(tie, directory, record.member), project])


def _funding(tie: Tie, directory: Directory) -> URIRef | None:
    record = cast("Funding", tie.record)
    parties = [_key(tie, directory, record.recipient), _key(tie, directory, record.funder)]
    purpose = record.project or record.programme
    return _relation(
        tie, directory, tie.section.removesuffix("s"), "", parties + ([purpose] if purpose else [])
    )


def _event(tie: Tie, directory: Directory) -> URIRef | None:
    return directory.iris.thing("event", cast("Event", tie.record).id)


def _award(tie: Tie, directory: Directory) -> URIRef | None:
    return directory.iris.thing("award", cast("Award", tie.record).id)


_MAKERS: dict[str, Callable[[Tie, Directory], URIRef | None]] = {
    "sister_cities": _sister_city,
    "protocols": _protocol,
    "cooperations": _cooperation,
    "memberships": _membership,
    "participations": _participation,
    "grants": _funding,
    "loans": _funding,
    "events": _event,
    "awards": _award,
}
