"""Tables of a user's own, by CSVW descriptions."""

import json
from pathlib import Path

import pytest
from rdflib import Literal

from ingest.batch import RawFile
from ingest.pipeline import ingest
from ingest.tables.rows import Dialect, open_table
from ontology.errors import RecordError, RecordErrors, SourceError
from ontology.iris import Iris
from ontology.terms import KP, ORG, RDF, RDFS, SCHEMA, XSD

IRIS = Iris()
ROWS = "city;members;since;twin\nAntalya;1.234,5;01.02.2019;Nürnberg\n"
BASE = "https://w3id.org/kopru/id"
DESCRIPTION = {
    "@context": "http://www.w3.org/ns/csvw",
    "url": "ties.csv",
    "dcterms:title": "Ties",
    "dcterms:publisher": "Us",
    "tableSchema": {
        "aboutUrl": BASE + "/network/{city}-club",
        "columns": [
            {"titles": "city", "propertyUrl": "rdfs:label", "lang": "tr", "required": True},
            {"titles": "members", "propertyUrl": "kp:memberCount",
             "datatype": {"base": "decimal", "format": "#.##0,0"}},
            {"titles": "since", "propertyUrl": "schema:startDate",
             "datatype": {"base": "date", "format": "dd.MM.yyyy"}},
            {"titles": "twin", "propertyUrl": "skos:related", "valueUrl": BASE + "/city/{twin}"},
            {"virtual": True, "name": "kind", "propertyUrl": "rdf:type", "valueUrl": "kp:CityNetwork"},
            {"virtual": True, "name": "en", "propertyUrl": "rdfs:label", "lang": "en", "default": "Club"},
        ],
    },
}  # fmt: skip
MEMBERSHIP = {
    "@context": "http://www.w3.org/ns/csvw",
    "url": "m.csv",
    "dcterms:title": "Members",
    "tableSchema": {
        "aboutUrl": BASE + "/membership/antalya-{n}-1",
        "columns": [
            {"name": "n", "suppressOutput": True},
            {"name": "since", "propertyUrl": "kp:startDate"},
            {"virtual": True, "name": "t", "propertyUrl": "rdf:type", "valueUrl": "kp:NetworkMembership"},
            {"virtual": True, "name": "m", "propertyUrl": "org:member",
             "valueUrl": BASE + "/authority/antalya-metropolitan-municipality"},
            {"virtual": True, "name": "o", "propertyUrl": "org:organization",
             "valueUrl": BASE + "/network/{n}"},
            {"virtual": True, "name": "nt", "aboutUrl": BASE + "/network/{n}", "propertyUrl": "rdf:type",
             "valueUrl": "kp:CityNetwork"},
            {"virtual": True, "name": "nl", "aboutUrl": BASE + "/network/{n}", "propertyUrl": "rdfs:label",
             "lang": "tr", "default": "Ağ"},
            {"virtual": True, "name": "ne", "aboutUrl": BASE + "/network/{n}", "propertyUrl": "rdfs:label",
             "lang": "en", "default": "Network"},
        ],
    },
}  # fmt: skip


def write(folder: Path, rows: str, description: dict[str, object], name: str = "ties.csv") -> str:
    """Write a table with its description; return the table's place."""
    (folder / name).write_text(rows, encoding="utf-8")
    (folder / f"{name}-metadata.json").write_text(json.dumps(description), encoding="utf-8")
    return str(folder / name)


@pytest.fixture
def run(store, records):
    """Return a function that ingests a table after the tiny records."""
    ingest(store, "records", records=records.root)
    return lambda place: ingest(store, "table", records=records.root, location=place)


def test_cells_become_what_their_columns_are_declared_to_be(run, store, tmp_path: Path) -> None:
    report = run(write(tmp_path, ROWS, DESCRIPTION))
    assert report.counts["rows"] == 1
    rdf = store.current().named_graph(IRIS.graph("table-ties"))
    club = IRIS.thing("network", "antalya-club")
    assert set(rdf.objects(club, RDFS.label)) == {Literal("Antalya", lang="tr"), Literal("Club", lang="en")}
    assert rdf.value(club, KP.memberCount) == Literal("1234.5", datatype=XSD.decimal)
    assert str(rdf.value(club, SCHEMA.startDate)) == "2019-02-01"
    assert (club, None, IRIS.thing("city", "nurnberg")) in rdf
    assert str(rdf.value(club, KP.recordRef)) == "ties.csv:2"


