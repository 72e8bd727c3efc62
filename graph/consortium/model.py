"""What a proposal of consortia says: plain frozen values for the API and the pages."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from graph.consortium.problem import Condition
from graph.gaps.model import Widening
from graph.model import Label, Reference
from graph.recommendation.model import Remark

__all__ = ["ROLES", "Consortia", "Consortium", "Failure", "FailureName", "Member", "Role", "Terms"]

Role = Literal["coordinator", "partner"]
ROLES: tuple[Role, ...] = get_args(Role)
FailureName = Condition | Literal["own_country", "minimum_partners", "candidates", "several"]


@dataclass(frozen=True)
class Terms:
    """The conditions of a call, and what the city wants.

    Parameters
    ----------
    minimum_partners, minimum_countries
        With the city itself.
    eligible
        Countries (ISO codes) that may apply; empty: not recorded, so all.
    themes
        IRIs.
    size
        Number of members with the city itself; ``None``: the minimum of the call, or four.
    role
        The city's own.
    """

    call: Reference | None = None
    minimum_partners: int = 1
    minimum_countries: int = 1
    eligible: frozenset[str] = frozenset()
    themes: tuple[str, ...] = ()
    role: Role = "coordinator"
    size: int | None = None
    most_per_country: int | None = None
    all_themes: bool = False

    @property
    def members(self) -> int:
        """How many there are to be, the city itself among them."""
        return self.size or max(self.minimum_partners, self.minimum_countries, _DEFAULT_SIZE)


_DEFAULT_SIZE = 4


@dataclass(frozen=True)
class Member:
    """One member with its reasons, and what is to be known before it is asked.

    ``rank`` and ``affinity`` are those of the recommendations.
    """

    city: str
    label: Label
    country: str
    affinity: float
    rank: int
    themes: tuple[Reference, ...]
    coordinates: bool
    reasons: tuple[Label, ...]
    against: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Consortium:
    """One proposal; ``gap`` 0 is proven to be the best under the conditions, 0.02 at most 2 % below it.

    ``value`` is the mean weight of the members (0 to 1) and the share of the themes covered.
    """

    members: tuple[Member, ...]
    countries: tuple[str, ...]
    covered: tuple[Reference, ...]
    not_covered: tuple[Reference, ...]
    value: float
    gap: float


@dataclass(frozen=True)
class Failure:
    """A condition that can't be met, or without which a consortium could be made."""

    condition: FailureName
    text: Label


@dataclass(frozen=True)
class Consortia:
    """Proposals, the best first; without any ``failing`` says why. ``widen`` is to be read first."""

    city: Reference
    as_of: date
    terms: Terms
    considered: int
    widen: tuple[Widening, ...]
    proposals: tuple[Consortium, ...]
    failing: tuple[Failure, ...]
