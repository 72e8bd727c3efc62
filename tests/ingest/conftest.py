"""Tiny folders of records, small enough to work out by hand what they mean.

``records`` writes files into a city's folder and reads them; the reader tests look at the
statements, the tests of bad input at the sentences, the pipeline tests run a real store.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

import pytest
from rdflib import Graph

from graph.store import GraphStore
from ingest.batch import Batch, Context
from ingest.sources import records as records_source
from ontology.errors import RecordError, RecordErrors
from ontology.iris import Iris

CITY = """
city: antalya
authority: antalya-metropolitan-municipality
"""
PLACES = """
cities:
  - {id: antalya, name: {tr: Antalya, en: Antalya}, country: TR, geonames: 323777}
  - {id: nuremberg, name: {tr: Nürnberg, en: Nuremberg}, country: DE, geonames: 2861650, wikidata: Q2090}
authorities:
  - id: antalya-metropolitan-municipality
    name: {tr: Antalya Büyükşehir Belediyesi, en: Antalya Metropolitan Municipality}
    kind: metropolitan_municipality
    city: antalya
"""
DOCUMENTS = """
documents:
  - id: letter
    title: {tr: Yazı, en: Letter}
    publisher: Antalya
    url: null
    published: 2024-03-04
    retrieved: unknown
  - id: page
    title: {tr: Sayfa, en: Page}
    publisher: Nuremberg
    url: https://example.org/page
    published: "2019"
    retrieved: 2026-01-02
declared_counts:
  - {kind: sister_city, number: 2, on: 2024-03-04, document: letter}
"""
SISTERS = """
sister_cities:
  - partner: nuremberg
    counted: true
    counting_reason: {tr: Sayfada var., en: Stands in the page.}
    evidence:
      - document: page
        date: "2019"
        grade: confirmed
        says: {start: 1997-10}
"""


@dataclass
class RecordsFolder:
    """A folder of records under construction."""

    root: Path
    files: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, text: str | bytes) -> Path:
        """Write one file of the city antalya."""
        path = self.root / "antalya" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode())
        return path

    def context(self) -> Context:
        """Return what the reader is given."""
        return Context(Iris(), self.root, "antalya", lambda _name: Graph())

    def read(self) -> Batch:
        """Read the folder as the source ``records`` does."""
        context = self.context()
        return records_source.read(records_source.fetch(None, context), context)

    def errors(self) -> list[RecordError]:
        """Return what the reader complains about."""
        with pytest.raises((RecordErrors, RecordError)) as caught:
            self.read()
        return list(getattr(caught.value, "errors", [caught.value]))

    def sentences(self) -> list[str]:
        """Return the complaints in English."""
        return [error.sentence("en") for error in self.errors()]


@pytest.fixture
def records(tmp_path: Path) -> RecordsFolder:
    """Antalya and its sister city Nuremberg: one of two declared is recorded."""
    folder = RecordsFolder(tmp_path / "records")
    for name, text in {
        "city.yml": CITY,
        "places.yml": PLACES,
        "documents.yml": DOCUMENTS,
        "sisters.yml": SISTERS,
    }.items():
        folder.write(name, text)
    return folder


@pytest.fixture
def new_records(tmp_path: Path) -> RecordsFolder:
    """A folder without a file."""
    return RecordsFolder(tmp_path / "records")


@pytest.fixture
def store(tmp_path: Path) -> GraphStore:
    """An empty store."""
    return GraphStore(tmp_path / "store")


@pytest.fixture
def moment() -> Callable[[], datetime]:
    """Return the present moment with its zone."""
    return lambda: datetime.now(UTC)
