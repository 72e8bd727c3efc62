"""Each kind of wrong input: one sentence with file, line and remedy; all of them at once."""

import os
from pathlib import Path

import pytest

from ingest.records.reading import LARGEST

DOCUMENT = "- document: page\n        date: unknown\n        grade: reported\n"
EVIDENCE = "evidence: [{document: page, date: unknown, grade: reported}]"
COUNTING = "counted: false, counting_reason: {tr: Hayır., en: No.}"

COUNTED = COUNTING.replace("false", "true")
CALL = "calls:\n  - {id: c, name: {tr: C, en: C}"

# What is written into antalya/zz.yml → line, and words of the sentence.
WRONG: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "a call without a document": (
        CALL + "}\n", 2, ("'evidence' is missing",),
    ),
    "a call under a programme that is not there": (
        f"{CALL}, programme: fund, {EVIDENCE}}}\n", 2, ("'programme' names 'fund'", "Add it there"),
    ),
    "a call open to what is no country code": (
        f"{CALL}, eligible_countries: [TR, Germany], {EVIDENCE}}}\n", 2, ("'Germany' is no country code",),
    ),
    "a call whose deadline is written as an end": (
        CALL + ", " + EVIDENCE.replace("}", ", says: {end: 2025-04-15}}") + "}\n", 2,
        ("A call has 'opening' and 'deadline'", "Rename 'end'"),
    ),
    "a deadline that is no day": (
        CALL + ", " + EVIDENCE.replace("}", ", says: {deadline: 2025-04}}") + "}\n", 2,
        ("'2025-04' is no day",),
    ),
    "an unknown field with a near one": (
        "cities:\n  - id: a\n    name: {tr: A, en: A}\n    country: TR\n    geoname: 1\n",
        5, ("'geoname'", "Did you mean 'geonames'?"),
    ),
    "an unknown field with none near": (
        "cities:\n  - {id: a, name: {tr: A, en: A}, country: TR, mayor: x}\n",
        2, ("'mayor' is not known here", "Known fields: id, name"),
    ),
    "an unknown field deep inside": (
        f"cooperations:\n  - partner: nuremberg\n    start: unknown\n    {EVIDENCE}\n"
        "  - partner: nuremberg\n    ordinal: 2\n    evidence:\n      " + DOCUMENT +
        "        says: {begin: 1990}\n",
        11, ("'begin'",),
    ),
    "an unknown section": (
        "networkz: []\n", 1, ("The section 'networkz' is not known", "Did you mean 'networks'?"),
    ),
    "a missing field": ("cities:\n  - {id: a, name: {tr: A, en: A}}\n", 2, ("'country' is missing",)),
    "a missing language": (
        "cities:\n  - id: a\n    name: {tr: A}\n    country: TR\n",
        3, ("The English text is missing", "{tr: …, en: …}"),
    ),
    "the other language missing": (
        "cities:\n  - {id: a, name: {en: A}, country: TR}\n", 2, ("The Turkish text is missing",),
    ),
    "a text where two languages belong": (
        "cities:\n  - {id: a, name: A, country: TR}\n", 2, ("'name' must be a record with fields",),
    ),
    "an empty text": ('cities:\n  - {id: a, name: {tr: "", en: A}, country: TR}\n', 2, ("'tr' is empty",)),
    "a number that is none": (
        "cities:\n  - {id: a, name: {tr: A, en: A}, country: TR, geonames: many}\n", 2, ("whole number",),
    ),
    "a truth that is none": (
        f"cooperations:\n  - {{partner: nuremberg, intended: perhaps, start: unknown, {EVIDENCE}}}\n",
        2, ("'intended' must be true or false",),
    ),
    "a list that is none": (
        "cities:\n  - {id: a, name: {tr: A, en: A}, country: TR, also: B}\n", 2, ("'also' must be a list",),
    ),
    "a section that is no list": ("cities: {id: a}\n", 1, ("'cities' must be a list",)),
    "an entry that is no record": ("cities:\n  - a\n", 1, ("An entry of 'cities' must be a record",)),
    "a country that is none": (
        "cities:\n  - {id: a, name: {tr: A, en: A}, country: Türkiye}\n",
        2, ("'Türkiye' is no country code",),
    ),
    "a Wikidata id that is none": (
        "cities:\n  - {id: a, name: {tr: A, en: A}, country: TR, wikidata: 6487}\n",
        2, ("'wikidata' must be a text",),
    ),
    "a latitude off the globe": (
        "cities:\n  - {id: a, name: {tr: A, en: A}, country: TR, latitude: 99.5, longitude: 0.0}\n",
        2, ("'99.5' is too big for 'latitude'",),
    ),
    "an id that is none": (
        "cities:\n  - {id: New York, name: {tr: A, en: A}, country: US}\n", 2, ("'New York' is no id",),
    ),
    "an address that is none": (
        "networks:\n  - {id: n, name: {tr: A, en: A}, kind: campaign, url: www.example.org}\n",
        2, ("'www.example.org' is no web address",),
    ),
    "a choice that is none": (
        "networks:\n  - {id: n, name: {tr: A, en: A}, kind: citynetwork}\n",
        2, ("'citynetwork' is not possible for 'kind'", "Did you mean 'city_network'?"),
    ),
    "a date that is none": (
        "cooperations:\n  - partner: nuremberg\n    evidence:\n      " + DOCUMENT +
        "        says:\n          start: 1990-13\n",
        8, ("'1990-13' is no date", "2011-07"),
    ),
    "a day that is none": (
        "declared_counts:\n  - {kind: sister_city, number: 2, on: 2024, document: letter}\n",
        2, ("'2024' is no day",),
    ),
    "an amount that is none": (
        "grants:\n  - funder: nuremberg\n    start: unknown\n    evidence:\n"
        "      - {document: page, date: unknown, grade: reported, says: {amount: 2 million}}\n",
        5, ("'2 million' is no amount", "5500000 EUR"),
    ),
    "no evidence": (
        "cooperations:\n  - {partner: nuremberg, start: unknown, evidence: []}\n",
        2, ("'evidence' has no entry",),
    ),
    "a city that is not there": (
        f"cooperations:\n  - {{partner: nurenberg, start: unknown, {EVIDENCE}}}\n",
        2, ("'partner' names 'nurenberg'", "Did you mean 'nuremberg'?"),
    ),
    "a network that is not there": (
        f"memberships:\n  - {{network: zzz, role: member, {COUNTING}, start: unknown, {EVIDENCE}}}\n",
        2, ("'network' names 'zzz'", "in 'networks'", "Add it there"),
    ),
    "a document that is not there": (
        "cooperations:\n  - partner: nuremberg\n    start: unknown\n    evidence:\n"
        "      - {document: pages, date: unknown, grade: reported}\n",
        5, ("'document' names 'pages'", "Did you mean 'page'?"),
    ),
    "a theme that is not there": (
        f"cooperations:\n  - {{partner: nuremberg, themes: [cultur], start: unknown, {EVIDENCE}}}\n",
        2, ("'themes' names 'cultur'", "Did you mean 'culture'?"),
    ),
    "an end before a start": (
        "cooperations:\n  - partner: nuremberg\n    evidence:\n      " + DOCUMENT +
        "        says: {start: 2011, end: 2010-12}\n",
        7, ("The end (2010-12) is before the start (2011)",),
    ),
    "an end before every start, in two documents": (
        "cooperations:\n  - partner: nuremberg\n    evidence:\n"
        "      - {document: page, date: unknown, grade: reported, says: {start: 2011}}\n"
        "      - {document: letter, date: unknown, grade: reported, says: {end: before 2011}}\n",
        5, ("The end (before 2011) is before the start (2011)",),
    ),
    "the same id twice": (
        "cities:\n  - {id: nuremberg, name: {tr: A, en: A}, country: DE}\n",
        2, ("'nuremberg' stands twice in 'cities'", "antalya/places.yml:3"),
    ),
    "the same relation twice": (
        f"sister_cities:\n  - {{partner: nuremberg, {COUNTING}, start: unknown, {EVIDENCE}}}\n",
        2, ("stands twice", "antalya/sisters.yml:2", "ordinal: 2"),
    ),
    "the same claim twice": (
        "cooperations:\n  - partner: nuremberg\n    evidence:\n"
        "      - {document: page, date: unknown, grade: reported, says: {start: 2011}}\n"
        "      - {document: page, date: 2012, grade: reported, says: {start: 2011}}\n",
        5, ("'page' says the same 'start' twice", "antalya/zz.yml:4"),
    ),
    "a start neither known nor unknown": (
        f"cooperations:\n  - {{partner: nuremberg, {EVIDENCE}}}\n",
        2, ("when this began", "'start: unknown'"),
    ),
    "a start both known and unknown": (
        "cooperations:\n  - partner: nuremberg\n    start: unknown\n    evidence:\n"
        "      - {document: page, date: unknown, grade: reported, says: {start: 2011}}\n",
        3, ("'start: unknown' stands here, but the evidence in line 5",),
    ),
    "a start outside the evidence": (
        f"cooperations:\n  - {{partner: nuremberg, start: 1990, {EVIDENCE}}}\n",
        2, ("'1990' is not possible for 'start'", "unknown"),
    ),
    "a relation with itself": (
        f"cooperations:\n  - {{partner: antalya, start: unknown, {EVIDENCE}}}\n",
        2, ("Name the other party",),
    ),
    "counted left out": (
        f"sister_cities:\n  - {{partner: nuremberg, ordinal: 2, start: unknown, {EVIDENCE}}}\n",
        2, ("'counted' is missing",),
    ),
    "counted without a reason": (
        f"sister_cities:\n  - {{partner: nuremberg, ordinal: 2, counted: true, start: unknown, "
        f"{EVIDENCE}}}\n",
        2, ("'counted' and 'counting_reason' go together",),
    ),
    "counted on a day without a declared number": (
        f"sister_cities:\n  - {{partner: nuremberg, ordinal: 2, start: unknown, "
        f"{COUNTED.replace('true', '[2025-01-01]')}, {EVIDENCE}}}\n",
        2, ("'counted' names 2025-01-01", "Correct the day, or add the number"),
    ),
    "counted on no day": (
        f"sister_cities:\n  - {{partner: nuremberg, ordinal: 2, start: unknown, "
        f"{COUNTED.replace('true', '[spring]')}, {EVIDENCE}}}\n",
        2, ("'spring' is no d",),
    ),
    "counted neither so nor so": (
        f"sister_cities:\n  - {{partner: nuremberg, ordinal: 2, start: unknown, "
        f"{COUNTED.replace('true', 'perhaps')}, {EVIDENCE}}}\n",
        2, ("'counted' must be true, false, or the days of declared",),
    ),
    "counted without a declared number": (
        f"protocols:\n  - {{partner: nuremberg, kind: protocol, {COUNTED}, "
        f"start: unknown, {EVIDENCE}}}\n",
        2, ("no number of the kind 'cooperation_protocol'",),
    ),
    "another's relation counted": (
        "cities:\n  - {id: kas, name: {tr: Kaş, en: Kaş}, country: TR}\nsister_cities:\n"
        f"  - {{of: kas, partner: nuremberg, {COUNTED}, start: unknown, {EVIDENCE}}}\n",
        4, ("Only relations of the folder's own authority",),
    ),
    "a grade without a reason": (
        f"cooperations:\n  - {{partner: nuremberg, grade: confirmed, start: unknown, {EVIDENCE}}}\n",
        2, ("'grade' and 'grade_reason' go together",),
    ),
    "a project that ends before it starts": (
        "projects:\n  - id: p\n    name: {tr: P, en: P}\n    evidence:\n"
        "      - {document: page, date: unknown, grade: reported, says: {start: 2011, end: 2010}}\n",
        5, ("The end (2010) is before the start (2011)",),
    ),
    "half a position": (
        "cities:\n  - {id: a, name: {tr: A, en: A}, country: TR, latitude: 36.5, document: page}\n",
        2, ("'latitude' and 'longitude' go together",),
    ),
    "numbers without a source": (
        "cities:\n  - {id: a, name: {tr: A, en: A}, country: TR, population: 5}\n",
        2, ("These numbers have no source",),
    ),
    "the same number declared twice": (
        "declared_counts:\n  - {kind: sister_city, number: 3, on: 2024-03-04, document: page}\n",
        2, ("'sister_city' is declared twice for 2024-03-04", "antalya/documents.yml:15"),
    ),
    "a second owner of the folder": ("city: nuremberg\n", 1, ("'city' is said twice", "antalya/city.yml")),
    "a text that is no mapping": ("- a\n", 1, ("must begin with the name of a section",)),
    "a tab": ("cities:\n\t- id: a\n", 2, ("A tab stands here",)),
    "broken YAML": ("cities: [{id: a\n", 1, ("A bracket that opens here is not closed",)),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_with_file_line_and_remedy(records, case: str) -> None:
    text, line, words = WRONG[case]
    records.write("zz.yml", text)
    (sentence,) = records.sentences()
    assert sentence.startswith(f"antalya/zz.yml, line {line}: ")
    assert [word for word in words if word not in sentence] == []


