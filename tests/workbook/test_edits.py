"""Generated edits arrive exactly: what was typed into a cell is what the records say afterwards.

An example makes up to eight edits at once; here always the same ones. ``bench/soak_workbook.py`` runs it
with the profile ``soak``, which makes hundreds of new ones.
"""

from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ingest.records.batch import list_themes
from ingest.workbook.cells import to_cell
from ingest.workbook.layout import EVIDENCE, Column, Table, list_tables, tables
from ingest.workbook.rows import Row, Rows, clean
from ingest.workbook.titles import column_title, key_title, owner_title, sheet_title

SOAK = settings.get_current_profile_name() == "soak"

#: Fields that others are compared with, or that don't stand alone: an edit of one of them is no valid edit.
FIXED = {
    "id", "kind", "role", "ordinal", "start", "intended", "counted", "counting_reason", "grade_reason",
    "unit", "direction", "period", "baseline", "target", "value", "latitude", "longitude", "country",
    "eligible_countries", "number", "on", "says", "wikidata", "language", "priorities", "geonames",
    "population",
}  # fmt: skip

#: What names a document of its own takes no further evidence from that.
PLANNED = {"indicators", "stages", "contents", "results", "roles"}

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60),
    st.sampled_from([
        "=1+1", "+90", "-", "@a", "'quoted'", '"double"', "a: b, c", "{a}", "# no comment", "[x]", "- item",
        "true", "no", "null", "~", "1995", "2011-07", "1e5", "0x10", "İı ğü", "two\nlines", "_x0041_", "100%",
        "a\tb", "unknown", "&anchor", "*alias", "!tag", "|", ">", "?", "\u200f", "\u2028x",
    ]),
).filter(lambda text: bool(clean(text)))  # fmt: skip
DATES = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.integers(1000, 2999).map(str),
    st.sampled_from(["2011-07", "2016/2019", "before 2015", "2015 sonrası", "autumn 2023", "unknown"]),
)
URLS = st.from_regex(r"https?://[a-z]{1,9}\.org/[a-zA-Z0-9,;=?&%#()~_.-]{0,30}", fullmatch=True)


@dataclass
class Edits:
    """What is typed, and what the rows must say then."""

    cells: dict[tuple[str, str, str], str] = field(default_factory=dict)
    added: list[Row] = field(default_factory=list)


def value_of(column: Column) -> st.SearchStrategy[str]:
    """Return texts that a column may hold."""
    themes = sorted(list_themes())
    return {
        "words": TEXTS,
        "url": URLS,
        "lines": st.lists(
            TEXTS.filter(lambda text: "\n" not in clean(text)), min_size=1, max_size=3, unique=True
        ).map(lambda texts: "\n".join(clean(text) for text in texts)),
        "ids": st.lists(st.sampled_from(themes), min_size=1, max_size=4, unique=True).map(", ".join),
        "number": st.integers(1, 10**9).map(str),
        "day": DATES,
        "amount": st.integers(1, 10**12).map(lambda number: f"{number}.50 TRY"),
        "choice": st.sampled_from(column.choices or ("",)),
    }[column.kind]


def may_change(table: Table, column: Column) -> bool:
    """Return whether a column can be edited alone."""
    if column.name == "grade":  # of a relation it needs a reason
        return table.name == EVIDENCE
    return column.path[0] not in FIXED and (not column.targets or column.targets == ("themes",))


@st.composite
def edits(draw: st.DrawFn, rows: Rows) -> Edits:
    """Return up to eight edits of some rows."""
    made = Edits()
    places = [(row, column) for table in list_tables() for row in rows[table.name].values()
              for column in table.columns if may_change(table, column)]  # fmt: skip
    for row, column in draw(st.lists(st.sampled_from(places), min_size=1, max_size=6, unique_by=id)):
        if column.path[-1] in {"tr", "en"}:  # both languages or none
            for language in ("tr", "en"):
                name = ".".join((*column.path[:-1], language))
                made.cells[row.table, row.key, name] = draw(TEXTS)
        elif not column.required and column.name in row.cells and draw(st.booleans()):
            made.cells[row.table, row.key, column.name] = ""
        else:
            made.cells[row.table, row.key, column.name] = draw(value_of(column))
    named = [name for name in tables()[EVIDENCE].owners if name not in PLANNED]
    owners = [row.ref for name in named for row in rows[name].values()]
    for number in range(draw(st.integers(0, 2))):
        cells = {
            "document": draw(st.sampled_from(sorted(rows["documents"]))),
            "date": draw(DATES),
            "grade": "reported",
        }
        made.added.append(Row(EVIDENCE, f"new-{number}", cells, draw(st.sampled_from(owners))))
    return made


def type_into(book, sheet, made: Edits) -> None:
    """Edit the workbook as a person would."""
    for (table_name, key, name), text in made.cells.items():
        table = tables()[table_name]
        column = table.find(name)
        cell = sheet(book, sheet_title(table, "en")).cell(key, column_title(table, column, "en"))
        cell.value = to_cell(column, text, "en")
        if isinstance(cell.value, str):
            cell.data_type = "s"
    evidence = tables()[EVIDENCE]
    for row in made.added:
        owner, _, key = row.owner.partition("/")
        where = sheet(book, "Evidence")
        number = where.add(**{
            key_title("en"): row.key,
            owner_title(evidence, "en"): f"{sheet_title(tables()[owner], 'en')}/{key}",
        })  # fmt: skip
        for name, text in row.cells.items():
            column = evidence.find(name)
            where.cells.cell(number, where.headings()[column_title(evidence, column, "en")]).value = text


def expected(rows: Rows, made: Edits) -> dict[str, dict[str, str]]:
    """Return what the rows must say: table/key → cells; new evidence stands under its owner."""
    said = {row.ref: dict(row.cells) for table in rows.values() for row in table.values()}
    for (table, key, name), text in made.cells.items():
        said[f"{table}/{key}"].pop(name, None)
        if clean(text):
            said[f"{table}/{key}"][name] = clean(text)
    return said


def test_generated_edits_arrive_exactly(office, sheet) -> None:
    office.export()
    before = {path: path.read_bytes() for path in office.root.rglob("*.yml")}

    @settings(
        max_examples=300 if SOAK else 8,
        derandomize=not SOAK,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.reuse, Phase.generate],
    )
    @given(edits(office.folder.rows))
    def run(made: Edits) -> None:
        for path, content in before.items():
            path.write_bytes(content)
        rows = office.folder.rows
        book = office.export()
        type_into(book, sheet, made)
        office.save(book)
        office.accept()
        after = office.folder.rows
        said = {row.ref: dict(row.cells) for table in after.values() for row in table.values()}
        wanted = expected(rows, made)
        assert {ref: said.get(ref) for ref in wanted} == wanted
        new = sorted((row.owner, sorted(row.cells.items())) for row in after[EVIDENCE].values()
                     if row.ref not in wanted)  # fmt: skip
        assert new == sorted((row.owner, sorted(row.cells.items())) for row in made.added)

    run()
