"""The documents tell the truth: their examples run, their links lead somewhere, their words exist.

The guides' YAML is read by the real reader and published to a real store; the sentences that they
show are made by the slips that they name; the README's transcript is the answer of the bundled store.
"""

import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from api.cli.commands import make_command
from api.settings import PREFIX, Settings
from graph.questions import Questions
from graph.questions.plan import PlanQuestions
from graph.store import GraphStore
from ingest.pipeline import ingest
from ingest.records.batch import list_themes, read_records
from ingest.records.reading import fetch_files
from ingest.records.sections import SECTIONS
from ontology.errors import RecordErrors
from ontology.iris import Iris
from ontology.messages import LANGUAGES, Language

ROOT = Path(__file__).parents[2]
GUIDES: dict[Language, str] = {"tr": "docs/kayitlar.md", "en": "docs/records.md"}
DOCUMENTS = ["README.md", "CONTRIBUTING.md", *sorted(f"docs/{file.name}" for file in ROOT.glob("docs/*.md"))]
SLUG = "twinning-musterstadt-ornekkent-1"
DAY = date(2024, 5, 20)

# Section → how many examples of it the guides have.
EXAMPLES = {
    "documents": 3, "cities": 3, "authorities": 1, "units": 1, "organizations": 2, "networks": 1,
    "plans": 1, "programmes": 1, "calls": 1, "projects": 1, "sister_cities": 2, "protocols": 2,
    "memberships": 1, "grants": 1, "loans": 1, "cooperations": 1, "events": 1, "awards": 1,
    "declared_counts": 3, "stages": 2, "activities": 1, "indicators": 1, "measurements": 1,
}  # fmt: skip
COOPERATION = """\
  - of: harbour-university
    partner: musterstadt
    start: unknown
    evidence: [{document: musterstadt-partner-page, date: 2026-03-02, grade: confirmed}]
"""
COUNTING = """\
    counted: true
    counting_reason: {tr: Yazıdan önce katıldı., en: Joined before the letter.}
"""

# The ten mistakes of the guides, in their order: file, what stands there, what is written instead.
SLIPS = [
    ("sister_cities.yml", "partner: musterstadt", "partner: mustertsadt"),
    ("awards.yml", "id: clean-coast-award-2023", "id: Temiz Kıyı Ödülü"),
    ("events.yml", "Liman Günleri 2018, en: Harbour Days 2018}", "Liman Günleri 2018}"),
    ("documents.yml", "published: 2024-05-20", "published: 20.05.2024"),
    ("cooperations.yml", "    start: unknown\n", ""),
    ("memberships.yml", COUNTING, ""),
    ("documents.yml", "publisher: Musterstadt\n", "publisher: Musterstadt: Rathaus\n"),
    ("funding.yml", "amount: 2500000 EUR", "amount: 2.5 milyon avro"),
    ("cooperations.yml", COOPERATION, COOPERATION * 2),
    ("authorities.yml", "    kind: municipality\n", "    kind: municipality\n    mayor: A. B.\n"),
]


@cache
def read(document: str) -> str:
    """Return the text of a document."""
    return (ROOT / document).read_text("utf-8")


def fenced(document: str, kind: str) -> list[str]:
    """Return the fenced blocks of one kind."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", read(document), re.MULTILINE | re.DOTALL)
    return [text for found, text in blocks if found == kind]


def example_files(language: Language) -> dict[str, str]:
    """Return the files that the YAML of a guide makes up; each part begins with its name."""
    parts = [
        part
        for block in fenced(GUIDES[language], "yaml")
        for part in re.split(r"^(?=# \w+\.yml$)", block, flags=re.MULTILINE)
        if part
    ]
    files = {part.splitlines()[0].removeprefix("# "): part for part in parts}
    assert len(files) == len(parts)
    return files


def write(files: dict[str, str], records: Path) -> Path:
    """Write the files into the folder of the example city."""
    folder = records / "ornekkent"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return records


@pytest.fixture(scope="module")
def example_store(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    """Return a store that holds the guides' examples and nothing else."""
    folder = tmp_path_factory.mktemp("guide")
    store = GraphStore(folder / "store")
    records = write(example_files("tr"), folder / "records")
    report = ingest(store, "records", records=records, location=str(records), city="ornekkent")
    assert {section: report.counts.get(section, 0) for section in SECTIONS} == EXAMPLES
    assert report.unread == []
    return store


def test_both_guides_have_the_same_examples_of_every_section() -> None:
    files = example_files("tr")
    assert len(files) == 21
    assert files == example_files("en")
    content = {section: value for text in files.values() for section, value in load(text).items()}
    assert {section: len(content[section]) for section in SECTIONS} == EXAMPLES
    assert len(content["projects"][0]["participations"]) == 2


def load(text: str) -> dict[str, Any]:
    """Return the content of a YAML text as another reader than ours sees it."""
    content: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return content


def test_the_bundled_records_have_the_files_of_the_guides() -> None:
    bundled = {file.name for file in (ROOT / "ingest" / "bundled" / "antalya").glob("*.yml")}
    assert set(example_files("tr")) == bundled
    for guide in GUIDES.values():
        assert {name for name in bundled if f"`{name}`" not in read(guide)} == set()


