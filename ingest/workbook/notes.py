"""What each column is for, with an example: the notes on the heading cells."""

from ingest.workbook.layout import EVIDENCE, Column, Table, tables
from ingest.workbook.titles import sheet_title
from ontology.messages import N_, Language, translate

__all__ = ["column_note", "key_note", "owner_note", "sheet_note"]

_SHEETS = {
    "sister_cities": N_("Sister-city relations: in force, ended, or only intended."),
    "protocols": N_("Cooperation protocols, memorandums and letters of intent."),
    "memberships": N_("Memberships in networks, campaigns, reporting schemes and unions."),
    "projects": N_("Projects; who takes part stands in the sheet of participations."),
    "participations": N_("Who takes part in which project, one row each."),
    "grants": N_("Grants received; amounts stand in the sheet of evidence."),
    "loans": N_("Loans taken; amounts stand in the sheet of evidence."),
    "programmes": N_("Programmes that fund projects."),
    "calls": N_("Calls of programmes; their days stand in the sheet of evidence."),
    "activities": N_("The work that carries the plan out."),
    "indicators": N_("What is measured of the plan."),
    "measurements": N_("The values of the indicators, one row a period."),
    "stages": N_("The stages of the plan in their order."),
    "contents": N_("What a stage is to do: contents and objectives. New ones go to the end of their stage."),
    "results": N_("What should come of a stage. New ones go to the end of their stage."),
    "roles": N_("Who does what in a stage. New ones go to the end of their stage."),
    "events": N_("What was done together: visits, festivals, meetings."),
    "awards": N_("Awards and who gave them."),
    "cooperations": N_("Working together without a known instrument."),
    "evidence": N_("Which document says what of which record: one row a document."),
    "documents": N_("The sources: everything rests on a document of this list."),
    "declared_counts": N_("Numbers that the municipality declares without names."),
    "authorities": N_("Public bodies that sign and join."),
    "units": N_("Departments and branch offices of an authority."),
    "organizations": N_("Universities, chambers, associations, companies, banks and other bodies."),
    "networks": N_("What cities are members of."),
    "cities": N_("Cities; with a GeoNames number, place and population come from there."),
    "plans": N_("Strategic and action plans."),
    "legal_basis": N_("The laws that a plan rests on."),
}  # fmt: skip

_TEXT = N_("A text for people; write it in both languages.")
_DAY = N_("A day such as 2024-03-04, or less: 2024-03, 2024; or 'unknown'.")
_MONEY = N_("Number and currency, such as 5500000 EUR or 120000.50 EUR.")
_PARTY = N_(
    "Id of an authority, an organisation or a city, such as nuremberg. Empty: the folder's own authority."
)

