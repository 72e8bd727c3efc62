"""Where the statements of the records gather, with the few phrases that all of them need."""

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from ingest.records.directory import Directory, Party
from ingest.records.fields import Text
from ingest.records.models import City
from ingest.records.parsing import Place
from ontology.terms import DCTERMS, KP, M8G, ORG, PREFIXES, RDF, RDFS

__all__ = ["Statements"]


class Statements:
    """A growing graph.

    Parameters
    ----------
    directory
        All records by their ids; references have been checked.
    """

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.iris = directory.iris
        self.rdf = Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            self.rdf.bind(prefix, namespace)

    def add(self, subject: URIRef, predicate: URIRef, value: Node | None) -> None:
        """State something; nothing when there is no value."""
        if value is not None:
            self.rdf.add((subject, predicate, value))

    def add_text(self, subject: URIRef, predicate: URIRef, text: Text | None) -> None:
        """State a text in both languages."""
        if text:
            self.add(subject, predicate, Literal(text.tr, lang="tr"))
            self.add(subject, predicate, Literal(text.en, lang="en"))

    def add_things(self, subject: URIRef, predicate: URIRef, kind: str, ids: Iterable[str | None]) -> None:
        """State a relation to each thing of a kind."""
        for id_ in ids:
            if id_ is not None:
                self.add(subject, predicate, self.iris.thing(kind, id_))

    def begin(self, subject: URIRef, cls: URIRef, place: Place) -> None:
        """State what a node is and where it was recorded."""
        self.add(subject, RDF.type, cls)
        self.add(subject, KP.recordRef, Literal(place.ref))

    def add_party(self, subject: URIRef, predicate: URIRef, party: Party) -> None:
        """State a party; a local authority without a record of its own is described here."""
        self.add(subject, predicate, party.iri)
        if party.local_authority_of:
            self._describe_local_authority(party.iri, party.local_authority_of)

    def _describe_local_authority(self, authority: URIRef, city_id: str) -> None:
        city = self.directory.find("cities", city_id)
        if not isinstance(city, City):
            raise LookupError(f"unchecked city {city_id}")
        self.begin(authority, M8G.PublicOrganisation, city.place)
        self.add(authority, ORG.classification, self.iris.thing("classification", "local-authority"))
        self.add(authority, DCTERMS.spatial, self.iris.thing("city", city_id))
        self.add(authority, RDFS.label, Literal(f"{city.name.tr} (yerel yönetim)", lang="tr"))
        self.add(authority, RDFS.label, Literal(f"{city.name.en} (local authority)", lang="en"))
        self.add_text(authority, KP.designationNote, city.designation)
