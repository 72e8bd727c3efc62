"""Files of records to models: every problem of every file is collected before any is reported.

One folder a city; each file is a mapping of sections. An entry that is wrong does not hide
the others, nor does a broken file hide the other files.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ingest.batch import RawFile
from ingest.records import models, plan_models
from ingest.records.fields import Record
from ingest.records.parsing import PLACE, Place, parse_yaml
from ingest.records.problems import explain, nearest
from ingest.records.sections import SECTIONS
from ontology.errors import RecordError
from ontology.messages import N_
from ontology.reasons import reason_of

__all__ = ["LARGEST", "Folder", "fetch_files", "read_folders", "read_sections"]

#: A bigger file is refused by its size, unread: all bundled records together are far smaller.
LARGEST = 20 * 1024 * 1024


@dataclass
class Folder:
    """The records of one city.

    Attributes
    ----------
    name
        Name of the folder.
    city, authority
        Ids of the folder's city and of the authority whose relations it holds.
    place
        Where these two are said.
    complete
        Whether every file could be read; if not, an id that is not found proves nothing.
    wrong_ids
        Section → ids of entries that are there but wrong.
    """

    name: str
    city: str = ""
    authority: str = ""
    place: Place = field(default_factory=lambda: Place("", 1))
    complete: bool = True
    wrong_ids: dict[str, set[str]] = field(default_factory=dict)
    documents: list[models.Document] = field(default_factory=list)
    cities: list[models.City] = field(default_factory=list)
    authorities: list[models.Authority] = field(default_factory=list)
    units: list[models.Unit] = field(default_factory=list)
    organizations: list[models.Organization] = field(default_factory=list)
    networks: list[models.Network] = field(default_factory=list)
    plans: list[models.Plan] = field(default_factory=list)
    programmes: list[models.Programme] = field(default_factory=list)
    calls: list[models.Call] = field(default_factory=list)
    projects: list[models.Project] = field(default_factory=list)
    sister_cities: list[models.SisterCity] = field(default_factory=list)
    protocols: list[models.Protocol] = field(default_factory=list)
    memberships: list[models.Membership] = field(default_factory=list)
    grants: list[models.Funding] = field(default_factory=list)
    loans: list[models.Funding] = field(default_factory=list)
    cooperations: list[models.Cooperation] = field(default_factory=list)
    events: list[models.Event] = field(default_factory=list)
    awards: list[models.Award] = field(default_factory=list)
    declared_counts: list[models.DeclaredCount] = field(default_factory=list)
    stages: list[plan_models.Stage] = field(default_factory=list)
    activities: list[plan_models.Activity] = field(default_factory=list)
    indicators: list[plan_models.Indicator] = field(default_factory=list)
    measurements: list[plan_models.Measurement] = field(default_factory=list)


def fetch_files(root: Path) -> tuple[list[RawFile], list[RecordError]]:
    """Return the bytes of all record files under a folder of city folders, or in one city folder.

    Raises
    ------
    RecordError
        The folder is not there, can't be opened, or has no records.
    """
    try:
        folders = _city_folders(root)
        paths = [path for folder in folders for path in sorted(folder.iterdir()) if _is_records(path)]
    except FileNotFoundError:
        raise _folder_error(
            root, N_("There is no such folder. Name the folder that holds the records.")
        ) from None
    except NotADirectoryError:
        raise _folder_error(root, N_("This is a file. Name the folder that holds the records.")) from None
    except PermissionError:
        raise _folder_error(
            root, N_("This folder can't be opened. Give this user the right to read it.")
        ) from None
    if not paths:
        raise _folder_error(root, N_("No records are in this folder: it has no folder with .yml files."))
    raw: list[RawFile] = []
    errors: list[RecordError] = []
    for path in paths:
        name = f"{path.absolute().parent.name}/{path.name}"
        try:
            raw.append(RawFile(name, _read_bytes(path, name)))
        except RecordError as error:
            errors.append(error)
    return raw, errors


def _city_folders(root: Path) -> list[Path]:
    children = sorted(root.iterdir())
    if any(_is_records(child) for child in children):
        return [root]
    return [child for child in children if child.is_dir() and not child.name.startswith(".")]


def _is_records(path: Path) -> bool:
    # Decisions, on sameness and of offices, lie beside the folders of all cities.
    if path.name in ("judgements.yml", "decisions.yml"):
        return False
    return path.suffix in {".yml", ".yaml"} and not path.name.startswith(".") and not path.is_dir()


def _folder_error(root: Path, template: str) -> RecordError:
    return RecordError(template, file=str(root), line=None)


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise RecordError(N_("This is no file that can be read. Remove it."), file=name, line=None)
        if size > LARGEST:
            raise RecordError(
                N_("This file has {megabytes} MB; records may have {largest} MB. Is it the right file?"),
                file=name, line=None, megabytes=size // 2**20, largest=LARGEST // 2**20,
            )  # fmt: skip
        return path.read_bytes()
    except OSError as error:
        raise RecordError(
            N_("This file can't be read ({reason}). Give this user the right to read it, or remove it."),
            file=name, line=None, reason=reason_of(error),
        ) from error  # fmt: skip


def read_folders(raw: tuple[RawFile, ...] | list[RawFile]) -> tuple[list[Folder], list[RecordError]]:
    """Return the folders that the files make up, and every error found in them."""
    folders: dict[str, Folder] = {}
    errors: list[RecordError] = []
    for file in raw:
        name = file.name.partition("/")[0]
        folder = folders.setdefault(name, Folder(name))
        try:
            content = _parse_file(file)
        except RecordError as error:
            folder.complete = False
            errors.append(error)
            continue
        errors += read_sections(content, folder)
    for folder in folders.values():
        if folder.complete and not (folder.city and folder.authority):
            errors.append(RecordError(
                N_("The folder does not say whose records it holds. "
                   "Add a file city.yml with 'city: …' and 'authority: …'."),
                file=folder.name, line=None,
            ))  # fmt: skip
    return list(folders.values()), errors


def _parse_file(file: RawFile) -> dict[str, Any]:
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.content.count(b"\n", 0, error.start) + 1
        raise RecordError(
            N_(
                "Byte {position} is not UTF-8, so letters such as ş or ğ would be lost. "
                "Save the file again with the encoding UTF-8 (in the editor: Save as → Encoding → UTF-8)."
            ),
            file=file.name, line=line, position=error.start + 1,
        ) from error  # fmt: skip
    content = parse_yaml(text, file.name)
    if content is None:
        raise RecordError(
            N_("The file is empty. Write records into it, or delete it."), file=file.name, line=None
        )
    if not isinstance(content, dict):
        raise RecordError(
            N_("The file must begin with the name of a section and a colon, such as 'cities:'."),
            file=file.name, line=1,
        )  # fmt: skip
    return content


def read_sections(content: dict[str, Any], folder: Folder) -> list[RecordError]:
    """Add the records of one file, parsed to plain Python, to their folder; return what is wrong in them."""
    place: Place = content.pop(PLACE)
    errors: list[RecordError] = []
    for section, value in content.items():
        line = place.line_of(section)
        if section in {"city", "authority"}:
            errors += _read_owner(section, value, place, folder)
        elif section not in SECTIONS:
            errors.append(_unknown_section(section, place))
        elif not isinstance(value, list | None):
            errors.append(RecordError(
                N_("'{field}' must be a list: each entry on a line of its own, beginning with '- '."),
                file=place.file, line=line, field=section,
            ))  # fmt: skip
        else:
            for entry in value or []:
                errors += _read_entry(section, entry, Place(place.file, line), folder)
    return errors


def _unknown_section(section: str, place: Place) -> RecordError:
    known = ["city", "authority", *SECTIONS]
    close = nearest(section, known)
    template = (
        N_("The section '{field}' is not known. Did you mean '{nearest}'?")
        if close
        else N_("The section '{field}' is not known. Known sections: {known}.")
    )
    return RecordError(
        template,
        file=place.file,
        line=place.line_of(section),
        field=section,
        nearest=close,
        known=", ".join(known),
    )


def _read_owner(section: str, value: object, place: Place, folder: Folder) -> list[RecordError]:
    line = place.line_of(section)
    if not isinstance(value, str) or not value:
        return [RecordError(N_("'{field}' must be an id."), file=place.file, line=line, field=section)]
    if getattr(folder, section):
        return [RecordError(
            N_("'{field}' is said twice in this folder: here and in {other}. Keep one of them."),
            file=place.file, line=line, field=section, other=folder.place.file,
        )]  # fmt: skip
    setattr(folder, section, value)
    folder.place = place
    return []


def _read_entry(section: str, entry: object, where: Place, folder: Folder) -> list[RecordError]:
    model = SECTIONS[section]
    if not isinstance(entry, dict):
        return [RecordError(
            N_("An entry of '{field}' must be a record with fields ('- name: value')."),
            file=where.file, line=where.line, field=section,
        )]  # fmt: skip
    try:
        record: Record = model.model_validate(entry)
    except ValidationError as error:
        folder.wrong_ids.setdefault(section, set()).add(str(entry.get("id")))
        return explain(error, entry, model)
    getattr(folder, section).append(record)
    return []
