"""Cities and countries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from rdflib import Literal, URIRef

from graph.library import load_query
from graph.model import City, Country, CountryCount, Page, Reference
from graph.questions.names import existing_iri, reference_of
from graph.questions.orders import kept_order, to_positions
from graph.questions.paging import cut_page
from graph.questions.reading import Fact, Readable, read_facts, read_labels
from graph.questions.relations import to_day
from ontology.messages import N_
from ontology.terms import KP, RDFS, SCHEMA
from ontology.text import fold, sort_key

__all__ = ["city_iri", "list_cities", "partners_by_country", "read_cities", "text_key"]

_CITY = N_("city")


def text_key(q: str | None) -> Literal | None:
    """Return a search text as the keys in the graph are folded; nothing but spaces is no search."""
    folded = fold(q or "")
    return Literal(folded) if folded else None


def city_iri(revision: Readable, slug: str) -> URIRef:
    """Return the IRI of a city that is in the graph.

    Raises
    ------
    NotFound
        There is no such city.
    """
    return existing_iri(revision, "city", slug, lambda fact: fact.is_a(SCHEMA.City), called=_CITY)


def read_cities(revision: Readable, iris: Sequence[str]) -> list[City]:
    """Return cities in the order of ``iris``; what is no city is left out."""
    if not iris:
        return []
    facts = read_facts(revision, iris)
    rows = revision.select(load_query("countries_of").bind(city=[URIRef(iri) for iri in iris]))
    labels = read_labels(revision, {str(row["country"]) for row in rows})
    countries = {}
    for row in rows:
        here = reference_of(revision, str(row["country"]), labels.get(str(row["country"])))
        countries[str(row["city"])] = Country(here.iri, str(row["iso"]), here.label)
    found = [facts.of(iri) for iri in iris]
    return [_make_city(revision, fact, countries.get(fact.iri)) for fact in found if fact.is_a(SCHEMA.City)]


def _make_city(revision: Readable, fact: Fact, country: Country | None) -> City:
    here = reference_of(revision, fact.iri, fact.label(RDFS.label))
    latitude, longitude = fact.number(SCHEMA.latitude), fact.number(SCHEMA.longitude)
    population = fact.number(KP.population)
    return City(
        iri=fact.iri,
        slug=here.slug,
        label=here.label,
        country=country,
        latitude=None if latitude is None else float(latitude),
        longitude=None if longitude is None else float(longitude),
        population=None if population is None else int(population),
        note=fact.label(KP.designationNote),
        links=tuple(fact.iris_of(SCHEMA.sameAs)),
    )


def list_cities(
    revision: Readable, q: str | None, country: str | None, limit: int, cursor: str | None
) -> Page[City]:
    """Return a page of the cities."""
    query = load_query("cities").bind(
        wantedText=text_key(q), wantedCountry=Literal(country.upper()) if country else None
    )
    if q is None:
        positions = kept_order(revision, query, lambda: to_positions(revision.select(query)))
    else:
        positions = tuple(sorted(to_positions(revision.select(query))))
    iris, following = cut_page("cities", positions, limit, cursor)
    return Page(tuple(read_cities(revision, iris)), len(positions), following)


def partners_by_country(revision: Readable, city_slug: str, as_of: date) -> tuple[CountryCount, ...]:
    """Return the countries of a city's partner cities, the one with most cities first."""
    city = city_iri(revision, city_slug)
    query = load_query("partners_by_country").bind(city=city, asOf=to_day(as_of), relation=None)
    rows = revision.select(query)
    labels = read_labels(revision, {str(row[name]) for row in rows for name in ("country", "partner")})
    by_country: dict[Country, list[tuple[Reference, int]]] = defaultdict(list)
    for row in rows:
        iri, partner = str(row["country"]), str(row["partner"])
        country = Country(iri, str(row["iso"]), reference_of(revision, iri, labels.get(iri)).label)
        named = reference_of(revision, partner, labels.get(partner))
        by_country[country].append((named, int(str(row["relations"]))))
    counts = [_count_country(country, partners) for country, partners in by_country.items()]
    return tuple(sorted(counts, key=lambda c: (-len(c.cities), sort_key(c.country.label.tr))))


def _count_country(country: Country, partners: list[tuple[Reference, int]]) -> CountryCount:
    cities = sorted((city for city, _ in partners), key=lambda city: sort_key(city.label.tr))
    return CountryCount(country, tuple(cities), sum(number for _, number in partners))
