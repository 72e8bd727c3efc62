"""Pairs of countries between which a city can't simply seek a partner, and why.

The list is short on purpose and takes no side: it holds pairs without diplomatic relations, as
public reports have them (Türkiye and Armenia: press reports from 2009 to 2021, talks on normal
relations since; Türkiye and the Republic of Cyprus: GeoNames' note on the island's one code).
Candidates there are left out unless asked for; their score is untouched.
"""

from graph.model import Label
from graph.recommendation.universe import Candidate
from graph.recommendation.wording import say
from ontology.messages import N_

__all__ = ["find_caution"]

_CAUTIONS: dict[frozenset[str], str] = {
    frozenset({"TR", "CY"}): N_(
        "GeoNames has one country code for the whole island, so ties of Turkish cities with places under "
        "Turkish Cypriot administration count for all of it. Türkiye and the Republic of Cyprus have no "
        "diplomatic relations: find out which side administers this place, and ask the Ministry of Foreign "
        "Affairs."
    ),
    frozenset({"TR", "AM"}): N_(
        "Türkiye and Armenia have no diplomatic relations and their border is closed; talks about that go "
        "on. Ask the Ministry of Foreign Affairs first."
    ),
}


def find_caution(city: Candidate, candidate: Candidate) -> Label | None:
    """Return what has to be settled between two countries first; ``None``: nothing is known.

    Examples
    --------
    >>> one, other = (Candidate(iso, iso, Label(iso, iso), country=iso) for iso in ("TR", "BG"))
    >>> find_caution(one, other) is None
    True
    """
    sentence = _CAUTIONS.get(frozenset({city.country or "", candidate.country or ""}))
    return say(sentence) if sentence else None
