"""New bundled records are merged field by field; what the user has wins until told otherwise."""

import shutil
from pathlib import Path

import pytest

from graph.store import GraphStore
from ingest.bundle import bundled_files, copy_bundled_records, is_upgrade_waiting
from ingest.records.parsing import parse_yaml
from ingest.upgrade.merging import merge_upgrade
from ingest.upgrade.upgrading import apply_upgrade, preview_upgrade
from ingest.workbook.rows import Rows, to_rows

CITY = """
cities:
  - {id: belmare, country: %s, name: {tr: Belmare, en: %s}}
"""
TWO = CITY + "  - {id: aville, country: FR, name: {tr: Aville, en: Aville}}\n"
NONE = "cities: []\n"


def rows(text: str) -> Rows:
    return to_rows({"x/cities.yml": parse_yaml(text, "x/cities.yml")})


def merge(base: str, mine: str, new: str, *taken: str):
    """Return name and country of the cities, the changes, and the conflicts in English."""
    outcome, conflicts = merge_upgrade(rows(base), rows(mine), rows(new), taken)
    cities = {
        key: (row.cells["country"], row.cells["name.en"]) for key, row in outcome.rows["cities"].items()
    }
    changes = [(change.kind, change.row.key) for change in outcome.changes]
    return cities, changes, [conflict.sentence("en") for conflict in conflicts]


OLD = CITY % ("IT", "Belmare")


def test_what_only_the_new_records_changed_is_taken() -> None:
    found = merge(OLD, OLD, CITY % ("IT", "Belmare-on-Sea"))
    assert found == ({"belmare": ("IT", "Belmare-on-Sea")}, [("changed", "belmare")], [])


def test_what_only_the_user_changed_stays() -> None:
    assert merge(OLD, CITY % ("IT", "Mine"), OLD) == ({"belmare": ("IT", "Mine")}, [], [])


def test_two_fields_of_one_record_come_from_both() -> None:
    found = merge(OLD, CITY % ("IT", "Mine"), CITY % ("MT", "Belmare"))
    assert found == ({"belmare": ("MT", "Mine")}, [("changed", "belmare")], [])


CONFLICT = "Cities/belmare, Name (English): yours is 'Mine', the new one 'New'"


def test_where_both_changed_the_same_field_the_users_stays_and_is_told() -> None:
    both = OLD, CITY % ("IT", "Mine"), CITY % ("IT", "New")
    assert merge(*both) == ({"belmare": ("IT", "Mine")}, [], [CONFLICT])
    taken = ({"belmare": ("IT", "New")}, [("changed", "belmare")], [])
    assert merge(*both, "cities/belmare") == merge(*both, "all") == taken
    assert merge(*both, "cities/other") == ({"belmare": ("IT", "Mine")}, [], [CONFLICT])


def test_both_making_the_same_change_is_no_conflict() -> None:
    same = CITY % ("IT", "Same")
    assert merge(OLD, same, same) == ({"belmare": ("IT", "Same")}, [], [])


def test_a_new_record_is_added() -> None:
    cities, changes, conflicts = merge(OLD, OLD, TWO % ("IT", "Belmare"))
    assert cities["aville"] == ("FR", "Aville")
    assert (changes, conflicts) == ([("added", "aville")], [])


def test_a_record_that_the_user_deleted_stays_away() -> None:
    two = TWO % ("IT", "Belmare")
    assert merge(two, OLD, two) == ({"belmare": ("IT", "Belmare")}, [], [])
    cities, changes, conflicts = merge(two, OLD, two.replace("FR", "BE"))
    assert (list(cities), changes) == (["belmare"], [])
    assert conflicts == ["Cities/aville: you deleted it, but it changed in the new records"]


def test_a_record_that_the_new_ones_leave_out_stays_until_told() -> None:
    two = TWO % ("IT", "Belmare")
    cities, changes, conflicts = merge(two, two, OLD)
    assert (list(cities), changes) == (["belmare", "aville"], [])
    assert conflicts == ["Cities/aville: you have it, but the new records leave it out"]
    cities, changes, conflicts = merge(two, two, OLD, "cities/aville")
    assert (list(cities), changes, conflicts) == (["belmare"], [("removed", "aville")], [])


def test_the_users_own_records_stay() -> None:
    two = TWO % ("IT", "Belmare")
    assert merge(OLD, two, OLD)[1:] == ([], [])


def test_without_knowing_what_was_installed_fields_are_filled_and_none_is_overwritten() -> None:
    mine = OLD.replace("name:", "population: 5, name:")
    cities, changes, conflicts = merge(NONE, mine, CITY % ("IT", "New"))
    assert cities == {"belmare": ("IT", "Belmare")}
    assert (changes, len(conflicts)) == ([], 1)


@pytest.fixture
def older(bundled_store: GraphStore, tmp_path: Path) -> GraphStore:
    """A store of an earlier version: without calls and priorities, and the user has renamed a city."""
    store = GraphStore(Path(shutil.copytree(bundled_store.path, tmp_path / "store")))
    records = store.path / "records"
    for folder in (records / "antalya", records / ".installed" / "antalya"):
        (folder / "calls.yml").unlink()
        plans = folder / "plans.yml"
        text = plans.read_text("utf-8")
        begin = text.index("    priorities:\n")
        end = text.index("    evidence:", begin)
        plans.write_text(text[:begin] + text[end:], "utf-8")
    (records / ".installed" / "seen").write_text("earlier")
    cities = records / "antalya" / "cities.yml"
    assert 'en: "Zagreb"' in cities.read_text("utf-8")
    cities.write_text(cities.read_text("utf-8").replace('en: "Zagreb"', 'en: "Zagreb-on-Save"'), "utf-8")
    return store


def test_an_older_store_gets_what_is_new_and_keeps_what_is_the_users(older) -> None:
    records = older.path / "records"
    assert is_upgrade_waiting(records)
    found = preview_upgrade(records, older, "antalya")
    assert found.conflicts == ()
    assert {change.row.ref.partition("/")[0] for change in found.preview.changes} >= {"calls", "plans"}
    assert set(found.preview.files) == {"antalya/calls.yml", "antalya/plans.yml"}
    assert found.preview.files["antalya/calls.yml"] == bundled_files()["antalya"]["calls.yml"]
    number = apply_upgrade(found, older, "antalya")
    assert number == older.current().number > 1
    assert "Zagreb-on-Save" in (records / "antalya" / "cities.yml").read_text("utf-8")
    assert "    priorities:\n" in (records / "antalya" / "plans.yml").read_text("utf-8")
    assert not is_upgrade_waiting(records)
    again = preview_upgrade(records, older, "antalya")
    assert (again.preview.changes, again.conflicts, again.knows_base) == ((), (), True)


def test_fresh_records_have_nothing_waiting(tmp_path) -> None:
    copy_bundled_records(tmp_path / "records")
    assert not is_upgrade_waiting(tmp_path / "records")
    (tmp_path / "records" / "antalya" / "calls.yml").unlink()
    assert not is_upgrade_waiting(tmp_path / "records")
