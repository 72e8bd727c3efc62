"""Options that several commands share, and what follows from them."""

from pathlib import Path
from typing import Annotated

import typer

from api.app import open_store
from api.cli.session import Session
from api.settings import Settings, load_settings
from graph.store import GraphStore
from ontology.messages import N_

__all__ = ["RecordsOption", "StoreOption", "get_session", "open_named_store"]

StoreOption = Annotated[
    str | None,
    typer.Option("--store", metavar=N_("DIR"), help=N_("The store. Default: KOPRU_STORE or var/store.")),
]
RecordsOption = Annotated[
    Path | None,
    typer.Option(
        "--records",
        readable=False,  # not checked here: whoever reads it says it in the reader's language
        metavar=N_("DIR"),
        help=N_("Folder of the records that you edit. Default: KOPRU_RECORDS or 'records' in the store."),
    ),
]


def get_session(ctx: typer.Context) -> Session:
    """Return what ``main`` made for this run."""
    session: Session = ctx.find_root().obj
    return session


def open_named_store(session: Session, store: str | None, **options: object) -> tuple[Settings, GraphStore]:
    """Return the settings with the options of the command line, and the store that they name."""
    settings = load_settings(store=store, lang=session.language, **options)
    return settings, open_store(settings)
