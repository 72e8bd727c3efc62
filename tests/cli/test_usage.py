"""Help in both languages, and wrong usage: exit 2 and one clear sentence."""

import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

COMMANDS = [
    "serve", "sources", "ingest", "validate", "query", "evaluate", "export", "revisions", "rollback",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("language", "example", "help_line"),
    [("en", "Example:", "Show this help"), ("tr", "Örnek:", "Bu yardımı")],
)
def test_every_command_has_help_with_an_example(
    run_here: Run, command: str, language: str, example: str, help_line: str
) -> None:
    done = run_here(command, "--help", "--lang", language)
    assert done.returncode == 0
    assert example in done.stdout
    assert f"kopru {command}" in done.stdout
    assert help_line in done.stdout


def test_the_first_page_lists_all_commands(run_here: Run) -> None:
    for words in ([], ["--help"]):
        done = run_here(*words)
        assert done.returncode == 0
        assert all(f" {command} " in done.stdout for command in COMMANDS)


def test_the_language_is_taken_wherever_it_stands_and_wins_over_the_setting(run_here: Run) -> None:
    for words in (["--lang", "tr", "serve", "--help"], ["serve", "--help", "--lang=tr"]):
        assert "Kullanım:" in run_here(*words, KOPRU_LANG="en").stdout
    assert "Kullanım:" in run_here("serve", "--help", KOPRU_LANG="tr").stdout


def test_turkish_is_the_language_when_nothing_says_another(run_here: Run) -> None:
    assert "Kullanım:" in run_here("serve", "--help", KOPRU_LANG="").stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["serv"], "There is no command 'serv'."),
        (["serve", "--prot", "9000"], "There is no option --prot."),
        (["serve", "--port", "ninety"], "--port can't be used as it stands: write a whole number."),
        (["serve", "--port"], "--port"),
        (["rollback"], "REV is missing."),
        (["rollback", "last"], "REV can't be used as it stands: write a whole number."),
        (["ingest"], "SOURCE is missing."),
        (["query", "--format", "pdf"], "--format can't be used"),
        (["export", "--format", "ttl"], "--out is missing."),
        (["revisions", "--lang", "de"], "'de' is no valid value for --lang"),
        (["revisions", "--lang"], "--lang"),
        (["serve", "--port", "70000"], "--port can't be '70000': write a number not above 65535."),
        (["revisions", "5"], "'5' is more than this command takes."),
        (["rollback", "1", "2"], "'2' is more than this command takes."),
        (
            ["query", "--format", "pdf"],
            "choose one of table, csv, tsv, xlsx, json, xml, turtle, nt, jsonld, rdfxml, nquads, trig.",
        ),
    ],
)
def test_wrong_usage_exits_2_and_says_what_is_wrong(run_here: Run, words: list[str], sentence: str) -> None:
    done = run_here(*words)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
    assert sentence in done.stderr
    assert done.stdout == ""


def test_wrong_usage_is_told_in_turkish_too(run_here: Run) -> None:
    done = run_here("serv", "--lang", "tr")
    assert (done.returncode, done.stderr.split(":")[0]) == (2, "Hata")


@pytest.mark.parametrize(
    ("name", "value"),
    [("KOPRU_PORT", "eighty"), ("KOPRU_BASE_IRI", "nonsense"), ("KOPRU_QUERY_TIMEOUT", "-1")],
)
def test_a_wrong_setting_is_named(run_here: Run, name: str, value: str) -> None:
    done = run_here("revisions", **{name: value})
    assert done.returncode == 2
    assert f"The setting {name} can't be '{value}'" in done.stderr


def test_a_language_that_is_not_spoken_is_named(run_here: Run) -> None:
    done = run_here("revisions", KOPRU_LANG="de")
    assert (done.returncode, "'de', KOPRU_LANG için geçerli bir değer değil: tr, en." in done.stderr) == (
        2,
        True,
    )


def test_an_address_that_is_none_is_told_what_one_looks_like(run_here: Run) -> None:
    done = run_here("revisions", KOPRU_BASE_IRI="nonsense")
    assert "begins with http:// or https:// and ends with /" in done.stderr


def test_the_installed_command_is_this_one() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["scripts"] == {"kopru": "api.cli:main"}
