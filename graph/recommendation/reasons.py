"""Reasons in sentences: the groups of terms that lift a candidate, and the statements behind them.

A score is the sum of its terms; terms are gathered by what they are about, and a group that adds
enough becomes a sentence with its own share of the score. A group that rests on statements of the
graph also names them, way by way, with documents and a query that lists them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph.library import load_query
from graph.model import Evidence, Label, Reference, Relation
from graph.questions.names import reference_of
from graph.questions.reading import Readable
from graph.questions.relations import read_relations
from graph.recommendation.background import Background
from graph.recommendation.groups import GROUP_LABELS, HIGH, LOW, WAYS
from graph.recommendation.model import Reason, Step, Term, WayTold
from graph.recommendation.universe import Candidate
from graph.recommendation.ways import Way
from graph.recommendation.wording import join_names, say, spell_number
from ontology.messages import N_

if TYPE_CHECKING:
    from graph.ranking.ranker import Term as ScoreTerm

__all__ = ["find_levers", "find_reasons", "tell_step", "to_terms"]

#: A group is told when it adds at least this much to the score (natural logarithm of the odds).
TOLD = 0.05
_MOST_REASONS = 5
_MOST_LEVERS = 3


def to_terms(terms: "Iterable[ScoreTerm]") -> tuple[Term, ...]:
    """Return the terms of a score with their names for people, the weightiest first."""
    named = [Term(term.name, term.group, label_of_group(term.group), term.value) for term in terms]
    return tuple(sorted(named, key=lambda term: (-abs(term.value), term.name)))


def sum_groups(terms: Iterable[Term]) -> dict[str, float]:
    """Return what each group adds; together they are the score."""
    sums: dict[str, float] = defaultdict(float)
    for term in terms:
        sums[term.group] += term.value
    return dict(sums)


def find_reasons(  # noqa: PLR0913 (all that a sentence may be made of)
    revision: Readable,
    as_of: date,
    city: Candidate,
    candidate: Candidate,
    terms: Sequence[Term],
    ways: Sequence[Way],
    background: Background,
) -> tuple[Reason, ...]:
    """Return the reasons for a candidate, the weightiest first.

    A group that rests on statements (``groups.WAYS``) is told with its ways; when none is recorded
    there is no such reason, whatever its terms add.
    """
    sums = sum_groups(terms)
    told = dict(zip(ways, tell_ways(revision, as_of, ways, background), strict=True))
    reasons = []
    for group, value in sorted(sums.items(), key=lambda item: -item[1]):
        if value < TOLD:
            break
        if group in WAYS:
            if mine := [way for way in ways if way.kind in WAYS[group]]:
                told_here = tuple(told[way] for way in mine)
                query = _statements(mine)
                reasons.append(Reason(group, _say_ways(mine, background), value, told_here, query))
        elif group in HIGH:
            reasons.append(Reason(group, say(HIGH[group], **_facts(city, candidate)), value))
    return tuple(reasons[:_MOST_REASONS])


def find_levers(terms: Sequence[Term]) -> tuple[Label, ...]:
    """Return what holds a candidate back, as what would move it: the groups that take most away."""
    sums = sum_groups(terms)
    down = sorted((value, group) for group, value in sums.items() if value < -TOLD and group in LOW)
    return tuple(say(LOW[group]) for _, group in down[:_MOST_LEVERS])


def _facts(city: Candidate, candidate: Candidate) -> dict[str, Label | str | int]:
    unknown = Label("bilinmiyor", "not known")
    return {
        "city": city.label,
        "candidate": candidate.label,
        "country": candidate.country_label or unknown,
        "own_country": city.country_label or unknown,
        "people": unknown if candidate.population is None else spell_number(candidate.population),
    }


def _say_ways(ways: Sequence[Way], background: Background) -> Label:
    """Return the sentence of the strongest kind of way."""
    first = ways[0].kind
    through = dict.fromkeys(way.through[0] for way in ways if way.kind == first)
    names = join_names([background.label(iri) for iri in through])
    sentences = {
        "partner": N_("Partners of yours have a tie with it: {names}."),
        "project": N_("You take part in the same projects: {names}."),
        "network": N_("You are in the same networks: {names}."),
        "chain": N_("Partners of yours have a tie with partners of it; the way begins at: {names}."),
    }
    return say(sentences[first], names=names)


def tell_ways(
    revision: Readable, as_of: date, ways: Sequence[Way], background: Background
) -> tuple[WayTold, ...]:
    """Return ways with their relations, dates, grades and documents; one reading for all of them."""
    iris = sorted({tie.relation for way in ways for tie in way.ties})
    relations = {one.iri: one for one in read_relations(revision, iris, as_of, with_evidence=True)}
    return tuple(_tell_way(revision, way, relations, background) for way in ways)


def _tell_way(
    revision: Readable, way: Way, relations: dict[str, Relation], background: Background
) -> WayTold:
    steps = tuple(tell_step(relations[tie.relation]) for tie in way.ties if tie.relation in relations)
    through = tuple(reference_of(revision, iri, background.label(iri)) for iri in way.through)
    text = Label(*(" → ".join(step.relation.label.get(one) for step in steps) for one in ("tr", "en")))
    return WayTold(text, through, steps)


def _statements(ways: Iterable[Way]) -> str:
    relations = sorted({tie.relation for way in ways for tie in way.ties})
    return load_query("statements_of_ties").bind(relation=map(URIRef, relations))


def tell_step(relation: Relation) -> Step:
    """Return a relation as a step, with its dates, grade and documents."""
    return Step(
        relation=Reference(relation.iri, relation.kind_slug, relation.slug, relation.label),
        kind=relation.kind,
        status=relation.status,
        grade=relation.grade,
        start=relation.start.text,
        end=relation.end.text,
        documents=_documents(relation.evidence),
    )


def _documents(evidence: Iterable[Evidence]) -> tuple[Reference, ...]:
    found = {one.document.iri: one.document for one in evidence if one.document}
    return tuple(Reference(doc.iri, "document", doc.slug, doc.title) for _, doc in sorted(found.items()))


def label_of_group(group: str) -> Label:
    """Return what a group of terms is called."""
    return GROUP_LABELS.get(group, Label(group, group))
