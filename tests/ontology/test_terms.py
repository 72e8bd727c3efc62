"""The vocabulary: held equal to ``terms.py``, complete in both languages, within OWL 2 RL."""

import re
from importlib.resources import files
from typing import get_type_hints

import owlrl
import pytest
from rdflib import Graph, Literal, URIRef, namespace
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from ontology.terms import KP, PREFIXES
from ontology.vocabulary import load_ontology, load_shapes, load_themes

NAMESPACE = str(KP._NS)
CLASSES = {OWL.Class}
PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
#: What occurs of OWL, all of it in OWL 2 RL.
CONSTRUCTS = {
    OWL.Ontology, OWL.versionInfo, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty,
    OWL.AnnotationProperty, OWL.SymmetricProperty, OWL.disjointWith, OWL.inverseOf,
}  # fmt: skip
#: The datatypes of OWL 2 RL that we use; xsd:date is not one of the profile.
DATATYPES = {namespace.XSD[name] for name in ("string", "integer", "decimal", "boolean")}
#: Built into RDF and OWL: labelled by us, never declared.
BUILT_IN = (str(RDF), str(RDFS), str(OWL), str(namespace.XSD))


def own_terms() -> list[URIRef]:
    found = {s for s in load_ontology().subjects() if isinstance(s, URIRef) and s.startswith(NAMESPACE)}
    return sorted(found)


def own_properties() -> list[URIRef]:
    rdf = load_ontology()
    return [term for term in own_terms() if set(rdf.objects(term, RDF.type)) & PROPERTIES]


def texts(rdf: Graph, term: Node, predicate: URIRef) -> dict[str | None, str]:
    """Return language → text, and fail when a language has two."""
    found = [text for text in rdf.objects(term, predicate) if isinstance(text, Literal)]
    by_language = {text.language: str(text) for text in found}
    assert len(by_language) == len(found), f"{term} has {predicate} twice in one language"
    return by_language


def test_the_closed_list_and_the_turtle_name_the_same_terms() -> None:
    listed = {KP[name] for name in get_type_hints(KP) if not name.startswith("_")}
    assert listed == set(own_terms())
    assert len(listed) > 80


def test_a_misspelt_term_fails() -> None:
    with pytest.raises(AttributeError, match="TwiningAgreement"):
        _ = KP.TwiningAgreement


@pytest.mark.parametrize("term", own_terms(), ids=lambda term: term.removeprefix(NAMESPACE))
def test_a_term_has_a_label_and_a_definition_in_both_languages(term: URIRef) -> None:
    rdf = load_ontology()
    assert set(texts(rdf, term, RDFS.label)) == {"tr", "en"}
    definitions = texts(rdf, term, SKOS.definition)
    assert set(definitions) == {"tr", "en"}
    assert all(text.endswith(".") and text == text.strip() for text in definitions.values())
    assert list(rdf.objects(term, RDFS.isDefinedBy)) == [URIRef("https://w3id.org/kopru/ontology")]


@pytest.mark.parametrize("term", own_properties(), ids=lambda term: term.removeprefix(NAMESPACE))
def test_a_property_has_a_domain_and_a_range_or_says_why_not(term: URIRef) -> None:
    rdf = load_ontology()
    reason = " ".join(str(comment) for comment in rdf.objects(term, RDFS.comment))
    for predicate, turkish, english in (
        (RDFS.domain, "Tanım alanı", "No domain"),
        (RDFS.range, "eğer aralığı", "o range"),
    ):
        has_one = len(list(rdf.objects(term, predicate))) == 1
        explained = turkish in reason and english in reason
        assert has_one != explained, f"{term}: {predicate}"


def test_labels_tell_terms_of_one_kind_apart() -> None:
    rdf = load_ontology()
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for language in ("tr", "en"):
            labels = [texts(rdf, term, RDFS.label)[language] for term in rdf.subjects(RDF.type, kind)
                      if str(term).startswith(NAMESPACE)]  # fmt: skip
            assert len(labels) == len(set(labels)) > 10


def test_only_a_closed_list_of_owl_occurs() -> None:
    rdf = load_ontology() + load_themes()
    used = {term for triple in rdf for term in triple if str(term).startswith(str(OWL))}
    assert used - {URIRef(str(OWL))} == CONSTRUCTS


def test_every_term_has_one_owl_kind() -> None:
    rdf = load_ontology()
    for term in own_terms():
        kinds = set(rdf.objects(term, RDF.type))
        individual = kinds & {KP.EvidenceGrade, KP.RelationStatus, KP.Direction}
        assert len(kinds & (CLASSES | PROPERTIES)) + len(individual) == 1, term


def test_ranges_are_declared_classes_or_datatypes_of_the_profile() -> None:
    rdf = load_ontology()
    classes = set(rdf.subjects(RDF.type, OWL.Class))
    kinds = {kind: set(rdf.subjects(RDF.type, kind)) for kind in PROPERTIES}
    for term in own_properties():
        ranges, domains = set(rdf.objects(term, RDFS.range)), set(rdf.objects(term, RDFS.domain))
        assert domains <= classes, term
        if term in kinds[OWL.ObjectProperty]:
            assert ranges <= classes, term
        elif term in kinds[OWL.DatatypeProperty]:
            assert ranges <= DATATYPES, term
        else:  # annotations carry no semantics, so any datatype will do
            assert ranges <= {RDF.langString}, term