_COLUMNS = {
    "id": N_("Small letters a–z, digits and hyphens, such as clean-harbour. It is not changed later."),
    "name": N_("The name, in both languages, such as 'Temiz Liman' and 'Clean Harbour'."),
    "text": N_("The item in your own words, in both languages."),
    "title": N_("The document's title in your own words, in both languages."),
    "note": N_("An optional remark, in both languages. No names of persons."),
    "of": _PARTY,
    "member": _PARTY,
    "recipient": _PARTY,
    "owner": _PARTY,
    "units:of": N_(
        "Id of the authority or of the department above, such as antalya-metropolitan-municipality."
    ),
    "partner": N_("Id of the other party: a city, an authority or an organisation, such as nuremberg."),
    "kind": N_("Choose from the list."),
    "ordinal": N_("2 for the second relation of this kind with the same party; else empty."),
    "start": N_(
        "'unknown' when no evidence says when it began; else empty, and the evidence says the start."
    ),
    "intended": N_("'yes' while it is only intended; else empty."),
    "ended_by": N_("Id of the party that ended it, such as bat-yam, when that is known."),
    "themes": N_(
        "Ids of themes, with commas between them, such as culture, youth. The sheet of themes lists them."
    ),
    "grade": N_(
        "confirmed: an official publication of a party · reported: the press · unverified: only in a mixed "
        "list."
    ),
    "grade_reason": N_("Why the grade is another than the best of the evidence; both languages."),
    "counted": N_(
        "'yes' when it is among those that the municipality declared by number, else 'no'; or the days of "
        "the "
        "declared numbers that it is counted in, such as 2024-03-04."
    ),
    "counting_reason": N_("Why it is counted or not; both languages."),
    "network": N_("Id of the network, such as medcities."),
    "role": N_("Choose from the list."),
    "via": N_("Id of the organisation through which the membership runs, if there is one."),
    "acronym": N_("Short name, such as MAtchUP."),
    "url": N_("Address that begins with https:// or http://; empty when there is none."),
    "programme": N_("Id of the programme, such as horizon-2020."),
    "plans": N_("Ids of the plans that it serves, with commas between them, such as secap."),
    "funder": N_("Id of who gives the money, such as european-union."),
    "project": N_("Id of the project, such as matchup."),
    "eligible_countries": N_("Country codes with commas between them, such as TR, DE."),
    "minimum_partners": N_("How many partners a proposal needs at least, such as 3."),
    "minimum_countries": N_("How many countries a proposal needs at least, such as 2."),
    "stage": N_("Id of the stage, such as implementation."),
    "lead": N_(
        "Id of the department, authority or organisation that leads, such as foreign-relations-department."
    ),
    "partners": N_(
        "Ids of those who work along, with commas between them, such as akdeniz-university, nuremberg."
    ),
    "objectives": N_(
        "Ids of the stage contents that it serves, with commas between them, such as implementation-1."
    ),
    "results": N_(
        "Ids of the stage results that it serves, with commas between them, such as implementation-3."
    ),
    "budget": _MONEY,
    "funding": N_(
        "Ids of programmes or projects, with commas between them; a project means its grants and loans."
    ),
    "state": N_("Choose from the list."),
    "definition": N_("What exactly is counted or measured; both languages."),
    "unit": N_("The unit, such as 'proje' and 'projects'."),
    "measurements:unit": N_("Only when it is to be checked: it must be the indicator's unit."),
    "direction": N_("Whether a higher or a lower value is better."),
    "baseline.value": N_("The value at the beginning, such as 2."),
    "baseline.year": N_("The year of the baseline, such as 2024."),
    "target.value": N_("The value to be reached, such as 8."),
    "target.year": N_("The year by which the target is to be reached, such as 2029."),
    "period": N_("How often it is measured: year, quarter or month."),
    "measurements:period": N_("By the indicator: 2025 (year), 2025-Q1 (quarter) or 2025-03 (month)."),
    "indicator": N_("Id of the indicator."),
    "value": N_("The number measured, such as 4 or 12.5."),
    "document": N_("Id of a document of the sheet of documents."),
    "date": N_("The day for which the document speaks, such as 2024-03-04, 2024-03 or 2024; or 'unknown'."),
    "plan": N_("Id of the plan."),
    "after": N_("Id of the stage before it."),
    "loops_back_to": N_("For a recurring review: id of the stage to return to."),
    "priorities.document": N_("Id of the document that names the plan's priority themes."),
    "priorities.themes": N_("Ids of the themes that the plan puts first, with commas between them."),
    "who": N_("Ids of departments, authorities, organisations or cities, with commas between them."),
    "parties": N_("Ids of those who took part, with commas between them."),
    "city": N_("Id of the city, such as antalya."),
    "awarded_by": N_("Id of who gave the award."),
    "says.start": N_(
        "What this document says: 1995, 2011-07, 2013-07-04, 2016/2019, before 2015, autumn 2023."
    ),
    "says.end": N_("When it ended, as this document says. So a relation is ended: nothing is deleted."),
    "says.kind": N_("The kind that this document calls it, if it says one."),
    "says.role": N_("The role that this document names, if it says one."),
    "says.share": _MONEY,
    "says.amount": _MONEY,
    "says.budget": _MONEY,
    "says.total_cost": _MONEY,
    "says.eu_contribution": _MONEY,
    "says.founded": N_("When it was founded, as this document says, such as 1998."),
    "says.seat": N_("Id of the city in which it has its seat."),
    "says.members": N_("How many members it has, as this document says."),
    "says.opening": N_("The day on which the call opens, such as 2026-01-15."),
    "says.deadline": N_("The last day to apply, such as 2026-04-30."),
    "says.state": N_("Choose from the list."),
    "publisher": N_("Who published the document."),
    "published": _DAY,
    "retrieved": _DAY,
    "language": N_("Language code of the document, such as tr, en or de."),
    "number": N_("The number that is declared, such as 12."),
    "on": N_("The day for which the number is declared, such as 2024-03-04."),
    "country": N_("Country code of two capital letters, such as TR."),
    "geonames": N_("Number of the city at GeoNames, such as 323777."),
    "wikidata": N_("Id at Wikidata, such as Q6487, where a source gave it."),
    "also": N_("Other spellings met in sources, one a line (Alt+Enter)."),
    "designation": N_(
        "A neutral remark on a place whose name or administration is disputed; both languages."
    ),
    "latitude": N_("Only without a GeoNames number, such as 36.8969."),
    "longitude": N_("Only without a GeoNames number, such as 30.7133."),
    "population": N_("Only without a GeoNames number, with the document that says it."),
}  # fmt: skip


def sheet_note(table: Table, language: Language) -> str:
    """Return what a sheet holds."""
    note = _SHEETS.get(table.name)
    return translate(note, language) if note else ""


def column_note(table: Table, column: Column, language: Language) -> str:
    """Return what a column is for."""
    path = column.path[:-1] if column.path[-1] in {"tr", "en"} else column.path
    name = ".".join(path)
    note = _COLUMNS.get(f"{table.name}:{name}") or _COLUMNS.get(name, _TEXT)
    return translate(note, language)


def key_note(table: Table, language: Language) -> str:
    """Return what the column of keys is for."""
    if table.name == EVIDENCE:
        return translate(
            N_("Tells this row from the others; don't change it. Leave it empty in a new row."), language
        )
    return translate(
        N_(
            "Tells this row from the others; don't change it. In a new row leave it empty, or write a word "
            "of your own, such as new-1, by which the sheet of evidence names it."
        ),
        language,
    )


def owner_note(table: Table, language: Language) -> str:
    """Return what the column of owners is for."""
    if table.name == EVIDENCE:
        return translate(
            N_("The record that this is evidence for: its sheet, a slash and its key, such as {example}."),
            language,
            example=f"{sheet_title(tables()['protocols'], language)}/new-1",
        )
    return translate(N_("Id of the row in the sheet above that this belongs to."), language)
