"""The projection of ``data/tiny.ttl`` onto cities and their ties, worked out by hand."""

from datetime import date

import pytest

from graph.projection import Projection, project_ties
from graph.revision import Revision

BASE = "https://w3id.org/kopru/id/"
ANTALYA, NUREMBERG, KUNMING, BAT_YAM = (
    f"{BASE}city/{slug}" for slug in ("antalya", "nuremberg", "kunming", "bat-yam")
)
MEDCITIES, MATCHUP = f"{BASE}network/medcities", f"{BASE}project/matchup"
LETTER_DAY, LAST_DAY_OF_BAT_YAM = date(2024, 3, 4), date(2024, 3, 11)


@pytest.fixture(scope="module")
def letter_day(tiny: Revision) -> Projection:
    return project_ties(tiny, LETTER_DAY)


def test_a_municipality_stands_for_its_city_and_a_district_does_not(letter_day: Projection) -> None:
    assert set(letter_day.neighbours(NUREMBERG, living=False)) == {ANTALYA, KUNMING}
    kepez = next(tie for tie in letter_day.ties if "kepez" in tie.relation)
    assert kepez.cities == (NUREMBERG,)


def test_a_tie_knows_its_relation_status_and_grade(letter_day: Projection) -> None:
    (tie,) = letter_day.neighbours(ANTALYA, "twinning")[NUREMBERG]
    assert (tie.relation, tie.status, tie.grade, tie.counted) == (
        f"{BASE}agreement/twinning-antalya-nuremberg-1",
        "holds",
        "confirmed",
        True,
    )


def test_a_memorandum_is_one_tie(letter_day: Projection) -> None:
    (tie,) = letter_day.neighbours(ANTALYA)[KUNMING]
    assert (tie.kind, tie.status, tie.grade) == ("protocol", "may_hold", "unverified")


def test_the_day_decides_what_is_alive(tiny: Revision, letter_day: Projection) -> None:
    assert set(letter_day.neighbours(ANTALYA, "twinning")) == {NUREMBERG, BAT_YAM}
    later = project_ties(tiny, LAST_DAY_OF_BAT_YAM)
    assert set(later.neighbours(ANTALYA, "twinning")) == {NUREMBERG}
    assert set(later.neighbours(ANTALYA, "twinning", living=False)) == {NUREMBERG, BAT_YAM}
    before_everything = project_ties(tiny, date(1900, 1, 1))
    assert not before_everything.neighbours(ANTALYA)


def test_networks_and_projects_are_groups(letter_day: Projection) -> None:
    assert set(letter_day.groups(ANTALYA, "membership")) == {MEDCITIES, f"{BASE}network/race-to-zero"}
    assert set(letter_day.groups(ANTALYA, "participation")) == {MATCHUP}
    assert {tie.cities for tie in letter_day.ties_of(MEDCITIES)} == {(ANTALYA,), (NUREMBERG,)}


def test_networkx_gets_living_ties_with_their_relations(letter_day: Projection) -> None:
    made = letter_day.to_networkx()
    assert sorted((data["kind"], data["status"]) for _, _, data in made.edges(data=True)) == [
        ("membership", "holds"),  # Antalya, Nuremberg: MedCities
        ("membership", "holds"),
        ("membership", "may_hold"),  # Antalya: Race to Zero
        ("participation", "holds"),  # Antalya: MAtchUP
        ("protocol", "may_hold"),  # Antalya, Kunming
        ("twinning", "holds"),  # Antalya, Nuremberg; Antalya, Bat Yam; Kunming, Nuremberg
        ("twinning", "holds"),
        ("twinning", "holds"),
    ]
    assert {made.nodes[node]["kind"] for node in (ANTALYA, MEDCITIES, MATCHUP)} == {
        "city",
        "membership",
        "participation",
    }
    relations = {tie.relation for tie in letter_day.ties}
    assert all(data["relation"] in relations for _, _, data in made.edges(data=True))


def test_the_matrix_of_twinnings_is_symmetric_and_holds_the_same_ties(letter_day: Projection) -> None:
    order = (ANTALYA, BAT_YAM, KUNMING, NUREMBERG)
    matrix, columns = letter_day.to_matrix("twinning", order)
    assert columns == order
    assert matrix.toarray().tolist() == [[0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 1], [1, 0, 1, 0]]


def test_the_matrix_of_memberships_has_a_column_a_network(letter_day: Projection) -> None:
    matrix, networks = letter_day.to_matrix("membership", (ANTALYA, NUREMBERG))
    assert networks == (MEDCITIES, f"{BASE}network/race-to-zero")
    assert matrix.toarray().tolist() == [[1, 1], [1, 0]]


def test_a_matrix_without_ties_is_empty(tiny: Revision) -> None:
    matrix, _ = project_ties(tiny, date(1900, 1, 1)).to_matrix("twinning", (ANTALYA, NUREMBERG))
    assert matrix.shape == (2, 2)
    assert matrix.nnz == 0


def test_a_city_has_its_facts(letter_day: Projection) -> None:
    antalya = letter_day.cities[ANTALYA]
    assert (antalya.country, antalya.latitude, antalya.population) == ("TR", 36.9, 2_500_000)
    nowhere = letter_day.cities[NUREMBERG]
    assert (nowhere.country, nowhere.latitude, nowhere.population) == ("DE", None, None)
