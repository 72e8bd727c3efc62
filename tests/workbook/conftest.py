"""A made-up city, its workbook, and a hand that edits it.

The records are the example of the guide, which has a record of every kind; the workbook is
opened and saved with openpyxl, as a person would with a spreadsheet program.
"""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from openpyxl import Workbook, load_workbook

from graph.store import GraphStore
from ingest.pipeline import ingest
from ingest.workbook.changes import Change
from ingest.workbook.exporting import export_workbook
from ingest.workbook.folder import RecordsFolder, load_folder
from ingest.workbook.importing import Preview, plan_import
from ontology.errors import KopruError, SheetErrors
from ontology.iris import Iris
from ontology.messages import Language

ROOT = Path(__file__).parents[2]
DAY = date(2026, 3, 2)
#: Sections that the guide's example has.
AT_LEAST = 20

settings.register_profile("soak")

_EXPORTED: dict[tuple[object, ...], bytes] = {}


def write_example(root: Path) -> None:
    """Write the records of the guide into the folder ``ornekkent``."""
    text = (ROOT / "docs" / "records.md").read_text("utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    parts = [
        part for block in blocks for part in re.split(r"^(?=# \w+\.yml$)", block, flags=re.MULTILINE) if part
    ]
    assert len(parts) >= 15
    (root / "ornekkent").mkdir(parents=True)
    for part in parts:
        heading, _, content = part.partition("\n")
        (root / "ornekkent" / heading.removeprefix("# ")).write_text(content.strip() + "\n", "utf-8")


@dataclass
class Office:
    """A department with its records folder and a workbook under its hands."""

    root: Path
    city: str = "ornekkent"
    language: Language = "en"
    content: bytes = b""

    @property
    def folder(self) -> RecordsFolder:
        """Return the records as they are now."""
        return load_folder(self.root, self.city, Iris())

    def text(self, file: str) -> str:
        """Return a file of records."""
        return (self.root / self.city / file).read_text("utf-8")

    def rewrite(self, file: str, old: str, new: str) -> None:
        """Change the records behind the workbook's back."""
        path = self.root / self.city / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def export(self) -> Workbook:
        """Export, and open the workbook."""
        folder = self.folder
        same = (folder.name, folder.raw, self.language)
        if same not in _EXPORTED:  # most tests begin with the same one
            _EXPORTED[same] = export_workbook(folder, self.language, DAY)
        self.content = _EXPORTED[same]
        return self.open()

    def open(self) -> Workbook:
        """Open the workbook."""
        return load_workbook(BytesIO(self.content))

    def save(self, book: Workbook) -> None:
        """Save it."""
        content = BytesIO()
        book.save(content)
        self.content = content.getvalue()

    def plan(self) -> Preview:
        """Return what an import would change."""
        return plan_import(self.content, self.folder, Iris())

    def changes(self) -> list[Change]:
        """Return the changes alone."""
        return list(self.plan().changes)

    def accept(self) -> Preview:
        """Write what an import would write; nothing is published."""
        preview = self.plan()
        for name, content in preview.files.items():
            preview.folder.path_of(name).write_bytes(content)
        return preview

    def errors(self, language: Language = "en") -> list[str]:
        """Return the sentences with which an import is refused."""
        before = {path: path.read_bytes() for path in self.root.rglob("*.yml")}
        with pytest.raises(KopruError) as caught:
            self.plan()
        assert {path: path.read_bytes() for path in self.root.rglob("*.yml")} == before
        error = caught.value
        found: list[KopruError] = list(error.errors) if isinstance(error, SheetErrors) else [error]
        return [one.sentence(language) for one in found]

    def error(self, language: Language = "en") -> str:
        """Return the only sentence with which an import is refused."""
        (sentence,) = self.errors(language)
        return sentence


@dataclass
class Sheet:
    """A sheet under a person's hands: cells by key and heading."""

    book: Workbook
    title: str

    @property
    def cells(self) -> Any:
        """Return openpyxl's sheet."""
        return self.book[self.title]

    def headings(self) -> dict[str, int]:
        """Return heading → column."""
        return {str(cell.value).removesuffix(" *"): cell.column for cell in self.cells[1] if cell.value}

    def row(self, key: str) -> int:
        """Return the row whose first cell is the key."""
        return next(n for n in range(2, self.cells.max_row + 1) if self.cells.cell(n, 1).value == key)

    def cell(self, key: str, heading: str) -> Any:
        """Return a cell."""
        return self.cells.cell(self.row(key), self.headings()[heading])

    def add(self, **values: Any) -> int:
        """Write a row below the last; ``_`` in names are blanks, ``__tr`` and ``__en`` the languages."""
        columns = self.headings()
        number = (
            max((n for n in range(1, self.cells.max_row + 1) if self.cells.cell(n, 1).value), default=1) + 1
        )
        while any(self.cells.cell(number, column).value is not None for column in columns.values()):
            number += 1
        for name, value in values.items():
            heading = name.replace("__tr", " (Turkish)").replace("__en", " (English)").replace("_", " ")
            self.cells.cell(number, columns[heading]).value = value
        return number


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Örnekkent's department."""
    write_example(tmp_path / "records")
    return Office(tmp_path / "records")


@pytest.fixture(scope="session")
def filled_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of Örnekkent's records, for copies of it."""
    folder = tmp_path_factory.mktemp("ornekkent")
    write_example(folder / "records")
    ingest(GraphStore(folder / "store"), "records", records=folder / "records", city="ornekkent")
    return folder / "store"


@pytest.fixture
def store(filled_store: Path, tmp_path: Path) -> GraphStore:
    """A store of Örnekkent's records."""
    return GraphStore(Path(shutil.copytree(filled_store, tmp_path / "store")))


@pytest.fixture
def antalya(tmp_path: Path) -> Office:
    """Antalya's department, with the bundled records."""
    for file in sorted((ROOT / "ingest" / "bundled" / "antalya").glob("*.yml")):
        path = tmp_path / "records" / "antalya" / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read_bytes())
    return Office(tmp_path / "records", "antalya")


@pytest.fixture
def edit(office: Office) -> Callable[..., Office]:
    """Return a function that exports, lets a function edit the book, and saves it."""

    def run(change: Callable[[Workbook], object]) -> Office:
        book = office.export()
        change(book)
        office.save(book)
        return office

    return run


@pytest.fixture
def sheet() -> type[Sheet]:
    """Return the class ``Sheet``, for tests to open sheets with."""
    return Sheet
