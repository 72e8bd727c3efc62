"""Who may change something over HTTP, and what is written down: the made-up city of the guide, served."""

import re
import shutil
from importlib import import_module
from io import BytesIO
from pathlib import Path
from pkgutil import iter_modules

import httpx
import pytest
from openpyxl import load_workbook

import api.routes
from graph.store import GraphStore
from ingest.bundle import copy_bundled_records
from ingest.decisions import FILE, read_decisions
from ingest.judging import read_decisions as read_judgements
from ingest.pipeline import ingest
from ingest.workbook.exporting import export_workbook
from ingest.workbook.folder import load_folder
from ingest.workbook.opening import LARGEST

TOKEN = "a-token-of-this-test"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
OFFICE = "antalya-metropolitan-municipality"
PARTNER = {"city": "zagreb", "verdict": "in_talks", "office": OFFICE, "why": "Sea."}
SAMENESS = {"one": "zagreb", "other": "nuremberg", "verdict": "different", "office": OFFICE, "why": "Far."}
#: Every address that writes, with a body that would do.
WRITING = [
    ("/api/v1/decisions/partners", {"json": PARTNER}),
    ("/api/v1/decisions/sameness", {"json": SAMENESS}),
    ("/api/v1/workbook/preview", {"content": b"x"}),
    ("/api/v1/workbook", {"content": b"x"}),
    ("/office/sign-in", {"data": {"token": TOKEN}}),
    ("/office/sign-out", {"data": {}}),
    ("/office/workbook", {"files": {"file": b"x"}}),
    ("/office/workbook/confirm", {"data": {"confirm": "x"}}),
    ("/office/partners", {"data": PARTNER}),
    ("/office/sameness", {"data": SAMENESS}),
    ("/match/decisions", {"data": {"pair-0": "0 nuremberg zagreb", "verdict-0": "different"}}),
    ("/match/withdrawals", {"data": {"back-0": "1 nuremberg zagreb", "office": OFFICE, "why": "No."}}),
]


@pytest.fixture
def store(bundled_store: GraphStore, tmp_path: Path) -> GraphStore:
    """A copy of the bundled store with its records."""
    return GraphStore(Path(shutil.copytree(bundled_store.path, tmp_path / "store")))


@pytest.fixture
def http(store: GraphStore, start_server) -> httpx.Client:
    """A client of a server at which the token is set."""
    client: httpx.Client = start_server(store, write_token=TOKEN)
    client.timeout = httpx.Timeout(180)  # all rules are checked on all records, on whatever machine
    return client


def state_of(store: GraphStore) -> dict[str, bytes]:
    records = store.path / "records"
    return {str(path): path.read_bytes() for path in sorted(records.rglob("*.yml"))} | {
        "current": (store.path / "current").read_bytes()
    }


