"""Cities and their local authorities, from whatever a list says of a place.

The one seam between what a list writes and which node is meant: a number (GeoNames, Wikidata) that the
records know is the records' city; a number that they don't know makes an IRI of that number, the same
for every source; a bare name makes an IRI of the source's own, which only a judgement can join with
another (``identify``).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from hashlib import sha256

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from ingest.geometry import make_point
from ingest.lists.gazetteer import load_gazetteer
from ontology.iris import Iris
from ontology.terms import DCTERMS, GEO, KP, M8G, ORG, RDF, RDFS, SCHEMA, SKOS, XSD
from ontology.text import slugify

__all__ = ["Add", "PlaceBook", "PlaceHint", "country_names", "to_decimal"]

_GEONAMES = "https://sws.geonames.org/"
_WIKIDATA = "http://www.wikidata.org/entity/"
#: Further names that are taken of one place.
_ALIASES = 3

#: Where statements go, one at a time.
Add = Callable[[tuple[URIRef, URIRef, Node]], object]


@dataclass(frozen=True)
class PlaceHint:
    """What one row says of a place.

    ``country`` is a code of two letters, ``wikidata`` an id such as Q90, ``local`` the list's own id.
    """

    name: str
    country: str
    ref: str
    geonames: int | None = None
    wikidata: str = ""
    latitude: str = ""
    longitude: str = ""
    population: int | None = None
    aliases: tuple[Literal, ...] = ()
    local: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """Return what tells this place from others of the same list."""
        if self.geonames:
            return (self.geonames,)
        return (self.wikidata or self.local or (self.name, self.country),)


@cache
def country_names() -> dict[str, tuple[str, str]]:
    """Return code -> Turkish and English name of every country and territory that CLDR has."""
    from babel import Locale

    turkish, english = (Locale(language).territories for language in ("tr", "en"))
    return {
        code: (str(turkish[code]), str(english[code]))
        for code in map(str, english)
        if len(code) == 2 and code in turkish and code not in {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    }


def to_decimal(text: str) -> Literal | None:
    """Return a number as an ``xsd:decimal``, written out; ``None`` when the text is no finite number."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return Literal(format(number, "f"), datatype=XSD.decimal) if number.is_finite() else None


def _nobody(_hint: PlaceHint) -> URIRef | None:
    return None


