"""Each kind of wrong input in the records of a plan: one sentence with file, line and remedy."""

import pytest

PLAN = """
plans: [{id: up, name: {tr: Plan, en: Plan}}]
programmes: [{id: fund, name: {tr: Fon, en: Fund}}]
projects: [{id: bus, name: {tr: Otobüs, en: Bus}}]
stages:
  - id: begin
    plan: up
    document: letter
    name: {tr: Başla, en: Begin}
    contents: [{text: {tr: Bir, en: One}}]
    results: [{text: {tr: Son, en: End}}]
indicators:
  - id: visits
    name: {tr: Ziyaretler, en: Visits}
    definition: {tr: Kaç, en: How many}
    unit: {tr: ziyaret, en: visits}
    direction: higher
    period: year
    document: page
"""
EVIDENCE = "evidence: [{document: page, date: unknown, grade: reported}]"
ACTIVITY = "activities:\n  - {id: a, name: {tr: A, en: A}, stage: begin, " + EVIDENCE
STAGE = "stages:\n  - {id: next, name: {tr: S, en: S}, plan: up, document: letter"
INDICATOR = (
    "indicators:\n  - {id: i, name: {tr: I, en: I}, definition: {tr: D, en: D}, unit: {tr: u, en: u}, "
    "direction: lower, period: month, document: page"
)
MEASUREMENT = (
    "measurements:\n  - {indicator: visits, value: 1, document: page, date: unknown, grade: reported"
)

