"""Wikidata, spoken to over HTTP: a server of our own with small data in the true shape, and bad days."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from rdflib import Literal

from ingest.batch import Context, Fetched
from ingest.pipeline import ingest
from ingest.sources import wikidata
from ingest.wikidata.client import Patience, SparqlClient
from ingest.wikidata.pages import Pages, parse_scope
from ontology.errors import SourceError
from ontology.iris import Iris
from ontology.terms import KP, RDF, RDFS, SCHEMA

IRIS = Iris()
ENTITY = "http://www.wikidata.org/entity/"
#: Antalya (Q6487) and Nürnberg (Q2090) are those of the tiny records, by GeoNames and Wikidata number.
TIES = [
    {"city": "Q6487", "kind": "twin", "partner": "Q2090", "start": "1997-01-01T00:00:00Z"},
    {"city": "Q6487", "kind": "twin", "partner": "Q9",
     "start": "2010-05-04T00:00:00Z", "end": "2001-01-01T00:00:00Z"},
    {"city": "Q6487", "kind": "twin", "partner": "Q6487"},
    {"city": "Q6487", "kind": "member", "partner": "Q77"},
    {"city": "Q6487", "kind": "twin", "partner": "Q404"},
]  # fmt: skip
THINGS = [
    {"thing": "Q6487", "country": "TR", "geonames": "323777", "tr": "Antalya", "en": "Antalya"},
    {"thing": "Q2090", "country": "DE", "tr": "Nürnberg", "en": "Nuremberg"},
    {"thing": "Q9", "country": "FR", "tr": "Neuf", "en": "Neuf",
     "coordinates": "Point(2.5 48)", "population": "900"},
    {"thing": "Q77", "en": "Ring of Cities"},
    {"thing": "Q404"},
]  # fmt: skip


def to_json(rows: list[dict[str, str]]) -> bytes:
    """Return rows in SPARQL's JSON, ids as addresses."""
    bindings = [
        {
            name: {"type": "uri", "value": ENTITY + text}
            if re.fullmatch(r"Q\d+", text)
            else {"type": "literal", "value": text}
            for name, text in row.items()
        }
        for row in rows
    ]
    return json.dumps({"head": {}, "results": {"bindings": bindings}}).encode()


