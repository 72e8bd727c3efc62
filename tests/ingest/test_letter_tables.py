"""The tables in a letter's annex: worked out by hand from the made-up letter, counted on the real one."""

import os
from collections import Counter
from pathlib import Path

import pytest

from ingest.letter.blocks import split_blocks
from ingest.letter.bullets import split_cell
from ingest.letter.parse import Letter, parse_letter
from ingest.letter.tables import find_stage, read_tables

MADE_UP = Path(__file__).parent / "letters" / "ornekkent.md"
REFERENCE = Path(os.environ.get("KOPRU_REFERENCE_DATA", Path(__file__).parents[3] / "shared"))
REAL = REFERENCE / "seed" / "letter_2024-03-04.md"
HEAD = "İçerik\tSonuçlar\tRoller\n"
# Stage → contents, results, roles.
COUNTS = {
    "start": (7, 2, 1),
    "situation-analysis": (6, 1, 2),
    "drafting": (9, 2, 3),
    "approval-and-dissemination": (4, 2, 2),
    "implementation": (4, 4, 4),
    "monitoring-and-evaluation": (4, 3, 2),
}


def items_of(text: str) -> list[str]:
    items, _ = split_cell(text, 0, len(text))
    return [item.text for item in items]


def read_made_up() -> tuple[str, Letter]:
    text = MADE_UP.read_text("utf-8")
    return text, parse_letter(text, MADE_UP.name)


def count_items(letter: Letter) -> dict[str, tuple[int, ...]]:
    counts = {table.stage: Counter(item.column for item in table.items) for table in letter.tables}
    return {stage: (n["contents"], n["results"], n["roles"]) for stage, n in counts.items()}


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("<ul><li>• Bir.</li><li>• İki</li></ul>", ["Bir.", "İki"]),
        ("<ul><li>Bir. Hâlâ bir.</li></ul>", ["Bir. Hâlâ bir."]),
        ("a) Bir. b)İki. c) Üç", ["Bir.", "İki.", "Üç"]),
        ("<p><b>a)</b> Bir</p> <p><b>b)</b> İki ve</p> <p><b>devamı.</b></p>", ["Bir", "İki ve devamı."]),
        ("-Bir. -İki.</p> <p>-Üç", ["Bir.", "İki.", "Üç"]),
        ("- Bir ve/veya - tercihen - hem iki.", ["Bir ve/veya - tercihen - hem iki."]),
        ("– Bir — İki", ["Bir", "İki"]),
        ("Durum-Analiz 2024 - 2029 arası", ["Durum-Analiz 2024 - 2029 arası"]),
        ("<p>Bir.</p><p>İki.</p>", ["Bir.", "İki."]),
        ("Bir tek cümle.", ["Bir tek cümle."]),
        ("a) Bir (bkz. b) bendi) de. b) İki", ["Bir (bkz. b) bendi) de.", "İki"]),
        ("a) Bir. z) değil. c) Üç", ["Bir. z) değil.", "Üç"]),
        ("ç) Dört ğ) Dokuz", ["ç) Dört ğ) Dokuz"]),
        ("b) İki c) Üç ç) Dört d) Beş", ["İki", "Üç", "Dört", "Beş"]),
        ("• • Bir<br>• ", ["Bir"]),
        ("<p></p>", []),
        ("", []),
    ],
)
def test_a_cell_is_split_where_its_items_begin(cell: str, items: list[str]) -> None:
    assert items_of(cell) == items


def test_what_stands_before_the_first_item_is_handed_back() -> None:
    text = "<p>Şunlar: -Bir"
    assert [passage.text for passage in split_cell(text, 0, len(text))[1]] == ["Şunlar:"]


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("## Başlangıç aşaması:", "start"),
        ("BAŞLANGIÇ AŞAMASI", "start"),
        ("Baş1angıç aşarnası", "start"),
        ("DurumTespiti-Analizi", "situation-analysis"),
        ("UP taslagının hazırlanması:", "drafting"),
        ("UP'nın değerlendirilmesi, onay1anması ve yaygınlaştırılması", "approval-and-dissemination"),
        ("UP'nın uygulamnası", "implementation"),
        ("İzIeme ve değerlendirme", "monitoring-and-evaluation"),
        ("Yıllık değerlendirme", "yearly-review"),
        ("Ek tablo", ""),
    ],
)
def test_a_stage_is_known_by_its_title_in_spite_of_the_scan(title: str, stage: str) -> None:
    assert find_stage(title) == stage


