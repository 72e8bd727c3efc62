"""The commands over a store of the bundled records: what they print and leave behind."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.store import GraphStore

Run = Callable[..., subprocess.CompletedProcess[str]]

COUNT = "SELECT (COUNT(?c) AS ?n) { ?c a schema:City }"


@pytest.fixture
def store(bundled_store: GraphStore, tmp_path: Path) -> Path:
    """Return the folder of a copy of the bundled store that a test may change."""
    return Path(shutil.copytree(bundled_store.path, tmp_path / "store"))


def test_sources_tell_licence_and_size(run: Run, bundled_store: GraphStore) -> None:
    done = run("sources", "--store", bundled_store.path)
    assert done.returncode == 0
    lines = {line.split()[0]: line for line in done.stdout.splitlines() if line.strip()}
    assert {"records", "geonames", "cldr", "letter"} <= set(lines)
    assert "CC BY 4.0" in lines["geonames"]


def test_sources_are_listed_without_a_store(run: Run) -> None:
    assert run("sources").returncode == 0


def test_a_second_run_without_a_change_publishes_nothing(run: Run, store: Path) -> None:
    done = run("ingest", "records", "--store", store)
    assert done.returncode == 0
    assert "Nothing new" in done.stdout
    assert len(GraphStore(store).list_revisions()) == 1


def test_a_changed_record_is_published_and_can_be_taken_back(run: Run, store: Path) -> None:
    rename_nuremberg(store)
    dry = run("ingest", "records", "--store", store, "--dry-run")
    assert "dry run" in dry.stdout
    assert len(GraphStore(store).list_revisions()) == 1
    assert "Revision 2 is published." in run("ingest", "records", "--store", store).stdout
    assert "2 *" in run("revisions", "--store", store).stdout
    assert run("rollback", "1", "--store", store).returncode == 0
    assert "1 *" in run("revisions", "--store", store).stdout


def rename_nuremberg(store: Path) -> None:
    """Change one Turkish name in the user's records."""
    file = store / "records" / "antalya" / "cities.yml"
    text = file.read_text("utf-8")
    assert 'tr: "Nürnberg"' in text
    file.write_text(text.replace('tr: "Nürnberg"', 'tr: "Nürnberg şehri"'), "utf-8")


def test_a_wrong_record_is_told_with_file_and_line_and_nothing_is_published(run: Run, store: Path) -> None:
    file = store / "records" / "antalya" / "networks.yml"
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([*lines, "nets: [1]"]), "utf-8")
    for words in (["ingest", "records"], ["validate", store / "records"]):
        done = run(*words, "--store", store)
        assert done.returncode == 1
        assert f"networks.yml, line {len(lines) + 1}" in done.stdout + done.stderr
    assert len(GraphStore(store).list_revisions()) == 1


def test_the_published_graph_and_the_bundled_records_are_valid(run: Run, bundled_store: GraphStore) -> None:
    for words in ([], [bundled_store.path / "records"], [bundled_store.path / "records" / "antalya"]):
        done = run("validate", *words, "--store", bundled_store.path)
        assert (done.returncode, done.stdout) == (0, "No rule of the model is broken.\n")


def test_an_rdf_file_is_checked_with_what_is_published(
    run: Run, bundled_store: GraphStore, tmp_path: Path
) -> None:
    file = tmp_path / "network.ttl"
    file.write_text(
        "@prefix kp: <https://w3id.org/kopru/ontology#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix network: <https://w3id.org/kopru/id/network/> .\n\n"
        'network:made-up a kp:CityNetwork ; rdfs:label "Uydurma"@tr .\n',
        "utf-8",
    )
    done = run("validate", file, "--store", bundled_store.path)
    assert done.returncode == 1
    assert "network.ttl:5: https://w3id.org/kopru/id/network/made-up" in done.stdout
    file.write_text(file.read_text("utf-8").replace('"@tr .', '"@tr, "Made up"@en .'), "utf-8")
    assert run("validate", file, "--store", bundled_store.path).returncode == 0


def test_a_file_that_is_no_rdf_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text("@prefix kp: <https://w3id.org/kopru/ontology#> .\nkp:a kp:b\n", "utf-8")
    done = run("validate", file)
    assert done.returncode == 1
    assert "broken.ttl, line" in done.stderr
    assert "can't be opened" in run("validate", tmp_path / "absent.ttl").stderr


# --- query -------------------------------------------------------------------------------


def test_a_query_from_the_standard_input_is_answered_as_csv(run: Run, bundled_store: GraphStore) -> None:
    done = run("query", "-", "--format", "csv", "--store", bundled_store.path, stdin=COUNT)
    assert done.returncode == 0
    [row] = csv.DictReader(io.StringIO(done.stdout))
    assert int(row["n"]) >= 61


