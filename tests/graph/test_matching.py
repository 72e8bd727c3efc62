"""Whether descriptions of places are matched: on places made up for it, and on the frozen pairs."""

import csv
from pathlib import Path

import pytest

from graph.identity.deciding import decide
from graph.identity.gazetteer import iter_places
from graph.identity.index import PlaceIndex
from graph.identity.names import name_key, spell
from graph.identity.places import Place, distance_km
from graph.identity.resolving import resolve

PAIRS = Path(__file__).parent / "data" / "city_pairs.tsv"


@pytest.fixture(scope="module")
def known() -> PlaceIndex:
    """A few places: two namesakes, a city with a district, one with names in other scripts."""
    return PlaceIndex([
        Place("1", ("Halle", "Halle (Saale)"), "DE", "15", 51.48, 11.97, 240_000, ids=_ids("geonames:1")),
        Place("2", ("Halle",), "DE", "07", 52.06, 8.36, 21_000, ids=_ids("geonames:2")),
        Place("3", ("Antalya", "Adalia", "Анталья"), "TR", "07", 36.89, 30.70, 1_340_000),
        Place("4", ("Muratpaşa",), "TR", "07", 36.89, 30.71, 510_000),
        Place("5", ("Famagusta", "Gazimağusa"), "CY", "01", 35.12, 33.94, 42_000),
        Place("6", ("Bergen",), "DE", "08", 54.42, 13.43, 14_000),
    ])  # fmt: skip


@pytest.fixture(scope="module")
def world() -> PlaceIndex:
    """The cities of more than 15,000 people."""
    return PlaceIndex(iter_places(15000))


def test_a_name_is_one_key_in_all_scripts_and_spellings() -> None:
    assert name_key("Москва") == "moskva"
    assert name_key("北京") == "beijing"
    assert name_key("Bat-Yam") == name_key("Bat Yam")
    assert name_key("St. Helier") == name_key("Saint Helier")
    assert {"nurnberg", "nuernberg"} <= set(spell("Nürnberg").tiers[0])


def test_words_for_an_authority_are_no_part_of_the_name_but_those_for_an_area_tell_a_kind() -> None:
    assert "koln" in spell("Stadt Köln").tiers[1]
    assert spell("Antalya Büyükşehir Belediyesi").tiers[1] == ("antalya",)
    assert spell("Landkreis Rostock").kind == "county"
    assert spell("Letterkenny, Co. Donegal").kind == ""


def test_distance_is_that_of_a_great_circle() -> None:
    pole, equator = (
        Place("n", ("N",), latitude=90.0, longitude=0.0),
        Place("e", ("E",), latitude=0.0, longitude=50.0),
    )
    assert distance_km(pole, equator) == pytest.approx(10_007.5, abs=1)
    assert distance_km(pole, Place("x", ("X",))) is None


def test_an_identifier_goes_before_all_names(known: PlaceIndex) -> None:
    found = resolve(Place("x", ("Something else",), "DE", ids=_ids("geonames:2")), known)
    assert found.place is not None
    assert (found.place.key, found.sure) == ("2", True)


def test_coordinates_choose_among_namesakes(known: PlaceIndex) -> None:
    near = resolve(Place("x", ("Halle (Westf.)",), "DE", latitude=52.05, longitude=8.35), known)
    assert near.place is not None
    assert (near.place.key, near.sure) == ("2", True)


def test_the_far_larger_namesake_is_meant_when_nothing_else_is_known(known: PlaceIndex) -> None:
    found = resolve(Place("x", ("Halle",), "DE"), known)
    assert found.place is not None
    assert (found.place.key, found.sure) == ("1", True)


def test_a_district_and_a_county_are_not_the_city(known: PlaceIndex) -> None:
    city = Place("a", ("Antalya",), "TR")
    assert decide(city, Place("b", ("Muratpaşa",), "TR"), known).verdict == "different"
    assert decide(city, Place("b", ("Antalya",), "TR", kind="province"), known).verdict == "different"


def test_a_contested_place_is_found_under_either_country_code(known: PlaceIndex) -> None:
    decision = decide(Place("a", ("Gazimağusa",), "TR"), Place("b", ("Famagusta",), "CY"), known)
    assert decision.verdict == "same"


def test_a_place_that_lies_far_from_its_coordinates_is_not_sure(known: PlaceIndex) -> None:
    found = resolve(Place("x", ("Bergen",), "DE", latitude=51.5, longitude=11.9), known)
    assert not found.sure


