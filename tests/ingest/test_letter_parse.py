"""The letter's facts are found in spite of the scan's slips; names of people are not kept."""

from datetime import date
from pathlib import Path

import pytest

from ingest.letter.parse import Letter, parse_letter
from ontology.errors import RecordError

LETTER = Path(__file__).parent / "letters" / "ornekkent.md"


@pytest.fixture(scope="module")
def letter() -> Letter:
    return parse_letter(LETTER.read_text("utf-8"), LETTER.name)


def texts(mentions: list) -> list[str]:
    return [mention.text for mention in mentions]


def test_the_head_names_number_date_subject_and_sender(letter: Letter) -> None:
    assert letter.number.text == "E-11223344-105.02-5566"
    assert letter.number.line == 8
    assert letter.issued == date(2023, 5, 17)
    assert letter.subject is not None
    assert letter.subject.text == "Şehir Diplomasisi Planı"
    assert letter.authority is not None
    assert letter.authority.text == "ÖRNEKKENT BÜYÜKŞEHİR BELEDİYE BAŞKANLIĞI"


def test_units_are_read_once_with_their_founding_year(letter: Letter) -> None:
    assert texts(letter.units) == [
        "Dış İlişkiler Dairesi Başkanlığı", "Kardeş Şehirler Şube Müdürlüğü", "Proje Şube Müdürlüğü",
    ]  # fmt: skip
    assert letter.founded == {"Dış İlişkiler Dairesi Başkanlığı": "2009"}


def test_declared_counts_survive_a_letter_read_for_a_digit(letter: Letter) -> None:
    assert letter.counts == {
        "city_network": (14, 19), "sister_city": (7, 19), "cooperation_protocol": (5, 19),
    }  # fmt: skip


def test_a_count_in_the_annex_does_not_contradict_the_letter(letter: Letter) -> None:
    assert letter.conflicts == []


def test_themes_and_plans_are_split_out_of_their_enumerations(letter: Letter) -> None:
    assert texts(letter.themes) == [
        "balıkçılık", "tarım", "çevre", "temizenerji", "dezavantajlı gruplar", "Kadın", "çocuk", "engelli",
        "uzay madenciliği",
    ]  # fmt: skip
    assert texts(letter.plans) == ["SUMP", "SECAP"]


def test_law_and_period_are_read(letter: Letter) -> None:
    assert texts(letter.laws) == ["5393 sayılı Belediye Kanunu, md. 18, 74"]
    assert letter.period is not None
    assert letter.period[:2] == ("2025", "2030")


def test_what_is_not_read_is_listed_with_its_lines(letter: Letter) -> None:
    assert [(block.line, block.last_line) for block in letter.unread] == [
        (15, 15),
        (38, 38),
        (40, 40),
        (57, 57),
        (57, 57),
        (64, 64),
        (66, 67),
    ]


def test_no_name_of_a_signatory_is_kept(letter: Letter) -> None:
    kept = repr([letter.number, letter.subject, letter.authority, letter.units, letter.themes, letter.plans])
    assert "SOYADI" not in kept + repr([block.text for block in letter.unread])
    assert any("BİRİ" in block.text for block in letter.left_out)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("04.03.2024", "no letter number was found"),
        ("Sayı : E-1-2-3", "no date was found"),
        ("Sayı : E-1-2-3\n\n31.02.2024", "'31.02.2024' is no date"),
    ],
)
def test_a_letter_without_number_or_date_says_so(text: str, said: str) -> None:
    with pytest.raises(RecordError) as caught:
        parse_letter(text, "mektup.md")
    assert said in caught.value.sentence("en")
    assert caught.value.sentence("en").startswith("mektup.md")
