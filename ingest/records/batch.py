"""All files of records to one batch of statements, or to all that is wrong in them."""

from ingest.batch import Batch, RawFile
from ingest.records.checks import check_records
from ingest.records.directory import Directory, iter_relations
from ingest.records.plan import add_plan_records
from ingest.records.reading import Folder, read_folders
from ingest.records.relations import add_relations
from ingest.records.sections import SECTIONS
from ingest.records.statements import Statements
from ingest.records.things import add_things
from ontology.errors import RecordError, RecordErrors
from ontology.iris import Iris
from ontology.terms import RDF, SKOS
from ontology.vocabulary import load_themes

__all__ = ["list_themes", "read_records"]


def list_themes() -> frozenset[str]:
    """Return the ids of the themes of the vocabulary."""
    themes = (str(theme) for theme in load_themes().subjects(RDF.type, SKOS.Concept))
    return frozenset(theme.rpartition("/")[2] for theme in themes)


def read_records(
    raw: tuple[RawFile, ...], iris: Iris, themes: frozenset[str], errors: tuple[RecordError, ...] = ()
) -> Batch:
    """Return the statements of all records.

    Parameters
    ----------
    raw
        The files, each named ``folder/file``.
    iris
        Mints IRIs.
    themes
        The ids of the themes of the vocabulary.
    errors
        What was found wrong before, to be reported together with the rest.

    Raises
    ------
    RecordErrors
        Something is wrong; everything that is wrong is named.
    """
    folders, found = read_folders(raw)
    for error in errors:
        for folder in folders:
            folder.complete &= folder.name != str(error.facts["file"]).partition("/")[0]
    found = [*errors, *found]
    directory = Directory(folders, iris, themes)
    found += check_records(directory)
    if found:
        raise RecordErrors(sorted(found, key=_place))
    into = Statements(directory)
    for folder in folders:
        add_things(into, folder)
        add_plan_records(into, folder)
    add_relations(into, folders)
    return Batch(into.rdf, _count(folders))


def _place(error: RecordError) -> tuple[str, int]:
    line = error.facts["line"]
    return str(error.facts["file"]), line if isinstance(line, int) else 0


def _count(folders: list[Folder]) -> dict[str, int]:
    counts = {section: sum(len(getattr(folder, section)) for folder in folders) for section in SECTIONS}
    counts["relations"] = sum(1 for folder in folders for _ in iter_relations(folder))
    return counts
