"""``kopru query`` in forms that are not for reading on a screen: workbooks and RDF."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import rdflib

from graph.store import GraphStore

ROOT = Path(__file__).parents[2]
SELECT = "SELECT ?city { ?city a schema:City } ORDER BY ?city"
CONSTRUCT = "CONSTRUCT WHERE { ?city a schema:City }"


def start(
    query: str, form: str, store: GraphStore, stdout: int = subprocess.PIPE
) -> "subprocess.Popen[bytes]":
    """Start ``kopru query`` and hand it the query."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KOPRU_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "api", "query", "--format", form, "--store", str(store.path)],
        stdin=subprocess.PIPE, stdout=stdout, stderr=subprocess.PIPE,
        env=environment | {"PYTHONPATH": str(ROOT), "KOPRU_LANG": "en", "COLUMNS": "200"},
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(query.encode())
    return process


def test_a_workbook_comes_byte_by_byte_and_with_all_rows(bundled_store: GraphStore) -> None:
    body, errors = start(SELECT, "xlsx", bundled_store).communicate(timeout=60)
    assert b"Traceback" not in errors
    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    assert sheet["A2"].value.startswith("https://w3id.org/kopru/id/city/")
    assert sheet.max_row > 40


def test_a_workbook_is_not_shown_on_a_screen(bundled_store: GraphStore) -> None:
    screen, terminal = pty.openpty()
    try:
        process = start(SELECT, "xlsx", bundled_store, stdout=terminal)
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 2
        assert b"Send it into a file" in errors
    finally:
        os.close(screen)
        os.close(terminal)


@pytest.mark.parametrize(
    ("form", "name"),
    [("nt", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml"), ("nquads", "nt"), ("trig", "turtle")],
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_a_graph_is_given_in_each_form_of_rdf(bundled_store: GraphStore, form: str, name: str) -> None:
    body, _ = start(CONSTRUCT, form, bundled_store).communicate(timeout=60)
    rdf = rdflib.Graph().parse(data=body, format=name)
    assert len(rdf) > 40
    assert {str(kind) for kind in rdf.objects()} == {"https://schema.org/City"}
