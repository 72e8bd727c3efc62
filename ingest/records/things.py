"""Records of things to statements: cities, bodies, networks, projects, plans, documents, declared counts."""

from collections.abc import Callable
from typing import Any

from rdflib import Literal, URIRef

from ingest.geometry import make_point
from ingest.records import models
from ingest.records.claims import add_city_numbers, add_evidence
from ingest.records.fields import Url
from ingest.records.reading import Folder
from ingest.records.statements import Statements
from ontology.dates import DateBounds
from ontology.terms import (
    DCTERMS,
    EURIO,
    GEO,
    KP,
    M8G,
    ORG,
    PPLAN,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
)  # fmt: skip

__all__ = ["add_things", "declared_count_iri"]

_NETWORKS = {
    "city_network": KP.CityNetwork,
    "campaign": KP.Campaign,
    "reporting_scheme": KP.ReportingScheme,
    "national_union": KP.NationalUnion,
}
_DECLARED = {
    "city_network": KP.CityNetwork,
    "sister_city": KP.TwinningAgreement,
    "cooperation_protocol": KP.CooperationProtocol,
}
_WIKIDATA = "http://www.wikidata.org/entity/"
_GEONAMES = "https://sws.geonames.org/"


def add_things(into: Statements, folder: Folder) -> None:
    """State everything that is no relation."""
    for section, add in _ADDERS.items():
        for record in getattr(folder, section):
            add(into, record, folder)


def _begin(into: Statements, kind: str, cls: URIRef, record: models.Thing) -> URIRef:
    thing = into.iris.thing(kind, record.id)
    into.begin(thing, cls, record.place)
    into.add_text(thing, RDFS.label, record.name)
    into.add_text(thing, SKOS.note, record.note)
    add_evidence(into, thing, cls, record.evidence)
    return thing


def _add_document(into: Statements, record: models.Document, _folder: Folder) -> None:
    document = into.iris.thing("document", record.id)
    into.begin(document, SCHEMA.CreativeWork, record.place)
    into.add_text(document, DCTERMS.title, record.title)
    into.add_text(document, SKOS.note, record.note)
    into.add(document, DCTERMS.publisher, Literal(record.publisher))
    into.add(document, SCHEMA.url, _url(record.url))
    into.add(document, DCTERMS.issued, _issued(record.published))
    if record.retrieved and record.retrieved.latest:
        into.add(document, KP.retrievedOn, Literal(record.retrieved.latest))
    if record.language:
        into.add(document, DCTERMS.language, Literal(record.language))


def _issued(published: DateBounds | None) -> Literal | None:
    """Return the day as a date; a date without a day stays the text that it is."""
    if published is None:
        return None
    if published.earliest and published.earliest == published.latest:
        return Literal(published.latest)
    return Literal(published.text)


def _url(url: Url | None) -> Literal | None:
    return None if url is None else Literal(url, datatype=XSD.anyURI)


def _add_city(into: Statements, record: models.City, _folder: Folder) -> None:
    city = _begin(into, "city", SCHEMA.City, record)
    into.add(city, RDF.type, GEO.Feature)
    into.add_things(city, SCHEMA.containedInPlace, "country", [record.country])
    into.add_text(city, KP.designationNote, record.designation)
    for name in record.also:
        into.add(city, SKOS.altLabel, Literal(name))
    if record.wikidata:
        into.add(city, SCHEMA.sameAs, URIRef(_WIKIDATA + record.wikidata))
    if record.geonames is not None:
        into.add(city, SCHEMA.sameAs, URIRef(f"{_GEONAMES}{record.geonames}/"))
    if record.latitude is not None and record.longitude is not None:
        into.add(city, GEO.asWKT, make_point(record.longitude, record.latitude))
    document = into.directory.find("documents", record.document) if record.document else None
    if isinstance(document, models.Document):
        add_city_numbers(into, city, record, document)


def _add_authority(into: Statements, record: models.Authority, _folder: Folder) -> None:
    authority = _begin(into, "authority", M8G.PublicOrganisation, record)
    into.add_things(authority, ORG.classification, "classification", [record.kind])
    into.add_things(authority, DCTERMS.spatial, "city", [record.city])


def _add_unit(into: Statements, record: models.Unit, _folder: Folder) -> None:
    unit = _begin(into, "unit", ORG.OrganizationalUnit, record)
    kind = "unit" if into.directory.find("units", record.of) else "authority"
    into.add_things(unit, ORG.unitOf, kind, [record.of])