def test_the_examples_mean_what_the_guides_say_of_them(example_store: GraphStore) -> None:
    questions = Questions(example_store.current())
    agreement = questions.agreement(SLUG, as_of=DAY)
    assert (agreement.start.text, agreement.status, agreement.grade) == ("2011-07", "holds", "confirmed")
    statuses = {relation.slug: relation.status for relation in questions.agreements(as_of=DAY).items}
    assert statuses["twinning-belmare-ornekkent-1"] == "ended"
    assert statuses["letter-of-intent-musterstadt-ornekkent-1"] == "planned"
    assert statuses["memorandum-belmare-ornekkent-1"] == "may_hold"


def test_the_examples_of_a_plan_mean_what_the_guides_say_of_them(example_store: GraphStore) -> None:
    plan = PlanQuestions(example_store.current(), "ornekkent")
    first, review = plan.stages(as_of=DAY).items
    assert [(one.column, one.open, one.total) for one in first.open] == [
        ("contents", 0, 1), ("results", 1, 2), ("roles", 0, 1),
    ]  # fmt: skip
    assert review.loops_back_to is not None
    assert (review.position, review.loops_back_to.slug) == (2, first.slug)
    activity = plan.activity("coast-clean-up-days", as_of=DAY)
    assert (activity.missing, len(activity.funding), len(activity.objectives)) == ((), 1, 2)
    # A measurement of 2025 says nothing of 2024; then 4 stand against a target of 10.
    assert plan.indicator("joint-clean-ups", as_of=DAY).state == "not_measured"
    indicator = plan.indicator("joint-clean-ups", as_of=date(2026, 3, 2))
    assert [indicator.value, indicator.deviation, indicator.state] == [Decimal(4), Decimal(-6), "not_reached"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_shows_what_the_program_says_to_each_slip(language: Language, tmp_path: Path) -> None:
    rows = [line for line in read(GUIDES[language]).splitlines() if "| `ornekkent/" in line]
    assert len(rows) == len(SLIPS) == 10
    for number, (row, (name, right, wrong)) in enumerate(zip(rows, SLIPS, strict=True)):
        files = example_files(language)
        assert files[name].count(right) == 1
        files[name] = files[name].replace(right, wrong)
        raw, found = fetch_files(write(files, tmp_path / str(number)))
        with pytest.raises(RecordErrors) as caught:
            read_records(tuple(raw), Iris(), list_themes(), tuple(found))
        assert f"| `{caught.value.sentence(language)}` |" in row


def test_relative_links_lead_to_files() -> None:
    links = [
        (document, target)
        for document in DOCUMENTS
        for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)", read(document))
        if "://" not in target
    ]
    assert len(links) >= 8
    assert [(doc, to) for doc, to in links if not (ROOT / doc).parent.joinpath(to).is_file()] == []


def run_kopru(*words: str, stdin: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command as the documents do, with no setting but those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return subprocess.run(
        [sys.executable, "-m", "api", *words], input=stdin, capture_output=True, text=True, cwd=cwd,
        env=kept | {"PYTHONPATH": str(ROOT)}, timeout=120, check=False,
    )  # fmt: skip


def lines_of(text: str) -> list[str]:
    """Return the lines without trailing blanks, and without empty ones at either end."""
    return [line.rstrip() for line in text.rstrip().splitlines()]


def test_the_readme_shows_what_kopru_query_answers(bundled_store: GraphStore) -> None:
    transcript = next(block for block in fenced("README.md", "console") if "kopru query" in block)
    shown = re.fullmatch(r"\$ kopru (query .*?) <<'RQ'\n(.*?)^RQ\n(.*)", transcript, re.MULTILINE | re.DOTALL)
    assert shown
    done = run_kopru(*shown[1].split(), "--store", str(bundled_store.path), stdin=shown[2])
    assert done.returncode == 0, done.stderr
    assert lines_of(done.stdout + done.stderr) == lines_of(shown[3])


def test_the_readme_shows_what_the_program_says_to_a_slip(bundled_store: GraphStore, tmp_path: Path) -> None:
    shown = next(block for block in fenced("README.md", "") if block.startswith("Error: "))
    files = {file.name: file.read_text("utf-8") for file in bundled_store.path.glob("records/antalya/*.yml")}
    wrong = files["sister_cities.yml"].replace("partner: nuremberg", "partner: nurenberg", 1)
    folder = tmp_path / "antalya"
    folder.mkdir()
    for name, text in (files | {"sister_cities.yml": wrong}).items():
        (folder / name).write_text(text, "utf-8")
    store = str(tmp_path / "store")
    done = run_kopru("ingest", "records", str(folder), "--store", store, "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert " ".join(shown.split()) in " ".join(done.stderr.split())


def test_the_readme_is_short() -> None:
    assert len(read("README.md").splitlines()) <= 120


def mentioned(pattern: str) -> set[str]:
    """Return what the documents' code mentions."""
    return {found for document in DOCUMENTS for found in re.findall(pattern, read(document))}


def test_commands_options_and_settings_that_the_documents_mention_exist() -> None:
    commands = make_command("en").commands
    named = mentioned(r"(?<=kopru )([a-z-]+)\b")
    assert len(named) >= 5
    assert named <= set(commands)
    options = {option for command in commands.values() for one in command.params for option in one.opts}
    assert mentioned(r"(?<=\s)--[a-z-]+") <= options | {"--lang", "--data-urlencode"}
    settings = mentioned(rf"{PREFIX}[A-Z_]+")
    assert len(settings) >= 2
    assert settings <= {PREFIX + name.upper() for name in Settings.model_fields}


def test_make_targets_that_the_documents_mention_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = mentioned(r"(?m)(?:^|`)make ([a-z]+)")
    assert {"run", "test"} <= named
    assert named <= targets
