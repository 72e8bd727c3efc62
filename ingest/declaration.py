"""The declaration of a source: who publishes it, under which licence, what to expect of it.

A source is one file ``sources/NAME.yml`` and a reader ``sources/NAME.py``; this module
reads the first and finds the second. It fetches nothing.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from types import ModuleType
from typing import cast

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from ingest.batch import Batch, Context, Fetched
from ontology.errors import SourceError
from ontology.messages import N_, Language

__all__ = [
    "Bilingual",
    "Declaration",
    "Expected",
    "find_fetcher",
    "get_declaration",
    "get_reader",
    "list_declarations",
    "reading_digest",
]

Reader = Callable[[Fetched, Context], Batch]
Fetcher = Callable[[str | None, Context], Fetched]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(_Strict):
    """A text in both languages."""

    tr: str
    en: str

    def get(self, language: Language) -> str:
        """Return the text in one language."""
        return self.tr if language == "tr" else self.en


class Expected(_Strict):
    """How many things of a kind a batch must describe; past these bounds the run fails."""

    min: int = Field(default=0, ge=0, title="Fewest that are believed")
    max: int | None = Field(default=None, title="Most that are believed")

    def __str__(self) -> str:
        return f"{self.min}–{self.max}" if self.max is not None else f"≥ {self.min}"

    def allows(self, count: int) -> bool:
        """Return whether a count lies within the bounds."""
        return self.min <= count and (self.max is None or count <= self.max)


class Declaration(_Strict):
    """What is known of a source before it is read."""

    name: str = Field(title="Name on the command line and in IRIs", examples=["geonames"])
    title: Bilingual
    description: Bilingual
    publisher: str = Field(title="Who publishes the source", examples=["GeoNames"])
    licence: str = Field(title="Short name of the licence", examples=["CC BY 4.0"])
    licence_url: str | None = Field(default=None, title="Address of the licence")
    attribution: str | None = Field(default=None, title="What must be shown where the data is shown")
    address: str | None = Field(default=None, title="Where the source is published")
    coverage: Bilingual
    expected: dict[str, Expected] = Field(default_factory=dict, title="Counts to expect of a batch")
    depends_on: list[str] = Field(
        default_factory=list,
        title="Sources without which this one can't be read; when they change it is run again",
    )
    keeps_vanished: bool = Field(
        default=False,
        title="Whether what it no longer has is kept and asked about: lists lose things without a word",
    )
    needs_location: bool = Field(default=False, title="Whether a file or an address must be named")


@cache
def list_declarations() -> tuple[Declaration, ...]:
    """Return all declared sources, each after those on which it depends."""
    folder = files("ingest.sources")
    found = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yml"):
            content = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
            declaration = Declaration.model_validate(content)
            found[declaration.name] = declaration
    return tuple(_in_order(found))


def _in_order(found: dict[str, Declaration]) -> list[Declaration]:
    ordered: dict[str, Declaration] = {}

    def visit(name: str) -> None:
        for needed in found[name].depends_on:
            visit(needed)
        ordered.setdefault(name, found[name])

    for name in found:
        visit(name)
    return list(ordered.values())


def get_declaration(name: str) -> Declaration:
    """Return the declaration of one source.

    Raises
    ------
    SourceError
        No source has this name.
    """
    known = {declaration.name: declaration for declaration in list_declarations()}
    if name not in known:
        raise SourceError(
            N_("There is no source '{name}'. Known sources: {known}."), name=name, known=", ".join(known)
        )
    return known[name]


def _module(name: str) -> ModuleType:
    return import_module(f"ingest.sources.{get_declaration(name).name}")


def get_reader(name: str) -> Reader:
    """Return the ``read`` function of a source; its module is imported only now."""
    return cast("Reader", _module(name).read)


@cache
def reading_digest() -> str:
    """Return a digest of the programs that read sources: what they made before may be made anew by others."""
    digest = sha256()
    for folder in ("ingest", "ingest.sources", "ingest.lists", "ingest.tables"):
        for file in sorted(files(folder).iterdir(), key=lambda f: f.name):
            if file.name.endswith((".py", ".yml")):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def find_fetcher(name: str) -> Fetcher | None:
    """Return the source's own ``fetch`` function; ``None`` when a file or an address is fetched as it is."""
    return cast("Fetcher | None", getattr(_module(name), "fetch", None))
