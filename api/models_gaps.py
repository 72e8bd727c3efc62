"""What the search for gaps answers, field by field."""

from datetime import date as Day  # noqa: N812 (as in api/models.py)
from typing import Any
from urllib.parse import urlencode

from api.models import LabelModel, Model, about
from graph.gaps.model import KIND_TITLES, Gap, GapKind, Gaps

__all__ = ["GapsModel", "to_gaps"]

_NUREMBERG = "https://w3id.org/kopru/id/city/nuremberg"
_TWINNING = "https://w3id.org/kopru/id/agreement/twinning-antalya-nuremberg-1"


class CloserModel(Model):
    """Who or what would close a gap."""

    iri: str = about("IRI", "Address of the city, the network or the relation.", _NUREMBERG)
    kind: str = about("Kind", "`city`, `network` or `relation`.", "city")
    label: LabelModel = about("Name", "In both languages.", {"tr": "Nürnberg", "en": "Nuremberg"})
    why: LabelModel = about("Why", "A sentence.")
    score: float | None = about(
        "Score", "Of the recommendations; comparable within one gap only.", 3.2, default=None
    )


class GapModel(Model):
    """One finding."""

    kind: GapKind = about("Kind", "Of the gap.", "dormant_partner")
    subject: str = about("Subject", "What it is about: an IRI, or the code of a region.", _NUREMBERG)
    title: LabelModel = about("Title", "Name of what it is about.")
    text: LabelModel = about("Sentence", "What is, and what is not recorded.")
    size: float = about("Size", "In `unit`; comparable within one kind only.", 6.5)
    unit: LabelModel = about("Unit", "Of the size.", {"tr": "yıl", "en": "years"})
    missing: tuple[str, ...] = about("Missing", "For a theme: kinds of tie not recorded.", ["project"])
    priority: bool = about("Priority", "Whether the city's plan names the theme as a priority.", False)
    evidence: tuple[str, ...] = about("Evidence", "Relations that it rests on.", [_TWINNING])
    query: str = about("Query", "Lists what the finding was made from.", "/sparql?query=…")
    candidates: tuple[CloserModel, ...] = about("Candidates", "Who would close it, the best first.")


class KindModel(Model):
    """How many findings of a kind there are."""

    kind: GapKind = about("Kind", "Of the gaps.", "dormant_partner")
    label: LabelModel = about("Name", "In both languages.")
    total: int = about("Total", "All findings of the kind, shown or not.", 4)


class WideningModel(Model):
    """What would widen the view."""

    text: LabelModel = about("Sentence", "What is not known.")
    command: str = about("Command", "The one that takes it in.", "kopru ingest records")


class StandingModel(Model):
    """How free a city's hands are among its partners."""

    partners: int = about("Partners", "With a tie in force that is more than an entry of a list.", 18)
    constraint: float | None = about("Constraint", "Burt's: near 0 free, 1 and more bound.", 0.08)
    effective_size: float | None = about("Effective size", "Separate circles reached.", 17.7)


class HiddenModel(Model):
    """Pairs of partners that share a network, and those that chance explains: they are not shown."""

    pairs: int = about("Pairs", "That share a network.", 12)
    hidden: int = about("Hidden", "Of them explained by chance.", 9)
    share: float = about("Share", "Of the pairs that is hidden, 0 to 1.", 0.75)
    alpha: float = about("Level", "Of the test.", 0.05)


class GapsModel(Model):
    """The gaps of a city; `widen` is to be read first: what is not recorded may still be there."""

    city: str = about("City", "Whose.", "antalya")
    as_of: Day = about("Day", "Only what is in force on it counts.", "2024-03-04")
    revision: int = about("Revision", "The published revision that was read.", 3)
    coverage: float = about("Coverage", "Share of what is asked of the city that is known.", 0.86)
    widen: tuple[WideningModel, ...] = about("Widen", "What would widen the view.")
    kinds: tuple[KindModel, ...] = about("Kinds", "How many findings there are.")
    standing: StandingModel = about("Standing", "Among the partners.")
    hidden: HiddenModel = about("Hidden", "Pairs of partners that chance explains.")
    items: tuple[GapModel, ...] = about("Gaps", "By kind, the biggest first.")


def to_gaps(found: Gaps, *, revision: int) -> GapsModel:
    """Return the answer."""
    kinds = [
        {"kind": kind, "label": KIND_TITLES[kind], "total": total} for kind, total in found.totals.items()
    ]
    return GapsModel.model_validate(
        {
            **vars(found),
            "city": found.city.slug,
            "revision": revision,
            "kinds": kinds,
            "items": [_to_gap(gap) for gap in found.items],
        }
    )


def _to_gap(gap: Gap) -> dict[str, Any]:
    return {**vars(gap), "query": f"/sparql?{urlencode({'query': gap.query})}"}