def test_a_relation_of_a_table_has_the_table_as_evidence(run, store, tmp_path: Path) -> None:
    run(write(tmp_path, "n,since\nclub,2019\nring,\n", MEMBERSHIP, "m.csv"))
    rdf = store.current().default_graph()
    dated, undated = (IRIS.thing("membership", f"antalya-{name}-1") for name in ("club", "ring"))
    assert (dated, RDF.type, KP.NetworkMembership) in rdf
    assert str(rdf.value(dated, KP.startEarliest)) == "2019-01-01"
    assert (undated, KP.startUnknown, Literal(True)) in rdf
    assert rdf.value(dated, KP.evidenceGrade) == KP.unverified
    assert rdf.value(dated, ORG.organization) == IRIS.thing("network", "club")


def test_all_wrong_cells_are_named_with_line_and_column(run, tmp_path: Path) -> None:
    place = write(tmp_path, ROWS + "Kemer;many;32.01.2019;\n;1;;\n", DESCRIPTION)
    with pytest.raises(RecordErrors) as caught:
        run(place)
    assert [error.sentence("en") for error in caught.value.errors] == [
        "ties.csv, line 3: 'many' in the column 'members' is no decimal (#.##0,0). "
        "Correct the cell or the description.",
        "ties.csv, line 4: the column 'city' is empty. Fill it in, or take the row out.",
    ]


def test_a_table_without_description_says_where_it_belongs(run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a\n1\n")
    with pytest.raises(SourceError, match=r"stands in .*t\.csv-metadata\.json, which can't be read"):
        run(str(tmp_path / "t.csv"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"notes": []}, "at 'notes' the description of the table is wrong or says more than is read"),
        ({"@context": "x"}, "the '@context' is not 'http://www.w3.org/ns/csvw'"),
        ({"tableSchema": {"columns": [{"name": "a", "propertyUrl": "zz:a"}]}}, "'zz:a' is no address"),
        (
            {"tableSchema": {"aboutUrl": "urn:{b}", "columns": [{"name": "a", "propertyUrl": "kp:unit"}]}},
            "'urn:{b}' names the column 'b', which is not described",
        ),
    ],
)
def test_a_wrong_description_is_refused(run, tmp_path: Path, change, message: str) -> None:
    place = write(tmp_path, "a\n1\n", DESCRIPTION | change)
    with pytest.raises(RecordError, match=message):
        run(place)


def rows(content: bytes, name: str = "t.csv") -> list[tuple[int, dict[str, str]]]:
    """Return line and cells of all rows."""
    with open_table(RawFile(name, content), Dialect()) as table:
        return [(row.line, row.cells) for row in table.rows]


def test_rows_have_the_line_on_which_they_begin() -> None:
    assert rows('\ufeffa;b\n"x\ny";1\n\nz;2\n'.encode()) == [
        (2, {"a": "x\ny", "b": "1"}),
        (5, {"a": "z", "b": "2"}),
    ]


def test_a_workbook_is_read_like_a_table(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (["a", "b"], ["Çorum", 3.0], [None, None], ["x", True]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    assert rows((tmp_path / "t.xlsx").read_bytes()) == [
        (2, {"a": "Çorum", "b": "3"}), (4, {"a": "x", "b": "true"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a,b\n1,2,3\n", "line 2: 3 cells, but the table has 2 columns"),
        (b'a,b\n"1,2\n', "line 2: this can't be read as CSV"),
        (b"a,b\n\xff,2\n", "this is not UTF-8 text"),
        (b"a,a\n1,2\n", "two columns have the name 'a'"),
        (b"\n\n", "there is no line with the names of the columns"),
        (b"PK\x03\x04junk", "damaged"),
        (b"\x1f\x8bjunk", "the packed file is damaged or ends too early"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(RecordError, match=message):
        rows(content)
