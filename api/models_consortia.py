"""What is asked of and answered by the proposal of consortia, field by field."""

from datetime import date as Day  # noqa: N812 (as in api/models.py)

from pydantic import ConfigDict, Field

from api.models import LabelModel, Model, ReferenceModel, about
from api.models_gaps import WideningModel
from api.models_recommendation import RemarkModel
from graph.consortium.model import Consortia, FailureName, Role

__all__ = ["ConsortiaModel", "ConsortiumRequest", "to_consortia"]

_CITY = "https://w3id.org/kopru/id/city/nuremberg"


class ConsortiumRequest(Model):
    """The conditions; those of a recorded call are taken where none is given."""

    model_config = ConfigDict(extra="forbid")

    city: str = about("City", "Slug of the city that applies.", "antalya", max_length=200)
    call: str | None = about("Call", "Slug of a recorded call.", None, default=None, max_length=200)
    minimum_partners: int | None = about(
        "Partners", "How many at least, the city included.", 4, default=None, ge=1, le=100
    )
    minimum_countries: int | None = about(
        "Countries", "How many at least, the city's own included.", 3, default=None, ge=1, le=100
    )
    eligible_countries: tuple[str, ...] = about(
        "Eligible", "Countries that may apply (ISO 3166-1); none: all.", ["TR", "DE", "IT"], default=(),
        max_length=250,
    )  # fmt: skip
    themes: tuple[str, ...] = about("Themes", "Slugs.", ["environment"], default=(), max_length=20)
    role: Role = about("Role", "The city's own.", "coordinator", default="coordinator")
    size: int | None = about("Size", "Members, the city included.", 6, default=None, ge=2, le=50)
    most_per_country: int | None = about(
        "Per country", "Members of one country at most, the city apart.", 2, default=None, ge=1, le=50
    )
    all_themes: bool = about("All themes", "Whether each theme has to be covered.", False, default=False)
    proposals: int = about("Proposals", "How many at most.", 3, default=3, ge=1, le=10)
    as_of: Day | None = Field(None, title="Day", description="Of the ties. Default: today.")


class MemberModel(Model):
    """One member."""

    city: str = about("City", "Its IRI.", _CITY)
    label: LabelModel = about("Name", "In both languages.", {"tr": "Nürnberg", "en": "Nuremberg"})
    country: str = about("Country", "ISO code.", "DE")
    affinity: float = about("Affinity", "Of the recommendations; comparable within one answer only.", 3.2)
    rank: int = about("Rank", "Its place in the recommendations.", 4)
    themes: tuple[ReferenceModel, ...] = about("Themes", "Of those wanted, that it has recorded ties to.")
    coordinates: bool = about("Coordinates", "Whether it is the one to ask to coordinate.", False)
    reasons: tuple[LabelModel, ...] = about("Reasons", "Why it is in.")
    against: tuple[RemarkModel, ...] = about("Against", "To be known before it is asked.")


class ConsortiumModel(Model):
    """One proposal."""

    members: tuple[MemberModel, ...] = about("Members", "Without the city itself, by rank.")
    countries: tuple[str, ...] = about("Countries", "The city's own among them.", ["DE", "TR"])
    covered: tuple[ReferenceModel, ...] = about("Covered", "Themes that somebody has.")
    not_covered: tuple[ReferenceModel, ...] = about("Not covered", "Themes that nobody is recorded with.")
    value: float = about("Value", "Mean weight of the members and share of the themes covered.", 1.7)
    gap: float = about("Gap", "0: proven to be the best; 0.02: at most 2 % below it.", 0.0)


class FailureModel(Model):
    """A condition that stands in the way."""

    condition: FailureName = about("Condition", "Which.", "minimum_countries")
    text: LabelModel = about("Sentence", "What is wrong.")


class ConsortiaModel(Model):
    """Proposals; without any, `failing` says which conditions stand in the way."""

    city: str = about("City", "Who applies.", "antalya")
    as_of: Day = about("Day", "Of the ties.", "2024-03-04")
    revision: int = about("Revision", "The published revision that was read.", 3)
    call: ReferenceModel | None = about("Call", "From which the conditions were taken.", default=None)
    minimum_partners: int = about("Partners", "How many at least.", 4)
    minimum_countries: int = about("Countries", "How many at least.", 3)
    eligible_countries: tuple[str, ...] = about("Eligible", "None: all.", ["DE", "TR"])
    size: int = about("Size", "Members, the city included.", 6)
    considered: int = about("Considered", "Recorded cities abroad that were candidates.", 112)
    widen: tuple[WideningModel, ...] = about("Widen", "What would widen the view; to be read first.")
    proposals: tuple[ConsortiumModel, ...] = about("Proposals", "The best first; each half new.")
    failing: tuple[FailureModel, ...] = about("Failing", "Conditions that stand in the way.")


def to_consortia(found: Consortia, *, revision: int) -> ConsortiaModel:
    """Return the answer."""
    terms = found.terms
    return ConsortiaModel.model_validate(
        {
            **vars(found),
            "city": found.city.slug,
            "revision": revision,
            "call": terms.call,
            "minimum_partners": terms.minimum_partners,
            "minimum_countries": terms.minimum_countries,
            "eligible_countries": sorted(terms.eligible),
            "size": terms.members,
        }
    )
