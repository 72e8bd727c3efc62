"""RDF files in every form, good and bad."""

from datetime import UTC, datetime

import pytest
from rdflib import Graph, Literal, URIRef

from graph.parsing import parse_rdf
from ingest.batch import Batch, Context, Fetched, RawFile
from ingest.pipeline import ingest
from ingest.sources import rdf as rdf_source
from ontology.errors import RecordError
from ontology.iris import Iris
from ontology.terms import RDFS

THING = URIRef("https://example.org/a")
GOOD = {
    "a.ttl": '<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "A"@en .',
    "a.nt": '<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "A"@en .',
    "a.nq": '<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "A"@en <urn:g> .',
    "a.trig": '<urn:g> { <https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "A"@en . }',
    "a.jsonld": '{"@id": "https://example.org/a", '
    '"http://www.w3.org/2000/01/rdf-schema#label": {"@value": "A", "@language": "en"}}',
    "a.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"><rdf:Description rdf:about="https://example.org/a">'
    '<rdfs:label xml:lang="en">A</rdfs:label></rdf:Description></rdf:RDF>',
    "noending": '<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "A"@en .',
}
BAD = {
    "a.ttl": ("<urn:a> <urn:b> \n\n ???", r"a\.ttl, line 3: this can't be read"),
    "b.jsonld": (
        '{"@context": "https://example.org/c"}',
        "lies at https://example.org/c, which is not fetched",
    ),
    "c.jsonld": ('[{"x": {"@context": [{}, "http://h/c"]}}]', "lies at http://h/c"),
    "d.jsonld": ('{"@context": {"@import": "http://h/i"}}', "lies at http://h/i"),
    "e.jsonld": ('{"@id": ', r"e\.jsonld, line 1: this is no JSON"),
    "f.rdf": (
        '<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r/>',
        r"f\.rdf, line 2: this RDF/XML has a document type",
    ),
    "g.dat": ("hello", "what kind of RDF this is can't be seen"),
}


def read(name: str, text: str) -> Batch:
    """Read one file."""
    fetched = Fetched((RawFile(name, text.encode()),), name, datetime.now(UTC))
    return rdf_source.read(fetched, Context(Iris(), None, "antalya", lambda _name: Graph()))


@pytest.mark.parametrize("name", GOOD)
def test_every_form_gives_the_same_statement(name: str) -> None:
    assert set(read(name, GOOD[name]).rdf) == {(THING, RDFS.label, Literal("A", lang="en"))}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_place(name: str) -> None:
    text, message = BAD[name]
    with pytest.raises(RecordError, match=message):
        read(name, text)


def test_a_file_with_too_many_statements_stops_there() -> None:
    text = "".join(f"<urn:a> <urn:b> <urn:c{number}> .\n" for number in range(20))
    rdf, failure = parse_rdf(text.encode(), "nt", "http://x/", limit=10)
    assert (len(rdf), failure) == (0, (None, ""))


def test_each_file_has_a_graph_of_its_own(store, records, tmp_path) -> None:
    for name in ("a", "b"):
        text = GOOD["a.ttl"].replace("org/a", f"org/{name}")
        (tmp_path / f"{name}.ttl").write_text(text)
        report = ingest(store, "rdf", records=records.root, location=str(tmp_path / f"{name}.ttl"))
        assert (report.added, report.removed) == (1, 0)
    assert set(store.current().info.sources) == {"rdf-a", "rdf-b"}
    assert ingest(store, "rdf", records=records.root, location=str(tmp_path / "a.ttl")).published is None
