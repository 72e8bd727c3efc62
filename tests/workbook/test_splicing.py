"""Changing a field in a YAML text leaves every other letter where it was."""

from decimal import Decimal
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.records.parsing import PLACE, parse_yaml
from ingest.workbook.splicing import append_items, delete, put
from ingest.workbook.yaml_text import to_item, to_scalar

ORDER = ("id", "name", "note", "url", "themes", "says", "evidence")
TEXT = dedent(
    """\
    # heading
    things:
      # about the first
      - id: first   # its id
        name: {tr: "Bir", en: One}
        url: 'https://example.org/a,b'

        themes: [culture,  sport]  # two
        evidence:
          - {document: a, date: 2013-07-04}
          # between
          - document: b
            says:
              start: "1995"   # a year
            note: >
              folded
              text
      - {id: second, name: {tr: İki, en: Two}}

      # about the third
      - id: third
        note: |
          two
          lines
        themes:
          - culture
          - youth
    # the end
    """
)


def plain(value: object) -> object:
    """Return parsed YAML without places."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key != PLACE}
    return [plain(item) for item in value] if isinstance(value, list) else value


def changed(new: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and those that came; every other line is where it was."""
    before, after = TEXT.splitlines(), new.splitlines()
    while before and after and before[0] == after[0]:
        del before[0], after[0]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    return before, after


@pytest.mark.parametrize(
    ("path", "value", "went", "came"),
    [
        (("things", 0, "id"), "one", ["  - id: first   # its id"], ["  - id: one   # its id"]),
        (
            ("things", 0, "name", "en"), "The one",
            ['    name: {tr: "Bir", en: One}'], ['    name: {tr: "Bir", en: The one}'],
        ),
        (("things", 0, "url"), None, ["    url: 'https://example.org/a,b'"], ["    url: null"]),
        (
            ("things", 0, "themes"), ["youth"],
            ["    themes: [culture,  sport]  # two"], ["    themes: [youth]  # two"],
        ),
        (
            ("things", 0, "evidence", 1, "says", "start"), "1996",
            ['          start: "1995"   # a year'], ['          start: "1996"   # a year'],
        ),
        (
            ("things", 2, "themes"), ["sport"],
            ["    themes:", "      - culture", "      - youth"], ["    themes: [sport]"],
        ),
        (
            ("things", 2, "note"), "One line.",
            ["    note: |", "      two", "      lines"], ["    note: One line."],
        ),
        (("things", 0, "note"), "New", [], ["    note: New"]),
        (
            ("things", 1, "url"), "https://x.org",
            ["  - {id: second, name: {tr: İki, en: Two}}"],
            ["  - {id: second, name: {tr: İki, en: Two}, url: https://x.org}"],
        ),
    ],
)  # fmt: skip
def test_a_field_is_put(path, value, went, came) -> None:
    new = put(TEXT, path, value, ("tr", "en") if path[-1] in {"tr", "en"} else ("start", *ORDER))
    assert changed(new) == (went, came)
    expected = plain(parse_yaml(TEXT, "x"))
    place = expected
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert plain(parse_yaml(new, "x")) == expected


@pytest.mark.parametrize(
    ("path", "went"),
    [
        (("things", 0, "url"), ["    url: 'https://example.org/a,b'"]),
        (("things", 0, "themes"), ["    themes: [culture,  sport]  # two"]),
        (("things", 0, "evidence", 0), ["      - {document: a, date: 2013-07-04}"]),
        (("things", 2, "themes"), ["    themes:", "      - culture", "      - youth"]),
        (("things", 0, "evidence", 1, "note"), ["        note: >", "          folded", "          text"]),
    ],
)
def test_a_field_is_taken_away(path, went) -> None:
    new = delete(TEXT, path)
    assert changed(new) == (went, [])
    expected = plain(parse_yaml(TEXT, "x"))
    place = expected
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    assert plain(parse_yaml(new, "x")) == expected


def test_the_last_item_takes_its_list_along_unless_it_is_kept() -> None:
    text = "things:\n  - id: a\n    evidence:\n      - {document: b}\n"
    assert delete(text, ("things", 0, "evidence", 0)) == "things:\n  - id: a\n"
    assert delete("things:\n  - id: a\n", ("things", 0), keep_list=True) == "things: []\n"
    assert delete("things: [{id: a}]\n", ("things", 0), keep_list=True) == "things: []\n"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_record_goes_without_its_neighbours(place) -> None:
    new = delete(TEXT, ("things", place), keep_list=True)
    expected = plain(parse_yaml(TEXT, "x"))
    del expected["things"][place]
    assert plain(parse_yaml(new, "x")) == expected
    assert "# about the third" in new
    assert new.startswith("# heading\n")
    assert new.endswith("# the end\n")


@pytest.mark.parametrize(
    "text",
    [
        "things: []\n",
        "things:\n",
        "# c\nthings: null  # none\n",
        "things:\n- id: a\n",
        "things: [{id: a}]\n",
        TEXT,
    ],
)
def test_a_record_goes_to_the_end(text) -> None:
    new = append_items(text, ("things",), [{"id": "z", "name": {"tr": "Son", "en": "Last: one"}}])
    expected = plain(parse_yaml(text, "x"))
    expected["things"] = [*(expected["things"] or []), {"id": "z", "name": {"tr": "Son", "en": "Last: one"}}]
    assert plain(parse_yaml(new, "x")) == expected


@settings(deadline=None)
@given(st.text(max_size=40).map(str.strip).filter(bool), st.sampled_from(["tr", "publisher"]))
def test_every_text_is_read_back_as_it_was(text: str, key: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    for written in (f"a: {to_scalar(text, key)}\n", f"a: {{b: {to_scalar(text, key)}, c: d}}\n"):
        value = plain(parse_yaml(written, "x"))["a"]
        assert (value["b"] if isinstance(value, dict) else value) == text


@settings(deadline=None)
@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=3)
    | st.integers(-(10**15), 10**15)
    | st.booleans()
    | st.none()
)
def test_every_number_is_read_back_as_it_was(number: Decimal | int | bool | None) -> None:
    assert plain(parse_yaml(f"a: {to_scalar(number)}\n", "x")) == {"a": number}


def test_a_long_record_goes_over_several_lines() -> None:
    record = {"id": "a", "name": {"tr": "a" * 60, "en": "b" * 60}, "evidence": [{"document": "c"}]}
    assert to_item(record, 4).splitlines() == [
        "id: a",
        "    name:",
        f'      tr: "{"a" * 60}"',
        f'      en: "{"b" * 60}"',
        "    evidence:",
        "      - {document: c}",
    ]
