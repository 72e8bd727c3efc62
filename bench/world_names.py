"""Which words of the reference tables mean which things of ours."""

__all__ = ["MEMBERSHIP_DOCUMENTS", "NETWORKS", "NETWORK_THEMES", "TWIN_DOCUMENTS"]

#: Column of the table of twins -> id, title and year of the document that it stands for.
TWIN_DOCUMENTS = {
    "in_wp2026": ("wikipedia-twin-towns-2026", "Wikipedia, lists of twin towns, 2026", "2026"),
    "in_wp2023": ("wikipedia-twin-towns-2023", "Wikipedia, lists of twin towns, 2023", "2023"),
    "in_wp_old": ("wikipedia-twin-towns-2015", "Wikipedia, lists of twin towns, about 2015", "2015"),
    "in_wd2022": ("wikidata-p190-2022", "Wikidata, twinned administrative body, 2022", "2022"),
    "in_wd2018eu": ("wikidata-p190-2018", "Wikidata, twinned administrative body, 2018", "2018"),
    "in_wd2016": ("wikidata-p190-2016", "Wikidata, twinned administrative body, 2016", "2016"),
}

#: First word of the source of a membership -> id, title and year of its document.
MEMBERSHIP_DOCUMENTS = {
    "ClimActor": ("climactor", "ClimActor", "2022"),
    "ETMUN": ("etmun", "ETMUN", "2019"),
    "DorobantuDiana/Creative-Cities_UNESCO-Network": (
        "unesco-creative-cities",
        "UNESCO Creative Cities",
        "2024",
    ),
    "c-riq/city-vote": ("city-vote", "Members and signatories collected in 2025", "2025"),
    "keep": ("keep-eu-closed-projects", "keep.eu, closed projects", "2020"),
    "urbact": ("urbact-networks", "URBACT, networks", "2020"),
    "ft": ("eu-funding-and-tenders", "EU Funding & Tenders Portal", "2026"),
}

#: Name of a network in the tables -> the slug that the records have for it.
NETWORKS = {
    "CDP Cities": "cdp-cities",
    "CIVITAS": "civitas",
    "Cittaslow": "cittaslow",
    "Covenant of Mayors (EU)": "covenant-of-mayors",
    "EAHTR": "heritage-europe",
    "ECCAR": "eccar",
    "Eurocities": "eurocities",
    "Global Covenant of Mayors": "global-covenant-of-mayors",
    "ICLEI": "iclei",
    "Mayors for Peace": "mayors-for-peace",
    "MedCities": "medcities",
    "Race to Zero": "cities-race-to-zero",
}

#: Themes of the larger networks that the records don't know.
NETWORK_THEMES = {
    "c40": ("climate-mitigation", "climate-adaptation"),
    "climate-alliance": ("climate-mitigation", "clean-energy"),
    "energy-cities": ("clean-energy", "energy-efficiency"),
    "iaec": ("education",),
    "owhc": ("cultural-heritage",),
    "polis": ("urban-mobility",),
    "unesco-creative-cities-network": ("culture",),
}