def test_all_kinds_of_wrong_records_were_tried() -> None:
    assert len(WRONG) == 58


def test_all_errors_of_all_files_are_reported_together_in_order(records) -> None:
    records.write("b.yml", "cities:\n  - {id: a}\n  - {id: b, name: {tr: B, en: B}, country: de}\n")
    records.write("a.yml", f"cooperations:\n  - {{partner: zzz, start: unknown, {EVIDENCE}}}\n")
    places = [(error.facts["file"], error.facts["line"]) for error in records.errors()]
    assert places == [("antalya/a.yml", 2), ("antalya/b.yml", 2), ("antalya/b.yml", 2), ("antalya/b.yml", 3)]


def test_the_sentence_of_many_errors_shows_the_first_twenty(records) -> None:
    records.write("zz.yml", "cities:\n" + "  - {id: A B}\n" * 30)
    with pytest.raises(Exception, match="The records have 90 errors") as caught:
        records.read()
    lines = str(caught.value).splitlines()
    assert len(lines) == 22
    assert lines[-1] == "… and 70 more."


def test_an_entry_that_is_wrong_still_lends_its_id(records) -> None:
    records.write("zz.yml", "cities:\n  - {id: bath, name: {tr: Bath}, country: GB}\n")
    records.write("more.yml", f"cooperations:\n  - {{partner: bath, start: unknown, {EVIDENCE}}}\n")
    assert [sentence[:23] for sentence in records.sentences()] == ["antalya/zz.yml, line 2:"]


