"""What sheets, columns and the words in cells are called, in the reader's language.

A field may be called otherwise in one table than in the others: then it stands as ``table:field`` too.
"""

from functools import cache

from ingest.workbook.layout import Column, Table, tables
from ontology.messages import LANGUAGES, N_, Language, translate
from ontology.text import fold

__all__ = [
    "INSTRUCTIONS", "THEMES", "choice_words", "column_title", "find_choice", "find_table", "key_title",
    "offered_words", "owner_title", "sheet_title",
]  # fmt: skip

#: The sheets that hold no records.
INSTRUCTIONS, THEMES = N_("How to"), N_("Themes")

_SHEETS = {
    "sister_cities": N_("Sister cities"), "protocols": N_("Protocols"), "memberships": N_("Memberships"),
    "projects": N_("Projects"), "participations": N_("Participations"), "grants": N_("Grants"),
    "loans": N_("Loans"), "programmes": N_("Programmes"), "calls": N_("Calls"),
    "activities": N_("Activities"), "indicators": N_("Indicators"), "measurements": N_("Measurements"),
    "stages": N_("Stages"), "contents": N_("Stage contents"), "results": N_("Stage results"),
    "roles": N_("Stage roles"), "events": N_("Events"), "awards": N_("Awards"),
    "cooperations": N_("Cooperations"), "evidence": N_("Evidence"), "documents": N_("Documents"),
    "declared_counts": N_("Declared numbers"), "authorities": N_("Authorities"), "units": N_("Departments"),
    "organizations": N_("Organisations"), "networks": N_("Networks"), "cities": N_("Cities"),
    "plans": N_("Plans"), "legal_basis": N_("Legal basis"),
}  # fmt: skip

_COLUMNS = {
    "id": N_("Id"), "name": N_("Name"), "text": N_("Text"), "title": N_("Title"), "note": N_("Note"),
    "of": N_("Party"), "partner": N_("Partner"), "kind": N_("Kind"), "ordinal": N_("Ordinal"),
    "start": N_("Start"), "intended": N_("Only intended"), "ended_by": N_("Ended by"),
    "themes": N_("Themes"), "grade": N_("Grade"), "grade_reason": N_("Reason of the grade"),
    "counted": N_("Counted"), "counting_reason": N_("Reason of counting"), "member": N_("Member"),
    "network": N_("Network"), "role": N_("Role"), "via": N_("Via"), "acronym": N_("Acronym"),
    "url": N_("Web address"), "programme": N_("Programme"), "plans": N_("Plans"),
    "recipient": N_("Recipient"), "funder": N_("Funder"), "project": N_("Project"),
    "eligible_countries": N_("Countries that may apply"), "minimum_partners": N_("Fewest partners"),
    "minimum_countries": N_("Fewest countries"), "stage": N_("Stage"), "lead": N_("Lead"),
    "partners": N_("Partners"), "objectives": N_("Objectives served"), "results": N_("Results served"),
    "budget": N_("Budget"), "funding": N_("Funding"), "state": N_("State"),
    "definition": N_("Definition"), "unit": N_("Unit"), "direction": N_("Direction"),
    "baseline.value": N_("Baseline"), "baseline.year": N_("Baseline: year"), "target.value": N_("Target"),
    "target.year": N_("Target: year"), "period": N_("Period"), "indicator": N_("Indicator"),
    "value": N_("Value"), "document": N_("Document"), "date": N_("Day of the document"), "plan": N_("Plan"),
    "after": N_("Comes after"), "loops_back_to": N_("Returns to"), "who": N_("Who"),
    "parties": N_("Parties"), "city": N_("City"), "awarded_by": N_("Awarded by"),
    "says.start": N_("Start"), "says.end": N_("End"), "says.kind": N_("Kind said"),
    "says.role": N_("Role said"), "says.share": N_("Share"), "says.amount": N_("Amount"),
    "says.budget": N_("Budget"), "says.total_cost": N_("Total cost"),
    "says.eu_contribution": N_("EU contribution"), "says.founded": N_("Founded"), "says.seat": N_("Seat"),
    "says.members": N_("Number of members"), "says.opening": N_("Opening"), "says.deadline": N_("Deadline"),
    "says.state": N_("State"), "publisher": N_("Publisher"), "published": N_("Published"),
    "retrieved": N_("Seen on"), "language": N_("Language"), "number": N_("Number"), "on": N_("Declared on"),
    "country": N_("Country"), "geonames": N_("GeoNames number"), "wikidata": N_("Wikidata id"),
    "also": N_("Other spellings"), "designation": N_("Designation"), "latitude": N_("Latitude"),
    "longitude": N_("Longitude"), "population": N_("Population"), "owner": N_("Owner"),
    "priorities.document": N_("Document of the priorities"), "priorities.themes": N_("Priority themes"),
    "units:of": N_("Authority"),
}  # fmt: skip

