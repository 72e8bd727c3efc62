"""Whose words the ontology uses: the published vocabularies, by their names and addresses.

Names are proper names and the same in both languages.
"""

from dataclasses import dataclass

from ontology.terms import PREFIXES

__all__ = ["OWN", "UNKNOWN", "Vocabulary", "find_vocabulary", "to_short_form"]


@dataclass(frozen=True)
class Vocabulary:
    """A published vocabulary; ``base`` is what its terms begin with, ``page`` where people read about it."""

    prefix: str
    name: str
    base: str
    page: str


OWN = Vocabulary("kp", "Köprü", PREFIXES["kp"], "/docs/ontology")
UNKNOWN = Vocabulary("", "", "", "")
_KNOWN = (
    OWN,
    Vocabulary("org", "W3C ORG", PREFIXES["org"], "https://www.w3.org/TR/vocab-org/"),
    Vocabulary("m8g", "SEMIC Core Vocabularies", PREFIXES["m8g"], "https://semiceu.github.io/CPOV/"),
    Vocabulary("schema", "schema.org", PREFIXES["schema"], "https://schema.org/"),
    Vocabulary("geo", "OGC GeoSPARQL", PREFIXES["geo"], "https://www.ogc.org/standard/geosparql/"),
    Vocabulary("prov", "W3C PROV-O", PREFIXES["prov"], "https://www.w3.org/TR/prov-o/"),
    Vocabulary("p-plan", "P-Plan", PREFIXES["p-plan"], "http://purl.org/net/p-plan"),
    Vocabulary("eurio", "EURIO", PREFIXES["eurio"], "https://op.europa.eu/en/web/eu-vocabularies/eurio"),
    Vocabulary("dcterms", "DCMI Terms", PREFIXES["dcterms"], "http://purl.org/dc/terms/"),
    Vocabulary("dcat", "W3C DCAT", PREFIXES["dcat"], "https://www.w3.org/TR/vocab-dcat-3/"),
    Vocabulary("void", "VoID", PREFIXES["void"], "https://www.w3.org/TR/void/"),
    Vocabulary("skos", "W3C SKOS", PREFIXES["skos"], "https://www.w3.org/TR/skos-reference/"),
    Vocabulary("sosa", "W3C SOSA", "http://www.w3.org/ns/sosa/", "https://www.w3.org/TR/vocab-ssn/"),
    Vocabulary("time", "OWL-Time", "http://www.w3.org/2006/time#", "https://www.w3.org/TR/owl-time/"),
    Vocabulary("owl", "W3C OWL", PREFIXES["owl"], "https://www.w3.org/TR/owl2-overview/"),
    Vocabulary("rdfs", "RDF Schema", PREFIXES["rdfs"], "https://www.w3.org/TR/rdf-schema/"),
    Vocabulary("rdf", "RDF", PREFIXES["rdf"], "https://www.w3.org/TR/rdf11-concepts/"),
    Vocabulary("xsd", "XML Schema", PREFIXES["xsd"], "https://www.w3.org/TR/xmlschema11-2/"),
    Vocabulary("sh", "W3C SHACL", "http://www.w3.org/ns/shacl#", "https://www.w3.org/TR/shacl/"),
    Vocabulary("gist", "gist", "https://w3id.org/semanticarts/ns/ontology/gist/", "https://www.semanticarts.com/gist/"),
    Vocabulary("vivo", "VIVO", "http://vivoweb.org/ontology/core#", "https://vivo.lyrasis.org/"),
    Vocabulary("frapo", "FRAPO", "http://purl.org/cerif/frapo/", "http://purl.org/cerif/frapo"),
    Vocabulary("sdgo", "UN SDG", "http://metadata.un.org/sdg/ontology#", "http://metadata.un.org/sdg/"),
    Vocabulary("sdg", "UN SDG", "http://metadata.un.org/sdg/", "http://metadata.un.org/sdg/"),
    Vocabulary("eurovoc", "EuroVoc", "http://eurovoc.europa.eu/", "https://op.europa.eu/en/web/eu-vocabularies"),
    Vocabulary("wd", "Wikidata", "http://www.wikidata.org/entity/", "https://www.wikidata.org/"),
)  # fmt: skip


def find_vocabulary(iri: str) -> Vocabulary:
    """Return the vocabulary that a term is from: the one with the longest base; ``UNKNOWN`` for others.

    Examples
    --------
    >>> find_vocabulary("http://www.w3.org/ns/org#member").name
    'W3C ORG'
    """
    fitting = [known for known in _KNOWN if iri.startswith(known.base)]
    return max(fitting, key=lambda known: len(known.base), default=UNKNOWN)


def to_short_form(iri: str) -> str:
    """Return a term with its vocabulary's prefix, or its whole IRI.

    Examples
    --------
    >>> to_short_form("http://www.wikidata.org/entity/P190")
    'wd:P190'
    """
    known = find_vocabulary(iri)
    return f"{known.prefix}:{iri.removeprefix(known.base)}" if known.base else iri
