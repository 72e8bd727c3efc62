"""GeoNames and CLDR: facts of the installed packages about the two cities of the tiny folder."""

from decimal import Decimal

import pytest
from rdflib import Literal

from ingest.batch import Batch, Context
from ingest.sources import cldr, geonames
from ontology.errors import RecordErrors, SourceError
from ontology.iris import Iris
from ontology.terms import GEO, KP, RDF, RDFS, SCHEMA

IRIS = Iris()
ANTALYA = IRIS.thing("city", "antalya")
CITY = "cities:\n  - {id: a, name: {tr: A, en: A}, country: %s, geonames: %s}\n"


@pytest.fixture
def read(records):
    """Return a function that runs a source over the records."""

    def run(source, location: str | None = None) -> Batch:
        rdf = records.read().rdf
        context = Context(IRIS, records.root, "antalya", lambda _name: rdf)
        return source.read(source.fetch(location, context), context)

    return run


def test_geonames_gives_place_and_size(read) -> None:
    batch = read(geonames)
    rdf = batch.rdf
    latitude, longitude = (rdf.value(ANTALYA, p).toPython() for p in (SCHEMA.latitude, SCHEMA.longitude))
    assert (round(latitude), round(longitude)) == (37, 31)
    assert rdf.value(ANTALYA, KP.population).toPython() > 500_000
    assert rdf.value(ANTALYA, GEO.asWKT) == Literal(f"POINT({longitude} {latitude})", datatype=GEO.wktLiteral)
    assert isinstance(latitude, Decimal)
    assert batch.counts == {"cities": 2}


def test_geonames_finds_a_small_place_in_the_big_file(records, read) -> None:
    records.write("more.yml", CITY % ("AD", 3039077))  # Sispony, some 800 people
    assert read(geonames).rdf.value(IRIS.thing("city", "a"), KP.population).toPython() < 15_000


def test_geonames_keeps_only_the_rows_it_used(records) -> None:
    rdf = records.read().rdf
    fetched = geonames.fetch(None, Context(IRIS, records.root, "antalya", lambda _name: rdf))
    assert fetched.files[0].content.count(b"\n") == 1
    assert fetched.files[0].content.startswith(b'{"geonameid": 323777')


def test_a_place_that_geonames_has_not_is_told(records, read) -> None:
    records.write("more.yml", CITY % ("TR", 1))
    (notice,) = read(geonames).unread
    assert notice.sentence("en").startswith("antalya/more.yml:2: GeoNames' list of places")
    assert "has no place 1." in notice.sentence("en")


def test_another_country_than_geonames_has_is_an_error(records, read) -> None:
    records.write("more.yml", CITY % ("TR", 2861650))
    with pytest.raises(RecordErrors) as caught:
        read(geonames)
    assert caught.value.sentence("en") == (
        "antalya/more.yml, line 2: GeoNames has the place 2861650 in the country DE, the record says TR. "
        "Correct 'country' or 'geonames'."
    )


def test_what_a_document_says_of_a_city_is_left_alone(records, read) -> None:
    records.write(
        "more.yml",
        "cities:\n  - {id: a, name: {tr: A, en: A}, country: DE, geonames: 2861650, "
        "population: 5, document: page}\n",
    )
    city = IRIS.thing("city", "a")
    rdf = read(geonames).rdf
    assert rdf.value(city, KP.population) is None
    assert rdf.value(city, SCHEMA.latitude) is not None


def test_cldr_names_the_countries_of_the_cities(read) -> None:
    batch = read(cldr)
    assert set(batch.rdf.predicate_objects(IRIS.thing("country", "de"))) == {
        (RDF.type, SCHEMA.Country),
        (KP.isoCode, Literal("DE")),
        (RDFS.label, Literal("Almanya", lang="tr")),
        (RDFS.label, Literal("Germany", lang="en")),
    }
    assert batch.counts == {"countries": 2}


@pytest.mark.parametrize("code", ["QQ", "EU"])
def test_a_code_without_a_country_is_an_error(records, read, code: str) -> None:
    records.write("more.yml", f"cities:\n  - {{id: a, name: {{tr: A, en: A}}, country: {code}}}\n")
    with pytest.raises(RecordErrors, match=f"antalya/more.yml, line 2: '{code}' is no country code"):
        read(cldr)


@pytest.mark.parametrize("source", [geonames, cldr])
def test_a_source_with_a_place_of_its_own_takes_no_other(read, source) -> None:
    with pytest.raises(SourceError, match="takes no file or address"):
        read(source, "somewhere.json")
