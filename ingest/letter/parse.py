"""Reads the facts of a letter; says what it did not read. Names of signatories are not kept.

The scans have slips: words run together ("temizenerji", "engellivb."), letters for digits
("l4"). Numbers, dates and names are therefore looked for with optional spaces, and themes
are compared without spaces and marks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ingest.letter.blocks import Block, split_blocks
from ingest.letter.tables import StageTable, read_tables
from ontology.errors import RecordError
from ontology.messages import N_
from ontology.text import fold

__all__ = ["Letter", "Mention", "parse_letter"]

_NUMBER = re.compile(r"Say[ıi]\s*:\s*([A-ZÇĞİÖŞÜ]?-?[\d.]+(?:-[\d.]+)+)")
_DATE = re.compile(r"(?<![\d.])(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?![\d.])")
_SUBJECT = re.compile(r"Konu\s*:\s*(.+)")
_DIGITS = r"(?<![\w.])([0-9OoIl]{1,3})\s*(?:adet\s*)?"
_COUNTS = {
    "city_network": re.compile(_DIGITS + r"uluslararas[ıi]\s*a[ğg]"),
    "sister_city": re.compile(_DIGITS + r"karde[şs]\s*[şs]ehi?r"),
    "cooperation_protocol": re.compile(_DIGITS + r"i[şs]\s*birli[ğg]i\s*protokol"),
}
_LAW = re.compile(
    r"(\d{4})\s*say[ıi]l[ıi]\s*((?:[A-ZÇĞİÖŞÜ]\w+\s*)+?Kanunu)\W*n[uıi]n\s*((?:\d+\.?\s*(?:,|ve)?\s*)+)madde",
    re.UNICODE,
)
_QUOTED_UNIT = re.compile(r"[\"“”]([^\"“”]{4,90}?(?:Müdürlüğü|Başkanlığı|Birimi))[\"“”]")
_FOUNDED = re.compile(
    r"((?:19|20)\d\d)\s*y[ıi]l[ıi]nda\s*[\"“”]([^\"“”]{4,90}?(?:Başkanlığı|Müdürlüğü))[\"“”]\s*kurul"
)
_THEMES = re.compile(r"tematik\s*alanlarda\s*(?:özellikle)?\s*;?\s*(.+?)\s*gibi\s", re.IGNORECASE)
_FOCUS = re.compile(r"özellikle\s+(\w+(?:\s*(?:,|ve)\s*\w+){0,4})\s+konu", re.IGNORECASE)
_PLANS = re.compile(r"eylem\s*planlar[ıi]n[ıi]n\s*haz[ıi]rlanmas[ıi]\s*\(([^)]{3,300})\)", re.IGNORECASE)
_PERIOD = re.compile(
    r"((?:19|20)\d\d)\s*[–—-]\s*((?:19|20)\d\d)\s*y[ıi]llar[ıi]n[ıi]\s*kapsa\w+\s*[\"“”]([^\"“”]{4,120})[\"“”]"
)
_SIGNATURE_BEGIN = re.compile(r"arz\s*eder(?:im|iz)", re.IGNORECASE)
_SIGNATURE_END = re.compile(r"^(?:Ek(?:ler)?\s*:|Bu\s*belge|##|Doğrulama)", re.IGNORECASE)
#: Characters before "arz ederim" that make it a formula of assent, with names below it.
_FORMULA = 40
_ADDRESSEE = re.compile(r"^[A-ZÇĞİÖŞÜ ]+(?:MAKAMINA|MECLİSİNE|BAŞKANLIĞINA)$")
_FURNITURE = re.compile(
    r"^(?:T\.?\s?C\.?$|Bu\s*belge|Doğrulama|Telefon|Bilgi\s*için|e-Posta|Kep\s*Adresi|Ek(?:ler)?\s*:)|Bulvar|Mahallesi",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mention:
    """A name in the letter, as written, and the line where it stands."""

    text: str
    line: int


@dataclass
class Letter:
    """The facts of one letter; what is absent was not found.

    ``founded`` maps a unit's name to a year; ``counts`` maps ``city_network``,
    ``sister_city`` and ``cooperation_protocol`` to the number declared; ``tables`` are those of the
    plan's stages.
    """

    number: Mention
    issued: date
    subject: Mention | None = None
    authority: Mention | None = None
    units: list[Mention] = field(default_factory=list)
    founded: dict[str, str] = field(default_factory=dict)
    laws: list[Mention] = field(default_factory=list)
    themes: list[Mention] = field(default_factory=list)
    plans: list[Mention] = field(default_factory=list)
    period: tuple[str, str, Mention] | None = None
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    conflicts: list[Mention] = field(default_factory=list)
    tables: list[StageTable] = field(default_factory=list)
    unread: list[Block] = field(default_factory=list)
    left_out: list[Block] = field(default_factory=list)


def parse_letter(text: str, file: str) -> Letter:
    """Return the facts of a letter.

    Raises
    ------
    RecordError
        The number or the date, without which nothing can be cited, is not there.
    """
    blocks = split_blocks(text)
    head = _head(blocks, file)
    head.tables, outside = read_tables(text, blocks)
    for block in _body(blocks):
        _read_units(block, head)
        _read_counts(block, head)
        _read_lists(block, head)
        _read_law_and_period(block, head)
    head.unread = sorted([*(b for b in blocks if not b.roles), *outside], key=lambda b: b.line)
    head.left_out = [b for b in blocks if b.roles & {"signature", "furniture"}]
    return head


def _first(pattern: re.Pattern[str], blocks: list[Block], role: str) -> tuple[re.Match[str], int] | None:
    for block in blocks:
        for offset, line in enumerate(block.lines):
            if match := pattern.search(line):
                block.roles.add(role)
                return match, block.line + offset
    return None


def _head(blocks: list[Block], file: str) -> Letter:
    number = _first(_NUMBER, blocks, "number")
    if number is None:
        raise RecordError(
            N_("no letter number was found. A letter has a line such as 'Sayı : E-123-105.02-456'."),
            file=file,
            line=None,
        )
    issued = _first(_DATE, blocks, "date")
    if issued is None:
        raise RecordError(
            N_("no date was found. A letter has a date such as 04.03.2024 in its head."), file=file, line=None
        )
    letter = Letter(Mention(number[0][1], number[1]), _date(issued, file))
    if subject := _first(_SUBJECT, blocks, "subject"):
        letter.subject = Mention(subject[0][1].strip(), subject[1])
    _read_sender(blocks, letter)
    return letter


def _date(found: tuple[re.Match[str], int], file: str) -> date:
    day, month, year = (int(part) for part in found[0].groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise RecordError(
            N_("'{text}' is no date. Write day.month.year, such as 04.03.2024."),
            file=file,
            line=found[1],
            text=found[0][0],
        ) from None


def _read_sender(blocks: list[Block], letter: Letter) -> None:
    """Read the head: the authority in capitals, then the unit that writes."""
    for block in blocks:
        if block.line > letter.number.line:
            return
        for offset, line in enumerate(block.lines):
            if line.isupper() and "BELEDİYE" in line:
                letter.authority = Mention(line, block.line + offset)
                block.roles.add("authority")
            elif line.endswith(("Başkanlığı", "Müdürlüğü")) and not line.isupper():
                letter.units.append(Mention(line, block.line + offset))
                block.roles.add("unit")


def _body(blocks: list[Block]) -> Iterator[Block]:
    """Yield what may hold facts, up to the annex; mark signatures and page furniture, which do not."""
    signing = False
    for block in blocks:
        if block.is_heading or "table" in block.roles:
            return
        assent = _SIGNATURE_BEGIN.search(block.text)
        if _SIGNATURE_END.search(block.text):
            signing = False
        if signing or (assent and assent.start() < _FORMULA):
            block.roles.add("signature")
        elif _ADDRESSEE.search(block.text):
            block.roles.add("addressee")
        elif _FURNITURE.search(block.text) and not block.roles:
            block.roles.add("furniture")
        else:
            yield block
        signing = signing or assent is not None


def _read_units(block: Block, letter: Letter) -> None:
    known = {fold(unit.text) for unit in letter.units}
    for match in _QUOTED_UNIT.finditer(block.text):
        block.roles.add("unit")
        if fold(match[1]) not in known:
            known.add(fold(match[1]))
            letter.units.append(Mention(match[1], block.line))
    for match in _FOUNDED.finditer(block.text):
        letter.founded[match[2]] = match[1]


def _read_counts(block: Block, letter: Letter) -> None:
    for kind, pattern in _COUNTS.items():
        for match in pattern.finditer(block.text):
            number = int(match[1].translate(str.maketrans("OoIl", "0011")))
            block.roles.add("count")
            first = letter.counts.setdefault(kind, (number, block.line))
            if first[0] != number:
                letter.conflicts.append(Mention(match[0], block.line))


def _items(text: str) -> Iterator[str]:
    """Yield the names of an enumeration: ``a, b (c, d vb.) ve e``."""
    for part in re.split(r"[,;()]|\s+ve\s+", text):
        name = re.sub(r"\s*vb\.?$", "", part.strip()).strip(" .")
        if name:
            yield name


def _read_lists(block: Block, letter: Letter) -> None:
    for pattern, target in ((_FOCUS, letter.themes), (_THEMES, letter.themes), (_PLANS, letter.plans)):
        for match in pattern.finditer(block.text):
            block.roles.add("list")
            known = {fold(mention.text) for mention in target}
            target.extend(Mention(name, block.line) for name in _items(match[1]) if fold(name) not in known)


def _read_law_and_period(block: Block, letter: Letter) -> None:
    for match in _LAW.finditer(block.text):
        block.roles.add("law")
        articles = ", ".join(re.findall(r"\d+", match[3]))
        letter.laws.append(Mention(f"{match[1]} sayılı {match[2]}, md. {articles}", block.line))
    if period := _PERIOD.search(block.text):
        block.roles.add("period")
        letter.period = (period[1], period[2], Mention(period[3], block.line))
