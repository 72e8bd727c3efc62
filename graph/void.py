"""How much of what is in the graph, counted at each publish in the W3C's terms for it (VoID).

The numbers stand in the graph ``statistics``: for the whole, for each class, for each property,
for each property of each class, and for each named graph. They are about the default graph
without themselves, have no blank nodes, and are the same for the same data, whenever and by
whichever run it came in; which revision was issued when is therefore not said here.

Partitions have no type of their own, so that asking for the classes of all things finds the
things and not the counting of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from operator import attrgetter

import pyoxigraph as ox
from rdflib import URIRef

from graph.merge import Subject, statements_of
from graph.tally import Tally
from ontology.iris import Iris
from ontology.terms import DCAT, DCTERMS, KP, RDF, VOID, XSD

__all__ = ["DATASET", "describe_tally", "make_statistics"]

#: Kind and slug of the IRI of the whole.
DATASET = ("dataset", "kopru")

_TEXTS = {
    DCTERMS.title: (
        "Köprü: bir kentin uluslararası ilişkileri",
        "Köprü: the international relations of a city",
    ),
    DCTERMS.description: (
        "Kardeş şehirler, protokoller, ağ üyelikleri, projeler, hibe ve krediler, uluslararasılaşma planı; "
        "her bilginin belgesi, tarihi ve kanıt derecesiyle.",
        "Sister cities, protocols, memberships in networks, projects, grants and loans, and the plan for "
        "internationalisation; each with its document, its date and its grade of evidence.",
    ),
    DCTERMS.rights: (
        "Lisans, Köprü'nün kendi eklediklerini kapsar; her kaynağın lisansı kendi adlı çizgesinde yazar.",
        "The licence covers what Köprü itself adds; the licence of each source stands in its named graph.",
    ),
}  # fmt: skip
#: The named graphs that no source describes.
_OWN_TITLES = {
    "ontology": ("Sözlük ve temalar", "Vocabulary and themes"),
    "derived": ("Kurallardan çıkanlar", "What follows from the rules"),
    "statistics": ("Çizgenin sayıları", "The numbers of the graph"),
}

_TYPE = ox.NamedNode(str(RDF.type))
_LICENCE = ox.NamedNode(str(DCTERMS.license))
_ONTOLOGY = ox.NamedNode(str(KP._NS).removesuffix("#"))


def make_statistics(
    merge: ox.Store, sizes: Mapping[str, int], iris: Iris, *, in_order: bool = False
) -> set[ox.Triple]:
    """Return the description of a graph: what it is, how large, and how its parts are filled.

    Parameters
    ----------
    merge
        The database with the default graph, without earlier statistics.
    sizes
        IRI of each named graph -> its number of statements.
    iris
        Mints the IRIs of the partitions.
    in_order
        Whether the database gives all of one subject one after the other, as one on the disk does.
    """
    tally = Tally()
    pointers = _count_pointers(merge)
    best: dict[ox.NamedNode, tuple[int, str]] = {}
    for subject, said in _by_subject(merge, in_order=in_order):
        for class_iri in tally.count(subject, said):
            rank = -len(said) - pointers.get(hash(subject), 0), subject.value  # type: ignore[union-attr]
            best[class_iri] = min(best.get(class_iri, rank), rank)
    tally.examples = {class_iri: iri for class_iri, (_, iri) in best.items()}
    return describe_tally(merge, tally, sizes, iris)


def describe_tally(merge: ox.Store, tally: Tally, sizes: Mapping[str, int], iris: Iris) -> set[ox.Triple]:
    """Return the description of a graph of which all is counted."""
    return {
        *_describe_whole(merge, tally, iris),
        *_describe_graphs(sizes, iris),
        *_describe_properties(tally, iris),
        *_describe_classes(tally, iris),
    }


def _by_subject(merge: ox.Store, *, in_order: bool) -> Iterator[tuple[Subject, list[ox.Quad]]]:
    """Yield each subject with all that is said of it."""
    statements = statements_of(merge, ox.DefaultGraph())
    if in_order:
        for subject, said in groupby(statements, key=attrgetter("subject")):
            yield subject, list(said)
    else:
        gathered: dict[Subject, list[ox.Quad]] = {}
        for quad in statements:
            gathered.setdefault(quad.subject, []).append(quad)
        yield from gathered.items()


def _count_pointers(merge: ox.Store) -> dict[int, int]:
    """Return hash of an IRI -> number of statements that lead to it: a third of the memory of the IRIs."""
    rows = merge.query((files("graph.queries") / "pointers.rq").read_text(encoding="utf-8"))
    return {hash(thing): int(number.value) for thing, number in rows}  # type: ignore[union-attr]


def _describe_whole(merge: ox.Store, tally: Tally, iris: Iris) -> Iterator[ox.Triple]:
    whole = _dataset(iris)
    for kind in (VOID.Dataset, DCAT.Dataset):
        yield ox.Triple(whole, _TYPE, ox.NamedNode(str(kind)))
    for prop, texts in _TEXTS.items():
        yield from _say(whole, prop, texts)
    for quad in merge.quads_for_pattern(_ONTOLOGY, _LICENCE, None, None):
        yield ox.Triple(whole, _LICENCE, quad.object)
    yield _link(whole, VOID.uriSpace, ox.Literal(f"{iris.base}id/"))
    yield _link(whole, VOID.vocabulary, _ONTOLOGY)
    yield from _numbers(whole, {
        VOID.triples: tally.triples,
        VOID.entities: tally.entities,
        VOID.distinctSubjects: tally.subjects,
        VOID.classes: len(tally.members),
        VOID.properties: sum(class_iri is None for class_iri, _ in tally.uses),
    })  # fmt: skip


def _describe_graphs(sizes: Mapping[str, int], iris: Iris) -> Iterator[ox.Triple]:
    for name, size in sizes.items():
        graph = ox.NamedNode(name)
        yield _link(_dataset(iris), VOID.subset, graph)
        yield from _numbers(graph, {VOID.triples: size})
    for own, titles in _OWN_TITLES.items():
        yield from _say(ox.NamedNode(str(iris.graph(own))), DCTERMS.title, titles)


def _describe_properties(tally: Tally, iris: Iris) -> Iterator[ox.Triple]:
    """Describe the properties of all things, and those of each class within its partition."""
    for class_iri, prop in tally.uses:
        within = _partition(iris, class_iri) if class_iri else _dataset(iris)
        part = _partition(iris, *filter(None, (class_iri, prop)))
        yield _link(within, VOID.propertyPartition, part)
        yield _link(part, VOID.property, prop)
        numbers = {
            VOID.triples: tally.uses[class_iri, prop],
            VOID.distinctSubjects: tally.users[class_iri, prop],
        }
        yield from _numbers(part, numbers)


def _describe_classes(tally: Tally, iris: Iris) -> Iterator[ox.Triple]:
    for class_iri, number in tally.members.items():
        part = _partition(iris, class_iri)
        yield _link(_dataset(iris), VOID.classPartition, part)
        yield _link(part, VOID["class"], class_iri)
        yield _link(part, VOID.exampleResource, ox.NamedNode(tally.examples[class_iri]))
        yield from _numbers(part, {VOID.entities: number})


def _dataset(iris: Iris) -> ox.NamedNode:
    return ox.NamedNode(str(iris.thing(*DATASET)))


def _partition(iris: Iris, *terms: ox.NamedNode) -> ox.NamedNode:
    """Return the IRI of what is about a class, a property, or both; readable, and told apart by a digest."""
    names = [term.value.rstrip("/#").replace("#", "/").rpartition("/")[2] for term in terms]
    digest = sha256(" ".join(term.value for term in terms).encode()).hexdigest()[:8]
    return ox.NamedNode(str(iris.thing("partition", "-".join([*names, digest]))))


def _link(subject: ox.NamedNode, prop: URIRef, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(str(prop)), value)


def _say(subject: ox.NamedNode, prop: URIRef, texts: Iterable[str]) -> Iterator[ox.Triple]:
    for language, text in zip(("tr", "en"), texts, strict=True):
        yield _link(subject, prop, ox.Literal(text, language=language))


def _numbers(subject: ox.NamedNode, numbers: Mapping[URIRef, int]) -> Iterator[ox.Triple]:
    integer = ox.NamedNode(str(XSD.integer))
    for prop, number in numbers.items():
        yield _link(subject, prop, ox.Literal(str(number), datatype=integer))
