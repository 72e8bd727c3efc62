"""Each format on two statements, its text written out."""

from pathlib import Path

import pytest

from graph.formats import FORMATS, find_format, list_formats
from graph.workers import Limits
from ontology.errors import FormatNotOffered

SELECT = "PREFIX ex: <http://example.org/> SELECT ?s ?name { ?s ex:name ?name }"
CONSTRUCT = "PREFIX ex: <http://example.org/> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } ORDER BY ?p"

TABLES = {
    "json": (
        '{"head":{"vars":["s","name"]},"results":{"bindings":[{"s":{"type":"uri","value":'
        '"http://example.org/antalya"},"name":{"type":"literal","value":"Antalya","xml:lang":"tr"}}]}}'
    ),
    "xml": (
        '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
        '<variable name="s"/><variable name="name"/></head><results><result><binding name="s">'
        '<uri>http://example.org/antalya</uri></binding><binding name="name"><literal xml:lang="tr">'
        "Antalya</literal></binding></result></results></sparql>"
    ),
    "csv": "s,name\r\nhttp://example.org/antalya,Antalya\r\n",
    "tsv": '?s\t?name\n<http://example.org/antalya>\t"Antalya"@tr\n',
}
TRUTHS = {
    "json": '{"head":{},"boolean":true}',
    "xml": (
        '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head></head>'
        "<boolean>true</boolean></sparql>"
    ),
    "csv": "true",
    "tsv": "true",
}
TRIPLES = (
    '<http://example.org/antalya> <http://example.org/name> "Antalya"@tr .\n'
    "<http://example.org/antalya> <http://example.org/twin> <http://example.org/nuremberg> .\n"
)
TURTLE = '@prefix ex: <http://example.org/> .\nex:antalya ex:name "Antalya"@tr ;\n\tex:twin ex:nuremberg .\n'
GRAPHS = {
    "turtle": TURTLE,
    "nt": TRIPLES,
    # A constructed graph has no name: it is the default graph of a dataset.
    "nquads": TRIPLES,
    "trig": TURTLE,
    "jsonld": (
        '[{"@id":"http://example.org/antalya","http://example.org/name":[{"@language":"tr","@value":"Antalya"}],'
        '"http://example.org/twin":[{"@id":"http://example.org/nuremberg"}]}]'
    ),
    "rdfxml": (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:ex="http://example.org/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:its="http://www.w3.org/2005/11/its">\n'
        '\t<rdf:Description rdf:about="http://example.org/antalya">\n'
        '\t\t<ex:name xml:lang="tr">Antalya</ex:name>\n\t\t<ex:twin '
        'rdf:resource="http://example.org/nuremberg"/>\n\t</rdf:Description>\n</rdf:RDF>'
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_written_in_each_format(asker, name: str) -> None:
    answer, text = asker.ask(SELECT, table=name)
    assert text == TABLES[name]
    assert (answer.format.name, answer.rows, answer.is_cut, answer.revision) == (name, 1, False, 1)


@pytest.mark.parametrize("name", TRUTHS)
def test_a_truth_is_written_in_each_format(asker, name: str) -> None:
    answer, text = asker.ask("ASK { ?s ?p ?o }", table=name)
    assert text == TRUTHS[name]
    assert answer.rows is None


@pytest.mark.parametrize("name", GRAPHS)
def test_a_graph_is_written_in_each_format(asker, name: str) -> None:
    answer, text = asker.ask(CONSTRUCT, rdf=name)
    assert text == GRAPHS[name]
    assert answer.rows == 2


def test_describe_gives_a_graph(asker) -> None:
    assert asker.ask("DESCRIBE <http://example.org/antalya>", rdf="nt")[1].count("\n") == 2


def test_names_and_media_types_of_formats_are_told_apart() -> None:
    for shape in ("table", "rdf"):
        formats = list_formats(shape)
        names = [name for one in formats for name in (*one.names, one.media_type, *one.aliases)]
        assert len(names) == len(set(names))
        assert [find_format(name, shape) in formats for name in names] == [True] * len(names)
    assert [find_format(one.name) for one in FORMATS] == list(FORMATS)
    assert find_format("text/turtle; charset=utf-8") == find_format("TTL")
    assert find_format("docx") is None


def test_a_table_is_not_given_as_a_graph(asker) -> None:
    with pytest.raises(FormatNotOffered, match="A SELECT query is not answered as turtle"):
        asker.ask(SELECT, table=None, wanted="turtle")


@pytest.mark.parametrize(("cap", "is_cut", "rows"), [(1, True, 1), (2, False, 2), (None, False, 2)])
def test_the_cap_cuts_only_what_has_more_rows(asker, cap: int | None, is_cut: bool, rows: int) -> None:
    limits = Limits(max_rows=cap)
    for text in ("SELECT * { ?s ?p ?o }", CONSTRUCT):
        answer, body = asker.ask(text, limits, table="tsv", rdf="nt")
        assert (answer.is_cut, answer.rows) == (is_cut, rows)
        assert body.count("\n") == rows + (answer.format.name == "tsv")


def test_a_large_answer_streams_without_a_cap(asker) -> None:
    """40,000 rows of 60 bytes pass two megabytes before the cap of 39,999 rows is reached."""
    digits = " ".join(str(n) for n in range(10))
    values = " ".join(f"VALUES ?{name} {{ {digits} }}" for name in "abcd")
    wide = 'BIND("' + "x" * 60 + '" AS ?wide)'
    text = f"SELECT ?a ?b ?c ?d ?e ?wide {{ {values} VALUES ?e {{ 1 2 3 4 }} {wide} }}"
    answer, body = asker.ask(text, Limits(max_rows=39_999, seconds=60), table="csv")
    assert (answer.is_whole, answer.is_cut, answer.rows) == (False, False, None)
    assert body.count("\r\n") == 40_001


def test_a_known_prefix_is_added_and_said(asker) -> None:
    answer, _ = asker.ask("SELECT * { ?s rdfs:label ?o }")
    assert answer.added_prefixes == ("rdfs",)


def test_the_document_lists_the_formats() -> None:
    text = (Path(__file__).parents[2] / "docs" / "sparql.md").read_text(encoding="utf-8")
    kinds = {"table": "SELECT, ASK", "rdf": "CONSTRUCT, DESCRIBE"}
    rows = [
        f"| {', '.join(f'`{name}`' for name in one.names)} | `{one.media_type}` | {kinds[one.shape]} |"
        for one in FORMATS
    ]
    assert "\n".join(rows) in text
