"""Rows are counted in the engine's bytes, in whatever parts they come."""

import pyoxigraph as ox
import pytest

from graph.meters import METERS

FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
#: Values that look like rows, quotes and line ends of each format.
TRICKY = ['"}},{"b\\', "<result>", 'x\r\ny,"z"', "", ",{", "\\", '\\"', "a\nb", "[{", "\x00", "}},{"]


def serialise(limit: int, name: str) -> bytes:
    store = ox.Store()
    subject, predicate = ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p")
    for value in TRICKY:
        store.add(ox.Quad(subject, predicate, ox.Literal(value)))
    query = "SEL" + f"ECT ?o ?none {{ ?s ?p ?o }} ORDER BY STR(?o) LIMIT {limit}"
    return bytes(store.query(query).serialize(format=FORMATS[name]) or b"")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("size", [1, 2, 7, 64, 10_000])
def test_all_rows_are_counted(name: str, size: int) -> None:
    whole, meter, buffer = serialise(100, name), METERS[name](), bytearray()
    for begin in range(0, len(whole), size):
        buffer += whole[begin : begin + size]
        assert not meter.take(buffer, len(TRICKY))
    assert meter.rows == len(TRICKY)
    assert buffer == whole


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("rows", [0, 1, 2, 100])
def test_a_whole_table_is_counted_at_its_end(name: str, rows: int) -> None:
    assert METERS[name]().finish(bytearray(serialise(rows, name))) == min(rows, len(TRICKY))


def test_empty_rows_are_counted() -> None:
    assert METERS["json"]().finish(bytearray(b'{"head":{"vars":[]},"results":{"bindings":[{},{}]}}')) == 2


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("size", [1, 2, 7, 64, 10_000])
@pytest.mark.parametrize("limit", range(1, len(TRICKY)))
def test_a_cut_table_is_the_table_of_its_first_rows(name: str, size: int, limit: int) -> None:
    whole, meter, buffer = serialise(100, name), METERS[name](), bytearray()
    for begin in range(0, len(whole), size):
        buffer += whole[begin : begin + size]
        if meter.take(buffer, limit):
            break
    assert meter.rows == limit
    assert bytes(buffer) == serialise(limit, name)