@dataclass
class PlaceBook:
    """The places of one source.

    Parameters
    ----------
    iris
        Mints all that the records don't know.
    known
        The statements of the records; what they describe is not described again.
    add
        Takes the statements about what is new.
    source
        Name of the source, for places that have no number.
    identify
        Says which known city a place without a known number is, by judgements; ``None``: not known.
    """

    iris: Iris
    known: Graph
    add: Add
    source: str
    identify: Callable[[PlaceHint], URIRef | None] = _nobody
    _cities: dict[tuple[object, ...], URIRef | None] = field(default_factory=dict)
    _authorities: dict[URIRef, URIRef] = field(default_factory=dict)
    _begun: set[URIRef] = field(default_factory=set)
    _by_number: dict[str, URIRef] = field(default_factory=dict)
    _names: dict[URIRef, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for city, same in self.known.subject_objects(SCHEMA.sameAs):
            if isinstance(city, URIRef) and (city, RDF.type, SCHEMA.City) in self.known:
                self._by_number[str(same).rstrip("/")] = city

    def __len__(self) -> int:
        return sum(1 for city in set(self._cities.values()) if city is not None)

    def city(self, hint: PlaceHint) -> URIRef | None:
        """Return the city that is meant, describing it the first time; ``None`` when it has no country."""
        key = hint.key
        if key not in self._cities:
            self._cities[key] = self._find(hint) or self._make(hint)
        return self._cities[key]

    def country(self, code: str) -> URIRef | None:
        """Return a country, describing it the first time; ``None`` when the code is none."""
        names = country_names().get(code.upper())
        if names is None:
            return None
        iri = self.iris.thing("country", code.lower())
        if iri not in self._begun:
            self._begun.add(iri)
            self.add((iri, RDF.type, SCHEMA.Country))
            self.add((iri, KP.isoCode, Literal(code.upper())))
            self._label(iri, *names)
        return iri

    def authority(self, hint: PlaceHint) -> URIRef | None:
        """Return the local authority of a city; ``None`` when there is no such city."""
        city = self.city(hint)
        if city is None:
            return None
        if city not in self._authorities:
            self._authorities[city] = self._find_authority(city) or self._make_authority(city, hint.ref)
        return self._authorities[city]

    def _find(self, hint: PlaceHint) -> URIRef | None:
        numbers = (
            f"{_GEONAMES}{hint.geonames}" if hint.geonames else "",
            f"{_WIKIDATA}{hint.wikidata}" if hint.wikidata else "",
        )
        return next(filter(None, map(self._by_number.get, numbers)), None) or self.identify(hint)

    def _make(self, hint: PlaceHint) -> URIRef | None:
        place = load_gazetteer().find(hint.geonames) if hint.geonames else None
        country = self.country(place.country if place else hint.country)
        name = place.name if place else hint.name
        if country is None or not name:
            return None
        iri = self.iris.thing("city", self._slug(hint))
        if iri in self._begun:  # the same number under another name
            return iri
        self._begun.add(iri)
        self._names[iri] = (name, name)
        self.add((iri, RDF.type, SCHEMA.City))
        self.add((iri, RDF.type, GEO.Feature))
        self.add((iri, SCHEMA.containedInPlace, country))
        self._label(iri, name, name)
        self._identify(iri, hint)
        if place:
            self._locate(iri, format(place.latitude, "f"), format(place.longitude, "f"), place.population)
        else:
            self._locate(iri, hint.latitude, hint.longitude, hint.population)
        for alias in [alias for alias in hint.aliases if str(alias) != name][:_ALIASES]:
            self.add((iri, SKOS.altLabel, alias))
        return iri

    def _slug(self, hint: PlaceHint) -> str:
        if hint.geonames:
            return f"geonames-{hint.geonames}"
        if hint.wikidata:
            return f"wikidata-{hint.wikidata}"
        if hint.local:
            return f"{self.source}-{slugify(hint.local) or sha256(hint.local.encode()).hexdigest()[:10]}"
        name = slugify(hint.name) or sha256(hint.name.encode()).hexdigest()[:10]
        return f"{self.source}-{name}-{hint.country}"

    def _identify(self, iri: URIRef, hint: PlaceHint) -> None:
        self.add((iri, KP.recordRef, Literal(hint.ref)))
        if hint.geonames:
            self.add((iri, SCHEMA.sameAs, URIRef(f"{_GEONAMES}{hint.geonames}/")))
        if hint.wikidata:
            self.add((iri, SCHEMA.sameAs, URIRef(f"{_WIKIDATA}{hint.wikidata}")))

    def _locate(self, iri: URIRef, latitude: str, longitude: str, population: int | None) -> None:
        north, east = to_decimal(latitude), to_decimal(longitude)
        if north is not None and east is not None and abs(float(north)) <= 90 and abs(float(east)) <= 180:
            self.add((iri, SCHEMA.latitude, north))
            self.add((iri, SCHEMA.longitude, east))
            self.add((iri, GEO.asWKT, make_point(east, north)))
        if population:
            self.add((iri, KP.population, Literal(population)))

    def _find_authority(self, city: URIRef) -> URIRef | None:
        """Return the authority on record that has the city's slug, or is its metropolitan municipality."""
        slug = self.iris.parse(city).slug
        for name in (f"{slug}-metropolitan-municipality", slug):
            if (iri := self.iris.thing("authority", name), DCTERMS.spatial, city) in self.known:
                return iri
        return None

    def _make_authority(self, city: URIRef, ref: str) -> URIRef:
        """Describe a city's local authority as the records do when it has no record of its own."""
        iri = self.iris.thing("authority", self.iris.parse(city).slug)
        turkish, english = self._names.get(city) or self._known_names(city)
        self.add((iri, RDF.type, M8G.PublicOrganisation))
        self.add((iri, KP.recordRef, Literal(ref)))
        self.add((iri, ORG.classification, self.iris.thing("classification", "local-authority")))
        self.add((iri, DCTERMS.spatial, city))
        self._label(iri, f"{turkish} (yerel yönetim)", f"{english} (local authority)")
        return iri

    def _known_names(self, city: URIRef) -> tuple[str, str]:
        labels = {
            label.language: str(label)
            for label in self.known.objects(city, RDFS.label)
            if isinstance(label, Literal)
        }
        fallback = next(iter(labels.values()), self.iris.parse(city).slug)
        return labels.get("tr", fallback), labels.get("en", fallback)

    def _label(self, iri: URIRef, turkish: str, english: str) -> None:
        self.add((iri, RDFS.label, Literal(turkish, lang="tr")))
        self.add((iri, RDFS.label, Literal(english, lang="en")))
