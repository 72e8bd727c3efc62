"""Statements of a graph of the world's larger cities, in the program's own model, from reference tables.

Every relation is a node with parties, and each document that reports it a piece of evidence of its
own, as the records make them. Cities, authorities and networks that the records already know keep
their IRIs, so that both say things about the same nodes.
"""

import csv
import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from babel import Locale
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from bench.world_names import MEMBERSHIP_DOCUMENTS, NETWORK_THEMES, NETWORKS, TWIN_DOCUMENTS
from ingest.geometry import make_point
from ingest.lists.words import INTERREG_THEMES
from ontology.dates import DateBounds, parse_bounds
from ontology.iris import Iris
from ontology.terms import DCTERMS, EURIO, GEO, KP, M8G, ORG, PROV, RDF, RDFS, SCHEMA, SKOS, XSD
from ontology.text import slugify

__all__ = ["Row", "WorldGraph", "read_rows"]

#: A row of a table; its place ("cities.csv:17") under the key ``ref``.
Row = dict[str, str]

_GEONAMES = "https://sws.geonames.org/"
_WIKIDATA = "http://www.wikidata.org/entity/"
_ALIASES = 3


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a packed table, each with its place."""
    name = path.name.removesuffix(".gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            yield {**row, "ref": f"{name}:{number}"}


def _decimal(text: str) -> Literal:
    return Literal(text, datatype=XSD.decimal)


def _day(day: object) -> Literal | None:
    return None if day is None else Literal(str(day), datatype=XSD.date)


@dataclass
class WorldGraph:
    """A growing graph.

    Parameters
    ----------
    known
        The graph that the records make; its IRIs are used again.
    iris
        Mints all others.
    minimum_population
        Of a city that is taken, unless the records know it.
    """

    known: Graph
    iris: Iris
    minimum_population: int
    rdf: Graph = field(default_factory=lambda: Graph(bind_namespaces="none"))
    cities: dict[str, Row] = field(default_factory=dict)
    _slugs: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _begun: set[URIRef] = field(default_factory=set)

    def add_all(self, folder: Path) -> None:
        """State what the tables of a folder say."""
        self._choose_cities(read_rows(folder / "cities.csv.gz"))
        self._add_documents()
        for row in read_rows(folder / "twins.csv.gz"):
            self._add_twins(row)
        for row in read_rows(folder / "memberships.csv.gz"):
            self._add_membership(row)
        self._add_projects(folder)
        for row in read_rows(folder / "eu_calls_2026-08.csv.gz"):
            self._add_call(row)

    def add(self, subject: URIRef, predicate: URIRef, value: Node | None) -> None:
        """State something; nothing when there is no value."""
        if value is not None:
            self.rdf.add((subject, predicate, value))

    # Cities and their authorities.

    @cached_property
    def _known_cities(self) -> dict[str, URIRef]:
        """GeoNames id as in the tables -> the city of the records."""
        return {
            f"gn:{str(same).removeprefix(_GEONAMES).rstrip('/')}": city
            for city, same in self.known.subject_objects(SCHEMA.sameAs)
            if str(same).startswith(_GEONAMES) and isinstance(city, URIRef)
        }

    @cached_property
    def _known_slugs(self) -> set[str]:
        kinds = (SCHEMA.City, M8G.PublicOrganisation)
        return {
            self.iris.parse(str(thing)).slug
            for kind in kinds
            for thing in self.known.subjects(RDF.type, kind)
        }

    def _choose_cities(self, rows: Iterable[Row]) -> None:
        """Keep the cities that are large enough or on record; the larger of namesakes has the plain slug."""
        chosen = [row for row in rows if self._is_wanted(row)]
        for row in sorted(chosen, key=lambda row: (-_number(row["population"]), row["city_id"])):
            id_ = row["city_id"]
            self.cities[id_] = row
            if id_ in self._known_cities:
                self._slugs[id_] = self.iris.parse(str(self._known_cities[id_])).slug
                continue
            plain = slugify(row["name"]) or slugify(id_)
            exact = f"{plain}-{row['country'].lower()}"
            slug = exact if exact not in self._taken | self._known_slugs else f"{exact}-{slugify(id_)}"
            self._taken.add(slug)
            self._slugs[id_] = slug

    def _is_wanted(self, row: Row) -> bool:
        return _number(row["population"]) >= self.minimum_population or row["city_id"] in self._known_cities

    def city(self, id_: str) -> URIRef:
        """Return the IRI of a city, describing it the first time."""
        iri = self.iris.thing("city", self._slugs[id_])
        if iri not in self._begun:
            self._begun.add(iri)
            if id_ not in self._known_cities:
                self._describe_city(iri, self.cities[id_])
        return iri

    def _describe_city(self, iri: URIRef, row: Row) -> None:
        self._begin(iri, SCHEMA.City, row["name"], row["ref"])
        self.add(iri, RDF.type, GEO.Feature)
        self.add(iri, SCHEMA.containedInPlace, self._country(row["country"]))
        self.add(iri, SCHEMA.latitude, _decimal(row["lat"]))
        self.add(iri, SCHEMA.longitude, _decimal(row["lon"]))
        self.add(iri, GEO.asWKT, make_point(row["lon"], row["lat"]))
        self.add(iri, KP.population, Literal(_number(row["population"])))
        if row["city_id"].startswith("gn:"):
            self.add(iri, SCHEMA.sameAs, URIRef(f"{_GEONAMES}{row['city_id'][3:]}/"))
        for qid in row["wikidata_qids"].replace(";", "|").split("|"):
            if qid.strip():
                self.add(iri, SCHEMA.sameAs, URIRef(_WIKIDATA + qid.strip()))
        for alias in [part.strip() for part in row["aliases"].split("|") if part.strip()][:_ALIASES]:
            self.add(iri, SKOS.altLabel, Literal(alias))

    def _country(self, code: str) -> URIRef:
        iri = self.iris.thing("country", code.lower())
        if iri not in self._begun:
            self._begun.add(iri)
            self.add(iri, RDF.type, SCHEMA.Country)
            self.add(iri, KP.isoCode, Literal(code))
            for language in ("tr", "en"):
                name = Locale(language).territories.get(code, code)
                self.add(iri, RDFS.label, Literal(name, lang=language))
        return iri

    def authority(self, id_: str) -> URIRef:
        """Return the IRI of a city's local authority, describing it and the city the first time."""
        city = self.city(id_)
        iri = self._find_authority(city) or self.iris.thing("authority", self._slugs[id_])
        if iri not in self._begun:
            self._begun.add(iri)
            if (iri, RDF.type, None) not in self.known:
                self.add(iri, RDF.type, M8G.PublicOrganisation)
                self.add(iri, KP.recordRef, Literal(self.cities[id_]["ref"]))
                self.add(iri, ORG.classification, self.iris.thing("classification", "local-authority"))
                self.add(iri, DCTERMS.spatial, city)
                name = self.cities[id_]["name"]
                self.add(iri, RDFS.label, Literal(f"{name} (yerel yönetim)", lang="tr"))
                self.add(iri, RDFS.label, Literal(f"{name} (local authority)", lang="en"))
        return iri

    def _find_authority(self, city: URIRef) -> URIRef | None:
        """Return the authority on record that has the city's slug, or is its metropolitan municipality."""
        slug = self.iris.parse(city).slug
        for name in (f"{slug}-metropolitan-municipality", slug):
            if (iri := self.iris.thing("authority", name), DCTERMS.spatial, city) in self.known:
                return iri
        return None

    def _begin(self, iri: URIRef, cls: URIRef, name: str, ref: str) -> None:
        """State what a thing is, its name (the tables have one for both languages) and its row."""
        self.add(iri, RDF.type, cls)
        self.add(iri, KP.recordRef, Literal(ref))
        for language in ("tr", "en"):
            self.add(iri, RDFS.label, Literal(name, lang=language))

    # Documents and evidence.

    def _add_documents(self) -> None:
        for id_, title, _ in (*TWIN_DOCUMENTS.values(), *MEMBERSHIP_DOCUMENTS.values()):
            iri = self.iris.thing("document", id_)
            self.add(iri, RDF.type, SCHEMA.CreativeWork)
            self.add(iri, KP.recordRef, Literal(f"documents:{id_}"))
            for language in ("tr", "en"):
                self.add(iri, DCTERMS.title, Literal(title, lang=language))

    def claim(
        self, about: URIRef, predicate: URIRef, value: Node, document: str, ref: str,
        *, grade: URIRef = KP.reported, date: DateBounds | None = None,
        bounds: DateBounds | None = None, currency: str = "",
    ) -> None:  # fmt: skip
        """State that a document gives a value for a property of a thing."""
        source = self.iris.thing("document", document)
        text = " ".join(filter(None, [str(predicate), str(value), currency]))
        node = self.iris.evidence(about, source, text)
        self.add(node, RDF.type, KP.Evidence)
        self.add(node, KP.about, about)
        self.add(node, PROV.hadPrimarySource, source)
        self.add(node, KP.evidenceGrade, grade)
        self.add(node, KP.claimedProperty, predicate)
        self.add(node, KP.claimedValue, value)
        self.add(node, KP.recordRef, Literal(ref))
        if currency:
            self.add(node, KP.claimedCurrency, Literal(currency))
        if bounds:
            self.add(node, KP.claimedEarliest, _day(bounds.earliest))
            self.add(node, KP.claimedLatest, _day(bounds.latest))
        if date:
            self.add(node, KP.evidenceDate, _day(date.latest))
            self.add(node, KP.evidenceDateText, Literal(date.text))

    def _claim_date(self, about: URIRef, predicate: URIRef, text: str, document: str, ref: str) -> None:
        bounds = parse_bounds(text)
        self.claim(about, predicate, Literal(text), document, ref, bounds=bounds)

    # Relations.

    def _add_twins(self, row: Row) -> None:
        pair = (row["city_a_id"], row["city_b_id"])
        if not all(id_ in self.cities for id_ in pair):
            return
        iri = self.iris.relation("agreement", "twinning", [self._slugs[id_] for id_ in pair])
        self.add(iri, RDF.type, KP.TwinningAgreement)
        self.add(iri, KP.recordRef, Literal(row["ref"]))
        for id_ in pair:
            self.add(iri, KP.party, self.authority(id_))
        for column, (document, _, year) in TWIN_DOCUMENTS.items():
            if row[column] == "1":
                grade = KP.reported if column == "in_wp2026" else KP.unverified
                date = parse_bounds(year)
                self.claim(iri, RDF.type, KP.TwinningAgreement, document, row["ref"], grade=grade, date=date)

    def _add_membership(self, row: Row) -> None:
        if row["city_id"] not in self.cities or not (network := self._network(row)):
            return
        parts = [self._slugs[row["city_id"]], self.iris.parse(network).slug]
        iri = self.iris.relation("membership", "", parts)
        self.add(iri, RDF.type, KP.NetworkMembership)
        if iri not in self._begun:
            self._begun.add(iri)
            self.add(iri, KP.recordRef, Literal(row["ref"]))
        self.add(iri, ORG.member, self.authority(row["city_id"]))
        self.add(iri, ORG.organization, network)
        self.add(iri, ORG.role, self.iris.thing("role", "member"))
        document, _, year = MEMBERSHIP_DOCUMENTS[row["source"].split()[0]]
        self.claim(iri, RDF.type, KP.NetworkMembership, document, row["ref"], date=parse_bounds(year))
        if joined := row["year_joined"].split(".")[0]:
            self._claim_date(iri, KP.startDate, joined, document, row["ref"])

    def _network(self, row: Row) -> URIRef | None:
        name = row["network_norm"] or row["network"]
        slug = NETWORKS.get(name) or slugify(name)
        if not slug:
            return None
        iri = self.iris.thing("network", slug)
        if iri not in self._begun:
            self._begun.add(iri)
            if (iri, RDF.type, None) not in self.known:
                self._begin(iri, KP.CityNetwork, row["network_full_name"] or name, row["ref"])
                for theme in NETWORK_THEMES.get(slug, ()):
                    self.add(iri, KP.theme, self.iris.thing("theme", theme))
        return iri

    # Projects.

    def _add_projects(self, folder: Path) -> None:
        details = {row["project_id"]: row for row in read_rows(folder / "interreg_projects_2014_2020.csv.gz")}
        for row in read_rows(folder / "interreg_participations.csv.gz"):
            if row["looks_municipal"] == "1" and row["city_id"] in self.cities:
                project = self._project(
                    row["project_id"].removeprefix("interreg:"), row["acronym"], row["ref"]
                )
                self._describe_interreg(project, row, details.get(row["project_id"]))
                role = "lead" if row["lead"] == "Yes" else "partner"
                self._add_participation(project, row, role, "keep-eu-closed-projects")
        for row in read_rows(folder / "urbact_participations.csv.gz"):
            if row["city_id"] in self.cities:
                project = self._project(f"urbact-{row['Network']}", row["Network"], row["ref"])
                self.add(project, KP.programme, self._programme("URBACT", row["ref"]))
                for predicate, column in ((KP.startDate, "Start"), (KP.endDate, "End")):
                    if year := row[column].split(".")[0]:
                        self._claim_date(project, predicate, year, "urbact-networks", row["ref"])
                role = "lead" if row["City.Statut"].startswith("Lead") else "partner"
                self._add_participation(project, row, role, "urbact-networks")

    def _project(self, slug: str, name: str, ref: str) -> URIRef:
        iri = self.iris.thing("project", slug)
        if iri not in self._begun:
            self._begun.add(iri)
            self._begin(iri, SCHEMA.Project, name, ref)
        return iri

    def _describe_interreg(self, project: URIRef, row: Row, details: Row | None) -> None:
        if (project, KP.programme, None) in self.rdf:
            return
        self.add(project, KP.programme, self._programme(row["programme"], row["ref"]))
        if details is None:
            return
        for theme in filter(None, (INTERREG_THEMES.get(details[f"theme_{n}"]) for n in (1, 2, 3))):
            self.add(project, KP.theme, self.iris.thing("theme", theme))
        document = "keep-eu-closed-projects"
        for predicate, column in ((KP.startDate, "start"), (KP.endDate, "end")):
            if details[column]:
                text = details[column].replace("/", "-")
                self._claim_date(project, predicate, text, document, details["ref"])
        for predicate, column in ((KP.totalCost, "total_expenditure"), (KP.fundingAmount, "eu_funding")):
            if details[column]:
                amount = _decimal(details[column])
                self.claim(project, predicate, amount, document, details["ref"], currency="EUR")

    def _add_participation(self, project: URIRef, row: Row, role: str, document: str) -> None:
        parts = [self._slugs[row["city_id"]], self.iris.parse(project).slug]
        iri = self.iris.relation("participation", "", parts)
        self.add(iri, RDF.type, KP.ProjectParticipation)
        if iri not in self._begun:
            self._begun.add(iri)
            self.add(iri, KP.recordRef, Literal(row["ref"]))
            self.add(iri, ORG.role, self.iris.thing("role", role))
        self.add(iri, ORG.member, self.authority(row["city_id"]))
        self.add(iri, KP.project, project)
        self.claim(iri, RDF.type, KP.ProjectParticipation, document, row["ref"])

    # Programmes and calls.

    def _programme(self, name: str, ref: str) -> URIRef:
        iri = self.iris.thing("programme", name)
        if iri not in self._begun:
            self._begun.add(iri)
            self._begin(iri, EURIO.FundingScheme, name, ref)
        return iri

    def _add_call(self, row: Row) -> None:
        iri = self.iris.thing("programme", f"call-{row['topicId']}")
        if iri in self._begun:
            return
        self._begun.add(iri)
        self._begin(iri, EURIO.FundingScheme, row["title"], row["ref"])
        self.add(iri, KP.programme, self._programme(row["programme"], row["ref"]))
        if row["deadline"]:
            self._claim_date(iri, KP.endDate, row["deadline"][:10], "eu-funding-and-tenders", row["ref"])
        if row["budgetMax"]:
            amount = _decimal(row["budgetMax"])
            self.claim(iri, KP.fundingAmount, amount, "eu-funding-and-tenders", row["ref"], currency="EUR")


def _number(text: str) -> int:
    return int(float(text or 0))