def sign_in(http: httpx.Client) -> str:
    """Sign in as a browser does; return the second secret of its forms."""
    answer = http.post("/office/sign-in", data={"token": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/office")
    page = http.get("/office", headers={"Accept": "text/html"}).text
    return re.search(r'name="csrf" value="([^"]+)"', page)[1]


def test_the_list_of_writing_addresses_is_whole() -> None:
    modules = [import_module(f"api.routes.{found.name}") for found in iter_modules(api.routes.__path__)]
    routes = [route for module in modules if hasattr(module, "router") for route in module.router.routes]
    assert len(routes) >= 60
    posts = {route.path for route in routes if (route.methods or set()) - {"GET", "HEAD"}}
    reading = {"/sparql", "/labels", "/api/v1/consortia", "/api/v1/recommendations", "/workbench/cost"}
    reading.add("/s")  # a short link, of which there are only so many
    assert posts - reading == {path for path, _ in WRITING}


@pytest.mark.parametrize(("path", "body"), WRITING)
def test_without_the_token_every_writing_address_is_closed(store, start_server, path: str, body) -> None:
    http, before = start_server(store), state_of(store)
    for headers in ({}, BEARER, {"Authorization": "Bearer"}):
        answer = http.post(path, headers=headers, **body)
        assert answer.status_code == 403
        assert answer.json()["type"].endswith("/writing-closed")
    assert state_of(store) == before


@pytest.mark.parametrize(("path", "body"), WRITING)
def test_a_wrong_token_is_told_and_nothing_changes(store, http, path: str, body) -> None:
    before = state_of(store)
    if path == "/office/sign-in":
        body = {"data": {"token": "wrong"}}
    for headers in ({"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}, {}):
        answer = http.post(path, headers=headers, **body)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert state_of(store) == before


def test_tokens_are_compared_in_constant_time() -> None:
    source = (Path(__file__).parents[2] / "api" / "writing" / "access.py").read_text("utf-8")
    assert source.count("hmac.compare_digest(") == 2
    assert "== self._digest" not in source


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_request_from_another_site_is_refused_even_with_the_token(store, http, headers) -> None:
    before = state_of(store)
    answer = http.post("/api/v1/decisions/partners", headers=BEARER | headers, json=PARTNER)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (403, "cross-site")
    csrf = sign_in(http)
    answer = http.post("/office/partners", headers=headers, data=PARTNER | {"csrf": csrf})
    assert answer.status_code == 403
    assert state_of(store) == before


def test_a_session_without_its_second_secret_is_refused(store, http) -> None:
    csrf = sign_in(http)
    for given in ({}, {"csrf": ""}, {"csrf": csrf[:-1]}):
        assert http.post("/office/partners", data=PARTNER | given).status_code == 403
    assert not (store.path / "records" / FILE).exists()
    assert http.post("/office/partners", data=PARTNER | {"csrf": csrf}).status_code == 303
    assert len(read_decisions(store.path / "records")) == 1


def test_the_cookie_is_for_this_site_alone_and_for_no_script(http) -> None:
    cookie = http.post("/office/sign-in", data={"token": TOKEN}).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_signing_out_ends_the_session(http) -> None:
    csrf = sign_in(http)
    old = dict(http.cookies)
    assert http.post("/office/sign-out", data={"csrf": csrf}).status_code == 303
    answer = http.post("/office/partners", cookies=old, data=PARTNER | {"csrf": csrf})
    assert answer.status_code == 401


def test_guessing_is_slowed_down_and_sessions_go_on(http) -> None:
    csrf = sign_in(http)
    for _ in range(5):
        assert http.post("/office/sign-in", data={"token": "guess"}).status_code == 401
    answer = http.post("/office/sign-in", data={"token": TOKEN})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (429, "too-many-attempts")
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert http.post("/api/v1/decisions/partners", headers=BEARER, json=PARTNER).status_code == 429
    assert http.post("/office/partners", data=PARTNER | {"csrf": csrf}).status_code == 303


def test_a_decision_is_written_down_and_outlives_going_back(store, http) -> None:
    answer = http.post("/api/v1/decisions/partners", headers=BEARER, json=PARTNER)
    assert answer.status_code == 201
    assert answer.json()["about"][0]["label"]["en"] == "Zagreb"
    http.post("/api/v1/decisions/sameness", headers=BEARER, json=SAMENESS)
    text = (store.path / "records" / FILE).read_text("utf-8")
    assert 'kind: partner, about: ["zagreb"], verdict: "in_talks"' in text
    report = ingest(store, "records", records=store.path / "records")
    assert report.published is None
    store.rollback(1)
    kinds = [one["kind"] for one in http.get("/api/v1/decisions").json()["items"]]
    assert kinds == ["sameness", "partner"]


def test_a_decision_stands_beside_its_candidate_at_once(http) -> None:
    place = {"name": "zagreb", "lang": "en"}
    headers = {"Accept": "text/html"}
    for _ in range(2):  # the second time it is given again
        assert "in talks" not in http.get("/partners/compare", params=place, headers=headers).text
    http.post("/api/v1/decisions/partners", headers=BEARER, json=PARTNER)
    shown = http.get("/partners/compare", params=place, headers=headers).text
    assert "in talks" in shown
    assert PARTNER["why"] in shown


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"city": "zagrep"}, 404, "Did you mean"),
        ({"office": "Ayşe Yılmaz"}, 400, "no office 'Ayşe Yılmaz'"),
        ({"verdict": "maybe"}, 400, "accepted, declined, in_talks"),
        ({"why": " "}, 400, "'why' is missing"),
        ({"why": "x" * 501}, 400, "more than 500"),
    ],
)
def test_a_decision_that_lacks_something_is_not_written(
    store, http, change, status: int, sentence: str
) -> None:
    answer = http.post("/api/v1/decisions/partners", headers=BEARER, json=PARTNER | change)
    assert answer.status_code == status
    assert sentence in answer.json()["detail"]
    assert not (store.path / "records" / FILE).exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"city": 1}', b"\xff"])
def test_a_body_that_is_none_is_told(http, body: bytes) -> None:
    headers = BEARER | {"Content-Type": "application/json"}
    assert http.post("/api/v1/decisions/partners", headers=headers, content=body).status_code == 400
    headers["Content-Type"] = "multipart/form-data"
    assert http.post("/office/partners", headers=headers, content=body).status_code == 400