# What is written into antalya/zz.yml → line, and words of the sentence.
WRONG: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "a stage that is not there": (
        ACTIVITY.replace("begin", "begim") + "}\n", 2, ("'stage' names 'begim'", "Did you mean 'begin'?"),
    ),
    "a theme that is not in the scheme": (
        ACTIVITY + ", themes: [cultur]}\n", 2, ("'themes' names 'cultur'", "Did you mean 'culture'?"),
    ),
    "an objective that is not there": (
        ACTIVITY + ", objectives: [begin-2]}\n", 2,
        ("'objectives' names 'begin-2'", "Did you mean 'begin-1'?"),
    ),
    "a result that is not there": (
        ACTIVITY + ", results: [begin-9]}\n", 2, ("'results' names 'begin-9'", "in 'results'"),
    ),
    "a lead that is not there": (
        ACTIVITY + ", lead: nurenberg}\n", 2,
        ("'lead' names 'nurenberg'", "in 'units, authorities, organ", "Did you mean 'nuremberg'?"),
    ),
    "a partner that is not there": (
        ACTIVITY + ", partners: [zzz]}\n", 2, ("'partners' names 'zzz'", "Add it there"),
    ),
    "funding that is not there": (
        ACTIVITY + ", funding: [funt]}\n", 2, ("'funding' names 'funt'", "Did you mean 'fund'?"),
    ),
    "funding by a project that got nothing": (
        ACTIVITY + ",\n     funding: [bus]}\n", 3, ("no grant or loan is recorded", "'project: bus'"),
    ),
    "a budget without a currency": (
        ACTIVITY + ", budget: 250000}\n", 2, ("'250000' has no currency", "'250000 EUR'"),
    ),
    "a budget in a text without a currency": (
        ACTIVITY + ", budget: '250.000,00'}\n", 2, ("'250.000,00' has no currency",),
    ),
    "a budget with words": (ACTIVITY + ", budget: '2 million EUR'}\n", 2, ("'2 million EUR' is no amount",)),
    "a budget below zero": (ACTIVITY + ", budget: '-5 EUR'}\n", 2, ("'-5 EUR' is no amount",)),
    "a state that is none": (
        ACTIVITY + ", state: runing}\n", 2, ("'runing' is not possible", "Did you mean 'running'?"),
    ),
    "an activity that nothing documents": (
        "activities:\n  - {id: a, name: {tr: A, en: A}, stage: begin, evidence: []}\n",
        2, ("'evidence' has no entry",),
    ),
    "an end before the start": (
        "activities:\n  - id: a\n    name: {tr: A, en: A}\n    stage: begin\n    evidence:\n"
        "      - document: page\n        date: unknown\n        grade: reported\n"
        "        says:\n          start: 2025-03\n          end: 2025-02-28\n",
        11, ("The end (2025-02-28) is before the start (2025-03)",),
    ),
    "a date that is none": (
        "activities:\n  - id: a\n    name: {tr: A, en: A}\n    stage: begin\n    evidence:\n"
        "      - {document: page, date: unknown, grade: reported, says: {end: 30.06.2025}}\n",
        6, ("'30.06.2025' is no date",),
    ),
    "an unknown field": (
        ACTIVITY + ", deadline: 2025}\n", 2, ("'deadline' is not known here", "Known fields: id, name"),
    ),
    "the same activity twice": (
        ACTIVITY + "}\n" + ACTIVITY.partition("\n")[2] + "}\n",
        3, ("The id 'a' stands twice in 'activities'", "antalya/zz.yml:2"),
    ),
    "a stage of no plan": (
        STAGE.replace("plan: up", "plan: us") + "}\n", 2, ("'plan' names 'us'", "in 'plans'"),
    ),
    "a stage after one that is not there": (STAGE + ", after: begun}\n", 2, ("'after' names 'begun'",)),
    "a review that leads nowhere": (
        STAGE + ", loops_back_to: bigin}\n", 2, ("'loops_back_to' names 'bigin'", "Did you mean 'begin'?"),
    ),
    "a stage without a document": (
        "stages:\n  - {id: next, name: {tr: S, en: S}, plan: up}\n", 2, ("'document' is missing",),
    ),
    "an item in one language": (
        STAGE + ",\n     contents: [{text: {tr: Bir}}]}\n", 3, ("The English text is missing",),
    ),
    "a role of somebody who is not there": (
        STAGE + ",\n     roles: [{text: {tr: R, en: R}, who: [bord]}]}\n", 3, ("'who' names 'bord'",),
    ),
    "who in another column": (
        STAGE + ",\n     results: [{text: {tr: R, en: R}, who: [antalya]}]}\n",
        3, ("'who' is not known here",),
    ),
    "an item that is its own evidence": (
        STAGE + ",\n     results: [{text: {tr: R, en: R},\n" + EVIDENCE.replace("page", "letter") + "}]}\n",
        4, ("This stands in 'letter' itself",),
    ),
    "an indicator without a unit": (
        INDICATOR.replace("unit: {tr: u, en: u}, ", "") + "}\n", 2, ("'unit' is missing",),
    ),
    "a direction that is none": (
        INDICATOR.replace("direction: lower", "direction: down") + "}\n", 2,
        ("'down' is not possible for 'direction'", "higher, lower"),
    ),
    "a value that is none": (
        INDICATOR + ",\n     target: {value: '7', year: 2027}}\n", 3, ("'value' must be a number",),
    ),
    "a value without a year": (INDICATOR + ",\n     target: {value: 7}}\n", 3, ("'year' is missing",)),
    "a year that is none": (
        INDICATOR + ",\n     target: {value: 7, year: 27}}\n", 3, ("'27' is too small for 'year'",),
    ),
    "a target before the baseline": (
        INDICATOR + ", baseline: {value: 9, year: 2024},\n     target: {value: 7, year: 2023}}\n",
        3, ("The target's year (2023) is before the baseline's (2024)",),
    ),
    "an indicator that is not there": (
        MEASUREMENT.replace("visits", "visit") + ", period: 2025}\n", 2,
        ("'indicator' names 'visit'", "Did you mean 'visits'?"),
    ),
    "a period that is none": (
        MEASUREMENT + ", period: 2025-Q5}\n", 2, ("'2025-Q5' is no period", "'2025-Q1'"),
    ),
    "a month that is none": (MEASUREMENT + ", period: 2025-13}\n", 2, ("'2025-13' is no date",)),
    "a day as a period": (MEASUREMENT + ", period: 2025-03-04}\n", 2, ("'2025-03-04' is no period",)),
    "the same period twice": (
        MEASUREMENT + ", period: 2025}\n" + MEASUREMENT.partition("\n")[2] + ", period: '2025'}\n",
        3, ("'visits' is measured twice for 2025", "antalya/zz.yml:2"),
    ),
    "a measurement without a grade": (
        MEASUREMENT.replace(", grade: reported", "") + ", period: 2025}\n", 2, ("'grade' is missing",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_with_file_line_and_remedy(records, case: str) -> None:
    text, line, words = WRONG[case]
    records.write("plan.yml", PLAN)
    records.write("zz.yml", text)
    (sentence,) = records.sentences()
    assert sentence.startswith(f"antalya/zz.yml, line {line}: ")
    assert [word for word in words if word not in sentence] == []


def test_all_kinds_of_wrong_records_were_tried() -> None:
    assert len(WRONG) == 38


def test_the_plan_around_them_is_right(records) -> None:
    records.write("plan.yml", PLAN)
    assert records.read().counts["stages"] == 1


@pytest.mark.parametrize("section", ["stages", "activities", "indicators", "measurements"])
def test_an_empty_list_is_no_error(records, section: str) -> None:
    records.write("zz.yml", f"{section}: []\n")
    assert records.read().counts[section] == 0


def test_an_item_of_a_stage_that_is_wrong_is_not_missed(records) -> None:
    records.write("plan.yml", PLAN.replace("plan: up", "plans: up"))
    records.write("zz.yml", ACTIVITY + ", objectives: [begin-1]}\n")
    sentences = records.sentences()
    assert [sentence for sentence in sentences if sentence.startswith("antalya/zz.yml")] == []


def test_a_grant_that_is_wrong_does_not_make_the_funding_wrong(records) -> None:
    records.write("plan.yml", PLAN)
    records.write("zz.yml", ACTIVITY + ", funding: [bus]}\n" + "grants: [{funder: antalya, project: bus}]\n")
    assert [s for s in records.sentences() if "no grant or loan" in s] == []
