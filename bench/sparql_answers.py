"""Answers of different servers made comparable: multisets of rows, with numbers by their value."""

import csv
import io
import json
from collections import Counter
from decimal import Decimal, InvalidOperation

from bench.sparql_client import Answer

__all__ = ["Rows", "compare", "count_rows", "read_rows"]

#: How often each row comes.
Rows = Counter[tuple[str, ...]]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {
    f"{_XSD}{name}" for name in ("integer", "int", "long", "decimal", "double", "float", "nonNegativeInteger")
}


def read_rows(answer: Answer) -> Rows:
    """Return the rows of an answer in JSON or CSV, the statements of one in N-Triples, or its truth value."""
    if "csv" in answer.media:
        lines = csv.reader(io.StringIO(answer.body.decode()))
        next(lines)
        return Counter(tuple(map(_plain, line)) for line in lines)
    if "json" not in answer.media:
        return Counter(tuple(_triple(line)) for line in answer.body.decode().splitlines() if _is_triple(line))
    told = json.loads(answer.body)
    if "boolean" in told:
        return Counter({(str(bool(told["boolean"])),): 1})
    names = told["head"]["vars"]
    return Counter(
        tuple(_term(row[name]) if name in row else "" for name in names)
        for row in told["results"]["bindings"]
    )


def count_rows(rows: Rows) -> int:
    """Return the number of rows."""
    return sum(rows.values())


def compare(ours: Rows, theirs: Rows) -> str:
    """Return what differs, in a few words; empty when nothing does."""
    if ours == theirs:
        return ""
    missing, more = theirs - ours, ours - theirs
    if count_rows(missing) or count_rows(more):
        example = next(iter(missing or more))
        return (
            f"{count_rows(ours)} rows against {count_rows(theirs)}; "
            f"{count_rows(missing)} missing, {count_rows(more)} more, such as {' '.join(example)[:160]}"
        )
    return ""


def _is_triple(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _triple(line: str) -> list[str]:
    subject, predicate, rest = line.strip().removesuffix(".").strip().split(None, 2)
    rest = rest.strip().replace(f"^^<{_XSD}string>", "")
    text, typed, datatype = rest.rpartition("^^<")
    if typed and datatype[:-1] in _NUMBERS:
        rest = _number(text[1:-1])
    return [
        subject,
        predicate,
        rest.encode("ascii", "backslashreplace").decode("unicode_escape") if "\\" in rest else rest,
    ]


def _term(term: dict[str, str]) -> str:
    kind, value = term["type"], term["value"]
    if kind == "uri":
        return f"<{value}>"
    if kind == "bnode":
        return "_:"
    datatype = term.get("datatype", "")
    if datatype in _NUMBERS:
        return _number(value)
    if datatype == f"{_XSD}boolean":
        return {"1": "true", "0": "false"}.get(value, value)
    # The order inside GROUP_CONCAT is left open by the standard.
    text = " · ".join(sorted(value.split(" · ")))
    suffix = "@" + term["xml:lang"].lower() if "xml:lang" in term else ""
    return f'"{text}"{suffix}' + (f"^^{datatype}" if datatype and datatype != f"{_XSD}string" else "")


def _plain(text: str) -> str:
    return _number(text) if text and (text[0].isdigit() or text[0] in "+-") else text


def _number(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return format(value.normalize(), ".9g") if value.is_finite() else text