def test_a_decision_on_sameness_holds_in_the_graph_and_can_be_taken_back(store, http) -> None:
    before = store.current().number
    assert http.post("/api/v1/decisions/sameness", headers=BEARER, json=SAMENESS).status_code == 201
    (kept,) = read_judgements(store.path / "records", store.iris)
    assert (kept.verdict, kept.by, kept.why["tr"]) == ("different", OFFICE, "Far.")
    assert store.current().number == before + 1
    back = SAMENESS | {"verdict": "withdrawn", "why": "A mistake."}
    assert http.post("/api/v1/decisions/sameness", headers=BEARER, json=back).status_code == 201
    again = http.post("/api/v1/decisions/sameness", headers=BEARER, json=back)
    assert (again.status_code, "nothing to take back" in again.json()["detail"]) == (400, True)
    assert [one["verdict"] for one in http.get("/api/v1/decisions").json()["items"]] == [
        "withdrawn",
        "different",
    ]


def test_no_two_same_cities_are_compared(http) -> None:
    answer = http.post("/api/v1/decisions/sameness", headers=BEARER, json=SAMENESS | {"other": "zagreb"})
    assert (answer.status_code, answer.json()["detail"][:8]) == (400, "A city c")


def edited(store: GraphStore) -> bytes:
    folder = load_folder(store.path / "records", "antalya", store.iris)
    from datetime import date

    book = load_workbook(BytesIO(export_workbook(folder, "en", date(2026, 1, 1))))
    sheet = book["Cities"]
    headings = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[1]}
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == "zagreb")
    sheet.cell(row, headings["Name (English)"]).value = "Zagreb-on-Save"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_workbook_is_shown_first_and_brought_in_when_it_is_confirmed(store, http) -> None:
    content, before = edited(store), state_of(store)
    shown = http.post("/api/v1/workbook/preview", headers=BEARER, content=content).json()
    assert [(one["kind"], one["record"]) for one in shown["changes"]] == [("changed", "cities/zagreb")]
    assert state_of(store) == before
    wanted = {"confirm": shown["confirm"], "office": OFFICE, "why": "The yearly review."}
    wrong = http.post("/api/v1/workbook", headers=BEARER, params=wanted | {"confirm": "0"}, content=content)
    assert wrong.status_code == 422
    assert state_of(store) == before
    done = http.post("/api/v1/workbook", headers=BEARER, params=wanted, content=content)
    assert done.json() == {"revision": 2, "verdict": "changed 1"}
    assert "Zagreb-on-Save" in (store.path / "records" / "antalya" / "cities.yml").read_text("utf-8")
    (decision,) = read_decisions(store.path / "records")
    assert (decision.kind, decision.about, decision.why) == ("workbook", ("2",), "The yearly review.")
    stale = http.post("/api/v1/workbook", headers=BEARER, params=wanted, content=content)
    assert stale.status_code == 422


def test_the_office_brings_in_a_workbook_in_a_browser(store, http) -> None:
    csrf = sign_in(http)
    page = http.post("/office/workbook", data={"csrf": csrf}, files={"file": ("a.xlsx", edited(store))})
    assert "Zagreb-on-Save" in page.text
    assert store.current().number == 1
    confirm = re.search(r'name="confirm" value="([^"]+)"', page.text)[1]
    fields = {"csrf": csrf, "confirm": confirm, "office": OFFICE, "why": "Review."}
    done = http.post("/office/workbook/confirm", data=fields)
    assert (done.status_code, done.headers["location"]) == (303, "/changes?from=1&to=2")
    assert store.current().number == 2
    assert http.get("/office/records.xlsx").content.startswith(b"PK")


def test_what_is_no_workbook_is_refused_with_a_sentence(store, http) -> None:
    csrf, before = sign_in(http), state_of(store)
    for content in (b"", b"no workbook", b"PK\x03\x04 cut"):
        answer = http.post("/office/workbook", data={"csrf": csrf}, files={"file": ("a.xlsx", content)})
        assert answer.status_code == 422
    assert state_of(store) == before


def test_an_upload_that_is_too_long_is_cut_off(http) -> None:
    answer = http.post("/api/v1/workbook/preview", headers=BEARER, content=b"x" * (LARGEST + 200_000))
    assert answer.status_code == 413


def test_records_may_be_downloaded_by_the_office_alone(http) -> None:
    assert http.get("/office/records.xlsx").status_code == 401
    assert http.get("/office/records.xlsx", headers=BEARER).status_code == 200


def test_the_page_is_kept_by_nobody(http) -> None:
    assert http.get("/office").headers["cache-control"] == "no-store"
    sign_in(http)
    assert http.get("/office").headers["cache-control"] == "no-store"


def test_fresh_records_have_no_decisions(tmp_path) -> None:
    copy_bundled_records(tmp_path / "records")
    assert read_decisions(tmp_path / "records") == []