def test_a_file_that_is_broken_makes_no_others_wrong(records) -> None:
    records.write("places.yml", "cities: [\n")
    (sentence,) = records.sentences()
    assert sentence.startswith("antalya/places.yml, line 2: The file ends here")


def test_a_wrong_encoding_is_named_with_byte_line_and_remedy(records) -> None:
    records.write("zz.yml", "cities:\n# Muğla\n".encode("iso-8859-9"))
    (sentence,) = records.sentences()
    assert sentence.startswith("antalya/zz.yml, line 2: Byte 13 is not UTF-8")
    assert "Save the file again with the encoding UTF-8" in sentence


def test_a_byte_order_mark_is_no_error(records) -> None:
    records.write("zz.yml", b"\xef\xbb\xbfcities: []\n")
    assert records.read().counts["cities"] == 2


def test_an_empty_section_is_no_error(records) -> None:
    records.write("zz.yml", "cities:\nnetworks:\n")
    assert records.read().counts["cities"] == 2


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_is_an_error(records, text: str) -> None:
    records.write("zz.yml", text)
    (sentence,) = records.sentences()
    assert sentence == "antalya/zz.yml: The file is empty. Write records into it, or delete it."


def test_a_file_of_200_megabytes_is_refused_unread(records) -> None:
    path = records.write("zz.yml", "")
    os.truncate(path, 200 * 2**20)
    (sentence,) = records.sentences()
    assert sentence.startswith("antalya/zz.yml: This file has 200 MB; records may have 20 MB.")
    assert LARGEST < 200 * 2**20


