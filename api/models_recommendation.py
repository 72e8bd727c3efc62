"""What recommendations answer, field by field."""

from datetime import date as Day  # noqa: N812 (as in api/models.py)
from typing import Any
from urllib.parse import urlencode

from api.models import LabelModel, Model, ReferenceModel, about
from graph.model import NetworkKind
from graph.recommendation.model import (
    CheckName,
    NetworkAdvice,
    Purpose,
    Reason,
    Recommendation,
    Recommendations,
)

__all__ = ["BatchModel", "CandidateModel", "RecommendationsModel", "to_candidate", "to_recommendations"]

_VARNA = "https://w3id.org/kopru/id/city/varna"
_TWINNING = "https://w3id.org/kopru/id/agreement/twinning-antalya-nuremberg-1"
_DOCUMENT = "https://w3id.org/kopru/id/document/nuernberg-partnership"


class TermModel(Model):
    """One addend of the affinity."""

    name: str = about("Name", "Of the feature.", "size_match")
    group: str = about("Group", "What it is about.", "size")
    label: LabelModel = about("Label", "For people.", {"tr": "büyüklük", "en": "size"})
    value: float = about("Value", "What it adds; all terms together are the affinity.", 0.8)


class StepModel(Model):
    """One tie on a way."""

    relation: ReferenceModel = about("Relation", "The agreement, membership or participation.")
    kind: str = about("Kind", "Of the relation.", "twinning")
    status: str = about("Status", "On the day.", "holds")
    grade: str = about("Grade", "Of its evidence.", "confirmed")
    start: str | None = about("Start", "As the source gives it.", "1997-10", default=None)
    end: str | None = about("End", "As the source gives it.", default=None)
    documents: tuple[ReferenceModel, ...] = about("Documents", "That say so.")


class WayModel(Model):
    """One way from the city to the candidate."""

    text: LabelModel = about("Way", "Its steps in a row.")
    through: tuple[ReferenceModel, ...] = about("Through", "What stands between.")
    steps: tuple[StepModel, ...] = about("Steps", "Its ties in order.")


class ReasonModel(Model):
    """A reason."""

    group: str = about("Group", "The terms that it is made from.", "paths")
    text: LabelModel = about("Sentence", "For people.")
    contribution: float = about("Contribution", "What the group adds to the affinity.", 0.42)
    path: tuple[str, ...] = about("Path", "Relations of the first way.", [_TWINNING])
    ways: tuple[WayModel, ...] = about("Ways", "All ways that are told.")
    query: str | None = about(
        "Query", "Address that lists the statements; null: rests on none.", "/sparql?query=…", default=None
    )
    sources: tuple[str, ...] = about("Sources", "Documents of all ways.", [_DOCUMENT])


class RemarkModel(Model):
    """Something that speaks against a candidate."""

    name: str = about("Name", "Stable word for programs.", "ended_tie")
    text: LabelModel = about("Sentence", "For people.")
    evidence: tuple[str, ...] = about("Evidence", "Relations that say so.", [_TWINNING])


class CheckModel(Model):
    """One line of the checklist."""

    check: CheckName = about("Check", "What is checked.", "shared_network")
    ok: bool | None = about("Answer", "null: nothing is recorded to tell by.", True)
    text: LabelModel = about("Sentence", "For people.")
    evidence: tuple[str, ...] = about("Evidence", "Relations or calls that say so.", [_TWINNING])


class CandidateModel(Model):
    """One candidate in its place."""

    rank: int = about("Rank", "From 1, among those that the filters let pass.", 1)
    city: str = about("City", "IRI in the graph; GeoNames' where the graph doesn't know it.", _VARNA)
    label: LabelModel = about("Name", "In both languages.", {"tr": "Varna", "en": "Varna"})
    country: str | None = about("Country", "ISO 3166-1 code.", "BG", default=None)
    population: float | None = about("Inhabitants", "null: not known.", 312770, default=None)
    latitude: float | None = about("Latitude", "Degrees north.", 43.2, default=None)
    longitude: float | None = about("Longitude", "Degrees east.", 27.9, default=None)
    recorded: bool = about("Recorded", "Whether the graph knows it.", True)
    affinity: float = about("Affinity", "Trained score; comparable within one answer only.", 3.21)
    terms: tuple[TermModel, ...] = about("Terms", "They add up to the affinity.")
    reasons: tuple[ReasonModel, ...] = about("Reasons", "The weightiest first.")
    fit: tuple[CheckModel, ...] = about("Fit", "A checklist; it does not enter the affinity.")
    against: tuple[RemarkModel, ...] = about("Against", "To be known before anyone is approached.")
    levers: tuple[LabelModel, ...] = about("Levers", "What holds it back, and would move it.")
    coverage: float = about("Coverage", "Share of what is asked of it that is known, 0 to 1.", 0.67)


