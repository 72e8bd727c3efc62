"""All commands under ``kopru``, in the order in which help shows them."""

from collections.abc import Callable
from typing import Any

import typer
from typer.main import get_command

from api.cli import (
    backup,
    consortia,
    diff,
    evaluate,
    export,
    gaps,
    ingest,
    match,
    paths,
    query,
    rank,
    recommend,
    records,
    revisions,
    serve,
    train,
    validate,
    workbook,
)
from api.cli.words import KopruCommand, KopruGroup, localise
from ontology.messages import N_, Language

__all__ = ["make_command"]

_HELP = N_(
    "Köprü keeps the international relations of a city as a graph and answers questions about it: "
    "sister cities, protocols, networks, projects, grants and loans, each with its sources."
)
_EPILOG = N_(
    "Example: kopru serve --port 9000. Settings may stand in the environment: KOPRU_STORE and so on."
)

_COMMANDS: dict[str, tuple[Callable[..., None], str, str]] = {
    "serve": (serve.serve, serve.HELP, serve.EXAMPLE),
    "sources": (ingest.sources, ingest.SOURCES_HELP, ingest.SOURCES_EXAMPLE),
    "ingest": (ingest.ingest, ingest.HELP, ingest.EXAMPLE),
    "validate": (validate.validate, validate.HELP, validate.EXAMPLE),
    "query": (query.query, query.HELP, query.EXAMPLE),
    "recommend": (recommend.recommend, recommend.HELP, recommend.EXAMPLE),
    "gaps": (gaps.gaps, gaps.HELP, gaps.EXAMPLE),
    "paths": (paths.paths, paths.HELP, paths.EXAMPLE),
    "consortia": (consortia.consortia, consortia.HELP, consortia.EXAMPLE),
    "rank": (rank.rank, rank.HELP, rank.EXAMPLE),
    "train": (train.train, train.HELP, train.EXAMPLE),
    "evaluate": (evaluate.evaluate, evaluate.HELP, evaluate.EXAMPLE),
    "export": (export.export, export.HELP, export.EXAMPLE),
    "revisions": (revisions.revisions, revisions.HELP, revisions.EXAMPLE),
    "diff": (diff.diff, diff.HELP, diff.EXAMPLE),
    "rollback": (revisions.rollback, revisions.ROLLBACK_HELP, revisions.ROLLBACK_EXAMPLE),
    "backup": (backup.backup, backup.HELP, backup.EXAMPLE),
    "restore": (backup.restore, backup.RESTORE_HELP, backup.RESTORE_EXAMPLE),
}

#: Commands below a word of their own: word → help, example and commands.
_GROUPS: dict[str, tuple[str, str, dict[str, tuple[Callable[..., None], str, str]]]] = {
    "records": (
        records.HELP,
        records.EXAMPLE,
        {"upgrade": (records.upgrade, records.UPGRADE_HELP, records.UPGRADE_EXAMPLE)},
    ),
    "match": (
        match.HELP,
        match.EXAMPLE,
        {
            "list": (match.queue, match.LIST_HELP, match.LIST_EXAMPLE),
            "decide": (match.decide, match.DECIDE_HELP, match.DECIDE_EXAMPLE),
            "undo": (match.undo, match.UNDO_HELP, match.UNDO_EXAMPLE),
        },
    ),
    "workbook": (
        workbook.HELP,
        workbook.EXAMPLE,
        {
            "export": (workbook.export, workbook.EXPORT_HELP, workbook.EXPORT_EXAMPLE),
            "import": (workbook.import_, workbook.IMPORT_HELP, workbook.IMPORT_EXAMPLE),
        },
    ),
}


def make_command(language: Language) -> Any:
    """Return the command ``kopru`` with all below it, its help in one language."""
    app = typer.Typer(
        cls=KopruGroup, help=_HELP, epilog=_EPILOG, add_completion=False, rich_markup_mode="rich",
        pretty_exceptions_enable=False,
    )  # fmt: skip
    app.callback()(_common)
    _add_commands(app, _COMMANDS)
    for name, (text, example, commands) in _GROUPS.items():
        group = typer.Typer(cls=KopruGroup, add_completion=False)
        _add_commands(group, commands)
        app.add_typer(group, name=name, help=text, epilog=example)
    command = get_command(app)
    localise(command, language)
    return command


def _add_commands(app: typer.Typer, commands: dict[str, tuple[Callable[..., None], str, str]]) -> None:
    for name, (function, text, example) in commands.items():
        app.command(name, cls=KopruCommand, help=text, epilog=example)(function)


def _common(
    lang: str = typer.Option(
        None, "--lang", metavar="tr|en", help=N_("Language of messages. Default: KOPRU_LANG or tr.")
    ),
) -> None:
    """Show the one option that every command understands; ``run`` has taken it out already."""
    del lang
