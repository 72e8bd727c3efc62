"""The explorer and the map as a server answers: views in addresses, files, fragments, odd input."""

import csv
import io
import xml.etree.ElementTree as ET

import httpx
import pytest

BASE = "https://w3id.org/kopru/id/"
DAY = {"as_of": "2024-03-04", "lang": "en"}


def _picture(client: httpx.Client, **query: str) -> dict:
    answer = client.get("/explore/picture", params=DAY | query)
    assert answer.status_code == 200
    return answer.json()


def _export(client: httpx.Client, form: str, **query: str) -> httpx.Response:
    answer = client.get(f"/explore/export.{form}", params=DAY | query)
    assert answer.status_code == 200
    assert f'filename="kopru-antalya-2024-03-04.{form}"' in answer.headers["content-disposition"]
    return answer


def test_a_view_is_its_address(client: httpx.Client) -> None:
    picture = _picture(client, start="city/nuremberg")
    assert (picture["start"], picture["home"]) == ("city/nuremberg", f"{BASE}city/nuremberg")
    assert picture["totals"]["twinning"] >= 1


def test_what_can_not_be_read_of_an_address_is_left_out(client: httpx.Client) -> None:
    plain = _picture(client)
    odd = _picture(client, open=":::,city/nuremberg:love,x", hide="a:b,,:", drop=",", over="x", at="1,2")
    assert [node["id"] for node in odd["nodes"]] == [node["id"] for node in plain["nodes"]]


@pytest.mark.parametrize(
    "start", ["city/atlantis", "city/<script>", "theme/x", "x", "city/" + "a" * 300, "a/b/c"]
)
def test_a_thing_that_is_not_there_is_said_and_nothing_breaks(client: httpx.Client, start: str) -> None:
    for path in ("/explore", "/explore/picture", "/explore/export.svg"):
        answer = client.get(path, params={"start": start, "lang": "en"}, headers={"Accept": "text/html"})
        assert answer.status_code in (400, 404)
        assert "<script>" not in answer.text.replace('<script type="module"', "")


def test_names_are_found_in_any_writing_with_their_kind(client: httpx.Client) -> None:
    hits = client.get("/explore/find", params={"q": "NURNBERG", "lang": "en"}).json()
    assert ("city/nuremberg", "city") in [(hit["path"], hit["kind"]) for hit in hits]
    assert client.get("/explore/find", params={"q": ""}).json() == []


def test_the_panel_counts_ties_and_names_both_languages(client: httpx.Client) -> None:
    text = client.get("/explore/panel", params=DAY | {"thing": "city/nuremberg"}).text
    for part in ("Nuremberg", "Nürnberg", "/id/city/nuremberg.ttl", 'data-open="city/nuremberg:twinning'):
        assert part in text


def test_the_panel_tells_where_sources_contradict_one_another(client: httpx.Client) -> None:
    thing = {"thing": "agreement/twinning-antalya-nuremberg-1"}
    text = client.get("/explore/panel", params=DAY | thing).text
    assert ("Sources contradict one another" in text) == ("1998" in text)


def test_the_table_has_a_row_for_each_line(client: httpx.Client) -> None:
    rows = list(csv.DictReader(io.StringIO(_export(client, "csv").content.decode("utf-8-sig"))))
    assert len(rows) == len(_picture(client)["edges"])
    assert {"relation", "from", "to", "status", "grade", "start"} <= rows[0].keys()


def test_what_the_legend_hides_is_in_no_file(client: httpx.Client) -> None:
    whole, part = (
        len(_export(client, "csv", **more).text.splitlines()) for more in ({}, {"hide": "family:twinning"})
    )
    assert part < whole
    assert "twinning" not in _export(client, "graphml", hide="family:twinning").text


def test_graph_files_can_be_read_again(client: httpx.Client) -> None:
    import networkx as nx

    edges = len(_picture(client)["edges"])
    read = nx.parse_graphml(_export(client, "graphml").text, force_multigraph=True)
    assert read.number_of_edges() == edges
    gexf = nx.read_gexf(io.BytesIO(_export(client, "gexf").content))
    assert gexf.number_of_nodes() == read.number_of_nodes()


def test_the_drawing_is_sound_xml_with_a_shape_for_each_node(client: httpx.Client) -> None:
    drawing = ET.fromstring(_export(client, "svg").text)
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    nodes = len(_picture(client)["nodes"])
    assert len(drawing.findall("{http://www.w3.org/2000/svg}text")) >= nodes


def test_the_page_for_offline_use_names_no_address_to_load(client: httpx.Client) -> None:
    page = _export(client, "html").text
    assert "default-src &#39;none&#39;" in page
    assert ' src="' not in page.split("<script>")[0]
    assert "<link" not in page


def test_a_day_before_everything_shows_what_there_is(client: httpx.Client) -> None:
    for day in ("0001-01-01", "1000-01-01", "9999-12-31"):
        answer = client.get("/explore", params={"as_of": day})
        assert answer.status_code == 200, day
        assert client.get("/explore/export.svg", params={"as_of": day}).status_code == 200


def test_the_map_and_its_parts_answer(client: httpx.Client) -> None:
    assert client.get("/map", params=DAY).status_code == 200
    assert client.get("/map", params=DAY | {"view": "world"}).status_code == 200
    assert client.get("/map", params=DAY | {"network": "network/<b>", "theme": "'\""}).status_code == 200
    assert client.get("/map/members", params={"group": "network/none"}).json() == []
    world = client.get("/map/world", params=DAY).json()
    assert sum(area[5] for area in world["countries"]) >= sum(pair[2] for pair in world["countryPairs"]) >= 1
    assert client.get("/map/world/cities", params={"west": "nan"}).status_code == 400
    assert client.get("/map/world/ties", params={"city": "atlantis"}).json() == []


def test_a_relation_without_a_place_is_told_below_the_map(client: httpx.Client) -> None:
    assert "Relations without a place on the map" in client.get("/map", params=DAY).text
