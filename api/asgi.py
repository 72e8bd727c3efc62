"""For servers that want a module: ``uvicorn --factory api.asgi:application``."""

from starlette.types import ASGIApp

from api.app import create_app, make_front, open_store
from api.settings import load_settings
from api.warmth import keep_warm


def application() -> ASGIApp:
    """Return the application with the settings of the environment."""
    settings = load_settings()
    app = create_app(settings, open_store(settings))
    keep_warm(app)
    return make_front(app)