def test_a_pipe_is_no_file(records) -> None:
    os.mkfifo(records.root / "antalya" / "zz.yml")
    (sentence,) = records.sentences()
    assert sentence == "antalya/zz.yml: This is no file that can be read. Remove it."


def test_a_file_that_leads_nowhere_is_named(records) -> None:
    (records.root / "antalya" / "zz.yml").symlink_to(records.root / "nowhere")
    (sentence,) = records.sentences()
    assert sentence.startswith("antalya/zz.yml: This file can't be read (No such file or directory).")


def test_a_folder_that_is_not_there_is_named(new_records) -> None:
    (sentence,) = new_records.sentences()
    assert sentence == f"{new_records.root}: There is no such folder. Name the folder that holds the records."


def test_a_file_instead_of_a_folder_is_named(new_records) -> None:
    new_records.root.write_text("cities: []")
    (sentence,) = new_records.sentences()
    assert sentence == f"{new_records.root}: This is a file. Name the folder that holds the records."


def test_a_folder_without_records_is_named(new_records) -> None:
    (new_records.root / "antalya").mkdir(parents=True)
    (sentence,) = new_records.sentences()
    assert "No records are in this folder" in sentence


def test_a_folder_without_an_owner_is_named(records) -> None:
    (records.root / "antalya" / "city.yml").unlink()
    assert "antalya: The folder does not say whose records it holds." in " ".join(records.sentences())


def test_an_owner_that_is_not_there_is_named(records) -> None:
    records.write("city.yml", "city: antalia\nauthority: antalya-metropolitan-municipality\n")
    sentence = next(s for s in records.sentences() if s.startswith("antalya/city.yml, line 1"))
    assert "Did you mean 'antalya'?" in sentence


def test_one_city_folder_can_be_read_by_itself(records) -> None:
    records.root = records.root / "antalya"
    assert records.read().counts["relations"] == 1


def test_hidden_and_foreign_files_are_left_alone(records) -> None:
    records.write(".hidden.yml", "x")
    records.write("notes.txt", "x")
    Path(records.root, ".git").mkdir()
    assert records.read().counts["relations"] == 1
