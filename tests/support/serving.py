"""The program as it is served: a real server on a free port, with all that stands in front of the routes."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from api.app import create_app, make_front
from api.server import HEAD_SECONDS, PatientServer
from api.settings import Settings
from graph.store import GraphStore

__all__ = ["Served", "serve"]


class Served:
    """A running server: its address, and the application behind it."""

    def __init__(self, port: int, app: FastAPI) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self.app = app


@contextmanager
def serve(
    store: GraphStore, /, *, at: int = 0, head_seconds: float = HEAD_SECONDS, **options: Any
) -> Iterator[Served]:
    """Serve a store until the block ends, at a free port or at a given one; ``options`` are settings."""
    app = create_app(Settings(**{"store": str(store.path), **options}), store)
    server = PatientServer(uvicorn.Config(make_front(app), log_level="critical"), head_seconds)
    with socket.create_server(("127.0.0.1", at)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield Served(listening.getsockname()[1], app)
        finally:
            server.should_exit = True
            thread.join()
