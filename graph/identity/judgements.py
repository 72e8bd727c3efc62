"""Judgements: whether two cities of the graph are one, who judged, when and why; and what follows.

A judgement is never changed. A person's goes before a rule's; the newest of a person's holds; one that
is withdrawn leaves the rule's in force, and with it what was before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Literal as OneOf

from rdflib import Graph, Literal, URIRef

from ontology.iris import Iris
from ontology.messages import Language
from ontology.terms import KP, RDF, SCHEMA, SKOS, XSD

__all__ = [
    "RULE", "Judged", "Judgement", "canonical_iris", "in_force", "read_judgements", "to_statements",
    "to_verdict",
]  # fmt: skip

Judged = OneOf["same", "different", "unsure", "withdrawn"]

#: Who judged, when no office did.
RULE = "rule"


@dataclass(frozen=True)
class Judgement:
    """One judgement of one pair; ``one`` is the smaller IRI.

    Parameters
    ----------
    one, other
        The IRIs of the two cities, as their sources have them.
    verdict
        ``withdrawn`` takes back what persons judged of the pair before.
    by
        The office, or ``RULE``.
    on
        The day.
    why
        The reason, by language.
    ordinal
        How many judgements of the pair by the same side came before.
    """

    one: URIRef
    other: URIRef
    verdict: Judged
    by: str
    on: date
    why: Mapping[Language, str] = field(default_factory=dict, compare=False)
    ordinal: int = 1

    @property
    def pair(self) -> tuple[URIRef, URIRef]:
        """The two cities."""
        return self.one, self.other

    def iri(self, iris: Iris) -> URIRef:
        """Return the IRI: made of the pair, of who judged, and of the ordinal."""
        slugs = [_slug(place, iris) for place in self.pair]
        side = "rule" if self.by == RULE else "office"
        return iris.thing("judgement", "-".join([*slugs, side, str(self.ordinal)]))


def in_force(judgements: Iterable[Judgement]) -> dict[tuple[URIRef, URIRef], Judgement]:
    """Return the judgement that holds for each pair."""
    rules: dict[tuple[URIRef, URIRef], Judgement] = {}
    offices: dict[tuple[URIRef, URIRef], Judgement] = {}
    for judgement in sorted(judgements, key=lambda one: one.ordinal):
        if judgement.by == RULE:
            rules.setdefault(judgement.pair, judgement)
        else:
            offices[judgement.pair] = judgement
    held = {pair: judgement for pair, judgement in offices.items() if judgement.verdict != "withdrawn"}
    return rules | held


def canonical_iris(
    judgements: Iterable[Judgement], preferred: frozenset[URIRef], present: frozenset[URIRef] | None = None
) -> dict[URIRef, URIRef]:
    """Return which IRI stands for which: of cities judged the same, one for all others.

    A pair that an office judged different is never joined by way of others; people's judgements go
    first. The canonical one is a preferred one, else the one with the shortest IRI, else the first by
    letters; with ``present`` only of those that a source still has.
    """
    held = list(in_force(judgements).values())
    # A rule's "different" only says that another place fits better: it parts no cities that are joined.
    apart = [
        judgement.pair for judgement in held if judgement.verdict == "different" and judgement.by != RULE
    ]
    groups: dict[URIRef, frozenset[URIRef]] = {}
    joining = (judgement for judgement in held if judgement.verdict == "same")
    for judgement in sorted(joining, key=lambda one: (one.by == RULE, one.pair)):
        one, other = (groups.get(place, frozenset({place})) for place in judgement.pair)
        joined = one | other
        if not any(left in joined and right in joined for left, right in apart):
            groups |= dict.fromkeys(joined, joined)
    found = {}
    for place, group in groups.items():
        there = group if present is None else group & present
        canonical = min(there, key=lambda iri: (iri not in preferred, len(iri), iri), default=place)
        if place != canonical and place in there:
            found[place] = canonical
    return found


def to_statements(
    judgements: Iterable[Judgement],
    preferred: frozenset[URIRef],
    iris: Iris,
    present: frozenset[URIRef] | None = None,
) -> Graph:
    """Return the graph of the judgements, with which IRI stands for which by those in force."""
    rdf = Graph()
    judgements = list(judgements)
    for judgement in judgements:
        node = judgement.iri(iris)
        rdf.add((node, RDF.type, KP.Judgement))
        for place in judgement.pair:
            rdf.add((node, KP.judges, place))
        rdf.add((node, KP.verdict, Literal(judgement.verdict)))
        rdf.add((node, KP.judgedBy, Literal(judgement.by)))
        rdf.add((node, KP.judgedOn, Literal(str(judgement.on), datatype=XSD.date)))
        for language, text in judgement.why.items():
            rdf.add((node, SKOS.note, Literal(text, lang=language)))
    for place, canonical in canonical_iris(judgements, preferred, present).items():
        rdf.add((place, KP.mergedInto, canonical))
        rdf.add((canonical, SCHEMA.sameAs, place))
    return rdf


def read_judgements(rdf: Graph) -> list[Judgement]:
    """Return the judgements of their graph, in the order of their IRIs."""
    found = []
    for node in sorted({node for node in rdf.subjects(RDF.type, KP.Judgement) if isinstance(node, URIRef)}):
        one, other = sorted(place for place in rdf.objects(node, KP.judges) if isinstance(place, URIRef))
        notes = {
            note.language: str(note) for note in rdf.objects(node, SKOS.note) if isinstance(note, Literal)
        }
        found.append(
            Judgement(
                one, other, to_verdict(str(rdf.value(node, KP.verdict))), str(rdf.value(node, KP.judgedBy)),
                date.fromisoformat(str(rdf.value(node, KP.judgedOn))),
                {"tr": notes.get("tr", ""), "en": notes.get("en", "")}, int(str(node).rpartition("-")[2]),
            )
        )  # fmt: skip
    return found


def _slug(place: URIRef, iris: Iris) -> str:
    """Return what stands for a city in the IRI of a judgement; of another publisher's a digest."""
    try:
        return iris.parse(place).slug
    except ValueError:
        return sha256(place.encode()).hexdigest()[:12]


def to_verdict(text: str) -> Judged:
    """Return the verdict that a text of the graph stands for."""
    known: dict[str, Judged] = {"same": "same", "different": "different", "withdrawn": "withdrawn"}
    return known.get(text, "unsure")
