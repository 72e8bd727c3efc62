"""A description of a place as a source gives it, and what two such descriptions can be compared by."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

__all__ = ["AREAS", "DISTRICTS", "Place", "distance_km", "related_countries"]

#: Kinds of places that lie around a city or hold many: never the city of the same name.
AREAS = frozenset({"county", "province", "region", "state", "intermunicipality"})
#: Kinds of places that are a part of a city.
DISTRICTS = frozenset({"district", "borough", "quarter"})

#: Codes that sources use for the same ground: contested places, and territories beside their realm's
#: own code (ISO 3166-1 gives most of them one). Stated in one direction, used in both; no position.
_RELATED = {
    "CY": "TR", "UA": "RU", "XK": "RS", "PS": "IL", "HK": "CN", "MO": "CN", "TW": "CN", "EH": "MA",
    "PR": "US", "GU": "US", "VI": "US", "MP": "US", "AS": "US", "GL": "DK", "FO": "DK", "AX": "FI",
    "RE": "FR", "GP": "FR", "MQ": "FR", "GF": "FR", "YT": "FR", "NC": "FR", "PF": "FR", "MF": "FR",
    "GI": "GB", "JE": "GB", "GG": "GB", "IM": "GB", "BM": "GB", "CW": "NL", "AW": "NL", "SX": "NL",
}  # fmt: skip

_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Place:
    """What one source says of one place.

    Parameters
    ----------
    key
        What the source calls it by: an IRI, or the number of a row.
    names
        The name as given first, then others in any language and script.
    country
        ISO 3166-1 alpha-2 code; ``""`` when not known.
    region
        Name or code of the first division of the country; ``""`` when not known.
    latitude, longitude
        In degrees; ``None`` when not known.
    population
        Of the place by whatever way of counting; ``None`` when not known.
    kind
        ``"city"``, one of ``AREAS`` or ``DISTRICTS``; ``""`` when not known.
    ids
        Published identifiers, e.g. ``"geonames:323777"``, ``"wikidata:Q6487"``.
    """

    key: str
    names: tuple[str, ...]
    country: str = ""
    region: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    kind: str = ""
    ids: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The name as given."""
        return self.names[0]


def distance_km(one: Place, other: Place) -> float | None:
    """Return the great-circle distance in kilometres; ``None`` when a coordinate is not known."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, south = radians(one.latitude), radians(other.latitude)
    across = radians(one.longitude - other.longitude)
    # The haversine formula, stable for short distances.
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def related_countries(country: str) -> tuple[str, ...]:
    """Return the other codes under which sources write places of ``country``."""
    found = [_RELATED[country]] if country in _RELATED else []
    return (*found, *(code for code, realm in _RELATED.items() if realm == country))
