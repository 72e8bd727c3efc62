"""What ontology checkers such as OOPS! look for: undeclared terms, missing licences, unsound matches.

Labels, definitions, domains, ranges and cycles are held in ``test_terms``.
"""

import re
import warnings
from importlib.resources import files
from pathlib import Path
from typing import get_type_hints

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, Namespace, URIRef, namespace
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from ontology.iris import BASE
from ontology.terms import KP, PPLAN, PREFIXES
from ontology.vocabulary import load_ontology, load_shapes, load_themes

ROOT = Path(__file__).parents[2]
MODULES = (
    "kopru.ttl", "evidence.ttl", "things.ttl", "plan.ttl", "roles.ttl", "published.ttl",
    "published_properties.ttl", "alignments.ttl", "shapes.ttl", "themes.ttl",
)  # fmt: skip
OWN = str(KP._NS)
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)
#: Vocabularies of which rdflib has the closed list.
PUBLISHED: dict[str, type[namespace.DefinedNamespace]] = {
    str(space): space
    for space in (
        namespace.GEO, namespace.ORG, namespace.PROV, namespace.SDO, namespace.SOSA, namespace.TIME,
    )
}  # fmt: skip
#: Of the others, the terms that were read in the file or page that alignments.ttl names as its source.
READ = {
    "http://data.europa.eu/s66#": "FundingScheme Grant Organisation OrganisationRole OrganisationUnit "
    "Project PublicBody endDate hasBeneficiary hasFundingAmount hasFundingScheme hasISOCountryCode "
    "hasTotalCost isDisbursedBy isInvolvedIn isRoleOf startDate",
    "http://data.europa.eu/m8g/": "PublicOrganisation",
    "http://metadata.un.org/sdg/ontology#": "Goal Indicator Target isTargetOf",
    "http://purl.org/net/p-plan#": "Activity Plan Step isPrecededBy isStepOfPlan",
    "http://vivoweb.org/ontology/core#": "Consortium Project",
    "http://www.wikidata.org/entity/": "P159 P190 P463 P571",
    "https://w3id.org/semanticarts/ns/ontology/gist/": "Agreement Event Organization Project Task",
}


def sources(*endings: str) -> dict[str, str]:
    """Return path → text of the program's own files with these endings."""
    rooms = ("ontology", "graph", "ingest", "api", "viz")
    found = [file for room in rooms for file in (ROOT / room).rglob("*") if file.suffix in endings]
    return {
        str(file.relative_to(ROOT)): file.read_text("utf-8")
        for file in found
        if "node_modules" not in file.parts
    }


def module(name: str) -> Graph:
    return Graph().parse(data=(files("ontology") / name).read_text("utf-8"), format="turtle")


def matches() -> list[tuple[str, str]]:
    rdf = load_ontology()
    return [(str(s), str(o)) for predicate in MATCHES for s, o in rdf.subject_objects(predicate)]


#: What has an address of ours and is no term of the vocabulary: functions of queries, notes on tables.
EXTENSIONS = {
    "api/service_description.py": {"fold", "collate"},
    "ingest/tables/csvw.py": {"sheet", "evidenceGrade"},
}
#: Published terms that are named only in order to forbid them.
FORBIDDEN = {"http://www.w3.org/ns/prov#Person", "https://schema.org/Person", "http://schema.org/Person"}


def test_no_term_of_ours_is_used_that_is_not_declared() -> None:
    declared = {name for name in get_type_hints(KP) if not name.startswith("_")}
    texts = sources(".ttl", ".rq", ".py", ".html")
    assert len(texts) > 150
    for name, text in texts.items():
        used = set(re.findall(r"(?<![\w/-])(?:kp:|KP\.)([A-Za-z]\w*)", text))
        assert used <= declared | EXTENSIONS.get(name, set()), f"{name}: {used - declared}"


def test_no_published_term_is_used_in_rules_and_queries_that_has_no_name_of_ours() -> None:
    named = {str(term) for term in load_ontology().subjects(RDFS.label)}
    texts = sources(".rq")
    assert len(texts) > 60
    checked = {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in ("kp", "xsd", "rdf", "rdfs")}
    for name, text in texts.items():
        code = re.sub(r"(?m)^\s*#.*$|^PREFIX.*$|<[^<>\s]*>|\"[^\"]*\"", "", text)
        for prefix, iri in checked.items():
            for local in re.findall(rf"(?<![\w:?-]){re.escape(prefix)}:([A-Za-z]\w*)", code):
                assert iri + local in named | FORBIDDEN, f"{name}: {prefix}:{local}"


