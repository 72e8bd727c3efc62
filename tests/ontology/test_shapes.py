"""The shapes: a tiny good graph keeps all of them, and each planted fault is caught by its own shape.

A fault (``data/faults.txt``) is what is taken out of ``data/good.ttl`` and what is put in.
"""

from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace
from rdflib.term import Node

from ontology.terms import PREFIXES
from ontology.vocabulary import load_ontology, load_shapes, load_themes

SHAPES = Namespace("https://w3id.org/kopru/shapes#")
GOOD = Path(__file__).parent / "data" / "good.ttl"
HEAD = "@base <https://w3id.org/kopru/id/> .\n@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n" + "".join(
    f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()
)


def read_faults() -> list[tuple[str, str, str]]:
    lines = (Path(__file__).parent / "data" / "faults.txt").read_text(encoding="utf-8").splitlines()
    faults = [[part.strip() for part in line.split("|")] for line in lines if not line.startswith("#")]
    return [(shape, taken, put) for shape, taken, put in faults]


FAULTS = read_faults()


def read(turtle: str) -> Graph:
    return Graph().parse(data=f"{HEAD}{turtle} ." if turtle else HEAD, format="turtle")


def class_hierarchy() -> Graph:
    rdf = Graph()
    for triple in load_ontology().triples((None, RDFS.subClassOf, None)):
        rdf.add(triple)
    return rdf


def broken_shapes(rdf: Graph) -> set[str]:
    """Return the names of the shapes that the graph breaks."""
    _, report, _ = pyshacl.validate(rdf, shacl_graph=Graph() + load_shapes(), inference="none")
    assert isinstance(report, Graph)
    shapes = {
        report.value(result, SH.sourceShape) for result in report.subjects(RDF.type, SH.ValidationResult)
    }
    return {str(shape).removeprefix(str(SHAPES)) for shape in shapes}


def speaking_shapes() -> set[Node]:
    return set(load_shapes().subjects(SH.message))


def test_the_good_graph_keeps_every_shape() -> None:
    assert broken_shapes(class_hierarchy() + Graph().parse(GOOD)) == set()


def test_the_vocabulary_and_the_themes_keep_every_shape() -> None:
    assert broken_shapes(load_ontology() + load_themes()) == set()


@pytest.mark.parametrize(("shape", "taken", "put"), FAULTS, ids=lambda text: text[:40])
def test_a_planted_fault_is_caught_by_its_own_shape_alone(shape: str, taken: str, put: str) -> None:
    rdf = class_hierarchy() + Graph().parse(GOOD)
    gone = read(taken)
    assert all(triple in rdf for triple in gone)
    assert broken_shapes(rdf - gone + read(put)) == {shape}


def test_every_shape_with_a_message_has_a_planted_fault() -> None:
    assert {SHAPES[shape] for shape, _, _ in FAULTS} == speaking_shapes()
    assert len(speaking_shapes()) > 60
    assert len(FAULTS) > 90


def test_every_message_is_there_in_both_languages() -> None:
    for shape in speaking_shapes():
        messages = [text for text in load_shapes().objects(shape, SH.message) if isinstance(text, Literal)]
        assert sorted(message.language or "" for message in messages) == ["en", "tr"]
        assert all(message.endswith(".") for message in messages)


def test_every_property_shape_belongs_to_a_node_shape() -> None:
    shapes = load_shapes()
    named = set(shapes.subjects(RDF.type, SH.PropertyShape))
    used = set(shapes.objects(None, SH.property))
    assert named <= used
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        assert any((shape, target, None) in shapes for target in targets), shape


def test_the_shapes_are_valid_shacl() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=Graph() + load_shapes(), meta_shacl=True)
    assert conforms, text