_BOTH = {"tr": N_("{title} (Turkish)"), "en": N_("{title} (English)")}

_CHOICES = {
    "confirmed": N_("confirmed"), "reported": N_("reported"), "unverified": N_("unverified"),
    "unknown": N_("unknown"), "true": N_("yes"), "false": N_("no"), "protocol": N_("protocol"),
    "memorandum": N_("memorandum"), "letter_of_intent": N_("letter of intent"),
    "goodwill_protocol": N_("goodwill protocol"), "friendship_protocol": N_("friendship protocol"),
    "twinning": N_("twinning"), "partner": N_("partner"), "member": N_("member"),
    "associate_member": N_("associate member"), "signatory": N_("signatory"),
    "participant": N_("participant"), "non_demonstration_city": N_("non-demonstration city"),
    "reporter": N_("reporter"), "coordinator": N_("coordinator"), "lead": N_("lead partner"),
    "lighthouse": N_("lighthouse city"), "follower": N_("follower city"), "beneficiary": N_("beneficiary"),
    "pilot": N_("pilot"), "adopted": N_("adopted"), "in_preparation": N_("in preparation"),
    "planned": N_("planned"), "running": N_("running"), "done": N_("done"), "dropped": N_("dropped"),
    "higher": N_("higher is better"), "lower": N_("lower is better"), "year": N_("year"),
    "quarter": N_("quarter"), "month": N_("month"), "city_network": N_("city network"),
    "campaign": N_("campaign"), "reporting_scheme": N_("reporting scheme"),
    "national_union": N_("national union"), "sister_city": N_("sister city"),
    "cooperation_protocol": N_("cooperation protocol"),
    "metropolitan_municipality": N_("metropolitan municipality"), "municipality": N_("municipality"),
    "district": N_("district"), "governorship": N_("governorship"),
    "administrative_okrug": N_("administrative okrug"), "university": N_("university"),
    "chamber": N_("chamber"), "development_agency": N_("development agency"),
    "association": N_("association"), "company": N_("company"), "utility": N_("utility"),
    "foundation": N_("foundation"), "ministry": N_("ministry"), "bank": N_("bank"),
    "international_organization": N_("international organisation"), "union": N_("union"),
    "council": N_("council"), "committee": N_("committee"), "stakeholder_group": N_("stakeholder group"),
}  # fmt: skip


def sheet_title(table: Table, language: Language) -> str:
    """Return the name of a sheet; Excel takes 31 characters at most."""
    return translate(_SHEETS.get(table.name, table.name), language)[:31]


@cache
def find_table(title: str) -> Table | None:
    """Return the table that a sheet's name, in either language, or a section's stands for."""
    wanted = fold(title)
    for table in tables().values():
        names = {fold(table.name), *(fold(sheet_title(table, language)) for language in LANGUAGES)}
        if wanted in names:
            return table
    return None


def column_title(table: Table, column: Column, language: Language) -> str:
    """Return the heading of a column."""
    path = column.path
    own = path[-1] if path[-1] in _BOTH else ""
    name = ".".join(path[:-1] if own else path) or "text"
    title = translate(_COLUMNS.get(f"{table.name}:{name}") or _COLUMNS.get(name, name), language)
    return translate(_BOTH[own], language, title=title) if own else title


def key_title(language: Language) -> str:
    """Return the heading of the column by which rows are told from one another."""
    return translate(N_("Key"), language)


def owner_title(table: Table, language: Language) -> str:
    """Return the heading of the column that names the row that a row belongs to."""
    if len(table.owners) > 1:
        return translate(N_("Belongs to"), language)
    word = {"projects": N_("Project"), "stages": N_("Stage"), "plans": N_("Plan")}.get(table.owners[0])
    return translate(word or N_("Belongs to"), language)


def offered_words(column: Column) -> tuple[str, ...]:
    """Return the words that a column may hold, as rows have them."""
    yes_or_no = ("true", "false")
    return {"flag": yes_or_no, "counted": yes_or_no, "day": ("unknown",)}.get(column.kind, column.choices)


def choice_words(column: Column, language: Language) -> tuple[str, ...]:
    """Return the words that a drop-down offers, in the order of the model."""
    return tuple(translate(_CHOICES.get(word, word), language) for word in offered_words(column))


def find_choice(column: Column, word: str) -> str | None:
    """Return what the records write for a word of either language; ``None`` for another word."""
    offered = offered_words(column)
    wanted = fold(word)
    for language in LANGUAGES:
        for choice, spoken in zip(offered, choice_words(column, language), strict=True):
            if wanted in {fold(spoken), fold(choice)}:
                return choice
    return None