def test_the_items_of_the_made_up_letter_are_all_read() -> None:
    assert count_items(read_made_up()[1]) == {
        "start": (2, 1, 1),
        "situation-analysis": (3, 2, 1),
        "drafting": (3, 3, 1),
        "monitoring-and-evaluation": (3, 1, 2),
    }


def test_an_item_that_goes_on_in_a_paragraph_or_line_of_its_own_stays_one() -> None:
    drafting = read_made_up()[1].tables[2]
    assert [item.passage.text for item in drafting.items if item.column == "contents"] == [
        "Başlıkların yazılması.", "Eklerin toplanması ve son metnin basılması.", "Duyuru (içe). dışa doğru.",
    ]  # fmt: skip


def test_each_item_names_column_position_line_and_characters() -> None:
    text, letter = read_made_up()
    item = next(item for item in letter.tables[1].items if item.passage.text == "Ek satır.")
    assert (item.column, item.position, item.line) == ("contents", 3, 51)
    assert text[item.passage.start : item.passage.end] == "Ek satır."
    assert text[: item.passage.start].count("\n") == 50


def test_the_characters_of_an_item_hold_its_words_and_no_mark() -> None:
    text, letter = read_made_up()
    passages = [item.passage for table in letter.tables for item in table.items]
    assert len(passages) == 23
    for passage in passages:
        raw = text[passage.start : passage.end]
        assert raw.split()[0] == passage.text.split()[0]
        assert raw.endswith(passage.text.split()[-1])


def test_line_ends_of_windows_move_the_characters_but_nothing_else() -> None:
    text = MADE_UP.read_text("utf-8").replace("\n", "\r\n")
    letter = parse_letter(text, "x")
    item = letter.tables[1].items[-2]
    assert (item.passage.text, item.line) == ("Ek satır.", 51)
    assert text[item.passage.start : item.passage.end] == "Ek satır."


@pytest.mark.parametrize(
    "text",
    [
        "Ek tablo\n\n" + HEAD + "a\tb\tc",
        "İzleme\n\nGün\tSaat\tYer\na\tb\tc",
        HEAD + "a\tb\tc",
        "İzleme\n\nx\ty\n\n" + HEAD + "a\tb\tc",
        "İzleme " + "çok " * 12 + "\n\n" + HEAD + "a\tb\tc",
    ],
)
def test_a_table_without_a_stage_or_without_columns_is_left_unread(text: str) -> None:
    blocks = split_blocks(text)
    assert read_tables(text, blocks) == ([], [])
    assert [block for block in blocks if block.roles] == []


def test_a_stage_in_two_tables_goes_on_counting() -> None:
    text = f"İzleme\n\n{HEAD}- A\t- B\t- C\n\nİzleme (devam)\n\n{HEAD}- D\t\t- E"
    tables, _ = read_tables(text, split_blocks(text))
    found = [(i.column, i.position, i.passage.text) for table in tables for i in table.items]
    assert found == [
        ("contents", 1, "A"), ("results", 1, "B"), ("roles", 1, "C"), ("contents", 2, "D"), ("roles", 2, "E"),
    ]  # fmt: skip


@pytest.mark.skipif(not REAL.is_file(), reason=f"reference data absent: {REAL.name}")
def test_the_real_letter_has_62_items() -> None:
    letter = parse_letter(REAL.read_text("utf-8"), REAL.name)
    assert count_items(letter) == COUNTS
    assert sum(sum(counts) for counts in COUNTS.values()) == 62
    assert [table.stage for table in letter.tables] == list(COUNTS)
    assert [block for block in letter.unread if block.is_table] == []


@pytest.mark.skipif(not REAL.is_file(), reason=f"reference data absent: {REAL.name}")
def test_the_bold_line_after_b_of_the_fourth_stage_belongs_to_b() -> None:
    text = REAL.read_text("utf-8")
    fourth = parse_letter(text, REAL.name).tables[3]
    second = fourth.items[1]
    assert (second.column, second.position) == ("contents", 2)
    assert second.passage.text.endswith("son taslağı.")
    assert "<b>" in text[second.passage.start : second.passage.end]
