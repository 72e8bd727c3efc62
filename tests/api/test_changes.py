"""What changed, over HTTP: one comparison as a page, as files and as JSON."""

import shutil
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from openpyxl import load_workbook
from rdflib import Graph

from graph.store import GraphStore

TIE = "https://w3id.org/kopru/id/agreement/"


@pytest.fixture(scope="module")
def changed(tiny_store: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    """A copy of the tiny store whose second revision has lost one city's name and gained a city."""
    folder = tmp_path_factory.mktemp("changed") / "store"
    store = GraphStore(Path(shutil.copytree(tiny_store.path, folder)))
    rdf: Graph = store.current().named_graph(store.iris.graph("records"))
    rdf.parse(
        data="<https://w3id.org/kopru/id/city/newton> a <https://schema.org/City> ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> "Yenikent"@tr, "=Newton"@en .',
        format="turtle",
    )
    with store.writer() as draft:
        draft.replace_source("records", rdf, retrieved_at=store.current().info.created_at)
        draft.derive()
        draft.publish()
    return store


@pytest.fixture
def http(changed: GraphStore, start_server) -> httpx.Client:
    """A client of a server over it."""
    return start_server(changed)


def test_the_api_tells_what_came(http) -> None:
    found = http.get("/api/v1/changes").json()
    assert (found["before"]["number"], found["after"]["number"], found["total"]) == (1, 2, 1)
    (group,) = found["groups"]
    (item,) = group["items"]
    assert (group["key"], item["change"], item["thing"]["label"]) == (
        "place", "came", {"tr": "Yenikent", "en": "=Newton"},
    )  # fmt: skip


def test_there_and_back_is_the_other_way_round(http) -> None:
    back = http.get("/api/v1/changes", params={"from": "2", "to": "1"}).json()
    assert [group["items"][0]["change"] for group in back["groups"]] == ["went"]
    same = http.get("/api/v1/changes", params={"from": "2", "to": "2"}).json()
    assert (same["total"], same["groups"]) == (0, [])


@pytest.mark.parametrize(
    ("choice", "status", "sentence"),
    [
        ({"from": "7"}, 404, "There is no revision 7"),
        ({"from": "2001-01-01"}, 400, "the oldest revision is number 1"),
        ({"to": "soon"}, 400, "write the number of a revision"),
        ({"frm": "7"}, 400, "Is it from?"),
    ],
)
def test_a_choice_that_names_nothing_is_told(http, choice, status: int, sentence: str) -> None:
    answer = http.get("/api/v1/changes", params=choice)
    assert answer.status_code == status
    assert sentence in answer.json()["detail"]


@pytest.mark.parametrize(("language", "title"), [("en", "What changed"), ("tr", "Ne değişti")])
def test_the_page_shows_it_in_both_languages(http, language: str, title: str) -> None:
    page = http.get("/changes", params={"lang": language}, headers={"Accept": "text/html"})
    assert f'<h1 id="changes-title">{title}</h1>' in page.text
    assert "/id/city/newton" in page.text
    assert "<style" not in page.text


def test_the_files_are_whole_and_a_name_is_never_a_formula(http) -> None:
    book = load_workbook(BytesIO(http.get("/changes.xlsx", params={"lang": "en"}).content))
    sheet = book["Changes"]
    assert [cell.value for cell in sheet[2]][:3] == ["Cities and countries", "Came", "=Newton"]
    assert sheet["C2"].data_type == "s"
    page = http.get("/changes.html", params={"lang": "en"})
    assert "attachment" in page.headers["Content-Disposition"]
    assert "=Newton" in page.text
    assert "<script" not in page.text
    assert http.get("/changes.pdf").status_code == 404


def test_the_data_page_leads_to_it_and_tells_of_going_back(changed, http) -> None:
    page = http.get("/data", params={"lang": "en"}, headers={"Accept": "text/html"}).text
    assert "/changes?lang=en&amp;from=1&amp;to=2" in page
    changed.rollback(1, why="a <slip>", office="EU office")
    page = http.get("/data", params={"lang": "en"}, headers={"Accept": "text/html"}).text
    assert "back from revision 2 to 1" in page
    assert "EU office · a &lt;slip&gt;" in page
    assert http.get("/api/v1/changes").json()["before"]["number"] == 2
    changed.rollback(2)