def test_a_query_from_a_file_is_answered_in_every_form(
    run: Run, bundled_store: GraphStore, tmp_path: Path
) -> None:
    file = tmp_path / "count.rq"
    file.write_text(COUNT, "utf-8")
    answers = {
        form: run("query", file, "--format", form, "--store", bundled_store.path)
        for form in ("table", "csv", "tsv", "json", "xml")
    }
    assert {form: done.returncode for form, done in answers.items()} == dict.fromkeys(answers, 0)
    number = json.loads(answers["json"].stdout)["results"]["bindings"][0]["n"]["value"]
    assert all(number in done.stdout for done in answers.values())


def test_things_are_constructed_as_turtle(run: Run, bundled_store: GraphStore) -> None:
    text = "CONSTRUCT WHERE { <https://w3id.org/kopru/id/city/antalya> a schema:City }"
    done = run("query", "--format", "turtle", "--store", bundled_store.path, stdin=text)
    assert "<https://w3id.org/kopru/id/city/antalya> a schema:City ." in done.stdout


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("SELECT * { ?s ?p", "Line 1, column"),
        ("DROP ALL", "is not allowed here"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "is not allowed"),
        ("", "Error: "),
    ],
)
def test_a_bad_query_is_one_sentence(run: Run, bundled_store: GraphStore, text: str, sentence: str) -> None:
    done = run("query", "--store", bundled_store.path, stdin=text)
    assert done.returncode == 1
    assert sentence in done.stderr


def test_an_endless_query_is_stopped(run: Run, bundled_store: GraphStore) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    done = run("query", "--store", bundled_store.path, stdin=text, KOPRU_QUERY_TIMEOUT="0.5")
    assert done.returncode == 1
    assert "stopped after 0.5 seconds" in done.stderr


def test_a_query_that_is_not_there_or_not_text_is_told(
    run: Run, bundled_store: GraphStore, tmp_path: Path
) -> None:
    assert "can't be read" in run("query", tmp_path / "absent.rq", "--store", bundled_store.path).stderr
    done = run("query", "--store", bundled_store.path, stdin="ASK { ?ş ?p ?o }".encode("utf-16"))
    assert (done.returncode, "is not UTF-8" in done.stderr) == (1, True)


# --- export ------------------------------------------------------------------------------


def test_the_graph_is_exported_in_every_form(run: Run, bundled_store: GraphStore, tmp_path: Path) -> None:
    import rdflib

    statements = bundled_store.current().info.statements
    for form, reader in (("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld")):
        out = tmp_path / f"graph.{form}"
        assert run("export", "--format", form, "--out", out, "--store", bundled_store.path).returncode == 0
        assert len(rdflib.Graph().parse(out, format=reader)) == statements


def test_named_graphs_are_exported_as_nquads(run: Run, bundled_store: GraphStore, tmp_path: Path) -> None:
    out = tmp_path / "graph.nq"
    run("export", "--format", "nq", "--out", out, "--store", bundled_store.path)
    names = {line.rsplit("<", 1)[1].removesuffix("> .") for line in out.read_text("utf-8").splitlines()}
    assert names == {
        f"https://w3id.org/kopru/graph/{n}" for n in ("records", "cldr", "geonames", "ontology", "derived")
    }


def test_lists_are_exported_as_csv(run: Run, bundled_store: GraphStore, tmp_path: Path) -> None:
    assert (
        run("export", "--format", "csv", "--out", tmp_path / "csv", "--store", bundled_store.path).returncode
        == 0
    )
    files = sorted(file.name for file in (tmp_path / "csv").iterdir())
    assert files == [
        "agreements.csv",
        "cities.csv",
        "funding.csv",
        "networks.csv",
        "plan-activities.csv",
        "plan-indicators.csv",
        "plan-stages.csv",
        "projects.csv",
        "themes.csv",
    ]
    stages = (tmp_path / "csv" / "plan-stages.csv").read_text("utf-8-sig").splitlines()
    indicators = (tmp_path / "csv" / "plan-indicators.csv").read_text("utf-8-sig").splitlines()
    activities = (tmp_path / "csv" / "plan-activities.csv").read_text("utf-8-sig").splitlines()
    assert (len(stages), len(indicators), len(activities)) == (1 + 7, 1 + 14, 1)  # six stages and the review
    assert (tmp_path / "csv" / "cities.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_an_export_to_nowhere_is_told(run: Run, bundled_store: GraphStore, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run(
        "export", "--format", "ttl", "--out", tmp_path / "file" / "x.ttl", "--store", bundled_store.path
    )
    assert (done.returncode, "Choose another place with --out" in done.stderr) == (1, True)
