"""What the columns of an answer are called: one word for a variable, in every question.

The names in the queries are for programs; a test holds that each column of each question is here.
"""

from ontology.messages import N_

__all__ = ["COLUMN_LABELS", "column_label", "is_date_column"]

COLUMN_LABELS: dict[str, str] = {
    "about": N_("About"),
    "activity": N_("Activity"),
    "agent": N_("Whom it concerns"),
    "agreement": N_("Agreement"),
    "agreements": N_("Agreements"),
    "amount": N_("Amount"),
    "body": N_("Body"),
    "budget": N_("Budget"),
    "call": N_("Call"),
    "candidate": N_("City"),
    "change": N_("Change"),
    "class": N_("Class"),
    "closes": N_("Closes"),
    "contribution": N_("Contribution of the funder"),
    "counted": N_("Counted"),
    "country": N_("Country"),
    "currency": N_("Currency"),
    "day": N_("Day"),
    "deadline": N_("Deadline"),
    "declared": N_("Declared"),
    "document": N_("Document"),
    "end": N_("End"),
    "endedBy": N_("Ended by"),
    "first": N_("Our tie"),
    "firstEnd": N_("Its end"),
    "firstStart": N_("Its start"),
    "funder": N_("Funder"),
    "funding": N_("Funding"),
    "funds": N_("Grants and loans"),
    "goal": N_("Goal"),
    "grade": N_("Grade"),
    "identified": N_("Known by name"),
    "indicator": N_("Indicator"),
    "indicators": N_("Indicators"),
    "kind": N_("Kind"),
    "lastEvidence": N_("Last evidence"),
    "lastMeasured": N_("Last measured"),
    "lead": N_("Led by"),
    "minimumCountries": N_("Fewest countries"),
    "minimumPartners": N_("Fewest partners"),
    "network": N_("Network"),
    "networks": N_("Networks in common"),
    "one": N_("City"),
    "opening": N_("Opens"),
    "opens": N_("Opens"),
    "ourShare": N_("Our share"),
    "outcome": N_("What came of it"),
    "partner": N_("Partner"),
    "partners": N_("Partners"),
    "partnerships": N_("Partnerships"),
    "percent": N_("Per cent"),
    "place": N_("Open place"),
    "plan": N_("Plan"),
    "position": N_("Order"),
    "programme": N_("Programme"),
    "project": N_("Project"),
    "projects": N_("Projects"),
    "promised": N_("Promised"),
    "property": N_("Claim"),
    "publisher": N_("Publisher"),
    "relation": N_("Relation"),
    "result": N_("Expected result"),
    "rivals": N_("Rivals"),
    "role": N_("Role"),
    "second": N_("Tie with the city"),
    "secondEnd": N_("Its end"),
    "secondStart": N_("Its start"),
    "source": N_("Source"),
    "sources": N_("Sources"),
    "stage": N_("Stage"),
    "start": N_("Start"),
    "state": N_("State"),
    "status": N_("Status"),
    "target": N_("Target"),
    "theme": N_("Theme"),
    "themes": N_("Themes in common"),
    "things": N_("Number"),
    "through": N_("Through"),
    "totalCost": N_("Total cost"),
    "two": N_("Other city"),
    "value": N_("Value"),
    "weAreIn": N_("We are in it"),
    "works": N_("Our works"),
    "year": N_("Year"),
}

#: Columns with a date as its source wrote it, such as "2011-07".
_DATES = {
    "closes", "day", "deadline", "end", "firstEnd", "firstStart", "opening", "opens", "secondEnd",
    "secondStart", "start",
}  # fmt: skip


def column_label(column: str) -> str:
    """Return the marked English words for a column; a column of nobody's question keeps its name."""
    return COLUMN_LABELS.get(column, column)


def is_date_column(column: str) -> bool:
    """Tell whether texts in a column are dates as their source wrote them."""
    return column in _DATES