def _add_organization(into: Statements, record: models.Organization, _folder: Folder) -> None:
    organization = _begin(into, "organization", ORG.Organization, record)
    into.add_things(organization, ORG.classification, "classification", [record.kind])
    into.add_things(organization, DCTERMS.spatial, "city", [record.city])
    into.add(organization, SCHEMA.url, _url(record.url))


def _add_network(into: Statements, record: models.Network, _folder: Folder) -> None:
    network = _begin(into, "network", _NETWORKS[record.kind], record)
    into.add(network, SCHEMA.url, _url(record.url))
    into.add_things(network, KP.theme, "theme", record.themes)


def _add_plan(into: Statements, record: models.Plan, folder: Folder) -> None:
    plan = _begin(into, "plan", PPLAN.Plan, record)
    into.add_party(plan, KP.planOwner, into.directory.get_party(record.owner, folder))
    into.add_things(plan, KP.theme, "theme", record.themes)
    for text in record.legal_basis:
        into.add_text(plan, KP.legalBasis, text)
    if record.priorities:
        _add_priorities(into, plan, record, record.priorities)


def _add_priorities(into: Statements, plan: URIRef, record: models.Plan, said: models.Priorities) -> None:
    priorities = into.iris.thing("collection", f"{record.id}-priorities")
    into.begin(priorities, SKOS.Collection, said.place)
    into.add(priorities, RDFS.label, Literal(f"{record.name.tr}: öncelikli temalar", lang="tr"))
    into.add(priorities, RDFS.label, Literal(f"{record.name.en}: priority themes", lang="en"))
    into.add_things(priorities, SKOS.member, "theme", said.themes)
    into.add_things(priorities, PROV.hadPrimarySource, "document", [said.document])
    into.add(plan, KP.priorityThemes, priorities)


def _add_programme(into: Statements, record: models.Programme, folder: Folder) -> None:
    programme = _begin(into, "programme", EURIO.FundingScheme, record)
    into.add(programme, SCHEMA.url, _url(record.url))
    into.add_things(programme, KP.theme, "theme", record.themes)
    if record.funder:
        into.add_party(programme, SCHEMA.funder, into.directory.get_party(record.funder, folder))


def _add_call(into: Statements, record: models.Call, _folder: Folder) -> None:
    call = _begin(into, "call", KP.Call, record)
    into.add(call, SCHEMA.url, _url(record.url))
    into.add_things(call, KP.programme, "programme", [record.programme])
    into.add_things(call, SCHEMA.eligibleRegion, "country", record.eligible_countries)
    into.add_things(call, KP.theme, "theme", record.themes)
    numbers = {
        KP.minimumPartners: record.minimum_partners,
        KP.minimumCountries: record.minimum_countries,
    }
    for predicate, number in numbers.items():
        into.add(call, predicate, None if number is None else Literal(number))


def _add_project(into: Statements, record: models.Project, _folder: Folder) -> None:
    project = _begin(into, "project", SCHEMA.Project, record)
    into.add(project, SCHEMA.url, _url(record.url))
    into.add_things(project, KP.programme, "programme", [record.programme])
    into.add_things(project, KP.theme, "theme", record.themes)
    into.add_things(project, KP.servesPlan, "plan", record.plans)
    if record.acronym:
        into.add(project, SCHEMA.alternateName, Literal(record.acronym))


def declared_count_iri(into: Statements, count: models.DeclaredCount, folder: Folder) -> URIRef:
    """Return the IRI of a declared count: its city, kind and day."""
    return into.iris.thing("declared-count", f"{folder.city}-{count.kind}-{count.on.text}")


def _add_declared_count(into: Statements, record: models.DeclaredCount, folder: Folder) -> None:
    count = declared_count_iri(into, record, folder)
    into.begin(count, KP.DeclaredCount, record.place)
    into.add(count, KP.declaredKind, _DECLARED[record.kind])
    into.add(count, KP.declaredNumber, Literal(record.number))
    into.add(count, KP.declaredOn, Literal(record.on.latest))
    into.add_party(count, KP.declaredBy, into.directory.get_party(None, folder))
    into.add_things(count, PROV.hadPrimarySource, "document", [record.document])


_ADDERS: dict[str, Callable[[Statements, Any, Folder], None]] = {
    "documents": _add_document,
    "cities": _add_city,
    "authorities": _add_authority,
    "units": _add_unit,
    "organizations": _add_organization,
    "networks": _add_network,
    "plans": _add_plan,
    "programmes": _add_programme,
    "calls": _add_call,
    "projects": _add_project,
    "declared_counts": _add_declared_count,
}
