"""Two revisions compared: what came, went, changed or stands on better evidence, by kind and with sources.

What is compared are the things that people keep, their accepted values, their grades and the claims
behind them; nothing is said of places in files or of what the program works out for itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import islice

from rdflib import Literal, URIRef
from rdflib.term import Identifier

from graph.changes.model import CHANGES, GROUPS, Change, Comparison, FieldChange, Group, GroupKey, ThingChange
from graph.changes.touched import Touched, find_touched, group_of
from graph.library import load_query
from graph.model import GRADES, Document, Grade, Label
from graph.questions.evidence import read_documents
from graph.questions.names import reference_of, thing_of
from graph.questions.reading import Fact, Facts, local_name, read_facts
from graph.questions.relations import read_names
from graph.questions.wording import CLAIM_LABELS, GRADES_BY_IRI
from graph.revision import Revision
from ontology.messages import LANGUAGES, N_, translate
from ontology.terms import KP, SOSA
from ontology.text import sort_key

__all__ = ["SHOWN", "compare"]

#: How many things of a kind are told one by one, unless more are asked for.
SHOWN = 200
_BATCH = 1000
_GRADE = str(KP.evidenceGrade)
#: One end of a span of time → its text, and the flag that says that it is not known.
_TEXTS: dict[str, tuple[URIRef, URIRef | None]] = {
    str(KP.startDate): (KP.startText, KP.startUnknown),
    str(KP.endDate): (KP.endText, None),
}


def compare(before: Revision, after: Revision, shown: int = SHOWN) -> Comparison:
    """Return what changed from one revision to another.

    Parameters
    ----------
    before, after
        The revisions, in the order in which they are told.
    shown
        How many things of each kind are told one by one; all are counted.
    """
    if before.info.digest == after.info.digest:
        return Comparison(before.info, after.info, ())
    sorted_in: dict[GroupKey, dict[Change, list[Touched]]] = defaultdict(lambda: defaultdict(list))
    for touched in find_touched(before, after).values():
        thing = thing_of(before, touched.iri)
        group = group_of(thing.kind, thing.slug)
        if group is not None:
            sorted_in[group][_change_of(touched, before, after)].append(touched)
    groups = tuple(
        _make_group(key, sorted_in[key], _Teller(before, after), shown) for key in GROUPS if key in sorted_in
    )
    return Comparison(before.info, after.info, groups)


def _spoken(message: str) -> Label:
    return Label(*(translate(message, language) for language in LANGUAGES))


def _change_of(touched: Touched, before: Revision, after: Revision) -> Change:
    was, is_there = before.knows(touched.iri), after.knows(touched.iri)
    if not was or not is_there:
        return "came" if is_there else "went"
    if touched.properties:
        return "changed"
    grades = _grade_among(touched.lost.get(_GRADE, ())), _grade_among(touched.gained.get(_GRADE, ()))
    if grades[0] != grades[1]:
        return "stronger" if _rank(grades[1]) < _rank(grades[0]) else "weaker"
    if touched.claims_gained and not touched.claims_lost:
        return "stronger"
    if touched.claims_lost and not touched.claims_gained:
        return "weaker"
    return "changed"


def _grade_among(values: Iterable[Identifier]) -> Grade | None:
    known = [GRADES_BY_IRI[str(value)] for value in values if str(value) in GRADES_BY_IRI]
    return min(known, key=GRADES.index, default=None)


def _rank(grade: Grade | None) -> int:
    return len(GRADES) if grade is None else GRADES.index(grade)


def _make_group(
    key: GroupKey, sorted_in: dict[Change, list[Touched]], teller: "_Teller", shown: int
) -> Group:
    counts = Counter({change: len(touched) for change, touched in sorted_in.items()})
    # A share of the room for each change, so that a thousand new cities hide no protocol that went.
    room = max(shown // max(len(sorted_in), 1), 1)
    chosen = [
        (change, touched)
        for change in CHANGES
        for touched in islice(sorted(sorted_in.get(change, ()), key=lambda one: one.iri), room)
    ]
    items = teller.tell(chosen)
    return Group(key, tuple(items), {change: counts[change] for change in CHANGES})


class _Teller:
    """Puts what differs into words, for many things with a few queries."""

    def __init__(self, before: Revision, after: Revision) -> None:
        self.sides = (before, after)

    def tell(self, chosen: list[tuple[Change, Touched]]) -> list[ThingChange]:
        """Return the changes, by kind of change and then by name."""
        told = []
        for start in range(0, len(chosen), _BATCH):
            part = chosen[start : start + _BATCH]
            told += _Part(self.sides, part).tell()
        return sorted(
            told, key=lambda one: (CHANGES.index(one.change), sort_key(one.thing.label.tr), one.thing.iri)
        )


class _Part:
    """As many things as one query takes."""

    def __init__(self, sides: tuple[Revision, Revision], chosen: list[tuple[Change, Touched]]) -> None:
        self.sides, self.chosen = sides, chosen
        iris = [touched.iri for _, touched in chosen]
        self.facts: list[Facts] = [read_facts(side, iris) for side in sides]
        mentioned = {
            str(value)
            for _, touched in chosen
            for values in (*touched.lost.values(), *touched.gained.values())
            for value in values
            if isinstance(value, URIRef)
        } | {prop for _, touched in chosen for prop in touched.properties}
        before, after = (read_names(side, {*iris, *mentioned}) for side in sides)
        self.names = before | after
        self.documents = [self._read_documents(side, place) for place, side in enumerate(sides)]

    def tell(self) -> list[ThingChange]:
        """Return the changes in the order given."""
        return [self._tell_one(change, touched) for change, touched in self.chosen]

    def _tell_one(self, change: Change, touched: Touched) -> ThingChange:
        gone, new = (self._documents_of(touched, place) for place in (0, 1))
        both = {document.iri for document in gone} & {document.iri for document in new}
        known = {document.iri: document for document in (*gone, *new)}
        return ThingChange(
            reference_of(self.sides[1], touched.iri, self._name_of(touched.iri)),
            change,
            tuple(self._field(touched, prop) for prop in touched.properties) if change == "changed" else (),
            (self._grade(touched.iri, 0), self._grade(touched.iri, 1)),
            tuple(known[document.iri] for document in new if change != "changed" or document.iri not in both),
            tuple(document for document in gone if document.iri not in both),
        )

    def _name_of(self, iri: str) -> Label | None:
        """Return the name of a thing; a measurement is called by its indicator, its period and its value."""
        if (name := self.names.get(iri)) is not None:
            return name
        fact = next((one for side in reversed(self.facts) if (one := side.of(iri)).text(KP.value)), None)
        if fact is None:
            return None
        indicator = self.names.get(next(iter(fact.iris_of(SOSA.observedProperty)), ""))
        begin, end = (fact.text(prop) or "" for prop in (KP.periodStart, KP.periodEnd))
        is_year = (begin[4:], end[4:]) == ("-01-01", "-12-31") and begin[:4] == end[:4]
        period = begin[:4] if is_year else f"{begin} – {end}"
        told = f"{period}: {fact.text(KP.value)}"
        return indicator and Label(f"{indicator.tr}, {told}", f"{indicator.en}, {told}")

    def _field(self, touched: Touched, prop: str) -> FieldChange:
        last = local_name(prop)
        label = CLAIM_LABELS.get(prop) or self.names.get(prop) or Label(last, last)
        before, after = (self._values(self.facts[place].of(touched.iri), prop) for place in (0, 1))
        both = set(before) & set(after) if prop not in _TEXTS else set()
        return FieldChange(
            label, *(tuple(value for value in side if value not in both) for side in (before, after))
        )

    def _values(self, fact: Fact, prop: str) -> tuple[Label, ...]:
        if prop in _TEXTS:
            text, unknown = _TEXTS[prop]
            if fact.text(text):
                return (Label(fact.text(text) or "", fact.text(text) or ""),)
            is_unknown = unknown is not None and fact.flag(unknown)
            return (_spoken(N_("not known")),) if is_unknown else ()
        values = fact.values(prop)
        if any(isinstance(value, Literal) and value.language for value in values):
            label = fact.label(prop)
            return (label,) if label else ()
        return tuple(self._name(value) for value in values)

    def _name(self, value: Identifier) -> Label:
        if isinstance(value, Literal):
            if isinstance(value.value, bool):
                return _spoken(N_("yes") if value.value else N_("no"))
            return Label(str(value), str(value))
        last = local_name(str(value))
        return self.names.get(str(value)) or Label(last, last)

    def _grade(self, iri: str, place: int) -> Grade | None:
        return _grade_among(self.facts[place].of(iri).values(_GRADE))

    def _read_documents(self, side: Revision, place: int) -> tuple[dict[str, str], dict[str, Document]]:
        """Return claim → document, and the documents."""
        claims = sorted({claim for _, touched in self.chosen for claim in _claims(touched, place)})
        rows = []
        for start in range(0, len(claims), _BATCH):
            wanted = [URIRef(claim) for claim in claims[start : start + _BATCH]]
            rows += side.select(load_query("sources_of_claims").bind(claim=wanted))
        found = {str(row["claim"]): str(row["document"]) for row in rows}
        return found, read_documents(side, set(found.values()))

    def _documents_of(self, touched: Touched, place: int) -> tuple[Document, ...]:
        of_claim, documents = self.documents[place]
        iris = dict.fromkeys(
            of_claim[claim] for claim in sorted(_claims(touched, place)) if claim in of_claim
        )
        return tuple(documents[iri] for iri in iris)


def _claims(touched: Touched, place: int) -> set[str]:
    """Return the claims that only one side has, and on both sides those that say something else."""
    return (touched.claims_gained if place else touched.claims_lost) | touched.claims_changed