@pytest.mark.parametrize("name", MODULES)
def test_a_module_loads_without_a_warning_and_alike_in_both_engines(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    text = (files("ontology") / name).read_text("utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rdf = Graph().parse(data=text, format="turtle")
    triples = list(ox.parse(text.encode(), ox.RdfFormat.TURTLE))
    assert not caplog.records
    assert len(rdf) == len(triples) > 100
    assert all(literal.ill_typed is not True for literal in rdf.objects() if isinstance(literal, Literal))


def test_every_module_states_its_name_licence_and_one_version() -> None:
    versions = set()
    for name in ("kopru.ttl", "alignments.ttl", "shapes.ttl"):
        rdf = module(name)
        (ontology,) = rdf.subjects(RDF.type, OWL.Ontology)
        labels = {getattr(label, "language", None) for label in rdf.objects(ontology, RDFS.label)}
        assert labels == {"tr", "en"}, name
        assert rdf.value(ontology, DCTERMS.license) == URIRef("https://spdx.org/licenses/MIT")
        versions |= set(rdf.objects(ontology, OWL.versionInfo))
    assert len(versions) == 1


def test_no_module_has_a_line_that_nobody_can_read() -> None:
    for name in MODULES:
        lines = (files("ontology") / name).read_text("utf-8").splitlines()
        assert max(map(len, lines)) < 360, name
        assert not [line for line in lines if line != line.rstrip() or "\t" in line], name


def test_every_module_is_read_and_states_nothing_that_another_states() -> None:
    assert sorted(MODULES) == sorted(file.name for file in (ROOT / "ontology").glob("*.ttl"))
    rdf = load_ontology() + load_shapes() + load_themes()
    assert sum(len(module(name)) for name in MODULES) == len(rdf)


def test_matches_go_from_declared_terms_to_published_ones() -> None:
    found = matches()
    assert len(found) > 70
    declared = {str(term) for term in load_ontology().subjects(RDF.type)}
    for ours, theirs in found:
        assert ours in declared, ours
        assert not theirs.startswith((OWN, BASE)), theirs


@pytest.mark.parametrize(("ours", "theirs"), matches(), ids=lambda iri: re.split(r"[/#]", iri)[-1])
def test_what_a_term_matches_exists_in_its_vocabulary(ours: str, theirs: str) -> None:
    (space,) = (space for space in (*PUBLISHED, *READ) if re.fullmatch(re.escape(space) + r"\w+", theirs))
    local = theirs.removeprefix(space)
    assert local in PUBLISHED[space] if space in PUBLISHED else local in READ[space].split()
    assert not (ours.startswith(space)), "a vocabulary is not matched to itself"


def test_every_vocabulary_that_is_relied_on_is_matched_or_used() -> None:
    rdf = load_ontology() + load_themes()
    relied_on = {re.split(r"(?<=[/#])\w*$", str(term))[0] for triple in rdf for term in triple}
    wanted = {*PUBLISHED, *READ, str(SKOS), "http://eurovoc.europa.eu/", "http://metadata.un.org/sdg/"}
    assert wanted <= relied_on


def test_one_pair_of_terms_has_one_kind_of_match() -> None:
    assert len(matches()) == len(set(matches()))


def test_names_are_written_alike() -> None:
    rdf = load_ontology()
    for term, kind in rdf.subject_objects(RDF.type):
        local = str(term).removeprefix(OWN)
        if str(term).startswith(OWN) and kind == OWL.Class:
            assert re.fullmatch(r"([A-Z][a-z]+)+", local), term
        elif str(term).startswith(OWN):
            assert re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", local), term


def test_every_class_of_ours_hangs_together_with_another() -> None:
    rdf = load_ontology()
    links = (RDFS.subClassOf, RDFS.domain, RDFS.range)
    for term in rdf.subjects(RDF.type, OWL.Class):
        if str(term).startswith(OWN):
            above = list(rdf.objects(term, RDFS.subClassOf))
            assert above or any((None, link, term) in rdf for link in links), term


def test_a_symmetric_property_has_one_class_at_both_ends_and_none_is_its_own_inverse() -> None:
    rdf = load_ontology()
    symmetric = list(rdf.subjects(RDF.type, OWL.SymmetricProperty))
    assert len(symmetric) >= 2
    for term in symmetric:
        assert set(rdf.objects(term, RDFS.domain)) == set(rdf.objects(term, RDFS.range)), term
    assert all(term != other for term, other in rdf.subject_objects(OWL.inverseOf))


def test_a_reasoner_finds_nothing_impossible_in_a_whole_little_graph() -> None:
    rdf = Graph().parse(Path(__file__).parent / "data" / "good.ttl")
    for triple in load_ontology() + load_themes():
        if not isinstance(triple[2], Literal):
            rdf.add(triple)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(rdf)
    visit = Namespace(f"{BASE}id/")["activity/visit"]
    assert (visit, RDF.type, PPLAN.Step) in rdf
    assert not list(rdf.subjects(RDF.type, OWL.Nothing))
    assert not list(rdf.objects(None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")))


def test_shapes_aim_at_declared_terms() -> None:
    named = {str(term) for term in load_ontology().subjects(RDFS.label)}
    shapes = load_shapes()
    aims = {term for triple in shapes for term in triple if str(term).startswith(OWN)}
    assert len(aims) > 60
    assert {str(term) for term in aims} - {OWN} <= named
