"""What a decision about two descriptions rests on, and the sentences for it."""

from dataclasses import dataclass, field
from typing import Literal

from ontology.messages import N_, Language, translate

__all__ = ["Decision", "Reason", "Verdict"]

Verdict = Literal["same", "different", "unsure"]

_SENTENCES = {
    "shared_id": N_("Both carry the identifier {id}."),
    "area": N_("One is a {kind}, the other is not: a territory around a city is not the city."),
    "district": N_("One is a district: a part of a city is not the city."),
    "country": N_("They lie in different countries, {one} and {other}."),
    "name_full": N_("'{name}' is a name of {found}."),
    "name_plain": N_("'{name}' is a name of {found} with a word for its authority."),
    "name_part": N_("A part of '{name}' is a name of {found}."),
    "name_behind": N_("What stands behind '{name}' is a name of {found}: perhaps its region."),
    "name_loose": N_("'{name}' and {found} differ in small words only."),
    "name_both": N_("Both names in '{name}' are names of {found}."),
    "name_ahead": N_("{found} lies by the larger city that is named behind it in '{name}'."),
    "name_short": N_("'{name}' is short for {found}."),
    "name_alike": N_("'{name}' is spelt like {found} ({likeness} %)."),
    "name_word": N_("'{name}' and {found} share a word."),
    "near": N_("{found} lies {distance} km from the coordinates given."),
    "far": N_(
        "{found} lies {distance} km from the coordinates given: a namesake, or the coordinates are wrong."
    ),
    "only": N_(
        "{found} is the only place of that name; it lies {distance} km from the coordinates given, "
        "which are taken to be wrong."
    ),
    "region": N_("The region {region} fits {found}."),
    "other_region": N_("They lie in different regions, {one} and {other}."),
    "rival": N_("{other} has the name too, but {found} fits better."),
    "largest": N_("Of {count} places of that name {found} is by far the largest."),
    "several": N_("{count} places of that name are equally likely."),
    "two_places": N_("The names belong to two places, {one} and {other}."),
    "close_twins": N_("{one} and {other} lie {distance} km apart and may be one place."),
    "same_words": N_("The names are written alike and nothing speaks against it."),
    "other_words": N_("The names differ, and no list has one for the other."),
    "unknown": N_("No place known in {country} has a name like '{name}'."),
    "far_apart": N_("They lie {distance} km apart."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against."""

    code: str
    facts: tuple[tuple[str, str | int], ...] = ()

    @classmethod
    def of(cls, code: str, **facts: str | int) -> "Reason":
        """Make a reason from one of the sentences' names and its facts."""
        if code not in _SENTENCES:
            raise ValueError(f"no sentence for the reason {code!r}")
        return cls(code, tuple(facts.items()))

    def sentence(self, language: Language) -> str:
        """Return the reason in words."""
        return translate(_SENTENCES[self.code], language, **dict(self.facts))


@dataclass(frozen=True, slots=True)
class Decision:
    """Same, different or unsure; how surely; and why."""

    verdict: Verdict
    score: float
    reasons: tuple[Reason, ...]
    features: dict[str, float | str] = field(default_factory=dict, compare=False)

    def why(self, language: Language) -> str:
        """Return the reasons as one text."""
        return " ".join(reason.sentence(language) for reason in self.reasons)
