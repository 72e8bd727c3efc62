"""The application, and the only place where it is put together.

``create_app(settings, store)`` takes all that varies; nothing is opened at import.
What routes share lies on ``app.state``: ``settings``, ``store`` and, while it runs,
``pool`` (the processes that answer foreign queries).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from api.comparisons import Comparisons
from api.cors import add_cors
from api.handlers import add_problem_handlers, answer_unexpected
from api.headers import HeadAsGet, SecurityHeaders
from api.kept import KeptAnswers
from api.metrics import Metrics
from api.observed import Observed
from api.overviews import Overviews
from api.recommenders import Recommenders
from api.routes.sparql import sparql
from api.settings import Settings
from api.sparql_path import SparqlPath
from api.static import CachedStaticFiles, static_folder
from api.suggesters import Suggesters
from api.writing.access import Access
from graph.store import GraphStore
from graph.workers import Limits, WorkerPool

__all__ = ["create_app", "make_front", "open_store", "program_version", "query_limits"]


#: Modules of ``api.routes`` in the order in which their addresses are tried.
_ROUTES = (
    "health",
    "metrics",
    "cities",
    "agreements",
    "networks",
    "projects",
    "funding",
    "themes",
    "plan",
    "reconciliation",
    "network",
    "recommendations",
    "gaps",
    "connections",
    "consortia",
    "report_card",
    "completion",
    "changes",
    "writing",
    "office",
    "description",
    "sparql",
    "workbench",
    "resources",
    "ontology",
    "data",
    "questions",
    "pages",
    "plan_page",
    "gaps_page",
    "connections_page",
    "consortia_page",
    "partners_page",
    "explorer",
    "explorer_over",
    "explorer_export",
    "world_map",
    "match",
)


def open_store(settings: Settings) -> GraphStore:
    """Return the store that the settings name; its files are opened at the first use.

    Raises
    ------
    BadParameter
        It is no folder and no address of a server.
    """
    server = settings.server
    if server is None:
        return GraphStore(settings.folder, settings.iris, settings.retention)
    from graph.remote.backend import ServerBackend  # only where there is one

    backend = ServerBackend(settings.folder, settings.iris, settings.retention, server)
    return GraphStore(settings.folder, settings.iris, settings.retention, backend)


def query_limits(settings: Settings) -> Limits:
    """Return what a foreign query may take."""
    return Limits(
        seconds=settings.query_timeout,
        memory_mb=settings.query_memory_mb,
        max_rows=settings.max_rows,
        service_allow=() if settings.server else settings.service_allow,
        asks_server=settings.server is not None,
    )


def create_app(settings: Settings, store: GraphStore) -> FastAPI:
    """Return the application over one store; the pool is started with it and ends with it.

    Parameters
    ----------
    settings
        Read once; no route looks at the environment.
    store
        May still be empty: then all but ``/health`` says so.
    """
    app = FastAPI(
        title="Köprü",
        version=program_version(),
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.settings = settings
    app.state.store = store
    app.state.recommenders = Recommenders()
    app.state.metrics = Metrics(app)
    app.state.comparisons = Comparisons()
    app.state.suggesters = Suggesters()
    token = settings.write_token
    app.state.access = Access(token.get_secret_value() if token else None)
    app.state.overviews = Overviews()
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)
    app.add_middleware(KeptAnswers, store=store, records=settings.records_folder)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(SparqlPath, answer=sparql)
    add_cors(app, settings)
    add_problem_handlers(app)
    _add_routes(app)
    return app


def make_front(app: FastAPI) -> ASGIApp:
    """Return what a server is to call: the application, with the short way to ``/sparql`` before it.

    The same way is taken inside, behind the framework's own layers; these alone would take a point
    query as long as the engine does. With pages of others allowed to ask, all goes through them.
    """
    inner = app if app.state.settings.cors_origins else SparqlPath(app, answer=sparql)
    return Observed(ServerErrorMiddleware(inner, handler=answer_unexpected), app.state.metrics)


def _add_routes(app: FastAPI) -> None:
    # Imported here, since most commands of the command line need no routes.
    parts = [import_module(f"api.routes.{name}").router for name in _ROUTES]
    for part in parts:
        app.include_router(part)
    from api.routes import pages, workbench

    app.state.link_allowance = workbench.LinkAllowance()
    pages.add_pages(app, [getattr(one, "path", "") for part in parts for one in part.routes])
    if (folder := static_folder()).is_dir():
        app.mount("/static", CachedStaticFiles(directory=folder), name="static")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    pool = WorkerPool(
        app.state.store, query_limits(app.state.settings), size=app.state.settings.query_workers
    )
    app.state.pool = pool
    await pool.start()
    try:
        yield
    finally:
        await pool.close()


def program_version() -> str:
    """Return the version of the installed program, 0 where it is not installed."""
    try:
        return version("kopru")
    except PackageNotFoundError:
        return "0"
