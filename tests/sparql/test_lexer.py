"""Tokens of SPARQL, worked out by hand from the grammar's terminals."""

import pytest

from graph.lexer import find_position, read_tokens, resolve_escapes
from ontology.errors import QuerySyntaxError


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in read_tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# SERVICE\nASK", [("word", "ASK")]),
        ("<http://e/a#b> # c", [("iri", "<http://e/a#b>")]),
        ("'a' \"b\"", [("string", "'a'"), ("string", '"b"')]),
        (r"'it\'s'", [("string", r"'it\'s'")]),
        (r"'a\u0022'", [("string", r"'a\u0022'")]),
        ("'''a'b''c'''", [("string", "'''a'b''c'''")]),
        ('"""a\n# "b"" """', [("string", '"""a\n# "b"" """')]),
        ('""', [("string", '""')]),
        ("ex:a", [("name", "ex:a")]),
        (":", [("name", ":")]),
        ("ex:a.b.", [("name", "ex:a.b"), ("sign", ".")]),
        (r"ex:a\-b", [("name", r"ex:a\-b")]),
        ("ex:%20a", [("name", "ex:%20a")]),
        ("şehir:çorum", [("name", "şehir:çorum")]),
        ("?ad $yıl", [("variable", "?ad"), ("variable", "$yıl")]),
        ("_:b1.", [("blank", "_:b1"), ("sign", ".")]),
        ('"a"@tr-TR', [("string", '"a"'), ("language", "@tr-TR")]),
        ("1 .5 2.5e-3 1.", [("number", t) for t in ("1", ".5", "2.5e-3", "1")] + [("sign", ".")]),
        ("?a<?b", [("variable", "?a"), ("sign", "<"), ("variable", "?b")]),
        ("?a<=3", [("variable", "?a"), ("sign", "<="), ("number", "3")]),
        ('"1"^^xsd:int', [("string", '"1"'), ("sign", "^^"), ("name", "xsd:int")]),
    ],
)
def test_text_becomes_its_tokens(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "'a",
        '"a\nb"',
        "'''a''",
        r"'a\q'",
        "ASK\x00{}",
        "ASK\u00a0{}",
        "\ufeffASK",
        "ASK {",
        "ASK }",
        "ASK {(})",
    ],
)
def test_what_is_no_token_is_an_error(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        read_tokens(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { FILTER(1<'x>') }",
        "ASK { FILTER(?a<?b#>\n) }",
        "ASK { FILTER(?a<(1>2)) }",
        "ASK { FILTER(?a <<http://x#>) }",
    ],
)
def test_a_comparison_that_looks_like_an_address_is_an_error(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match="can be read as an address or as a comparison"):
        read_tokens(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { VALUES (?a ?b) { (<http://e/#a> <http://e/it's>) } }",
        "ASK { ?s ?p <http://e/a_(b)> FILTER(?s = <http://e/#c>) }",
        "ASK { ?s (<http://e/#a>|<http://e/#b>) ?o FILTER(?o IN (<http://e/#a>, <http://e/#b>)) }",
    ],
)
def test_an_address_where_nothing_is_compared_is_an_address(text: str) -> None:
    assert any(token.kind == "iri" for token in read_tokens(text))


def test_escapes_are_resolved_everywhere() -> None:
    assert resolve_escapes(r"\u0053ERVICE \U0001F309") == "SERVICE 🌉"


def test_an_escape_of_no_character_is_an_error() -> None:
    with pytest.raises(QuerySyntaxError, match=r"\\uD800 is the escape of no character"):
        resolve_escapes(r"'\uD800'")


def test_a_position_has_line_column_and_caret() -> None:
    assert find_position("ASK {\n  ?s foo }", 11) == (2, 6, "  ?s foo }\n     ^")