def test_the_only_well_known_place_of_a_name_is_meant_although_its_coordinates_are_wrong(
    world: PlaceIndex,
) -> None:
    wrong = {"latitude": 41.9, "longitude": 12.5}
    found = resolve(Place("x", ("Reggio Calabria",), "IT", **wrong), world)
    assert found.place is not None
    assert (found.place.name, found.sure, found.reasons[0].code) == ("Reggio Calabria", True, "only")
    assert not resolve(Place("x", ("San Donato",), "IT", **wrong), world).sure


@pytest.mark.parametrize(
    ("name", "country", "meant", "code"),
    [
        ("Gorzów Wlkp.", "PL", "Gorzów Wielkopolski", "name_short"),
        ("Nykøbing F", "DK", "Nykøbing Falster", "name_short"),
        ("Aarhus C", "DK", "Århus", "name_full"),
        ("Norrk", "SE", "Norrköping", "name_short"),
        ("Strasburg an der Il", "FR", None, ""),
        ("PAMPLONA-IRUÑA", "ES", "Pamplona", "name_both"),
        ("Monopoli Bari", "IT", "Monopoli", "name_ahead"),
        ("Duisbur", "DE", "Duisburg", "name_alike"),
        ("AB Delft", "NL", "Delft", "name_full"),
    ],
)
def test_short_double_and_misspelt_names_are_found(
    world: PlaceIndex, name: str, country: str, meant: str | None, code: str
) -> None:
    found = resolve(Place("x", (name,), country), world)
    assert (found.place.name if found.place and found.sure else None) == meant
    assert code in ("", found.reasons[0].code)


def test_the_word_of_a_region_and_half_of_a_double_name_say_nothing() -> None:
    near = {"latitude": 41.36, "longitude": 1.66}
    names = ("Vilobí del Penedès", "Santa Margarida", "Puigdàlber", "Sant Sadurní d'Anoia")
    places = [Place(name, (name,), "ES", "56", **near) for name in names]
    sure = {"Vilobí i Sant Sadurní": False, "Puigdàlber de Baix": True}
    for name, expected in sure.items():
        assert resolve(Place("x", (name,), "ES", **near), PlaceIndex(places)).sure is expected
    region = [Place(str(n), (f"{name} del Penedès",), "ES", "56", **near) for n, name in enumerate(names)]
    assert not resolve(Place("x", ("Pacs del Penedès",), "ES", **near), PlaceIndex(region)).sure


def test_a_place_that_a_list_has_twice_is_no_rival_of_itself() -> None:
    twice = [
        Place("1", ("Pont-Péan",), "FR", "53", 48.011, -1.706, 4000, ids=_ids("geonames:1")),
        Place("2", ("Pont-Péan",), "FR", "53", 48.013, -1.703),
        Place("3", ("Pont-Péan",), "FR"),
    ]
    found = resolve(Place("x", ("Pont-Péan",), "FR", latitude=48.01, longitude=-1.70), PlaceIndex(twice))
    assert (found.place, found.sure) == (twice[0], True)


def test_every_decision_has_its_reasons_in_both_languages(known: PlaceIndex) -> None:
    decision = decide(Place("a", ("Adalia",), "TR"), Place("b", ("Анталья",), "TR"), known)
    assert decision.verdict == "same"
    assert decision.why("en").startswith("'Adalia' is a name of Antalya.")
    assert decision.why("tr") != decision.why("en")


def test_the_frozen_pairs_are_judged_rightly(world: PlaceIndex) -> None:
    rows = list(csv.DictReader(PAIRS.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    assert len(rows) == 479
    right = [decide(_side(row, "a_"), _side(row, "b_"), world).verdict == row["verdict"] for row in rows]
    assert sum(right) / len(rows) >= 0.97


def test_the_order_of_two_descriptions_does_not_matter(world: PlaceIndex) -> None:
    rows = list(csv.DictReader(PAIRS.read_text(encoding="utf-8").splitlines(), delimiter="\t"))[::4]
    assert len(rows) == 120
    for row in rows:
        one, other = _side(row, "a_"), _side(row, "b_")
        assert decide(one, other, world).verdict == decide(other, one, world).verdict


def _ids(id_: str) -> frozenset[str]:
    return frozenset({id_})


def _side(row: dict[str, str], side: str) -> Place:
    numbers = [float(row[side + name]) if row[side + name] else None for name in ("latitude", "longitude")]
    population = row[side + "population"]
    return Place(
        side, (row[side + "name"],), row[side + "country"], row[side + "region"], *numbers,
        int(population) if population else None, row[side + "kind"],
    )  # fmt: skip
