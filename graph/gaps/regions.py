"""Regions of the world as the United Nations count them, and which of them have a partner.

Countries by region are those of the Statistics Division's standard M49 ("Standard country or area codes
for statistical use", https://unstats.un.org/unsd/methodology/m49/), with its intermediate regions where
it has them. It serves statistics and says nothing about the standing of any area. XK and TW, for which it
has no number of their own, stand where Unicode CLDR has them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from graph.model import Label

__all__ = ["CONTINENTS", "RegionCount", "continent_named", "count_regions", "countries_of", "region_label"]

#: Numbers of M49: for each continent its regions, for each region its countries (ISO 3166-1).
_WORLD: Mapping[str, Mapping[str, str]] = {
    "AF": {
        "015": "DZ EG EH LY MA SD TN",
        "011": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
        "017": "AO CD CF CG CM GA GQ ST TD",
        "014": "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW",
        "018": "BW LS NA SZ ZA",
    },
    "AS": {
        "145": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
        "143": "KG KZ TJ TM UZ",
        "030": "CN HK JP KP KR MN MO TW",
        "034": "AF BD BT IN IR LK MV NP PK",
        "035": "BN ID KH LA MM MY PH SG TH TL VN",
    },
    "EU": {
        "151": "BG BY CZ HU MD PL RO RU SK UA",
        "154": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
        "039": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
        "155": "AT BE CH DE FR LI LU MC NL",
    },
    "NA": {
        "021": "BM CA GL PM US",
        "013": "BZ CR GT HN MX NI PA SV",
        "029": "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
    },
    "SA": {"005": "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE"},
    "OC": {
        "053": "AU CC CX HM NF NZ",
        "054": "FJ NC PG SB VU",
        "057": "FM GU KI MH MP NR PW UM",
        "061": "AS CK NU PF PN TK TO TV WF WS",
    },
}
#: Codes of the continents and their numbers, by which Unicode CLDR names them.
CONTINENTS: Mapping[str, str] = {
    "AF": "002", "AS": "142", "EU": "150", "NA": "003", "SA": "005", "OC": "009",
}  # fmt: skip


@dataclass(frozen=True)
class RegionCount:
    """A region with the number of partner cities in it: ``continent`` is a key of ``CONTINENTS``."""

    code: str
    continent: str
    label: Label
    countries: tuple[str, ...]
    partners: int


@cache
def _region_of() -> Mapping[str, tuple[str, str]]:
    """Return continent and region of each country."""
    return {
        country: (continent, region)
        for continent, regions in _WORLD.items()
        for region, countries in regions.items()
        for country in countries.split()
    }


def countries_of(code: str) -> tuple[str, ...]:
    """Return the countries of a region or a continent; none of a code that is neither.

    Examples
    --------
    >>> countries_of("143")
    ('KG', 'KZ', 'TJ', 'TM', 'UZ')
    """
    if code in _WORLD:
        return tuple(country for countries in _WORLD[code].values() for country in countries.split())
    return tuple(c for regions in _WORLD.values() for c in regions.get(code, "").split())


def continent_named(code: str) -> Label:
    """Return the name of a continent."""
    return region_label(CONTINENTS[code])


def count_regions(countries: Iterable[str | None]) -> tuple[RegionCount, ...]:
    """Return all regions, continent by continent, with how many of the given lie in each.

    Parameters
    ----------
    countries
        The country (ISO code) of each partner; one that is not known counts nowhere.
    """
    known = Counter(place for one in countries if (place := _region_of().get(one or "")))
    return tuple(
        RegionCount(region, continent, region_label(region), tuple(names.split()), known[continent, region])
        for continent, regions in _WORLD.items()
        for region, names in regions.items()
    )


@cache
def region_label(code: str) -> Label:
    """Return Unicode CLDR's name of a country (ISO code), a region or a continent (M49 number)."""
    from babel import Locale

    tr, en = (str(Locale(language).territories.get(code, code)) for language in ("tr", "en"))
    return Label(tr, en)
