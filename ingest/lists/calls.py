"""Calls as the tables of the EU Funding & Tenders portal have them."""

from dataclasses import dataclass, field
from datetime import date

from rdflib import Literal, URIRef

from ingest.batch import Notice
from ingest.lists.places import to_decimal
from ingest.lists.reading import BAD_DATE, Skipped
from ingest.lists.statements import ListDocument, ListStatements
from ingest.lists.words import country_code, themes_of_text
from ingest.tables.rows import Row
from ontology.messages import N_
from ontology.terms import KP, RDF, SCHEMA, XSD

__all__ = ["COLUMNS", "OPTIONAL_COLUMNS", "Calls"]

COLUMNS = ("topicId", "title", "programme", "deadline")
#: Known; those up to ``budgetMin`` are left out on purpose.
OPTIONAL_COLUMNS = (
    "reference", "programmeId", "cluster", "callIdentifier", "callTitle", "actionType", "typesOfAction",
    "stage", "deadlineModel", "callStatus", "expectedGrants", "description", "budgetMin", "budgetMax",
    "keywords", "portalUrl", "openDate", "budget", "eligibleCountries", "minimumPartners",
    "minimumCountries",
)  # fmt: skip
_DOCUMENT = ListDocument(
    "eu-funding-and-tenders", "AB Finansman ve İhaleler portalı", "EU Funding & Tenders portal",
    "European Commission", "", "https://ec.europa.eu/info/funding-tenders/opportunities/portal/",
)  # fmt: skip
_NO_COUNTRY = N_("{count} rows name an eligible country that is none (first: {places}).")
_NO_NUMBER = N_("{count} rows have a number of partners or countries that is none (first: {places}).")


@dataclass
class Calls:
    """The calls of one run; of two rows with one topic the first is taken."""

    into: ListStatements
    _skipped: Skipped = field(default_factory=Skipped)

    def add(self, row: Row) -> None:
        """State one call."""
        iri = self.into.iris.thing("call", row.need("topicId"))
        title = row.need("title")
        if not self.into.begin(iri, KP.Call, row.ref, title, "calls"):
            return
        self.into.claim(iri, (RDF.type, KP.Call), _DOCUMENT, row.ref)
        programme = row.take("programme")
        if programme:
            self.into.add((iri, KP.programme, self.into.programme("eu", programme, row.ref)))
        if address := row.take("portalUrl"):
            self.into.add((iri, SCHEMA.url, Literal(address, datatype=XSD.anyURI)))
        self.into.themes(iri, themes_of_text(f"{title} {row.take('keywords')}"))
        self._add_days(iri, row)
        self._add_money(iri, row)
        self._add_conditions(iri, row)

    def notices(self) -> list[Notice]:
        """Return what could not be read."""
        return self._skipped.notices()

    def _add_days(self, call: URIRef, row: Row) -> None:
        days = {}
        for predicate, column in ((KP.opening, "openDate"), (KP.deadline, "deadline")):
            if text := row.take(column)[:10]:
                try:
                    days[predicate] = date.fromisoformat(text)
                except ValueError:
                    self._skipped.add(BAD_DATE, row)
        if len(days) == 2 and days[KP.opening] > days[KP.deadline]:
            self._skipped.add(BAD_DATE, row)
            del days[KP.opening]
        for predicate, day in days.items():
            self.into.claim(call, (predicate, Literal(day)), _DOCUMENT, row.ref)

    def _add_money(self, call: URIRef, row: Row) -> None:
        """State the whole budget where the table has it, and the most that one project gets."""
        self.into.claim_money(call, KP.budget, row.take("budget"), _DOCUMENT, row.ref)
        self.into.claim_money(call, KP.fundingAmount, row.take("budgetMax"), _DOCUMENT, row.ref)

    def _add_conditions(self, call: URIRef, row: Row) -> None:
        for name in filter(None, map(str.strip, row.take("eligibleCountries").replace(";", ",").split(","))):
            country = self.into.places.country(country_code(name))
            if country is None:
                self._skipped.add(_NO_COUNTRY, row)
            else:
                self.into.add((call, SCHEMA.eligibleRegion, country))
        for predicate, column in (
            (KP.minimumPartners, "minimumPartners"),
            (KP.minimumCountries, "minimumCountries"),
        ):
            if text := row.take(column):
                number = to_decimal(text)
                if number is None or int(number) != float(number) or int(number) < 1:
                    self._skipped.add(_NO_NUMBER, row)
                else:
                    self.into.add((call, predicate, Literal(int(number))))
