"""Whatever stands in the published graph has a name in both languages, so that no page shows an address."""

from graph.store import GraphStore
from ontology.iris import BASE
from ontology.terms import RDF
from ontology.vocabulary import label_of_term, load_ontology, load_themes


def test_every_class_and_property_in_the_bundled_graph_is_named(bundled_store: GraphStore) -> None:
    rdf = bundled_store.current().default_graph()
    terms = {str(term) for term in rdf.predicates()}
    terms |= {str(term) for term in rdf.objects(None, RDF.type)}
    assert len(terms) > 120
    assert [term for term in sorted(terms) if label_of_term(term) is None] == []


def test_matches_and_themes_are_published_with_the_vocabulary(bundled_store: GraphStore) -> None:
    published = bundled_store.current().named_graph(f"{BASE}graph/ontology")
    assert set(load_ontology() + load_themes()) <= set(published)
