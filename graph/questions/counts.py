"""Declared against recorded, and how much of what there is in the graph."""

from collections import defaultdict
from datetime import date

from graph.library import load_query
from graph.model import (
    AGREEMENT_KINDS,
    GRADES,
    Declared,
    DeclaredKind,
    Document,
    Grade,
    NumberOf,
    Reconciliation,
    Relation,
    RelationKind,
    Summary,
)
from graph.questions.evidence import read_documents
from graph.questions.places import city_iri, read_cities
from graph.questions.reading import Readable, Row
from graph.questions.relations import order_relations, read_relations
from graph.questions.wording import (
    DECLARED_CLASSES,
    DECLARED_LABELS,
    GRADES_BY_IRI,
    KIND_LABELS,
    RELATION_CLASSES,
    THING_CLASSES,
)
from ontology.terms import KP

__all__ = ["read_reconciliation", "read_summary"]

#: What the summary counts: protocols with their sub-kinds in one.
_SUMMED: tuple[RelationKind, ...] = (
    "twinning", "protocol", "membership", "participation", "grant", "loan", "cooperation", "event", "award",
)  # fmt: skip
#: Which relations a declared number counts.
_COUNTED_KINDS: dict[DeclaredKind, tuple[RelationKind, ...]] = {
    "city_network": ("membership",),
    "sister_city": ("twinning",),
    "cooperation_protocol": AGREEMENT_KINDS[1:],
}
_KIND_BY_CLASS: dict[str, DeclaredKind] = {str(iri): kind for kind, iri in DECLARED_CLASSES.items()}


def read_reconciliation(revision: Readable, city_slug: str, as_of: date | None) -> Reconciliation:
    """Return what a city declares against what is recorded of it.

    Parameters
    ----------
    as_of
        The day of the statuses; ``None`` is the newest day on which something was declared.
    """
    city = city_iri(revision, city_slug)
    rows = revision.select(load_query("declared_counts").bind(city=city))
    day = as_of or max((date.fromisoformat(str(row["on"])) for row in rows), default=date.today())
    documents = read_documents(revision, {str(row["document"]) for row in rows if "document" in row})
    found = revision.select(load_query("relations_considered").bind(city=city))
    considered = order_relations(
        read_relations(
            revision, [str(row["item"]) for row in found], day, seen_from=str(city), with_evidence=True
        )
    )
    declared = [_make_declared(row, considered, documents) for row in rows]
    return Reconciliation(read_cities(revision, [str(city)])[0], day, tuple(declared))


def _make_declared(row: Row, considered: list[Relation], documents: dict[str, Document]) -> Declared:
    kind = _KIND_BY_CLASS[str(row["kind"])]
    relations = [r for r in considered if r.kind in _COUNTED_KINDS[kind]]
    counted = [r for r in relations if r.counted_in == str(row["count"])]
    named = [r for r in counted if r.identified]
    return Declared(
        kind=kind,
        label=DECLARED_LABELS[kind],
        declared=int(str(row["number"])),
        declared_on=date.fromisoformat(str(row["on"])),
        source=documents.get(str(row.get("document", ""))),
        counted=len(named),
        open=len(counted) - len(named),
        by_grade=_count_grades(named),
        relations=tuple(named),
        open_places=tuple(r for r in counted if not r.identified),
        not_counted=tuple(r for r in relations if r.counted_in is None),
    )


def _count_grades(relations: list[Relation]) -> dict[Grade, int]:
    return {grade: sum(relation.grade == grade for relation in relations) for grade in GRADES}


def read_summary(revision: Readable) -> Summary:
    """Return how many things and relations of each kind there are; open places are counted apart."""
    things = {
        str(row["class"]): int(str(row["number"]))
        for row in revision.select(load_query("class_counts").bind())
    }
    grades: dict[str, dict[Grade, int]] = defaultdict(lambda: dict.fromkeys(GRADES, 0))
    open_places = 0
    for row in revision.select(load_query("relation_counts").bind()):
        number = int(str(row["number"]))
        if str(row["open"]) == "true":
            open_places += number
        else:
            grades[str(row["class"])][GRADES_BY_IRI[str(row["grade"])]] += number
    counted = {name: things.get(str(class_iri), 0) for name, (class_iri, _) in THING_CLASSES.items()}
    return Summary(
        things=tuple(NumberOf(name, THING_CLASSES[name][1], number) for name, number in counted.items()),
        relations=tuple(_count_kind(kind, grades[str(RELATION_CLASSES[kind])]) for kind in _SUMMED),
        countries=counted["country"],
        documents=counted["document"],
        evidence=things.get(str(KP.Evidence), 0),
        open_places=open_places,
    )


def _count_kind(kind: RelationKind, by_grade: dict[Grade, int]) -> NumberOf:
    return NumberOf(kind, KIND_LABELS[kind], sum(by_grade.values()), dict(by_grade))
