"""Options that several commands share, and what follows from them."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from api.app import open_store
from api.cli.session import Session
from api.settings import Settings, load_settings
from graph.store import GraphStore
from ontology.errors import BadParameter
from ontology.messages import N_, Phrase

__all__ = [
    "CityArgument", "DayOption", "FormOption", "RecordsOption", "StoreOption", "get_session",
    "open_named_store", "read_day",
]  # fmt: skip

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
CityArgument = Annotated[
    str, typer.Argument(metavar=N_("CITY"), help=N_("Slug of the city, such as antalya."))
]
DayOption = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help=N_("Day of the ties. Default: today."))
]
FormOption = Annotated[Literal["table", "json"], typer.Option("--format", help=N_("Form of the answer."))]


def get_session(ctx: typer.Context) -> Session:
    """Return what ``main`` made for this run."""
    session: Session = ctx.find_root().obj
    return session


def open_named_store(session: Session, store: str | None, **options: object) -> tuple[Settings, GraphStore]:
    """Return the settings with the options of the command line, and the store that they name."""
    settings = load_settings(store=store, lang=session.language, **options)
    return settings, open_store(settings)


def read_day(text: str | None) -> date:
    """Return the day of an option; today without one.

    Raises
    ------
    BadParameter
        It is no day.
    """
    if text is None:
        return date.today()
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise BadParameter(
            value=text, name="--as-of", remedy=Phrase(N_("write a day as 2024-03-04"))
        ) from error
