"""Which words of other publishers mean which things of ours: countries, themes, municipalities."""

import re
from functools import cache

from ingest.lists.places import country_names
from ontology.text import fold

__all__ = ["INTERREG_THEMES", "country_code", "is_municipal", "themes_of_text"]

#: Theme of an Interreg project (keep.eu) -> slug of ours; those without a counterpart are left out.
INTERREG_THEMES = {
    "Agriculture and fisheries and forestry": "agriculture",
    "Climate change and biodiversity": "climate-change",
    "Clustering and economic cooperation": "economy",
    "Coastal management and maritime issues": "sea-and-coast",
    "Cultural heritage and arts": "cultural-heritage",
    "Education and training": "education",
    "Energy efficiency": "energy-efficiency",
    "Governance, partnership": "governance",
    "Health and social services": "health",
    "ICT and digital society": "ict",
    "Innovation capacity and awareness-raising": "innovation",
    "Institutional cooperation and cooperation networks": "governance",
    "Knowledge and technology transfer": "innovation",
    "Labour market and employment": "unemployment",
    "Managing natural and man-made threats, risk management": "disaster-risk",
    "Multimodal transport": "urban-mobility",
    "Regional planning and development": "urban-planning",
    "Renewable energy": "clean-energy",
    "SME and entrepreneurship": "economy",
    "Social inclusion and equal opportunities": "social-inclusion",
    "Sustainable management of natural resources": "environment",
    "Tourism": "tourism",
    "Transport and mobility": "urban-mobility",
    "Urban development": "urban-development",
    "Waste and pollution": "environment",
    "Water management": "water",
}

#: Slug of ours -> words of a title or keyword, folded; a star for any ending. Chosen so that the word
#: alone already names the theme ("solar" does, "green" does not).
_KEYWORDS = {
    "agriculture": "agricultur*, farming, farmer*, agrifood, agri-food",
    "anti-racism": "antisemiti*, racism, xenophob*",
    "children": "child, children",
    "citizen-participation": "citizen engagement, citizens engagement, citizen participation, town twinning",
    "clean-energy": "renewable*, photovoltaic*, solar, wind energy, geothermal, bioenergy, hydrogen",
    "climate-adaptation": "climate adaptation, adaptation to climate change, climate resilien*",
    "climate-change": "climate",
    "climate-mitigation": "climate-neutral*, climate neutral*, decarboni*, net-zero",
    "cultural-heritage": "cultural heritage",
    "culture": "culture, cultural, museums, creative industries",
    "disaster-risk": "disaster*, earthquake*, wildfire*, floods, flooding, civil protection",
    "education": "education*, teacher*, school*",
    "energy-efficiency": "energy efficien*, energy-efficien*",
    "environment": "environment*, biodiversity, pollution, ecosystem*, circular economy",
    "gender-equality": "gender",
    "health": "health, healthcare, cancer, disease*",
    "ict": "digital*, cyber*, artificial intelligence, data spaces",
    "local-democracy": "democra*",
    "peace": "peace, peacebuilding",
    "persons-with-disabilities": "disabilit*",
    "poverty": "poverty, homelessness",
    "sea-and-coast": "ocean*, marine, maritime, coastal, fisher*",
    "smart-cities": "smart city, smart cities",
    "social-inclusion": "social inclusion, migrant*, refugee*, roma",
    "sport": "sport, sports",
    "tourism": "tourism",
    "unemployment": "unemploy*, employment",
    "urban-development": "cities, urban",
    "urban-mobility": "mobility, urban transport, sustainable transport",
    "water": "water, wastewater",
    "women": "women",
    "youth": "youth",
}
#: Words that stand in the names of municipalities, folded, in the languages of the programmes' area.
_MUNICIPAL = re.compile(
    r"\b(municipal\w*|city of|city council|town of|town council|comune|comuni|ayuntamiento|ajuntament|"
    r"concello|stadt|landeshauptstadt|hansestadt|stadtgemeinde|marktgemeinde|gemeinde|samtgemeinde|"
    r"ville de|commune de|mairie|gmina|miasto|urzad miasta|mesto|obec|statutarni mesto|kommune|kommun|"
    r"kaupunki|kunta|belediye\w*|dimos|gemeente|camara municipal|municipio|primaria|orasul|varos|"
    r"onkormanyzat\w*|grad|opcina|obcina|mestna obcina|obshtina|opstina|opshtina|savivaldybe|"
    r"linnavalitsus|vallavalitsus|miskrada|bashkia)\b"
)


def is_municipal(name: str) -> bool:
    """Return whether an organisation's name is that of a municipality; a guess, by words.

    Examples
    --------
    >>> is_municipal("Stadtgemeinde Żary"), is_municipal("Hochschule Erfurt")
    (True, False)
    """
    return _MUNICIPAL.search(fold(name)) is not None


@cache
def _codes() -> dict[str, str]:
    codes = {fold(english): code for code, (_, english) in country_names().items()}
    return codes | {
        "czech republic": "CZ", "turkey": "TR", "uk": "GB", "el": "GR", "slovak republic": "SK",
        "moldova, republic of": "MD", "republic of moldova": "MD", "north macedonia": "MK",
    }  # fmt: skip


def country_code(text: str) -> str:
    """Return the ISO code of a country given by its code or English name; empty when it is none.

    Examples
    --------
    >>> country_code("Germany"), country_code("UK"), country_code("TR"), country_code("Atlantis")
    ('DE', 'GB', 'TR', '')
    """
    code = text.strip().upper()
    found = _codes().get(fold(text))
    return found or (code if code in country_names() else "")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    bodies = {
        theme: "|".join(re.escape(word.strip()).replace(r"\*", r"\w*") for word in words.split(","))
        for theme, words in _KEYWORDS.items()
    }
    return tuple((theme, re.compile(rf"\b(?:{body})\b")) for theme, body in bodies.items())


def themes_of_text(text: str) -> list[str]:
    """Return the themes that the words of a title or of keywords name, by their ids, sorted.

    Examples
    --------
    >>> themes_of_text("Solar energy for climate-neutral cities")
    ['clean-energy', 'climate-change', 'climate-mitigation', 'urban-development']
    """
    folded = fold(text)
    return sorted(theme for theme, pattern in _patterns() if pattern.search(folded))
