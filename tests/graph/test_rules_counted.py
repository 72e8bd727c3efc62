"""In which declared numbers a relation is counted: worked out by hand for two numbers of two days."""

from collections.abc import Callable

import pytest
from rdflib import Literal

from ontology.terms import XSD

Ask = Callable[..., list[tuple[str, ...]]]

DAYS = {"old": "2024-03-04", "new": "2026-03-04"}
#: One sister city is declared for each of two days; the tie is counted by us.
COUNTS = """
@prefix city: <https://w3id.org/kopru/id/city/> .
@prefix count: <https://w3id.org/kopru/id/declared-count/> .
city:antalya a schema:City . :own a m8g:PublicOrganisation ; dcterms:spatial city:antalya .
:letter a schema:CreativeWork .
count:old a kp:DeclaredCount ; kp:declaredKind kp:TwinningAgreement ; kp:declaredNumber 1 ;
    kp:declaredOn "2024-03-04"^^xsd:date ; kp:declaredBy :own ; prov:hadPrimarySource :letter .
count:new a kp:DeclaredCount ; kp:declaredKind kp:TwinningAgreement ; kp:declaredNumber 1 ;
    kp:declaredOn "2026-03-04"^^xsd:date ; kp:declaredBy :own ; prov:hadPrimarySource :letter .
:tie a kp:TwinningAgreement ; kp:party :own, :other ; kp:countedBy :own .
"""


def counted_by_name(ask: Ask) -> set[str]:
    """Return in which of the two numbers a relation is counted that is known by name."""
    found = set()
    for name, day in DAYS.items():
        on = Literal(day, datatype=XSD.date)
        ((counted, identified),) = ask("counted_on_day", "counted", "identified", asOf=on)
        assert counted == "1", "the tie, or else an open place"
        found |= {name} if identified == "1" else set()
    return found


@pytest.mark.parametrize(
    ("dates", "counted"),
    [
        ("", {"old", "new"}),
        ('kp:endLatest "2025-01-01"^^xsd:date', {"old"}),
        ('kp:endLatest "2024-03-04"^^xsd:date', set()),
        ('kp:endEarliest "2024-01-01"^^xsd:date', {"old", "new"}),  # may have ended, not certainly
        ('kp:startEarliest "2025-01-01"^^xsd:date', {"new"}),
        ('kp:startEarliest "2024-03-04"^^xsd:date', {"old", "new"}),
        ("kp:intendedOnly true", set()),
    ],
)
def test_a_tie_counts_for_the_days_on_which_it_goes_on(
    ask_made_up: Callable[[str], Ask], dates: str, counted: set[str]
) -> None:
    ask = ask_made_up(COUNTS + (f":tie {dates} ." if dates else ""))
    assert counted_by_name(ask) == counted


def test_what_another_authority_counts_is_not_counted_by_ours(ask_made_up: Callable[[str], Ask]) -> None:
    ask = ask_made_up(COUNTS.replace("kp:countedBy :own", "kp:countedBy :other"))
    assert counted_by_name(ask) == set()


def test_a_tie_that_names_its_number_is_counted_in_that_one_alone(ask_made_up: Callable[[str], Ask]) -> None:
    ask = ask_made_up(COUNTS.replace("kp:countedBy :own", "kp:countedIn count:new"))
    assert counted_by_name(ask) == {"new"}