def test_a_property_stands_under_one_of_its_own_kind() -> None:
    rdf = load_ontology()
    pairs = list(rdf.subject_objects(RDFS.subPropertyOf))
    assert len(pairs) > 10
    for term, above in pairs:
        assert set(rdf.objects(term, RDF.type)) & set(rdf.objects(above, RDF.type)) & PROPERTIES, term


@pytest.mark.parametrize("predicate", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_nothing_stands_above_itself(predicate: URIRef) -> None:
    rdf = load_ontology()
    terms = set(rdf.subjects(predicate))
    assert len(terms) > 10
    for term in terms:
        assert term not in {above for direct in rdf.objects(term, predicate)
                            for above in rdf.transitive_objects(direct, predicate)}  # fmt: skip


STRUCTURE = (
    RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith, OWL.inverseOf, RDF.type,
)  # fmt: skip


def test_published_terms_that_we_build_on_are_declared_and_labelled() -> None:
    rdf = load_ontology() + load_themes()
    used = {term for predicate in STRUCTURE for term in rdf.objects(None, predicate)} | set(rdf.predicates())
    not_ours_to_name = (str(OWL), str(namespace.XSD), str(RDF.langString))
    named = {term for term in used if not str(term).startswith(not_ours_to_name)}
    assert len(named) > 60
    for term in named:
        assert set(texts(rdf, term, RDFS.label)) == {"tr", "en"}, term
        if not str(term).startswith(BUILT_IN):
            assert set(rdf.objects(term, RDF.type)) & (CLASSES | PROPERTIES), term


def test_every_individual_has_the_same_name_twice_for_skos_and_for_rdfs() -> None:
    rdf = load_ontology() + load_themes()
    concepts = set(rdf.subjects(SKOS.inScheme))
    assert len(concepts) > 80
    for concept in concepts:
        assert texts(rdf, concept, RDFS.label) == texts(rdf, concept, SKOS.prefLabel)
        assert set(texts(rdf, concept, SKOS.prefLabel)) == {"tr", "en"}


def test_grades_are_ranked() -> None:
    rdf = load_ontology()
    ranks = [rdf.value(grade, KP.gradeRank) for grade in (KP.confirmed, KP.reported, KP.unverified)]
    assert ranks == [Literal(3), Literal(2), Literal(1)]


def test_shapes_rules_and_queries_use_declared_terms_only() -> None:
    texts_of = {
        entry.name: entry.read_text(encoding="utf-8")
        for package in ("ontology", "graph.rules", "graph.queries")
        for entry in files(package).iterdir()
        if entry.name.endswith((".ttl", ".rq"))
    }
    assert len(texts_of) >= 13
    declared = {term.removeprefix(NAMESPACE) for term in own_terms()}
    for name, text in texts_of.items():
        assert set(re.findall(r"(?<![\w-])kp:(\w+)", text)) <= declared, name


def test_the_same_prefix_means_the_same_in_all_files() -> None:
    for rdf in (load_ontology(), load_themes(), load_shapes()):
        bound = {prefix: str(iri) for prefix, iri in rdf.namespaces()}
        assert all(bound.get(prefix, iri) == iri for prefix, iri in PREFIXES.items())


SAMPLE = """
<a> a kp:TwinningAgreement ; kp:party <m1>, <m2> ; kp:city <c> ; kp:hasEvidence <e> ; kp:theme <t> .
<m1> a m8g:PublicOrganisation ; dcterms:spatial <c> . <m2> a m8g:PublicOrganisation .
<c> a schema:City . <t> a skos:Concept .
<e> a kp:Evidence ; kp:about <a> ; kp:evidenceGrade kp:confirmed ; prov:hadPrimarySource <d> .
<d> a schema:CreativeWork .
<n> a kp:CityNetwork ; kp:seat <c> .
<b> a kp:NetworkMembership ; org:member <m1> ; org:organization <n> ; kp:countedIn <k> .
<k> a kp:DeclaredCount ; kp:declaredKind kp:CityNetwork ; kp:declaredBy <m1> .
<p> a kp:ProjectParticipation ; org:member <m1> ; kp:project <q> . <q> a schema:Project .
<g> a kp:Grant ; kp:recipient <m1> ; schema:funder <m2> .
"""


def reasoned(extra: str) -> Graph:
    """Return vocabulary and sample with all that OWL 2 RL derives; texts for people are left out."""
    rdf = Graph()
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    rdf.parse(data=f"@base <https://example.org/> .\n{prefixes}{SAMPLE}{extra}", format="turtle")
    for triple in load_ontology():
        if not isinstance(triple[2], Literal):
            rdf.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(rdf)
    return rdf


def contradictions(rdf: Graph) -> list[Node]:
    errors = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return [*rdf.subjects(RDF.type, OWL.Nothing), *rdf.objects(None, errors)]


def test_a_reasoner_finds_no_contradiction_in_a_sample() -> None:
    rdf = reasoned("")
    assert not contradictions(rdf)
    assert (URIRef("https://example.org/a"), RDF.type, KP.Relation) in rdf


def test_a_reasoner_finds_a_planted_contradiction() -> None:
    assert contradictions(reasoned("<a> a kp:Evidence ."))
