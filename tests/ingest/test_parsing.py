"""YAML to values with places, and what to say when it is none."""

from decimal import Decimal

import pytest

from ingest.records.parsing import PLACE, parse_yaml
from ontology.errors import RecordError


def test_scalars_are_what_yaml_1_2_says() -> None:
    parsed = parse_yaml(
        'a: 1997\nb: 36.90\nc: true\nd: null\ne: NO\nf: 2024-03-04\ng: "1997"\nh: yes', "x.yml"
    )
    parsed.pop(PLACE)
    assert parsed == {
        "a": 1997, "b": Decimal("36.90"), "c": True, "d": None, "e": "NO", "f": "2024-03-04", "g": "1997",
        "h": "yes",
    }  # fmt: skip


def test_every_mapping_knows_its_lines() -> None:
    parsed = parse_yaml("cities:\n  - id: a\n    name: {tr: A,\n      en: A}\n  - id: b\n", "f/x.yml")
    first, second = parsed["cities"]
    assert first[PLACE].ref == "f/x.yml:2"
    assert first[PLACE].line_of("name") == 3
    assert first["name"][PLACE].line_of("en") == 4
    assert second[PLACE].line == 5


def test_a_text_parsed_again_gives_values_of_their_own() -> None:
    text = "cities:\n  - id: a\n    name: {tr: A}\n"
    first = parse_yaml(text, "f/x.yml")
    first.pop(PLACE)
    first["cities"][0]["name"]["tr"] = "B"
    again = parse_yaml(text, "f/x.yml")
    assert (again["cities"][0]["name"]["tr"], again[PLACE].file) == ("A", "f/x.yml")
    assert parse_yaml(text, "f/y.yml")[PLACE].file == "f/y.yml"


def test_a_text_without_content_is_nothing() -> None:
    assert parse_yaml("# only a comment\n", "x.yml") is None


BROKEN = {
    "a: [1, 2\nb: 3\n": ("x.yml, line 1: ", "A bracket that opens here is not closed."),
    'a: 1\nb: "x\nc: 2\n': ("x.yml, line 2: ", "A quotation mark that opens here is not closed."),
    "a: b: c\n": ("x.yml, line 1: ", "A colon stands where none may."),
    "a: 1\nname\nb: 2\n": ("x.yml, line 2: ", "A field name here has no colon"),
    "a: @b\n": ("x.yml, line 1: ", "A text can't begin with this character."),
    "a:\n  - b: 1\n   c: 2\n": ("x.yml, line 3: ", ""),
    "a:\n\tb: 1\n": ("x.yml, line 2: ", "A tab stands here"),
    "a: x\n\tb: 1\n": ("x.yml, line 2: ", "A tab stands here"),
    "a: 1\nb: 2\na: 3\n": ("x.yml, line 3: ", "'a' stands twice in one record, in lines 1 and 3."),
    "a: &x 1\n": ("x.yml, line 1: ", "'&' and '*'"),
    "a: 1\nb: *x\n": ("x.yml, line 2: ", "'&' and '*'"),
    "a: !!python/object x\n": ("x.yml, line 1: ", "'!' at the beginning"),
    "a: 1\n---\nb: 2\n": ("x.yml, line 2: ", "A second document begins here"),
    "? [a]\n: b\n": ("x.yml, line 1: ", "A field name must be one word"),
    "a: 1\nb: \x07\n": ("x.yml, line 2: ", "(code U+0007)"),
    "[" * 200: ("x.yml, line 1: ", "nested too deeply"),
}


@pytest.mark.parametrize("text", BROKEN)
def test_broken_yaml_names_line_and_slip(text: str) -> None:
    place, slip = BROKEN[text]
    with pytest.raises(RecordError) as caught:
        parse_yaml(text, "x.yml")
    sentence = caught.value.sentence("en")
    assert sentence.startswith(place)
    assert slip in sentence


def test_all_slips_were_tried() -> None:
    assert len(BROKEN) == 16
