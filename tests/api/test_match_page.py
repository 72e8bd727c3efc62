"""The page of pairs: decided at once, taken back at once, and nothing written when something is wrong."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import httpx
import pytest
from serving import serve
from unsure import FOREIGN, OFFICE, make_unsure_store

from graph.identity.judgements import Judgement
from graph.identity.queue import read_waiting
from graph.store import GraphStore
from ingest.decisions import FILE as OLD_FILE
from ingest.decisions import Decision, append_decision
from ingest.judging import FILE, read_decisions, record_decision, to_iri

TOKEN = "a-token-of-this-test"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
HTML = {"Accept": "text/html"}
SAID = {"office": OFFICE, "why": "Looked up."}
MERGED = f"0 {FOREIGN} b102-a"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    """A store with four pairs that wait; for copying only."""
    return make_unsure_store(tmp_path_factory.mktemp("unsure") / "store")


@pytest.fixture
def store(made: GraphStore, tmp_path: Path) -> GraphStore:
    return GraphStore(Path(shutil.copytree(made.path, tmp_path / "store")))


@pytest.fixture
def http(store: GraphStore, start_server) -> httpx.Client:
    """A client that has signed in."""
    client: httpx.Client = start_server(store, write_token=TOKEN)
    assert client.post("/office/sign-in", data={"token": TOKEN}).status_code == 303
    return client


@pytest.fixture(scope="module")
def still(made: GraphStore) -> Iterator[httpx.Client]:
    """A client that has signed in where nothing is going to be written."""
    with (
        serve(made, query_workers=1, write_token=TOKEN) as served,
        httpx.Client(base_url=served.address, timeout=60) as client,
    ):
        assert client.post("/office/sign-in", data={"token": TOKEN}).status_code == 303
        yield client


def page_of(http: httpx.Client, address: str = "/match?lang=en") -> str:
    return unescape(http.get(address, headers=HTML).text)


def send(http: httpx.Client, fields: dict[str, str], form: str = "decisions") -> httpx.Response:
    csrf = re.search(r'name="csrf" value="([^"]+)"', page_of(http, "/office"))[1]
    return http.post(f"/match/{form}?lang=en", headers=HTML, data=SAID | {"csrf": csrf} | fields)


def written(store: GraphStore) -> list[tuple[str, str, int]]:
    found = read_decisions(store.path / "records", store.iris)
    return [(str(one.one).rpartition("/")[2], one.verdict, one.ordinal) for one in found]


def by_command_line(store: GraphStore, one: str, other: str, verdict: str = "same") -> None:
    left, right = sorted(to_iri(name, store.iris) for name in (one, other))
    why = {"tr": "Telefonla.", "en": "Telefonla."}
    judgement = Judgement(left, right, verdict, "Dış İlişkiler", date(2020, 1, 2), why)  # type: ignore[arg-type]
    record_decision(store, store.path / "records", judgement)


def test_who_has_not_signed_in_reads_and_is_told_where_to(store, start_server) -> None:
    http = start_server(store, write_token=TOKEN)
    page = page_of(http)
    assert "kopru match decide b100-a b100-b" in page
    assert '<a href="/office?lang=en">sign in</a>' in page
    assert 'type="radio"' not in page
    assert "What offices decided" in page
    closed = page_of(start_server(store))
    assert "Here decisions are made on the command line" in closed
    assert "sign in" not in closed


def test_all_decided_pairs_of_a_page_are_one_revision(store, http) -> None:
    page = page_of(http)
    fields = dict(re.findall(r'name="(pair-\d)" value="([^"]+)"', page))
    assert list(fields.values()) == [MERGED, "0 b100-a b100-b", "0 b101-a b101-b", "0 b103-a b103-b"]
    assert page.count('type="radio"') == 12
    assert "kopru match decide" not in page
    chosen = {"verdict-0": "same", "verdict-1": "different", "why-1": "  Two   rivers. ", "verdict-2": "wait"}
    answer = send(http, fields | chosen)
    assert (answer.status_code, answer.headers["location"]) == (303, "/match?lang=en")
    assert written(store) == [("b102", "same", 1), ("b100-a", "different", 1)]
    assert [one.why["tr"] for one in read_decisions(store.path / "records", store.iris)] == [
        "Looked up.", "Two rivers.",
    ]  # fmt: skip
    assert store.current().number == 2
    assert not (store.path / "records" / OLD_FILE).exists()
    told = page_of(http)
    assert "Decisions written down: 2. Published as revision 2." in told
    assert 'href="/changes?lang=en&from=1&to=2"' in told
    assert "Decisions written down" not in page_of(http)  # told once
    assert [pair.one_id for pair in read_waiting(store.current()).pairs] == ["b101-a", "b103-a"]


def test_decisions_are_taken_back_at_once_also_of_a_city_that_was_joined(store, http) -> None:
    send(http, {"pair-0": MERGED, "verdict-0": "same", "pair-1": "0 b100-a b100-b", "verdict-1": "same"})
    page = page_of(http)
    backs = dict(re.findall(r'name="(back-\d)" value="([^"]+)"', page))
    assert sorted(backs.values()) == ["1 b100-a b100-b", f"1 {FOREIGN} b102-a"]
    assert re.findall(r'<a href="/id/city/(b10[^?"]+)', page) == ["b100-a"]  # the others were joined
    answer = send(http, backs, "withdrawals")
    assert answer.status_code == 303
    assert store.current().number == 3
    assert read_waiting(store.current()).count == 4
    page = page_of(http)
    assert "Decisions taken back: 2." in page
    assert page.count("(taken back)") == 2
    assert page.count("withdrawn: the rules decide again") == 2
    assert 'name="back-' not in page
    assert "2 b100-a b100-b" in page  # a new decision would be the third
    assert send(http, {"pair-0": "2 b100-a b100-b", "verdict-0": "different"}).status_code == 303


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"verdict-0": "same"}, 400, "No pair was decided on"),
        ({"pair-0": "0 b100-a b100-b"}, 400, "No pair was decided on"),
        ({"pair-0": "0 b100-a b100-b", "verdict-0": "wait"}, 400, "No pair was decided on"),
        ({"pair-0": "0 b100-a b100-b", "verdict-0": "withdrawn"}, 400, "same, different"),
        ({"pair-0": "0 b100-a b100-b", "verdict-0": "same", "why": " "}, 400, "no reason for 'b100-a'"),
        ({"pair-0": "0 b100-a b100-b", "verdict-0": "same", "why-0": "x" * 501}, 400, "more than 500"),
        ({"pair-0": "0 b100-a b100-b", "verdict-0": "same", "office": "Ayşe"}, 400, "no office 'Ayşe'"),
        ({"pair-0": "0 b100-a b100-a", "verdict-0": "same"}, 400, "with itself"),
        ({"pair-0": "0 b100-a nowhere", "verdict-0": "same"}, 404, "no city 'nowhere'"),
        ({"pair-0": "0 b100-a https://example.org/x", "verdict-0": "same"}, 404, "https://example.org/x"),
        ({"pair-0": "0 b100-a http://<x>", "verdict-0": "same"}, 400, "http://<x>"),
        ({"pair-0": "0 b100-a Ж", "verdict-0": "same"}, 404, "'Ж'"),
        ({"pair-0": "b100-a b100-b", "verdict-0": "same"}, 400, "names no pair"),
        ({"pair-0": "1 b100-a b100-b", "verdict-0": "same"}, 409, "decided meanwhile"),
        (
            {
                "pair-0": "0 b100-a b100-b", "verdict-0": "same",
                "pair-1": "0 b100-b b100-a", "verdict-1": "different",
            },
            400, "Two decisions are about",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_on_the_page_and_nothing_is_written(
    made, still, fields: dict[str, str], status: int, sentence: str
) -> None:
    answer = send(still, {"pair-9": "0 b101-a b101-b", "why-9": "kept <b>", **fields})
    assert answer.status_code == status
    assert answer.headers["cache-control"] == "no-store"
    alert = re.search(r'role="alert">([^<]+)<', answer.text)[1]
    assert sentence in unescape(alert)
    assert "kept &lt;b&gt;" in answer.text or sentence == "names no pair"
    assert made.current().number == 1
    assert not (made.path / "records" / FILE).exists()


def test_a_program_gets_the_problem_and_the_language_of_the_page_is_kept(still) -> None:
    answer = still.post("/match/decisions", headers=BEARER, json=SAID)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    csrf = re.search(r'name="csrf" value="([^"]+)"', page_of(still, "/match"))[1]
    turkish = still.post("/match/decisions?lang=tr", headers=HTML, data=SAID | {"csrf": csrf})
    assert '<html lang="tr"' in turkish.text
    assert 'role="alert">Hiçbir' in turkish.text


def test_a_decision_against_a_rule_is_not_kept_and_the_rule_is_told(made, still) -> None:
    fields = {"pair-0": "0 b103-a b103-b", "verdict-0": "same", "pair-1": MERGED, "verdict-1": "same"}
    answer = send(still, fields)
    assert answer.status_code == 422
    assert "The end comes before the start." in answer.text
    assert answer.text.count('value="same" checked') == 2
    assert made.current().number == 1
    assert not (made.path / "records" / FILE).exists()


def test_what_somebody_else_decided_meanwhile_is_not_overwritten(store, http) -> None:
    by_command_line(store, "b100-a", "b100-b")
    seen = {"pair-0": "0 b100-a b100-b", "verdict-0": "different", "pair-1": MERGED, "verdict-1": "same"}
    answer = send(http, seen)
    assert answer.status_code == 409
    assert "decided meanwhile about 'b100-a' and 'b100-b'" in unescape(answer.text)
    assert written(store) == [("b100-a", "same", 1)]
    assert send(http, {"back-0": "1 b100-a b100-b"}, "withdrawals").status_code == 303
    again = send(http, {"back-0": "1 b100-a b100-b"}, "withdrawals")
    assert again.status_code == 409
    assert written(store) == [("b100-a", "same", 1), ("b100-a", "withdrawn", 2)]


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({}, 400, "No decision was chosen"),
        ({"back-0": "1 b100-a b100-b", "why": ""}, 400, "'why' is missing"),
        ({"back-0": "0 b100-a b100-b"}, 400, "nothing to take back"),
        ({"back-0": "x"}, 400, "names no pair"),
    ],
)
def test_what_can_not_be_taken_back_is_told(made, still, fields, status: int, sentence: str) -> None:
    answer = send(still, fields, "withdrawals")
    assert (answer.status_code, sentence in unescape(answer.text)) == (status, True)
    assert not (made.path / "records" / FILE).exists()


def test_while_another_run_writes_nothing_is_written(made, still) -> None:
    with made.writer():
        answer = send(still, {"pair-0": MERGED, "verdict-0": "same"})
    assert answer.status_code == 503
    assert not (made.path / "records" / FILE).exists()


def test_a_page_of_who_has_signed_in_is_kept_by_nobody_and_given_to_nobody_else(store, start_server) -> None:
    http = start_server(store, write_token=TOKEN)
    anyone = [http.get("/match", headers=HTML) for _ in range(2)]
    assert anyone[0].headers["etag"] == anyone[1].headers["etag"]
    http.post("/office/sign-in", data={"token": TOKEN})
    known = {**HTML, "If-None-Match": anyone[0].headers["etag"]}
    own = [http.get("/match", headers=known) for _ in range(2)]
    for answer in own:
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert "etag" not in answer.headers
        assert 'name="csrf"' in answer.text
    http.cookies.clear()
    after = http.get("/match", headers=HTML)
    assert after.content == anyone[0].content
    http.cookies.set("kopru_session", "none of ours")
    assert 'name="csrf"' not in http.get("/match", headers=HTML).text


def test_what_was_decided_stands_on_a_kept_page_at_once(store, start_server) -> None:
    http = start_server(store)
    assert "Telefonla." not in page_of(http)
    number = store.current().number
    by_command_line(store, "b100-a", "b100-b", "different")
    store.rollback(number)
    page = page_of(http)
    assert "Telefonla." in page
    assert "Dış İlişkiler" in page


def test_decisions_of_both_ways_are_listed_once_by_day(store, http) -> None:
    by_command_line(store, "b100-a", "b100-b")
    records = store.path / "records"
    send(http, {"pair-0": MERGED, "verdict-0": "different"})
    copy = Decision("sameness", ("b102-a", FOREIGN), "different", OFFICE, "Looked up.")
    append_decision(records, copy)
    append_decision(records, Decision("sameness", ("b101-a", "b101-b"), "same", OFFICE, "Only here."))
    items = http.get("/api/v1/decisions").json()["items"]
    assert [(one["why"], one["office"]["label"]["en"]) for one in items] == [
        ("Looked up.", "Antalya Metropolitan Municipality"),
        ("Only here.", "Antalya Metropolitan Municipality"),
        ("Telefonla.", "Dış İlişkiler"),
    ]
    assert items[2]["office"]["iri"] == ""
    page = page_of(http, "/office?lang=en")
    assert "Dış İlişkiler" in page
    assert "2 pairs of cities wait for a decision" in page


def test_long_lists_of_decisions_are_cut_into_pages(store, http) -> None:
    records = store.path / "records"
    pair = 'one: "b100-a", other: "b100-b"'
    line = "  - {{" + pair + ', verdict: "{}", office: "Office {}", why: "x", on: "2024-01-01"}}\n'
    lines = [line.format(("same", "withdrawn")[number % 2], number) for number in range(60)]
    (records / FILE).write_text("judgements:\n" + "".join(lines), encoding="utf-8")
    first, second = page_of(http), page_of(http, "/match?lang=en&decided=2")
    assert "Decisions 1 to 50 of 60." in first
    assert ("Office 59" in first, "Office 9<" in first) == (True, False)
    assert "Decisions 51 to 60 of 60." in second
    assert "60 b100-a b100-b" in first


def test_one_pair_can_be_decided_by_the_api_whoever_publishes_its_cities(store, http) -> None:
    body = {"one": FOREIGN, "other": "b102-a", "verdict": "same", **SAID}
    done = http.post("/api/v1/decisions/sameness", headers=BEARER, json=body)
    assert done.status_code == 201
    assert {one["iri"] for one in done.json()["about"]} == {
        FOREIGN, "https://w3id.org/kopru/id/city/b102-a",
    }  # fmt: skip
    assert {one["label"]["en"] for one in done.json()["about"]} == {"B102"}
    back = http.post("/api/v1/decisions/sameness", headers=BEARER, json=body | {"verdict": "withdrawn"})
    assert back.status_code == 201
    assert written(store) == [("b102", "same", 1), ("b102", "withdrawn", 2)]
    wrong = body | {"other": "b102-x"}
    missing = http.post("/api/v1/decisions/sameness", headers=BEARER, json=wrong)
    assert (missing.status_code, "Did you mean b102-a" in missing.json()["detail"]) == (404, True)


def test_signs_that_a_file_could_take_for_its_own_come_back_as_they_were(store, http) -> None:
    why = 'a "quoted" \\ {back: slash} # \x07 ünlü 🏙'
    assert send(http, {"pair-0": MERGED, "verdict-0": "same", "why-0": why}).status_code == 303
    (kept,) = read_decisions(store.path / "records", store.iris)
    assert kept.why["en"] == why
