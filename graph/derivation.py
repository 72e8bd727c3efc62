"""What follows from the sources: the vocabulary's own statements, the rules' results, the keys.

The rules are ``graph/rules/NN_name.rq``, run in the order of their numbers over the
default graph; each sees the results of those before it, none those of an earlier publish.
"""

from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from graph.merge import Subject, add_statements, remove_statements, replace_graph, statements_of
from graph.terms_ox import make_quads
from ontology import vocabulary
from ontology.iris import Iris
from ontology.terms import KP, RDFS, SKOS
from ontology.text import fold, sort_key

__all__ = ["OWN_GRAPHS", "derive", "program_digest"]

#: The named graphs that no source brings.
OWN_GRAPHS = ("ontology", "derived")

_LABELS = tuple(ox.NamedNode(str(iri)) for iri in (RDFS.label, SKOS.prefLabel, SKOS.altLabel))
_SEARCH_KEY = ox.NamedNode(str(KP.searchKey))
_SORT_KEY = ox.NamedNode(str(KP.sortKey))
#: The label that sorts is the Turkish one, else the English one, else one without a language;
#: among them a name before an alternative name.
_LANGUAGE_RANK = {"tr": 0, "en": 1, None: 2}


def _read_rules() -> list[str]:
    rules = [entry for entry in files("graph.rules").iterdir() if entry.name.endswith(".rq")]
    return [rule.read_text(encoding="utf-8") for rule in sorted(rules, key=lambda entry: entry.name)]


@cache
def program_digest() -> str:
    """Return a digest of all that decides what is derived: vocabulary, rules, the making of keys."""
    keys = (files("ontology") / "text.py").read_text(encoding="utf-8")
    return vocabulary.program_digest([*_read_rules(), keys])


def derive(database: ox.Store, iris: Iris) -> None:
    """Bring the graphs ``ontology`` and ``derived`` of a staged database up to date."""
    ontology, derived = (ox.NamedNode(str(iris.graph(name))) for name in OWN_GRAPHS)
    remove_statements(database, list(statements_of(database, derived)))
    words = vocabulary.load_ontology(iris.base) + vocabulary.load_themes(iris.base)
    replace_graph(database, ontology, make_quads(words, ontology))
    for rule in _read_rules():
        add_statements(database, _run_rule(database, rule, iris, derived))
    add_statements(database, _make_keys(database, derived))


def _run_rule(database: ox.Store, rule: str, iris: Iris, derived: ox.NamedNode) -> set[ox.Quad]:
    triples = database.query(rule, base_iri=iris.base)
    if not isinstance(triples, ox.QueryTriples):
        raise TypeError("a rule must be a CONSTRUCT query")
    return {ox.Quad(triple.subject, triple.predicate, triple.object, derived) for triple in triples}


def _make_keys(database: ox.Store, derived: ox.NamedNode) -> set[ox.Quad]:
    """Return a search key of every label, and one sort key of every labelled thing."""
    search_keys = set()
    names: dict[Subject, tuple[int, int, str]] = {}
    for order, predicate in enumerate(_LABELS):
        for quad in database.quads_for_pattern(None, predicate, None, ox.DefaultGraph()):
            if isinstance(label := quad.object, ox.Literal):
                search_keys.add(ox.Quad(quad.subject, _SEARCH_KEY, ox.Literal(fold(label.value)), derived))
                name = (_LANGUAGE_RANK.get(label.language, 3), order, label.value)
                names[quad.subject] = min(name, names.get(quad.subject, name))
    return search_keys | {
        ox.Quad(thing, _SORT_KEY, ox.Literal(sort_key(name[-1])), derived) for thing, name in names.items()
    }
