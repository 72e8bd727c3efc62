"""Unicode CLDR, from Babel: names of the countries that the records' cities and calls name."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from rdflib import Graph, Literal, URIRef

from ingest.batch import Batch, Context, Fetched, RawFile
from ontology.errors import RecordError, RecordErrors, SourceError
from ontology.messages import N_
from ontology.terms import KP, RDF, RDFS, SCHEMA

__all__ = ["fetch", "read"]

_NO_COUNTRY = N_("'{value}' is no country code. Write two capital letters (ISO 3166-1), such as TR or DE.")
#: Codes that CLDR names, but that stand for no country.
_NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


def fetch(location: str | None, context: Context) -> Fetched:
    """Return the Turkish and English names of the countries that the records name.

    Raises
    ------
    SourceError
        A location was named: this source has its own.
    """
    from babel import Locale

    if location:
        raise SourceError(N_("The source '{name}' takes no file or address."), name="cldr")
    territories = {language: Locale(language).territories for language in ("tr", "en")}
    codes = {code for code, _, _ in _iter_countries(context)} - _NO_COUNTRIES
    names = {
        code: {language: str(territories[language][code]) for language in ("tr", "en")}
        for code in sorted(codes)
        if code in territories["en"]
    }
    content = json.dumps(names, ensure_ascii=False, indent=1).encode()
    return Fetched((RawFile("countries.json", content),), "https://cldr.unicode.org/", datetime.now(UTC))


def _iter_countries(context: Context) -> Iterator[tuple[str, URIRef, URIRef]]:
    """Yield code and IRI of each country that a city is in or a call is open to, and that city or call."""
    for predicate in (SCHEMA.containedInPlace, SCHEMA.eligibleRegion):
        for thing, country in sorted(context.graph_of("records").subject_objects(predicate)):
            if isinstance(country, URIRef) and isinstance(thing, URIRef):
                yield context.iris.parse(country).slug.upper(), country, thing


def read(fetched: Fetched, context: Context) -> Batch:
    """Return the countries with code and names.

    Raises
    ------
    RecordErrors
        The country code of a city or call is none.
    """
    names: dict[str, dict[str, str]] = json.loads(fetched.files[0].content)
    rdf = Graph()
    errors: list[RecordError] = []
    for code, country, thing in _iter_countries(context):
        if code not in names:
            file, _, line = str(context.graph_of("records").value(thing, KP.recordRef)).rpartition(":")
            errors.append(RecordError(_NO_COUNTRY, file=file, line=int(line), value=code))
            continue
        rdf.add((country, RDF.type, SCHEMA.Country))
        rdf.add((country, KP.isoCode, Literal(code)))
        for language, name in names[code].items():
            rdf.add((country, RDFS.label, Literal(name, lang=language)))
    if errors:
        raise RecordErrors(errors)
    return Batch(rdf, {"countries": len(names)})