class NetworkAdviceModel(Model):
    """A city network to join."""

    rank: int = about("Rank", "From 1.", 1)
    network: str = about("Network", "Its IRI.", "https://w3id.org/kopru/id/network/eurocities")
    label: LabelModel = about("Name", "In both languages.", {"tr": "Eurocities", "en": "Eurocities"})
    kind: NetworkKind = about("Kind", "A network in the strict sense, or something like it.", "city_network")
    members: int = about("Members", "Recorded as members on the day.", 12)
    affinity: float = about("Affinity", "A plain measure; see the documentation.", 1.7)
    terms: tuple[TermModel, ...] = about("Terms", "They add up to the affinity.")
    reasons: tuple[ReasonModel, ...] = about("Reasons", "The weightiest first.")
    fit: tuple[CheckModel, ...] = about("Fit", "A checklist; it does not enter the affinity.")
    against: tuple[RemarkModel, ...] = about("Against", "To be known before joining.")


class RecommendationsModel(Model):
    """A page of recommendations."""

    city: str = about("City", "Who asks.", "antalya")
    purpose: Purpose = about("Purpose", "What for.", "twinning")
    as_of: Day = about("Day", "Only ties alive on it count.", "2024-03-04")
    revision: int = about("Revision", "The published revision that was read.", 3)
    model: str = about("Model", "The data that the ranker was trained on.", "2026-11-22")
    coverage: float = about("Coverage", "Share of what is asked of the city that is known.", 0.86)
    enough: bool = about("Enough", "False: not enough evidence to recommend anyone.", True)
    widen: tuple[LabelModel, ...] = about("Widen", "What would widen the view.")
    known_ties: int = about("Known ties", "Sister-city ties alive on the day.", 30)
    items: tuple[CandidateModel, ...] | tuple[NetworkAdviceModel, ...] = about(
        "Candidates", "Best first; city networks when the purpose is `network`."
    )
    total: int = about("Total", "Candidates on all pages.", 33996)
    next: str | None = about("Next page", "Its address; null on the last.", default=None)


class BatchModel(Model):
    """Recommendations for several cities."""

    answers: tuple[RecommendationsModel, ...] = about("Answers", "In the order of the request.")


def to_recommendations(
    found: Recommendations, *, revision: int, following: str | None = None
) -> RecommendationsModel:
    """Return the answer of one page; ``following`` is the address of the next."""
    return RecommendationsModel.model_validate(
        {
            **vars(found),
            "city": found.city.slug,
            "revision": revision,
            "items": [_to_item(item) for item in found.items],
            "next": following,
        }
    )


def _to_item(item: Recommendation | NetworkAdvice) -> dict[str, Any]:
    if isinstance(item, Recommendation):
        return to_candidate(item)
    network = item.network
    reasons = [_to_reason(reason) for reason in item.reasons]
    return {**vars(item), "network": network.iri, "label": network.label, "reasons": reasons}


def to_candidate(item: Recommendation) -> dict[str, Any]:
    """Return one candidate as its model wants it."""
    city = item.city
    return {
        **vars(item),
        "city": city.iri,
        "label": city.label,
        "country": city.country,
        "population": city.population,
        "latitude": city.latitude,
        "longitude": city.longitude,
        "recorded": city.is_in_graph,
        "reasons": [_to_reason(reason) for reason in item.reasons],
    }


def _to_reason(reason: Reason) -> dict[str, Any]:
    steps = [step for way in reason.ways for step in way.steps]
    sources = sorted({document.iri for step in steps for document in step.documents})
    return {
        **vars(reason),
        "path": [step.relation.iri for step in reason.ways[0].steps] if reason.ways else [],
        "query": f"/sparql?{urlencode({'query': reason.query})}" if reason.query else None,
        "sources": sources,
    }
