"""``kopru serve``: fill an empty store, then answer over HTTP."""

import errno
import gc
import socket
from typing import Annotated

import typer

from api.app import create_app, make_front
from api.cli.options import RecordsOption, StoreOption, get_session, open_named_store
from api.cli.session import Session
from api.logs import set_up_logs
from api.settings import Settings
from graph.store import GraphStore
from ingest.bundle import is_upgrade_waiting
from ingest.workbook.swapping import recover
from ontology.errors import BadParameter, NotFound, PortInUse
from ontology.messages import N_, Phrase
from ontology.reasons import reason_of

__all__ = ["serve"]

HELP = N_("Serve pages, API and SPARQL. An empty store is first filled from the bundled records.")
EXAMPLE = N_("Example: kopru serve --store var/store --port 8000")

#: Seconds for which answers may still be finished after Ctrl-C; a reader who never ends is left then.
_GRACE = 3
#: Seconds after which a connection is closed whose reader takes nothing of what was sent.
_IDLE_READER = 60
#: Addresses that mean "all of this machine", and how a browser on it reaches them.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 (compared, not bound)


def serve(
    ctx: typer.Context,
    store: StoreOption = None,
    host: Annotated[
        str | None, typer.Option("--host", metavar="H", help=N_("Address to listen on. Default: 127.0.0.1."))
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", metavar="P", help=N_("Port to listen on. Default: 8000."))
    ] = None,
    records: RecordsOption = None,
) -> None:
    """Serve until Ctrl-C."""
    session = get_session(ctx)
    settings, opened = open_named_store(session, store, host=host, port=port, records=records)
    with _bind(settings.host, settings.port) as listening:
        if opened.is_empty():
            _fill(session, settings, opened)
        else:
            recover(settings.records_folder, opened)
            opened.current()
            _offer_upgrade(session, settings)
        _check_city(opened, settings.city)
        _run(session, settings, opened, listening)


def _bind(host: str, port: int) -> socket.socket:
    """Take the port before any work is done for it.

    Raises
    ------
    PortInUse
        Another program has it.
    BadParameter
        The host or the port can't be listened on.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        taken = socket.socket(family, kind, protocol)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # connections inherit it
            taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _IDLE_READER * 1000)
        taken.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(port=port, host=host) from error
        raise BadParameter(
            N_("Nothing can listen on {host}, port {port}: {reason}. Choose others with --host and --port."),
            host=host, port=port, reason=reason_of(error),
        ) from error  # fmt: skip
    return taken


def _fill(session: Session, settings: Settings, store: GraphStore) -> None:
    from ingest.pipeline import fill

    session.note(N_("The store in {path} is empty; it is filled from the records."), path=store.path)
    report = fill(store, records=settings.records_folder, city=settings.city, on_step=session.on_step)
    for notice in report.notes:
        session.note(notice.sentence(session.language))


def _offer_upgrade(session: Session, settings: Settings) -> None:
    """Say in one line when this version brings other records than those that were installed."""
    if is_upgrade_waiting(settings.records_folder):
        session.note(
            N_("New bundled records come with this version: 'kopru records upgrade --dry-run' shows them.")
        )


def _check_city(store: GraphStore, city: str) -> None:
    """Raise before anything is served when every page would only say that there is no such city."""
    from graph.questions import Questions

    try:
        Questions(store.current()).city(city)
    except NotFound as error:
        raise BadParameter(
            N_("The setting {name} can't be '{value}': {remedy}."), name="KOPRU_CITY", value=city,
            remedy=Phrase(N_("write the id of a city of the records, as cities.yml has it")),
        ) from error  # fmt: skip


def _run(session: Session, settings: Settings, store: GraphStore, listening: socket.socket) -> None:
    import uvicorn

    from api.server import PatientServer
    from api.warmth import keep_warm

    app = create_app(settings, store)

    class Server(PatientServer):
        """Says where it is once it answers."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                # What is there now stays: looking through it again and again for garbage takes time.
                gc.freeze()
                keep_warm(app)
                session.say(N_("Open {address} (Ctrl-C stops)."), address=_address(settings.host, listening))

    set_up_logs(settings.log_format, access=settings.access_log)
    config = uvicorn.Config(
        make_front(app),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    Server(config).run(sockets=[listening])


def _address(host: str, listening: socket.socket) -> str:
    port = listening.getsockname()[1]
    name = _EVERYWHERE.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}"
