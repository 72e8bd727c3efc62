"""Finds what a letter names among what is already recorded, so that nothing stands in the graph twice."""

import re
from dataclasses import dataclass

from rdflib import Graph, URIRef

from ontology.terms import DCTERMS, M8G, ORG, PPLAN, RDF, RDFS, SKOS
from ontology.text import fold

__all__ = ["Known", "without_genitive"]

_GENITIVE = re.compile(r"(?<=[a-zışçğöü])n[ıiuü]n$")
_OFFICE = re.compile(r"\s*(?:baskanligi|belediyesi|belediye)$")


def _compact(text: str) -> str:
    """Return a name without marks and spaces: scans run words together."""
    return fold(text).replace(" ", "")


@dataclass(frozen=True)
class Known:
    """What the records hold and what the vocabulary's themes are called.

    Parameters
    ----------
    records
        Statements of the records; may be empty.
    themes
        The concept scheme.
    """

    records: Graph
    themes: Graph

    def find_theme(self, name: str) -> URIRef | None:
        """Return the theme with this name in any language, spaces and marks aside."""
        wanted = _compact(name)
        for predicate in (SKOS.prefLabel, SKOS.altLabel):
            for theme, label in sorted((str(s), str(o)) for s, o in self.themes.subject_objects(predicate)):
                if _compact(label) == wanted:
                    return URIRef(theme)
        return None

    def find_unit(self, name: str) -> URIRef | None:
        """Return the recorded unit with this name."""
        return self._find(ORG.OrganizationalUnit, fold(name))

    def find_plan(self, name: str) -> URIRef | None:
        """Return the recorded plan whose name begins so; a letter writes it in the genitive."""
        wanted = fold(without_genitive(name))
        return next((iri for iri, label in self._named(PPLAN.Plan) if label.startswith(wanted)), None)

    def find_authority(self, name: str) -> URIRef | None:
        """Return the recorded authority whose head a letter names, e.g. "X BELEDİYE BAŞKANLIĞI"."""
        wanted = _stem(fold(name))
        return next(
            (iri for iri, label in self._named(M8G.PublicOrganisation) if _stem(label) == wanted), None
        )

    def city_of(self, authority: URIRef) -> URIRef | None:
        """Return the city for which an authority works."""
        city = self.records.value(authority, DCTERMS.spatial)
        return city if isinstance(city, URIRef) else None

    def plan_of(self, stage: URIRef) -> URIRef | None:
        """Return the plan of a recorded stage."""
        plan = self.records.value(stage, PPLAN.isStepOfPlan)
        return plan if isinstance(plan, URIRef) else None

    def has(self, thing: URIRef) -> bool:
        """Return whether the records describe a thing."""
        return (thing, RDF.type, None) in self.records

    def _find(self, cls: URIRef, wanted: str) -> URIRef | None:
        return next((iri for iri, label in self._named(cls) if label == wanted), None)

    def _named(self, cls: URIRef) -> list[tuple[URIRef, str]]:
        return sorted(
            (URIRef(str(thing)), fold(str(label)))
            for thing in self.records.subjects(RDF.type, cls)
            for label in self.records.objects(thing, RDFS.label)
        )


def without_genitive(name: str) -> str:
    """Return a name as it stands in a list, not before "the preparation of".

    Examples
    --------
    >>> without_genitive("Eylem Planının")
    'Eylem Planı'
    """
    return _GENITIVE.sub("", name)


def _stem(name: str) -> str:
    """Strip "baskanligi", "belediyesi" and "belediye" from the end of a folded name."""
    previous = None
    while previous != name:
        previous, name = name, _OFFICE.sub("", name)
    return name
