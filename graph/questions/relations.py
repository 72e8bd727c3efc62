"""Relations with their parties, names, status and evidence; a handful of queries for any number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from rdflib import Literal, URIRef

from graph.library import load_query
from graph.model import (
    AGREEMENT_KINDS,
    NETWORK_KINDS,
    RELATION_KINDS,
    Label,
    Money,
    NetworkKind,
    Party,
    Reference,
    Relation,
    RelationKind,
    Status,
)
from graph.questions.evidence import read_evidence
from graph.questions.names import reference_of, thing_of
from graph.questions.reading import Fact, Facts, Readable, Row, local_name, read_facts, read_labels
from graph.questions.wording import (
    GRADES_BY_IRI,
    KIND_LABELS,
    NETWORK_CLASSES,
    PARTS,
    RELATION_CLASSES,
    STATUS_BY_IRI,
    make_relation_label,
)
from ontology.terms import KP, ORG, SCHEMA, SKOS, XSD
from ontology.text import sort_key

__all__ = ["order_relations", "read_names", "read_relations", "read_statuses", "read_themes_of", "to_day"]

#: Bodies that speak for their whole city, so that the city's name is theirs in passing.
_CITY_WIDE = {"", "local-authority", "municipality", "metropolitan-municipality"}
_PROTOCOLS = AGREEMENT_KINDS[1:]
#: Kinds of IRI under which relations stand.
_RELATION_KINDS = {
    "agreement",
    "membership",
    "participation",
    "grant",
    "loan",
    "cooperation",
    "event",
    "award",
}
#: In which order the parties of a relation are named.
_PART_ORDER = ("party", "recipient", "member", "network", "project", "programme", "funder", "awarded_by")


def to_day(day: date) -> Literal:
    """Return a day as queries want it."""
    return Literal(day.isoformat(), datatype=XSD.date)


def read_statuses(revision: Readable, iris: Iterable[str], as_of: date) -> dict[str, Status]:
    """Return the status of relations on a day."""
    query = load_query("status_on").bind(asOf=to_day(as_of), relation=[URIRef(iri) for iri in sorted(iris)])
    return {str(row["relation"]): STATUS_BY_IRI[str(row["status"])] for row in revision.select(query)}


def read_themes_of(revision: Readable, iris: Iterable[str]) -> dict[str, tuple[Reference, ...]]:
    """Return the narrowest themes of things, in the order of the alphabet."""
    rows = revision.select(load_query("themes_of").bind(thing=[URIRef(iri) for iri in sorted(iris)]))
    labels = read_labels(revision, {str(row["theme"]) for row in rows})
    found: dict[str, list[Reference]] = defaultdict(list)
    for row in rows:
        theme = str(row["theme"])
        found[str(row["thing"])].append(reference_of(revision, theme, labels.get(theme)))
    return {
        iri: tuple(sorted(themes, key=lambda t: (sort_key(t.label.tr), t.iri)))
        for iri, themes in found.items()
    }


def order_relations(relations: Iterable[Relation]) -> list[Relation]:
    """Return relations by kind, then by name; all protocols before their open places."""

    def key(relation: Relation) -> tuple[int, bool, int, str, str]:
        order = RELATION_KINDS.index(relation.kind)
        family = RELATION_KINDS.index("protocol") if relation.kind in _PROTOCOLS else order
        return family, not relation.identified, order, sort_key(relation.label.tr), relation.iri

    return sorted(relations, key=key)


def read_relations(
    revision: Readable,
    iris: Sequence[str],
    as_of: date,
    *,
    seen_from: str | None = None,
    with_evidence: bool = False,
) -> list[Relation]:
    """Return relations in the order of ``iris``; what is no relation is left out.

    Parameters
    ----------
    seen_from
        The city whose relations are asked for: then ``other`` is the party that is not its own.
    with_evidence
        Whether to read the evidence, too (three more queries).
    """
    facts = read_facts(revision, iris)
    iris = [iri for iri in iris if facts.of(iri).is_a(KP.Relation)]
    if not iris:
        return []
    reader = _Reader(revision, facts, read_statuses(revision, iris, as_of), seen_from)
    evidence = read_evidence(revision, facts) if with_evidence else {}
    return [replace(reader.make(facts.of(iri)), evidence=evidence.get(iri, ())) for iri in iris]


def read_names(revision: Readable, iris: Iterable[str]) -> dict[str, Label]:
    """Return the names of things, relations included; one without a name is left out."""
    wanted = {str(iri) for iri in iris}
    found = read_labels(revision, wanted)
    unnamed = sorted(iri for iri in wanted - found.keys() if thing_of(revision, iri).kind in _RELATION_KINDS)
    # A name does not depend on the day, so any day will do.
    return {**found, **{r.iri: r.label for r in read_relations(revision, unnamed, date.max)}}


class _Reader:
    """Puts relations together from what was read for all of them."""

    def __init__(
        self, revision: Readable, facts: Facts, statuses: dict[str, Status], seen_from: str | None
    ) -> None:
        self.revision = revision
        self.statuses = statuses
        self.seen_from = thing_of(revision, seen_from).slug if seen_from else None
        iris = [URIRef(fact.iri) for fact in facts]
        rows = revision.select(load_query("parties").bind(relation=iris))
        named = {str(row[name]) for row in rows for name in ("party", "city", "country") if name in row}
        named |= {
            iri for fact in facts for prop in (ORG.role, KP.endedBy, KP.via) for iri in fact.iris_of(prop)
        }
        self.labels = read_labels(revision, named)
        self.themes = read_themes_of(revision, map(str, iris))
        self.homes = {str(row["city"]) for row in revision.select(load_query("declaring_cities").bind())}
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self.rows[str(row["relation"])].append(row)

    def make(self, fact: Fact) -> Relation:
        """Return one relation, without its evidence."""
        kind = kind_of(fact)
        parties = self.parties_of(fact.iri)
        thing = thing_of(self.revision, fact.iri)
        identified = fact.text(KP.partnerIdentified) != "false"
        return Relation(
            iri=fact.iri,
            kind_slug=thing.kind,
            slug=thing.slug,
            kind=kind,
            label=fact.name() or self.label(fact.iri, kind, parties, None if identified else thing.slug),
            kind_label=KIND_LABELS[kind],
            parties=parties,
            other=self.other(parties),
            start=replace(
                fact.dates(KP.startText, KP.startEarliest, KP.startLatest), unknown=fact.flag(KP.startUnknown)
            ),
            end=fact.dates(KP.endText, KP.endEarliest, KP.endLatest),
            status=self.statuses.get(fact.iri, "unknown"),
            grade=GRADES_BY_IRI.get(fact.text(KP.evidenceGrade) or "", "unverified"),
            role=next((self.labels.get(iri) for iri in fact.iris_of(ORG.role)), None),
            name=fact.name(),
            via=self.reference(fact, KP.via),
            ended_by=self.reference(fact, KP.endedBy),
            intended=fact.flag(KP.intendedOnly),
            grade_reason=fact.label(KP.gradeReason),
            counted_in=fact.text(KP.countedIn),
            counting_reason=fact.label(KP.countingReason),
            identified=identified,
            amount=money_of(fact, SCHEMA.amount),
            own_share=money_of(fact, KP.ownShare),
            themes=self.themes.get(fact.iri, ()),
            note=fact.label(SKOS.note),
            record_ref=fact.text(KP.recordRef),
            evidence_count=len(fact.iris_of(KP.hasEvidence)),
        )

    def reference(self, fact: Fact, prop: str) -> Reference | None:
        """Return the thing that a property points to, if any."""
        iri = next(iter(fact.iris_of(prop)), None)
        return reference_of(self.revision, iri, self.labels.get(iri)) if iri else None

    def parties_of(self, iri: str) -> tuple[Party, ...]:
        """Return the parties of one relation in the order in which they are named."""
        # Those of the graph's own city are named first.
        parties = {self.party(row): str(row.get("city", "")) not in self.homes for row in self.rows[iri]}
        return tuple(
            sorted(
                parties,
                key=lambda p: (_PART_ORDER.index(p.part), parties[p], sort_key(p.short_label.tr), p.iri),
            )
        )

    def party(self, row: Row) -> Party:
        """Return one party of one relation."""
        iri = str(row["party"])
        here = reference_of(self.revision, iri, self.labels.get(iri))
        city = str(row["city"]) if "city" in row else None
        city_label = self.labels.get(city) if city else None
        sort = local_name(str(row["class"])) if "class" in row else ""
        speaks_for_city = here.kind == "authority" and sort in _CITY_WIDE
        return Party(
            iri=iri,
            kind=here.kind,
            slug=here.slug,
            label=here.label,
            short_label=_shorten(row) or (city_label if speaks_for_city else None) or here.label,
            part=PARTS[str(row["property"])],
            sort=sort,
            city=thing_of(self.revision, city).slug if city else None,
            city_label=city_label,
            country=str(row["iso"]) if "iso" in row else None,
            country_label=self.labels.get(str(row.get("country", ""))),
            speaks_for_city=speaks_for_city,
        )

    def other(self, parties: tuple[Party, ...]) -> Party | None:
        """Return the party that is not the asked city's; of two of its own, the less official one."""
        if self.seen_from is None:
            return None
        foreign = [party for party in parties if party.city != self.seen_from]
        if foreign:
            return foreign[0]
        local = sorted(parties, key=lambda p: (p.kind == "authority", _PART_ORDER.index(p.part)))
        return local[0] if len(local) > 1 else None

    def label(self, iri: str, kind: RelationKind, parties: tuple[Party, ...], open_slug: str | None) -> Label:
        """Return the name made of kind and parties."""
        named = [party for party in parties if party.part not in ("funder", "programme", "awarded_by")]
        if kind in ("grant", "loan") and len(named) < 2:
            named = list(parties[:2])
        noun: RelationKind | NetworkKind = kind
        if kind == "membership":
            sorts = {party.sort for party in parties if party.part == "network"}
            noun = next((n for n in NETWORK_KINDS if local_name(NETWORK_CLASSES[n]) in sorts), kind)
        number = open_slug.rsplit("-", 1)[-1] if open_slug else None
        names = [party.short_label for party in named] or [Label(local_name(iri), local_name(iri))]
        return make_relation_label(noun, names, number)


def _shorten(row: Row) -> Label | None:
    """Return the acronym of a party, if it has one."""
    return Label(str(row["acronym"]), str(row["acronym"])) if "acronym" in row else None


def kind_of(fact: Fact) -> RelationKind:
    """Return the most special kind among a relation's classes."""
    kinds = [kind for kind, class_iri in RELATION_CLASSES.items() if fact.is_a(class_iri)]
    return kinds[-1] if kinds else "cooperation"


def money_of(fact: Fact, prop: str) -> Money | None:
    """Return an amount of a thing with the currency that stands beside it."""
    amount = fact.number(prop)
    return None if amount is None else Money(amount, fact.text(SCHEMA.currency))
