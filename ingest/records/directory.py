"""Which ids there are, over all folders, and what a party's id stands for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from rdflib import URIRef

from ingest.records.fields import Record
from ingest.records.models import Award, Event, Project, Relation, Thing
from ingest.records.reading import Folder
from ingest.records.sections import SECTIONS
from ontology.iris import Iris

__all__ = ["BODY_SECTIONS", "ITEM_SECTIONS", "PARTY_SECTIONS", "Directory", "Party", "Tie", "iter_relations"]

_R = TypeVar("_R", bound=Record)

#: Where a party's id is looked up, in this order.
PARTY_SECTIONS = ("authorities", "organizations", "cities")
#: The same for a body that works on a plan: it may be a unit too.
BODY_SECTIONS = ("units", *PARTY_SECTIONS)
#: The lists of a stage whose items others refer to, as ``drafting-3``.
ITEM_SECTIONS = ("contents", "results")


@dataclass(frozen=True)
class Party:
    """Who an id stands for.

    Attributes
    ----------
    iri
        The authority or organisation.
    key
        How it is called in the IRI of a relation: an own authority by its city.
    local_authority_of
        The city whose authority has no record of its own; else ``None``.
    """

    iri: URIRef
    key: str
    local_authority_of: str | None = None


@dataclass(frozen=True)
class Tie:
    """A relation record, where it stands, and the project it belongs to."""

    section: str
    record: Relation
    folder: Folder
    project: Project | None = None


def iter_relations(folder: Folder) -> Iterator[Tie]:
    """Yield all relations of a folder, those within projects too."""
    for section, model in SECTIONS.items():
        if issubclass(model, Relation):
            for record in getattr(folder, section):
                yield Tie(section, record, folder)
    for project in folder.projects:
        for participation in project.participations:
            yield Tie("participations", participation, folder, project)


@dataclass
class Directory:
    """All records by their ids.

    Attributes
    ----------
    folders
        What was read.
    iris
        Mints IRIs.
    themes
        The ids of the themes of the vocabulary.
    """

    folders: list[Folder]
    iris: Iris
    themes: frozenset[str]
    _records: dict[str, dict[str, Record]] = field(init=False, default_factory=dict)
    _own_by_city: dict[str, str] = field(init=False, default_factory=dict)
    _own_by_authority: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for folder in self.folders:
            if folder.city and folder.authority:
                self._own_by_city[folder.city] = folder.authority
                self._own_by_authority[folder.authority] = folder.city
            for section in SECTIONS:
                known = self._records.setdefault(section, {})
                for record in getattr(folder, section):
                    if isinstance(record, Thing | Event | Award) or section == "documents":
                        known.setdefault(record.id, record)
        for section in ITEM_SECTIONS:
            self._records[section] = {
                f"{stage.id}-{position}": item
                for folder in self.folders
                for stage in folder.stages
                for position, item in enumerate(getattr(stage, section), start=1)
            }

    @property
    def is_complete(self) -> bool:
        """Whether every file could be read."""
        return all(folder.complete for folder in self.folders)

    def find(self, section: str, id_: str) -> Record | None:
        """Return the record of a section with this id."""
        return self._records[section].get(id_)

    def ids(self, *sections: str) -> list[str]:
        """Return all ids of some sections."""
        return [id_ for section in sections for id_ in self._records[section]]

    def has(self, section: str, id_: str) -> bool:
        """Return whether the id is there, be it in an entry that is wrong."""
        if section in ITEM_SECTIONS:  # the items of a stage that is wrong are there too
            section_of, wrong_id = "stages", id_.rpartition("-")[0]
        else:
            section_of, wrong_id = section, id_
        wrong = any(wrong_id in folder.wrong_ids.get(section_of, ()) for folder in self.folders)
        return wrong or id_ in self._records[section]

    def find_party(self, id_: str | None, folder: Folder) -> Party | None:
        """Return who an id stands for; no id is the folder's own authority."""
        if id_ is None:
            return self.find_party(folder.authority, folder) if folder.authority else None
        if id_ in self._own_by_authority:
            return Party(self.iris.thing("authority", id_), self._own_by_authority[id_])
        if self.find("authorities", id_):
            return Party(self.iris.thing("authority", id_), id_)
        if self.find("organizations", id_):
            return Party(self.iris.thing("organization", id_), id_)
        if id_ in self._own_by_city:
            return Party(self.iris.thing("authority", self._own_by_city[id_]), id_)
        if self.find("cities", id_):
            return Party(self.iris.thing("authority", id_), id_, local_authority_of=id_)
        return None

    def find_body(self, id_: str, folder: Folder) -> Party | None:
        """Return who works on a plan: a unit, or a party as ``find_party`` has it."""
        if self.find("units", id_):
            return Party(self.iris.thing("unit", id_), id_)
        return self.find_party(id_, folder)

    def get_body(self, id_: str, folder: Folder) -> Party:
        """Return who works on a plan, after all references have been checked."""
        body = self.find_body(id_, folder)
        if body is None:
            raise LookupError(f"unchecked body {id_}")
        return body

    def get_party(self, id_: str | None, folder: Folder) -> Party:
        """Return who an id stands for, after all references have been checked."""
        party = self.find_party(id_, folder)
        if party is None:
            raise LookupError(f"unchecked party {id_}")
        return party