class Service(BaseHTTPRequestHandler):
    """Answers by what is asked, after the bad answers that a test has put in the way."""

    bad: list[Callable[["Service"], None]]
    asked: list[str]
    agents: set[str]

    def do_POST(self) -> None:
        """Answer."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        query = parse_qs(body)["query"][0]
        self.asked.append(query)
        self.agents.add(self.headers["User-Agent"])
        if self.bad:
            self.bad.pop(0)(self)
            return
        wanted = set(re.findall(r"wd:(Q\d+)", query))
        if "?kind" in query:
            rows = [row for row in TIES if row["city"] in wanted]
        elif "GROUP BY" in query:
            rows = [row for row in THINGS if row["thing"] in wanted]
        else:
            rows = [{"city": "Q6487"}]
        self.answer(200, to_json(rows))

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_parts: object) -> None:
        """Keep quiet."""


def busy(service: Service) -> None:
    service.answer(429, b"slow down", Retry_After="7")


def broken(service: Service) -> None:
    service.answer(500, b"java.lang.OutOfMemoryError")


def cut(service: Service) -> None:
    service.send_response(200)
    service.send_header("Content-Length", "500")
    service.end_headers()
    service.wfile.write(b'{"results"')
    service.close_connection = True


def trace(service: Service) -> None:
    service.answer(200, b'{"results": {"bindings": [ {"city"\njava.util.concurrent.TimeoutException')


def page(service: Service) -> None:
    service.answer(200, b"<html>sign in</html>")


def lie(service: Service) -> None:
    service.answer(200, b'{"results": {"bindings": {"city": 3}}}')


def silence(_service: Service) -> None:
    threading.Event().wait(0.6)


@pytest.fixture
def service() -> Iterator[type[Service]]:
    """Return the handler of a running server, with its address as ``address``."""
    handler = type("Handler", (Service,), {"bad": [], "asked": [], "agents": set()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        handler.address = f"http://127.0.0.1:{server.server_port}/sparql"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield handler
        server.shutdown()


@pytest.fixture
def fetch(service, tmp_path):
    """Return a function that fetches what a scope names, and the waits that it made."""
    waits: list[float] = []

    def run(what: str = "Q6487", tries: int = 3) -> tuple[Fetched, list[float]]:
        waits.clear()
        scope = parse_scope(f"{service.address}#{what}", [])
        patience = Patience(tries=tries, timeout=0.3, pause=0, backoff=1, sleep=waits.append)
        pages = Pages(SparqlClient(service.address, patience), scope, tmp_path / "scratch")
        return Fetched(pages.fetch(), service.address, datetime.now(UTC)), [wait for wait in waits if wait]

    return run


def test_after_an_answer_the_client_rests_as_long_as_it_took_and_not_for_ever(service) -> None:
    def slow(service: Service) -> None:
        threading.Event().wait(0.2)
        service.answer(200, to_json([]))

    rests: list[float] = []
    for pause in (5, 0.1):
        service.bad.append(slow)
        patience = Patience(pause=pause, sleep=rests.append)
        SparqlClient(service.address, patience).ask("cities_of_country", ["wd:Q9"], limit=1)
    assert 0.2 <= rests[0] < 5
    assert rests[1] == 0.1


@pytest.fixture
def read(fetch, records):
    """Return the batch of a city."""
    rdf = records.read().rdf
    return wikidata.read(fetch()[0], Context(IRIS, records.root, "antalya", lambda _name: rdf))


def test_twins_are_evidence_about_the_relation_that_the_records_have(read) -> None:
    twinning = IRIS.relation("agreement", "twinning", ["antalya", "nuremberg"])
    assert (twinning, RDF.type, None) not in read.rdf
    grades = {read.rdf.value(e, KP.evidenceGrade) for e in read.rdf.subjects(KP.about, twinning)}
    assert grades == {KP.unverified}
    values = {str(read.rdf.value(e, KP.claimedValue)) for e in read.rdf.subjects(KP.about, twinning)}
    assert values == {str(KP.TwinningAgreement), "1997"}


def test_a_new_city_is_described_and_has_its_number(read) -> None:
    city = IRIS.thing("city", "wikidata-q9")
    assert read.rdf.value(city, KP.population) == Literal(900)
    assert str(read.rdf.value(city, SCHEMA.sameAs)) == ENTITY + "Q9"
    assert str(read.rdf.value(city, SCHEMA.latitude)) == "48"


def test_a_network_is_named_in_both_languages(read) -> None:
    network = IRIS.thing("network", "wikidata-q77")
    assert {label.language for label in read.rdf.objects(network, RDFS.label)} == {"tr", "en"}


def test_what_makes_no_sense_is_left_out_and_told(read) -> None:
    assert [notice.sentence("en").partition(": ")[2] for notice in read.unread] == [
        "a date that can't be; the tie itself was taken (first: wikidata:Q6487).",
        "a city has no known country or name, or is its own twin (first: wikidata:Q6487, wikidata:Q6487).",
    ]


@pytest.mark.parametrize("trouble", [busy, broken, cut, trace, page, lie, silence])
def test_one_bad_answer_is_asked_for_again(service, fetch, trouble) -> None:
    service.bad.append(trouble)
    fetched, waits = fetch()
    assert [file.name for file in fetched.files] == ["ties-00001.jsonl", "things-00001.jsonl"]
    assert waits == [7.0 if trouble is busy else 1]


@pytest.mark.parametrize("trouble", [busy, broken, trace, silence])
def test_a_service_that_never_answers_is_given_up_in_the_end(service, fetch, trouble) -> None:
    service.bad += [trouble] * 9
    with pytest.raises(SourceError, match="gives no usable answer after 3 tries"):
        fetch()
    assert len(service.asked) == 3


def test_a_broken_off_run_goes_on_where_it_stopped(service, fetch) -> None:
    service.bad += [lambda s: s.answer(200, to_json(TIES)), *[broken] * 3]
    with pytest.raises(SourceError):
        fetch()
    before = len(service.asked)
    fetch()
    assert ["?kind" in query for query in service.asked[before:]] == [False]


def test_a_refusal_is_not_asked_again(service, fetch) -> None:
    service.bad.append(lambda s: s.answer(403, b"go away"))
    with pytest.raises(SourceError, match="refuses the question"):
        fetch()
    assert len(service.asked) == 1


def test_a_country_is_listed_first_and_the_service_is_told_who_asks(service, fetch) -> None:
    fetch("TR")
    assert '"TR"' in service.asked[0]
    assert "wd:Q6487" in service.asked[1]
    assert all("w3id.org/kopru" in agent for agent in service.agents)


@pytest.mark.parametrize("what", ["Q0", "Paris", "TUR", "Q1;DROP", "TR } DROP"])
def test_a_scope_that_is_none_is_refused(what: str) -> None:
    with pytest.raises(SourceError, match="names no cities of Wikidata"):
        parse_scope(what, [])


def test_a_second_run_without_change_publishes_nothing(service, store, records) -> None:
    ingest(store, "records", records=records.root)
    runs = [
        ingest(store, "wikidata", records=records.root, location=f"{service.address}#Q6487") for _ in range(2)
    ]
    assert [run.published is None for run in runs] == [False, True]
