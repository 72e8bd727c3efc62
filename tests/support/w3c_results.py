"""Results of queries, read without the engine and compared up to the names of blank nodes.

A term is a tuple: ``("uri", address)``, ``("bnode", label)`` or ``("literal", text, datatype,
language)``; a row maps names of variables to terms.
"""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

import rdflib
from rdflib.compare import isomorphic
from w3c_suite import read_file

Term = tuple[str, ...]
Row = Mapping[str, Term]

_RS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
_SRX = "{http://www.w3.org/2005/sparql-results#}"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TSV_TERM = re.compile(
    r"<(?P<iri>[^>]*)>|_:(?P<bnode>\S+)"
    r"|\"(?P<text>(?:[^\"\\]|\\.)*)\"(?:@(?P<lang>[\w-]+)|\^\^<(?P<type>[^>]*)>)?|(?P<number>\S+)"
)
_RDFLIB = {"ttl": "turtle", "rdf": "xml", "nt": "nt"}


@dataclass(frozen=True)
class Table:
    """Names of the variables and rows; ``is_ordered``: the order of the rows counts."""

    names: frozenset[str]
    rows: Sequence[Row]
    is_ordered: bool = False


Result = bool | Table | rdflib.Graph


def read_result(data: bytes, ending: str, base: str = "") -> Result:
    """Return a result by the ending of its file: a truth, a table or a graph."""
    if ending == "csv":
        return _read_csv(data.decode())
    if ending == "srj":
        return _read_json(json.loads(data))
    if ending == "srx":
        return _read_xml(ElementTree.fromstring(data))
    if ending == "tsv":
        return _read_tsv(data.decode())
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        rdf = rdflib.Graph().parse(data=data, format=_RDFLIB[ending], publicID=base)
    finally:
        rdflib.NORMALIZE_LITERALS = before
    return _read_rdf(rdf)


def read_expected(address: str) -> Result:
    """Return the result that the W3C expects."""
    return read_result(read_file(address), address.rpartition(".")[2], address)


def differ(expected: Result, given: Result, *, is_lax: bool = False) -> str:
    """Return what differs, for people; empty when the results are the same."""
    if isinstance(expected, Table) and isinstance(given, Table):
        if expected.names != given.names:
            return f"variables {sorted(given.names)}, expected {sorted(expected.names)}"
        if is_lax:
            same = {_frozen(row) for row in expected.rows} == {_frozen(row) for row in given.rows}
        else:
            same = len(expected.rows) == len(given.rows) and _match(expected, given.rows)
    elif isinstance(expected, rdflib.Graph) and isinstance(given, rdflib.Graph):
        same = isomorphic(expected, given)
    else:
        same = expected is given
    return "" if same else f"given {_show(given)}\nexpected {_show(expected)}"


def _match(expected: Table, given: Sequence[Row]) -> bool:
    """Tell whether rows pair up under one renaming of the blank nodes."""

    def pair(place: int, left: list[Row], names: dict[str, str]) -> bool:
        if place == len(given):
            return True
        for number in range(1 if expected.is_ordered else len(left)):
            renamed = _rename(given[place], left[number], names)
            if renamed is not None and pair(place + 1, left[:number] + left[number + 1 :], renamed):
                return True
        return False

    return pair(0, list(expected.rows), {})


def _rename(given: Row, expected: Row, names: dict[str, str]) -> dict[str, str] | None:
    """Return the names with those that make the rows equal; ``None`` when nothing does."""
    if given.keys() != expected.keys():
        return None
    names = dict(names)
    for variable, term in given.items():
        other = expected[variable]
        if term[0] == "bnode" and other[0] == "bnode":
            taken = {renamed: name for name, renamed in names.items()}
            if names.setdefault(term[1], other[1]) != other[1] or taken.get(other[1], term[1]) != term[1]:
                return None
        elif term != other:
            return None
    return names


def _frozen(row: Row) -> frozenset[tuple[str, Term]]:
    return frozenset((name, ("bnode",) if term[0] == "bnode" else term) for name, term in row.items())


def _show(result: Result) -> str:
    if isinstance(result, Table):
        return "\n".join(str(dict(row)) for row in result.rows[:20])
    return result.serialize(format="nt") if isinstance(result, rdflib.Graph) else str(result)


def _literal(text: str, datatype: str | None, language: str | None) -> Term:
    if datatype == f"{_XSD}string":
        datatype = None
    return (
        "literal",
        _canonical(text, datatype),
        "" if language else datatype or "",
        (language or "").lower(),
    )


