"""The declared 14, 12 and 10 over the bundled records: who is counted, by name, and who is not."""

from pathlib import Path

import pytest

from graph.model import Declared, DeclaredKind
from graph.questions import Questions
from graph.store import GraphStore
from ingest.pipeline import fill


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Questions:
    folder = tmp_path_factory.mktemp("bundled")
    store = GraphStore(folder / "store")
    fill(store, records=Path(folder / "records"))
    return Questions(store.current())


#: Number declared, and the partners that are counted by name.
COUNTED: dict[DeclaredKind, tuple[int, set[str]]] = {
    "sister_city": (
        12,
        {
            "nuremberg", "rostov-on-don", "austin", "bat-yam", "jeonju", "miami", "kunming", "omsk", "kazan",
            "mostar", "taldykorgan", "famagusta",
        },
    ),
    "cooperation_protocol": (
        10,
        {
            "qingdao", "suncheon", "moscow-southern-administrative-okrug", "seville", "hangzhou", "urumqi",
            "xining", "liwan-district",
        },
    ),
    "city_network": (
        14,
        {
            "covenant-of-mayors", "global-covenant-of-mayors", "medcities", "eccar", "civitas",
            "heritage-europe", "asian-mayors-forum", "mlgp4climate",
        },
    ),
}  # fmt: skip
#: How sure we are of those counted.
GRADES: dict[DeclaredKind, tuple[int, int, int]] = {
    "sister_city": (6, 3, 3),
    "cooperation_protocol": (3, 3, 2),
    "city_network": (3, 5, 0),
}


def find(questions: Questions, kind: DeclaredKind) -> Declared:
    return next(d for d in questions.reconciliation("antalya").declared if d.kind == kind)


@pytest.mark.parametrize("kind", COUNTED)
def test_those_counted_are_known_by_name(questions: Questions, kind: DeclaredKind) -> None:
    declared = find(questions, kind)
    number, partners = COUNTED[kind]
    assert declared.declared == number
    assert {relation.other.slug for relation in declared.relations if relation.other} == partners
    assert (declared.counted, declared.open) == (len(partners), number - len(partners))


@pytest.mark.parametrize("kind", COUNTED)
def test_those_counted_have_their_grade_and_reason(questions: Questions, kind: DeclaredKind) -> None:
    declared = find(questions, kind)
    assert tuple(declared.by_grade.values()) == GRADES[kind]
    assert all(relation.counting_reason and relation.evidence for relation in declared.relations)


@pytest.mark.parametrize("kind", COUNTED)
def test_nothing_counted_had_ended_or_was_still_planned(questions: Questions, kind: DeclaredKind) -> None:
    assert not {relation.status for relation in find(questions, kind).relations} & {"ended", "planned"}


def test_those_not_counted_say_why(questions: Questions) -> None:
    left_out = {
        relation.other.slug: relation
        for relation in find(questions, "sister_city").not_counted
        if relation.other
    }
    assert {"cheboksary", "lviv", "cholpon-ata", "haikou", "vladimir", "yalta"} <= left_out.keys()
    assert left_out["cheboksary"].status == "ended"
    assert left_out["lviv"].status == "planned"
    assert all(relation.counting_reason for relation in left_out.values())


def test_names_are_turkish_in_turkish_and_in_turkish_order(questions: Questions) -> None:
    names = [relation.label.tr for relation in find(questions, "sister_city").relations]
    assert names[:2] == [
        "Antalya – Austin kardeş şehir anlaşması",
        "Antalya – Bat Yam kardeş şehir anlaşması",
    ]
    assert "Antalya – Gazimağusa kardeş şehir anlaşması" in names
