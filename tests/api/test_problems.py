"""What goes wrong over HTTP is a problem document with a stable type and a remedy."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from api.problems import PROBLEMS, find_kind
from graph.store import GraphStore
from ontology import errors
from ontology.errors import KopruError

StartServer = Callable[[GraphStore], httpx.Client]

TYPES = "https://w3id.org/kopru/problem/"


def all_kinds(root: type[KopruError] = KopruError) -> Iterator[type[KopruError]]:
    """Yield every class of the error tree."""
    yield root
    for below in root.__subclasses__():
        yield from all_kinds(below)


def test_every_error_has_a_status_and_a_slug_of_its_own() -> None:
    kinds = list(all_kinds())
    assert len(kinds) > 20
    for kind in kinds:
        row = next(PROBLEMS[ancestor] for ancestor in kind.__mro__ if ancestor in PROBLEMS)
        assert 400 <= row.status < 600
        assert row.iri == TYPES + row.slug


def test_an_error_without_a_row_takes_that_of_its_ancestor() -> None:
    assert find_kind(errors.StoreBroken(path="x", reason="y")).slug == "store-error"


@pytest.mark.parametrize(
    ("address", "status", "slug"),
    [
        ("/api/v1/cities/atlantis", 404, "not-found"),
        ("/api/v1/agreements/none", 404, "not-found"),
        ("/api/v1/networks/none", 404, "not-found"),
        ("/api/v1/projects/none", 404, "not-found"),
        ("/api/v1/funding/none", 404, "not-found"),
        ("/api/v1/themes/none", 404, "not-found"),
        ("/api/v1/reconciliation?city=atlantis", 404, "not-found"),
        ("/id/city/atlantis.ttl", 404, "not-found"),
        ("/revision/99.ttl", 404, "not-found"),
        ("/api/v1/cities/%D0%9C", 404, "not-found"),
        ("/api/v1/funding/%00", 404, "not-found"),
        ("/id/city/%22.ttl", 400, "bad-parameter"),
        ("/id/city/%00", 404, "not-found"),
        ("/nowhere", 404, "no-such-address"),
        ("/api/v1/cities?limit=0", 400, "bad-parameter"),
        ("/api/v1/cities?limit=ten", 400, "bad-parameter"),
        ("/api/v1/cities?cursor=nonsense", 400, "bad-parameter"),
        ("/api/v1/agreements?as_of=2024-02-30", 400, "bad-parameter"),
        ("/api/v1/agreements?kind=friendship", 400, "bad-parameter"),
        ("/api/v1/agreements?status=over", 400, "bad-parameter"),
        ("/api/v1/cities?lang=tr&format=xlsx", 400, "bad-parameter"),
    ],
)
def test_a_wrong_request_is_a_problem(client: httpx.Client, address: str, status: int, slug: str) -> None:
    answer = client.get(address)
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (answer.status_code, body["status"], body["type"]) == (status, status, TYPES + slug)
    assert body["title"]
    assert body["detail"]


def test_a_wrong_day_is_named_with_its_remedy(client: httpx.Client) -> None:
    body = client.get("/api/v1/agreements?as_of=4.3.2024").json()
    assert "'4.3.2024'" in body["detail"]
    assert "YYYY-MM-DD" in body["detail"]
    assert body["errors"] == [{"name": "as_of", "value": "4.3.2024", "remedy": body["facts"]["remedy"]}]


def test_problems_speak_the_readers_language(client: httpx.Client) -> None:
    english = client.get("/api/v1/cities/atlantis")
    turkish = client.get("/api/v1/cities/atlantis", headers={"Accept-Language": "tr-TR,tr;q=0.9,en;q=0.8"})
    assert (english.headers["content-language"], turkish.headers["content-language"]) == ("en", "tr")
    assert english.json()["type"] == turkish.json()["type"]


def test_a_wrong_method_says_which_are_allowed(client: httpx.Client) -> None:
    answer = client.delete("/api/v1/cities")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.json()["type"] == TYPES + "method-not-allowed"


def test_an_empty_store_says_how_to_fill_it(tmp_path: Path, start_server: StartServer) -> None:
    http = start_server(GraphStore(tmp_path / "store"))
    for address in ("/health", "/api/v1/cities"):
        answer = http.get(address)
        assert (answer.status_code, answer.json()["type"]) == (503, TYPES + "store-empty")
        assert "kopru ingest records" in answer.json()["detail"]


def test_a_mistake_in_the_program_is_a_plain_500(tiny_store: GraphStore, start_server: StartServer) -> None:
    class Broken(GraphStore):
        def current(self):
            raise ZeroDivisionError("a secret of the program")

    answer = start_server(Broken(tiny_store.path)).get("/api/v1/cities")
    assert (answer.status_code, answer.json()["type"]) == (500, TYPES + "internal-error")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")


def test_a_method_that_is_not_answered_is_told_with_the_one_that_is(client: httpx.Client) -> None:
    assert "Use POST" in client.get("/labels").json()["detail"]


def test_a_bare_number_is_no_day(client: httpx.Client) -> None:
    answer = client.get("/api/v1/agreements?as_of=1709510400")
    assert (answer.status_code, "'1709510400'" in answer.json()["detail"]) == (400, True)


def test_what_was_sent_is_not_said_back_at_full_length(client: httpx.Client) -> None:
    answer = client.get("/api/v1/cities", params={"q": "x" * 10_000})
    assert answer.status_code == 400
    assert len(answer.content) < 2_000


def test_a_form_that_is_not_there_is_told_with_those_that_are(client: httpx.Client) -> None:
    body = client.get("/id/city/antalya", headers={"Accept": "image/png"}).json()
    assert (body["status"], body["type"]) == (406, TYPES + "no-such-form")
    assert "text/turtle" in body["detail"]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/api/v1/cities/atlantis", "'atlantis' adlı bir kent yok."),
        ("/id/city/atlantis", "https://w3id.org/kopru/id/city/atlantis adresinde bir şey yok."),
        ("/id/city/a%20b", "boşluk, tırnak, ayraç ve eğik çizgi kullanmayın"),
        ("/api/v1/cities?cursor=nonsense", "önceki sayfanın 'next' bağlantısından olduğu gibi alın."),
    ],
)
def test_no_part_of_a_sentence_stays_in_another_language(
    client: httpx.Client, address: str, sentence: str
) -> None:
    assert sentence in client.get(address, headers={"Accept-Language": "tr"}).json()["detail"]


def test_the_page_of_an_unknown_address_says_where_to_go(client: httpx.Client) -> None:
    page = {"Accept": "text/html", "Accept-Language": "en"}
    thing = client.get("/id/city/nurenberg?lang=en", headers=page)
    assert (thing.status_code, 'href="/id/city/nuremberg?lang=en"' in thing.text) == (404, True)
    assert 'href="/partners?lang=en">/partners' in client.get("/partnrs?lang=en", headers=page).text
    assert client.get("/%3Cscript%3E/x?lang=en", headers=page).status_code == 404


def test_the_menu_shows_the_pages_that_are_there(client: httpx.Client) -> None:
    text = client.get("/data?lang=en", headers={"Accept": "text/html"}).text
    menu = text[text.index('class="menu"') : text.index("</nav>")]
    for path in ("/explore", "/partners", "/gaps", "/plan", "/questions", "/data"):
        assert f'href="{path}?lang=en"' in menu