def _canonical(text: str, datatype: str | None) -> str:
    """Return one form for all spellings of a value: results are compared by value."""
    try:
        if datatype in (f"{_XSD}integer", f"{_XSD}decimal"):
            return format(Decimal(text).normalize(), "f")
        if datatype in (f"{_XSD}double", f"{_XSD}float"):
            return repr(float(text))
        if datatype == f"{_XSD}boolean":
            return {"0": "false", "1": "true"}.get(text, text)
        if datatype in (f"{_XSD}dateTime", f"{_XSD}date", f"{_XSD}time"):
            return text.replace("+00:00", "Z")
    except (ArithmeticError, ValueError):
        pass  # no number: its spelling is all there is
    return text


def _read_json(document: dict) -> Result:
    if "boolean" in document:
        return bool(document["boolean"])
    rows = [{name: _json_term(term) for name, term in row.items()} for row in document["results"]["bindings"]]
    return Table(frozenset(document["head"]["vars"]), rows)


def _json_term(term: dict) -> Term:
    if term["type"] in ("uri", "bnode"):
        return (term["type"], term["value"])
    return _literal(term["value"], term.get("datatype"), term.get("xml:lang"))


def _read_xml(root: ElementTree.Element) -> Result:
    truth = root.find(f"{_SRX}boolean")
    if truth is not None:
        return (truth.text or "").strip() == "true"
    names = frozenset(one.attrib["name"] for one in root.iter(f"{_SRX}variable"))
    rows = [
        {one.attrib["name"]: _xml_term(one[0]) for one in row.iter(f"{_SRX}binding")}
        for row in root.iter(f"{_SRX}result")
    ]
    return Table(names, rows)


def _xml_term(element: ElementTree.Element) -> Term:
    kind, text = element.tag.removeprefix(_SRX), element.text or ""
    if kind in ("uri", "bnode"):
        return (kind, text)
    return _literal(text, element.get("datatype"), element.get(_LANG))


def _read_csv(text: str) -> Table:
    """Return a table whose terms are texts: CSV doesn't tell addresses from literals."""
    names, *lines = csv.reader(text.splitlines())
    rows = [
        {
            name: ("bnode" if cell.startswith("_:") else "text", cell)
            for name, cell in zip(names, line, strict=True)
            if cell
        }
        for line in lines
    ]
    return Table(frozenset(names), rows)


def _read_tsv(text: str) -> Table:
    head, *lines = text.removesuffix("\n").split("\n")
    names = [name.removeprefix("?") for name in head.split("\t")]
    rows = [
        {name: _tsv_term(cell) for name, cell in zip(names, line.split("\t"), strict=True) if cell}
        for line in lines
    ]
    return Table(frozenset(names), rows)


def _tsv_term(cell: str) -> Term:
    match = _TSV_TERM.fullmatch(cell)
    assert match, cell
    if match["iri"] is not None:
        return ("uri", match["iri"])
    if match["bnode"] is not None:
        return ("bnode", match["bnode"])
    if match["number"] is not None:
        return _literal(cell, _XSD + _number_type(cell), None)
    return _literal(re.sub(r"\\(.)", _unescape, match["text"]), match["type"], match["lang"])


def _number_type(text: str) -> str:
    if text in ("true", "false"):
        return "boolean"
    return "double" if "e" in text.lower() else "decimal" if "." in text else "integer"


def _unescape(match: re.Match[str]) -> str:
    return {"t": "\t", "n": "\n", "r": "\r"}.get(match[1], match[1])


def _read_rdf(rdf: rdflib.Graph) -> Result:
    """Return a graph, or the table or truth that it describes in the vocabulary of result sets."""
    node = next(rdf.subjects(rdflib.RDF.type, _RS.ResultSet), None)
    if node is None:
        return rdf
    truth = rdf.value(node, _RS.boolean)
    if truth is not None:
        return str(truth) in ("true", "1")
    solutions = list(rdf.objects(node, _RS.solution))
    places = {
        one: int(str(place)) for one in solutions if (place := rdf.value(one, _RS["index"])) is not None
    }
    rows = [
        {
            str(rdf.value(one, _RS.variable)): _rdf_term(rdf.value(one, _RS.value))
            for one in rdf.objects(solution, _RS.binding)
        }
        for solution in sorted(solutions, key=lambda one: places.get(one, 0))
    ]
    names = frozenset(map(str, rdf.objects(node, _RS.resultVariable)))
    return Table(names, rows, is_ordered=bool(places))


def _rdf_term(term: rdflib.term.Node | None) -> Term:
    if isinstance(term, rdflib.Literal):
        return _literal(str(term), str(term.datatype) if term.datatype else None, term.language)
    return ("bnode" if isinstance(term, rdflib.BNode) else "uri", str(term))
