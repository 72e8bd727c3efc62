"""The words of the report card: names of methods, measures, settings and parts."""

from ontology.messages import N_, Language, translate
from viz.formats import format_number

__all__ = [
    "GROUP_LABELS", "MEASURE_LABELS", "METHOD_LABELS", "SETTING_LABELS", "SETTING_WORDS", "figure",
    "group_name", "percent",
]  # fmt: skip

METHOD_LABELS: dict[str, str] = {
    "kopru": N_("Köprü"),
    "linear": N_("Köprü, linear part alone"),
    "lambdamart": N_("Köprü with LambdaMART for its trees"),
    "preferential_attachment": N_("Preferential attachment (NetworkX)"),
    "common_neighbours": N_("Common partners (NetworkX)"),
    "jaccard": N_("Jaccard (NetworkX)"),
    "adamic_adar": N_("Adamic–Adar (NetworkX)"),
    "resource_allocation": N_("Resource allocation (NetworkX)"),
    "common_neighbour_centrality": N_("Common neighbour centrality (NetworkX)"),
    "l3": N_("Paths of three steps (Kovács)"),
    "katz": N_("Katz, five steps"),
    "pagerank": N_("Personalised PageRank"),
    "country_size": N_("Country × population × size match"),
    "nearest": N_("Nearest city"),
    "shared_networks": N_("Shared networks"),
    "common_projects": N_("Common projects"),
}
MEASURE_LABELS: dict[str, str] = {
    "mrr": "MRR",
    "hits1": "Hits@1",
    "hits10": "Hits@10",
    "hits50": "Hits@50",
    "hits100": "Hits@100",
    "auc": N_("AUC, hard"),
    "ap": N_("AP, hard"),
}
SETTING_LABELS: dict[str, str] = {
    "rings": N_("A random tenth held out"),
    "no_rings": N_("The same without rings of cities"),
    "newer": N_("Ties that a newer list has"),
}
SETTING_WORDS: dict[str, str] = {
    "rings": N_("A tenth of the ties, drawn by chance; both cities keep at least one tie."),
    "no_rings": N_(
        "As before, but without the ties of rings, in which each city is tied to all others: "
        "they are easy to guess, and a network rather than agreements of two."
    ),
    "newer": N_(
        "Learnt from the lists up to 2022; asked for ties first seen in the list of 2023 whose ends have two "
        "older ties or more. Part of these are old ties that earlier lists had missed."
    ),
}
GROUP_LABELS: dict[str, str] = {
    "all": N_("All"),
    "continent": N_("Continent of the city"),
    "country": N_("Country of the city"),
    "ties_of_city": N_("Known ties of the city"),
    "ties_of_partner": N_("Known ties of the partner"),
    "reach": N_("Path to the partner"),
    "distance": N_("Distance"),
    "border": N_("Border"),
    "population": N_("Population of the city"),
    "ring": N_("Ring"),
}
_CONTINENTS: dict[str, str] = {
    "AF": N_("Africa"),
    "AS": N_("Asia"),
    "EU": N_("Europe"),
    "NA": N_("North America"),
    "OC": N_("Oceania"),
    "SA": N_("South America"),
    "AN": N_("Antarctica"),
}
_CLASSES: dict[str, str] = {
    "all": N_("all"),
    "path": N_("three steps or fewer"),
    "no_path": N_("no such path"),
    "inside": N_("same country"),
    "across": N_("other country"),
    "in_ring": N_("in a ring"),
    "no_ring": N_("in no ring"),
}
_RANGE, _FROM = N_("{low} to {high}"), N_("{low} and more")
_UNITS = {"distance": " km"}
_COUNTED = ("ties_of_city", "ties_of_partner")


def group_name(kind: str, name: str, language: Language) -> str:
    """Return what a part of the queries is called.

    Examples
    --------
    >>> group_name("ties_of_city", "2-5", "en"), group_name("distance", "5000-", "en")
    ('2 to 4', '5,000 km and more')
    """
    if kind == "country":
        return _country(name, language)
    if name in _CONTINENTS and kind == "continent":
        return translate(_CONTINENTS[name], language)
    if name in _CLASSES:
        return translate(_CLASSES[name], language)
    low, _, high = name.partition("-")
    unit = _UNITS.get(kind, "")
    if not high:
        return translate(_FROM, language, low=format_number(int(low), language) + unit)
    # Ties are counted, so a class ends one below the next; kilometres and people just end there.
    last = int(high) - (kind in _COUNTED)
    words = format_number(last, language) + unit
    return (
        words
        if last == int(low)
        else translate(_RANGE, language, low=format_number(int(low), language), high=words)
    )


def _country(code: str, language: Language) -> str:
    from babel import Locale

    return str(Locale(language).territories.get(code, code))


def figure(value: float, language: Language, digits: int = 3) -> str:
    """Return a figure with so many decimals.

    Examples
    --------
    >>> figure(0.1126, "tr"), figure(0.1126, "en")
    ('0,113', '0.113')
    """
    from babel.numbers import format_decimal

    return format_decimal(value, format="0." + "0" * digits, locale=language)


def percent(share: float, language: Language) -> str:
    """Return a share in whole percent.

    Examples
    --------
    >>> percent(0.336, "tr"), percent(0.336, "en")
    ('%34', '34%')
    """
    from babel.numbers import format_percent

    return format_percent(share, format=None, locale="tr_TR" if language == "tr" else "en_GB")
