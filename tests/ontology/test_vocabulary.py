"""Loading the Turtle files: shared graphs, another base, labels, the digest of the program."""

from rdflib import Graph, URIRef

from ontology.iris import BASE
from ontology.terms import KP, ORG, RDF, SKOS
from ontology.vocabulary import label_of_term, load_ontology, load_shapes, load_themes, program_digest


def test_each_file_is_read_once_and_shared() -> None:
    for load in (load_ontology, load_themes, load_shapes):
        assert len(load()) > 100
        assert load() is load()


def test_our_terms_and_published_ones_have_a_label_in_both_languages() -> None:
    assert label_of_term(str(KP.TwinningAgreement)) == {
        "tr": "Kardeş şehir anlaşması",
        "en": "Sister-city agreement",
    }
    assert label_of_term(str(ORG.member)) == {"tr": "üye", "en": "member"}
    assert label_of_term("https://example.org/nothing") is None


def test_things_move_with_the_base_and_terms_stay() -> None:
    base = "https://graf.example.org/"
    moved, usual = load_ontology(base), load_ontology()
    assert (URIRef(f"{base}id/role/member"), RDF.type, ORG.Role) in moved
    assert (URIRef(f"{BASE}id/role/member"), None, None) not in moved
    assert (KP.confirmed, KP.gradeRank, None) in moved
    assert len(moved) == len(usual)
    assert (URIRef(f"{base}id/theme/peace"), RDF.type, SKOS.Concept) in load_themes(base)


def test_a_store_holds_no_blank_node_of_ours() -> None:
    for rdf in (load_ontology(), load_themes()):
        assert isinstance(rdf, Graph)
        assert not [term for triple in rdf for term in triple if term.__class__.__name__ == "BNode"]


def test_the_digest_changes_with_any_rule_and_with_their_order() -> None:
    digests = [program_digest(rules) for rules in ([], ["a"], ["a", "b"], ["b", "a"], ["ab"])]
    assert len(set(digests)) == 5
    assert program_digest(["a", "b"]) == digests[2]
    assert len(digests[0]) == 64
