"""For servers that want a module: ``uvicorn --factory api.asgi:application``."""

from fastapi import FastAPI

from api.app import create_app, open_store
from api.settings import load_settings


def application() -> FastAPI:
    """Return the application with the settings of the environment."""
    settings = load_settings()
    return create_app(settings, open_store(settings))
