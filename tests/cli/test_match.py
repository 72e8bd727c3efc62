"""``kopru match`` and its page: what waits, a decision, taking it back."""

import json
from datetime import UTC, datetime
from pathlib import Path

import rdflib
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import load_settings
from graph.identity.queue import read_waiting
from graph.store import GraphStore
from ingest.judging import judge
from ontology.terms import PREFIXES

HEAD = "@base <https://w3id.org/kopru/id/> .\n" + "".join(
    f"@prefix {n}: <{i}> .\n" for n, i in PREFIXES.items()
)
#: Two towns of one name and size, and one of a list that may be either.
TURTLE = """
<country/at> a schema:Country ; rdfs:label "Avusturya"@tr, "Austria"@en ; kp:isoCode "AT" .
<city/puch-a> a schema:City ; rdfs:label "Puch"@tr, "Puch"@en ; schema:containedInPlace <country/at> ;
  kp:population 4000 ; schema:sameAs <https://sws.geonames.org/1/> .
<city/puch-b> a schema:City ; rdfs:label "Puch"@tr, "Puch"@en ; schema:containedInPlace <country/at> ;
  kp:population 3900 ; schema:sameAs <https://sws.geonames.org/2/> .
<city/puch-list> a schema:City ; rdfs:label "Puch"@tr, "Puch"@en ; schema:containedInPlace <country/at> .
"""


#: A pair that waits: two cities of one name, 2 km from one another.
PAIR = """
<city/b{n}-a> a schema:City ; rdfs:label "B{n}"@tr, "B{n}"@en ; schema:containedInPlace <country/at> ;
  schema:latitude 47.0 ; schema:longitude 15.0 ; schema:sameAs <https://sws.geonames.org/{n}1/> .
<city/b{n}-b> a schema:City ; rdfs:label "B{n}"@tr, "B{n}"@en ; schema:containedInPlace <country/at> ;
  schema:latitude 47.02 ; schema:longitude 15.0 ; schema:sameAs <https://sws.geonames.org/{n}2/> .
"""


def make_store(folder: Path, turtle: str = TURTLE) -> GraphStore:
    records = folder / "records"
    records.mkdir(parents=True)
    store = GraphStore(folder / "store")
    with store.writer() as draft:
        rdf = rdflib.Graph().parse(data=HEAD + turtle, format="turtle")
        draft.replace_source("list", rdf, retrieved_at=datetime.now(UTC))
        judge(draft, records)
        draft.derive()
        draft.publish()
    return store


def test_the_queue_a_decision_and_taking_it_back(tmp_path: Path, run_here) -> None:  # type: ignore[no-untyped-def]
    make_store(tmp_path)
    where = ("--store", tmp_path / "store")
    said = ("--why", "looked up", "--office", "Dış İlişkiler", *where, "--records", tmp_path / "records")
    listed = json.loads(run_here("match", "list", "--format", "json", *where).stdout)
    assert [pair["names"] for pair in listed] == [["Puch", "Puch"]]
    done = run_here("match", "decide", "puch-a", "puch-list", "same", *said)
    assert done.returncode == 0, done.stderr
    assert "No pair of cities waits" in run_here("match", "list", *where).stdout
    assert run_here("match", "undo", "puch-a", "puch-list", *said).returncode == 0
    assert "puch-list" in run_here("match", "list", *where).stdout
    assert run_here("match", "decide", "puch-a", "nowhere", "same", *said).returncode == 2


def test_a_decision_is_taken_back_after_its_source_has_gone(tmp_path: Path, run_here) -> None:  # type: ignore[no-untyped-def]
    store = make_store(tmp_path)
    said = ("--why", "looked up", "--office", "Dış İlişkiler", "--store", tmp_path / "store")
    said += ("--records", tmp_path / "records")
    assert run_here("match", "decide", "puch-a", "puch-list", "same", *said).returncode == 0
    with store.writer() as draft:
        draft.replace_source("list", rdflib.Graph(), retrieved_at=datetime.now(UTC))
        judge(draft, tmp_path / "records")
        draft.derive()
        draft.publish()
    refused = run_here("match", "decide", "puch-a", "puch-list", "different", *said)
    assert refused.returncode != 0
    assert "puch-a" in refused.stderr
    undone = run_here("match", "undo", "puch-a", "puch-list", *said)
    assert undone.returncode == 0, undone.stderr
    again = run_here("match", "undo", "puch-a", "puch-list", *said)
    assert again.returncode != 0


def test_the_page_shows_the_pair_and_the_command(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    settings = load_settings(store=str(tmp_path / "store"), lang="en", records=tmp_path / "records")
    with TestClient(create_app(settings, store)) as client:
        page = client.get("/match").text
    assert "kopru match decide puch-a puch-list" in page


def test_a_long_queue_stands_on_several_pages(tmp_path: Path, run_here) -> None:  # type: ignore[no-untyped-def]
    store = make_store(tmp_path, TURTLE + "".join(PAIR.format(n=number) for number in range(100, 160)))
    settings = load_settings(store=str(tmp_path / "store"), lang="en", records=tmp_path / "records")
    with TestClient(create_app(settings, store)) as client:
        first, second, behind = (client.get("/match", params={"page": page}).text for page in (1, 2, 9))
        assert client.get("/match", params={"page": 0}).status_code == 400
    assert [page.count("kopru match decide b") for page in (first, second, behind)] == [50, 10, 10]
    assert "Pairs 1 to 50 of 61." in first
    assert "page=2" in first
    assert "page=1" in second
    assert "Pairs 51 to 61 of 61." in behind
    some = run_here(
        "match", "list", "--limit", "2", "--offset", "58", "--format", "json", "--store", tmp_path / "store"
    )
    assert [pair["names"] for pair in json.loads(some.stdout)] == [["B158", "B158"], ["B159", "B159"]]
    assert some.stderr.splitlines() == ["Pairs 59 to 60 of 61.", "The next ones: --offset 60."]
    none = run_here("match", "list", "--offset", "61", "--store", tmp_path / "store")
    assert (none.returncode, none.stdout, none.stderr) == (0, "", "Only 61 pairs wait for a decision.\n")


def test_an_address_in_the_command_is_quoted_for_the_shell(tmp_path: Path) -> None:
    turtle = TURTLE.replace("<city/puch-list>", "<https://example.org/puch;x=$(id)>")
    (pair,) = read_waiting(make_store(tmp_path, turtle).current()).pairs
    assert pair.command.startswith("kopru match decide 'https://example.org/puch;x=$(id)' puch-a same --why")
