"""What follows from the sources: the vocabulary's own statements, the rules' results, keys, numbers.

The rules are ``graph/rules/NN_name.rq``, run in the order of their numbers over the
merge of the sources; each sees the results of those before it, none those of an earlier publish.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from graph.bulk import put_graph
from graph.digest import compute_digests
from graph.examples import examples_digest_text, make_examples
from graph.merge import Subject, replace_graph, settle, statements_of
from graph.premises import Premises
from graph.sizes import count_graphs
from graph.terms_ox import make_quads
from graph.void import make_statistics
from ontology import vocabulary
from ontology.iris import Iris
from ontology.terms import KP, RDFS, SKOS
from ontology.text import fold, sort_key

__all__ = ["OWN_GRAPHS", "derive", "make_keys", "own_digests", "program_digest", "read_rules"]

#: The named graphs that no source brings.
OWN_GRAPHS = ("ontology", "derived", "statistics")

_MERGE = ox.DefaultGraph()
_LABELS = tuple(ox.NamedNode(str(iri)) for iri in (RDFS.label, SKOS.prefLabel, SKOS.altLabel))
_SEARCH_KEY = ox.NamedNode(str(KP.searchKey))
_SORT_KEY = ox.NamedNode(str(KP.sortKey))
#: The label that sorts is the Turkish one, else the English one, else one without a language;
#: among them a name before an alternative name.
_LANGUAGE_RANK = {"tr": 0, "en": 1, None: 2}


@cache
def read_rules() -> tuple[str, ...]:
    """Return the rules in their order."""
    rules = [entry for entry in files("graph.rules").iterdir() if entry.name.endswith(".rq")]
    return tuple(rule.read_text(encoding="utf-8") for rule in sorted(rules, key=lambda entry: entry.name))


@cache
def program_digest() -> str:
    """Return a digest of all that decides what is derived.

    Vocabulary, rules, the making of keys and numbers, and what judges which cities are one.
    """
    makers = [files("ontology") / "text.py", files("graph") / "void.py", files("graph") / "tally.py"]
    judging = [entry for entry in files("graph.identity").iterdir() if entry.name.endswith(".py")]
    makers += sorted(judging, key=lambda entry: entry.name)
    return vocabulary.program_digest(
        [*read_rules(), examples_digest_text(), *(maker.read_text(encoding="utf-8") for maker in makers)]
    )


def own_digests(database: ox.Store, iris: Iris) -> dict[str, str]:
    """Return the digests of our own graphs; without statistics in a revision made before there were any."""
    names = {name: ox.NamedNode(str(iris.graph(name))) for name in OWN_GRAPHS}
    if not any(True for _ in statements_of(database, names["statistics"])):
        del names["statistics"]
    return compute_digests(database, (name.value for name in names.values()))


def derive(database: ox.Store, iris: Iris, scratch: Path | None = None) -> set[Subject] | None:
    """Bring the graphs ``ontology``, ``derived`` and ``statistics`` of a staged database up to date.

    The rules work on a copy without what was derived before, so that only differences are written.

    Parameters
    ----------
    database
        The staged database.
    iris
        The IRIs of the store.
    scratch
        Where the copy of a large graph is kept; ``None``: in memory (about 350 bytes a statement).

    Returns
    -------
    set or None
        The subjects of which something was added or removed; numbers, which no shape bears on, left out.
        ``None``: so much that everything is to be looked at.
    """
    ontology, derived, statistics = (ox.NamedNode(str(iris.graph(name))) for name in OWN_GRAPHS)
    words = vocabulary.load_ontology(iris.base) + vocabulary.load_themes(iris.base) + make_examples(iris)
    touched = settle(database) | replace_graph(database, ontology, make_quads(words, ontology))
    with TemporaryDirectory(dir=scratch, ignore_cleanup_errors=True) as folder:
        given = Premises(database, derived, [statistics], Path(folder), on_disk=scratch is not None)
        for rule in read_rules():
            given.conclude(rule, iris.base)
        given.add(make_keys(given.store))
        changed = put_graph(database, derived, given.store, given.conclusions)
        sizes = {name: size for name, size in count_graphs(database).items() if name != statistics.value}
        numbers = make_statistics(given.store, sizes, iris, in_order=given.on_disk)
        replace_graph(database, statistics, _in_graph(statistics, numbers))
        del given
    return None if changed is None else touched | changed


def _in_graph(name: ox.NamedNode, triples: set[ox.Triple]) -> Iterator[ox.Quad]:
    return (ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)


def make_keys(given: ox.Store) -> Iterator[ox.Triple]:
    """Yield a search key of every label, and one sort key of every labelled thing."""
    names: dict[Subject, tuple[int, int, str]] = {}
    for order, predicate in enumerate(_LABELS):
        for quad in given.quads_for_pattern(None, predicate, None, _MERGE):
            if isinstance(label := quad.object, ox.Literal):
                yield ox.Triple(quad.subject, _SEARCH_KEY, ox.Literal(fold(label.value)))
                name = (_LANGUAGE_RANK.get(label.language, 3), order, label.value)
                names[quad.subject] = min(name, names.get(quad.subject, name))
    for thing, name in names.items():
        yield ox.Triple(thing, _SORT_KEY, ox.Literal(sort_key(name[-1])))
