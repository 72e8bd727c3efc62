"""What must hold between records: ids are there, nothing stands twice, ends follow starts.

Everything that one record can say about itself alone is checked by its model.
"""

from collections.abc import Iterator

from rdflib import URIRef

from ingest.records.directory import BODY_SECTIONS, PARTY_SECTIONS, Directory, iter_relations
from ingest.records.fields import Record
from ingest.records.identity import find_iri
from ingest.records.models import City, DeclaredCount, Relation, Thing, Unit
from ingest.records.parsing import Place
from ingest.records.plan_checks import check_plan_records
from ingest.records.problems import nearest
from ingest.records.reading import Folder
from ingest.records.relation_checks import check_evidence, check_relation, error_at
from ingest.records.sections import SECTIONS
from ontology.errors import RecordError
from ontology.messages import N_

__all__ = ["TARGETS", "check_records"]

#: Field that holds an id or ids → the sections in which they are looked up.
TARGETS: dict[str, tuple[str, ...]] = {
    "document": ("documents",), "city": ("cities",), "seat": ("cities",), "network": ("networks",),
    "programme": ("programmes",), "project": ("projects",), "plans": ("plans",), "themes": ("themes",),
    **dict.fromkeys(("of", "partner", "member", "via", "recipient", "funder"), PARTY_SECTIONS),
    "plan": ("plans",), "indicator": ("indicators",), "objectives": ("contents",), "results": ("results",),
    **dict.fromkeys(("stage", "after", "loops_back_to"), ("stages",)), "funding": ("programmes", "projects"),
    **dict.fromkeys(("lead", "partners", "who"), BODY_SECTIONS),
    **dict.fromkeys(("owner", "parties", "ended_by", "awarded_by"), PARTY_SECTIONS),
}  # fmt: skip

_NO_SUCH_ID = N_(
    "'{field}' names '{value}', but there is no such id in '{sections}'. Add it there, or correct it here."
)
_NO_SUCH_ID_NEAR = N_(
    "'{field}' names '{value}', but there is no such id in '{sections}'. Did you mean '{nearest}'?"
)
_SAME_ID = N_("The id '{value}' stands twice in '{section}': here and in {other}. Keep one of them.")
_SAME_RELATION = N_(
    "This relation stands twice: here and in {other}. Put the evidence of both into one record, "
    "or give the later of two such relations 'ordinal: 2'."
)

_SAME_COUNT = N_("'{kind}' is declared twice for {on}: here and in {other}. Keep one of them.")


def check_records(directory: Directory) -> list[RecordError]:
    """Return every error between the records."""
    errors: list[RecordError] = []
    for folder in directory.folders:
        errors += _check_owner(folder, directory)
        for section in SECTIONS:
            for record in getattr(folder, section):
                errors += _check_references(record, directory)
                if isinstance(record, Thing):
                    errors += check_evidence(record)
                if isinstance(record, City):
                    errors += _check_numbers(record)
        errors += _check_same_counts(folder)
        errors += check_plan_records(folder, directory)
        for tie in iter_relations(folder):
            errors += check_relation(tie)
        errors += _check_same_relations(folder, directory)
    return [*errors, *_check_same_ids(directory)]


def _check_owner(folder: Folder, directory: Directory) -> Iterator[RecordError]:
    for field, section in (("city", "cities"), ("authority", "authorities")):
        if value := getattr(folder, field):
            yield from _check_id(field, value, (section,), folder.place, directory)


def _check_references(record: Record, directory: Directory) -> Iterator[RecordError]:
    for field in type(record).model_fields:
        value = getattr(record, field)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Record):
                yield from _check_references(item, directory)
            elif field in TARGETS and item is not None:
                in_unit = isinstance(record, Unit) and field == "of"
                sections = ("authorities", "units") if in_unit else TARGETS[field]
                yield from _check_id(field, item, sections, record.place, directory)


def _check_id(
    field: str, value: str, sections: tuple[str, ...], place: Place, directory: Directory
) -> Iterator[RecordError]:
    if sections == ("themes",):
        known = sorted(directory.themes)
        is_there = value in directory.themes
    else:
        known = directory.ids(*sections)
        is_there = not directory.is_complete or any(directory.has(section, value) for section in sections)
    if is_there:
        return
    close = nearest(value, known)
    yield error_at(
        _NO_SUCH_ID_NEAR if close else _NO_SUCH_ID,
        place,
        field,
        field=field,
        value=value,
        sections=", ".join(sections),
        nearest=close,
    )


def _check_numbers(city: City) -> Iterator[RecordError]:
    if (city.latitude is None) != (city.longitude is None):
        yield error_at(
            N_("'latitude' and 'longitude' go together. Add the missing one, or remove both."), city.place
        )
    if city.document is None and (city.latitude is not None or city.population is not None):
        yield error_at(
            N_("These numbers have no source. Add 'document', or 'geonames' in place of the numbers."),
            city.place,
        )


def _check_same_counts(folder: Folder) -> Iterator[RecordError]:
    seen: dict[tuple[str, str], DeclaredCount] = {}
    for count in folder.declared_counts:
        first = seen.setdefault((count.kind, count.on.text), count)
        if first is not count:
            yield error_at(_SAME_COUNT, count.place, kind=count.kind, on=count.on.text, other=first.place.ref)


def _check_same_ids(directory: Directory) -> Iterator[RecordError]:
    for folder in directory.folders:
        for section in SECTIONS:
            for record in getattr(folder, section):
                first = directory.find(section, record.id) if hasattr(record, "id") else None
                if first and first is not record:
                    yield error_at(
                        _SAME_ID,
                        record.place, "id", value=record.id, section=section, other=first.place.ref,
                    )  # fmt: skip


def _check_same_relations(folder: Folder, directory: Directory) -> Iterator[RecordError]:
    seen: dict[URIRef, Relation] = {}
    for tie in iter_relations(folder):
        iri = find_iri(tie, directory)
        if iri is None or hasattr(tie.record, "id"):
            continue
        if iri in seen:
            yield error_at(
                _SAME_RELATION,
                tie.record.place, other=seen[iri].place.ref,
            )  # fmt: skip
        seen.setdefault(iri, tie.record)
