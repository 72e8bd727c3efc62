"""The bundled plan: every item of the letter is there, in our own words, and the whole conforms."""

import os
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from rdflib import Graph

from graph.store import GraphStore
from ingest.pipeline import ingest
from ontology.iris import Iris
from ontology.terms import KP, ORG, PPLAN, PROV, RDF, RDFS, SKOS
from ontology.text import fold

IRIS = Iris()
ROOT = Path(__file__).parents[2]
REFERENCE = Path(os.environ.get("KOPRU_REFERENCE_DATA", ROOT.parent / "shared"))
REAL = REFERENCE / "seed" / "letter_2024-03-04.md"
PLAN = IRIS.thing("plan", "internationalisation-action-plan-2024-2029")
ITEMS = (KP.Objective, KP.ExpectedResult, KP.StageRole)
# In their order; contents, results, roles.
STAGES = {
    "start": (7, 2, 1),
    "situation-analysis": (6, 1, 2),
    "drafting": (9, 2, 3),
    "approval-and-dissemination": (4, 2, 2),
    "implementation": (4, 4, 4),
    "monitoring-and-evaluation": (4, 3, 2),
    "yearly-review": (0, 0, 0),
}
#: A run of so many words of the letter is a copy.
COPIED = 7
# Offices, plans and laws have one name: it stands for itself.
NAMES = (
    "antalya buyuksehir belediyesi dis iliskiler dairesi baskanligi",
    "antalya buyuksehir belediye baskanligi",
    "ab iliskileri ve proje sube mudurlugu",
    "uluslararasi iliskiler sube mudurlugu",
    "dis iliskiler dairesi baskanligi",
    "uluslararasilasma eylem plani",
    "yerel esitlik eylem plani",
    "5393 sayili belediye kanunu",
    "e 87441082 105 02 376063",
)  # fmt: skip


@pytest.fixture(scope="module")
def rdf(bundled_store: GraphStore) -> Graph:
    """Return what was published from the bundled records: it conforms, or it would not be there."""
    return bundled_store.current().default_graph()


def stage_of(slug: str):
    return IRIS.thing("stage", slug)


def test_the_six_stages_and_the_review_stand_in_their_order(rdf: Graph) -> None:
    slugs = list(STAGES)
    for position, slug in enumerate(slugs, start=1):
        assert int(rdf.value(stage_of(slug), KP.position)) == position
        assert rdf.value(stage_of(slug), PPLAN.isStepOfPlan) == PLAN
        before = stage_of(slugs[position - 2]) if position > 1 else None
        assert rdf.value(stage_of(slug), PPLAN.isPrecededBy) == before
    assert set(rdf.subject_objects(KP.loopsBackTo)) == {
        (stage_of("yearly-review"), stage_of("implementation"))
    }


def test_each_stage_has_as_many_items_as_the_letter(rdf: Graph) -> None:
    counts = Counter(
        (cls, rdf.value(item, KP.stage)) for cls in ITEMS for item in rdf.subjects(RDF.type, cls)
    )
    assert {slug: tuple(counts[cls, stage_of(slug)] for cls in ITEMS) for slug in STAGES} == STAGES
    assert sum(counts.values()) == 62


def test_each_item_has_one_sentence_a_language_and_its_place_in_the_letter(rdf: Graph) -> None:
    for item in (item for cls in ITEMS for item in rdf.subjects(RDF.type, cls)):
        assert sorted(label.language for label in rdf.objects(item, RDFS.label)) == ["en", "tr"]
        (evidence,) = rdf.subjects(KP.about, item)
        assert rdf.value(evidence, KP.letterColumn)
        assert rdf.value(evidence, KP.position) == rdf.value(item, KP.position)
        assert rdf.value(evidence, KP.spanStart) is None


def test_each_role_concerns_somebody(rdf: Graph) -> None:
    roles = set(rdf.subjects(RDF.type, KP.StageRole))
    assert [role for role in roles if not rdf.value(role, PROV.agent)] == []
    everybody = {IRIS.parse(str(agent)).slug for role in roles for agent in rdf.objects(role, PROV.agent)}
    assert {"political-committee", "technical-committee", "monitoring-committee"} <= everybody
    assert {"companies", "citizens", "civil-society-organisations", "political-parties"} <= everybody


def test_the_bodies_of_the_plan_are_committees_and_stakeholder_groups(rdf: Graph) -> None:
    kinds = Counter(IRIS.parse(str(kind)).slug for kind in rdf.objects(None, ORG.classification))
    assert (kinds["committee"], kinds["stakeholder-group"]) == (4, 10)


def test_the_plan_rests_on_a_law_in_both_languages(rdf: Graph) -> None:
    assert sorted(text.language for text in rdf.objects(PLAN, KP.legalBasis)) == ["en", "tr"]


def test_nothing_is_made_up_where_the_department_has_not_spoken(rdf: Graph) -> None:
    assert not list(rdf.subjects(RDF.type, KP.Activity))
    assert not list(rdf.subjects(RDF.type, KP.Measurement))


def test_intellectual_property_is_read_as_the_plan(rdf: Graph) -> None:
    agreed = IRIS.thing("result", "drafting-1")
    assert "planı" in str(next(label for label in rdf.objects(agreed, RDFS.label) if label.language == "tr"))
    assert len(list(rdf.objects(agreed, SKOS.note))) == 2


@pytest.mark.skipif(not REAL.is_file(), reason=f"reference data absent: {REAL.name}")
def test_the_letter_adds_its_characters_to_the_recorded_items(tmp_path: Path) -> None:
    store, records = GraphStore(tmp_path / "store"), tmp_path / "records"
    ingest(store, "records", records=records)
    assert ingest(store, "letter", records=records, location=str(REAL)).published
    merged = store.current().default_graph()
    text = REAL.read_bytes().decode("utf-8-sig")
    items = [item for cls in ITEMS for item in merged.subjects(RDF.type, cls)]
    assert len(items) == 62
    for item in items:
        assert len(list(merged.objects(item, RDFS.label))) == 2
        (evidence,) = merged.subjects(KP.about, item)
        start, end = (int(merged.value(evidence, p)) for p in (KP.spanStart, KP.spanEnd))
        assert 0 < start < end <= len(text)
        assert not text[start:end].startswith(("<", "•", "-", " "))


def words_of(text: str) -> list[str]:
    """Return the folded words; a name that nobody can say otherwise becomes one word of its own."""
    joined = " ".join(re.findall(r"\w+", fold(re.sub(r"<[^>]{1,200}>", " ", text))))
    for number, name in enumerate(NAMES):
        joined = joined.replace(name, f"§{number}")
    return joined.split()


def runs_of(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + COPIED]) for at in range(len(words) - COPIED + 1)}


def our_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    endings = (".yml", ".ttl", ".rq", ".po", ".md", ".html", ".py", ".ts", ".txt", ".toml")
    return [ROOT / name for name in listed if name.endswith(endings) and (ROOT / name).is_file()]


@pytest.mark.skipif(not REAL.is_file(), reason=f"reference data absent: {REAL.name}")
def test_no_seven_words_of_the_letter_in_a_row_stand_in_our_files() -> None:
    letter = runs_of(words_of(REAL.read_text("utf-8")))
    assert len(letter) > 1000
    files = our_files()
    assert len(files) > 300
    found = {
        str(file.relative_to(ROOT)): " ".join(run)
        for file in files
        for run in sorted(runs_of(words_of(file.read_text("utf-8", errors="replace"))) & letter)[:1]
    }
    assert found == {}
