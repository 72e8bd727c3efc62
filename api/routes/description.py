"""The description of the API for programs, and its page for people, all served from here.

Swagger UI's files come with the ``fastapi-swagger`` package; the page and its start script
are our own, since the policy of this server allows no inline script.
"""

import re
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from api.answers import ProblemModel
from api.dependencies import LanguageDep
from api.problems import PROBLEM_MEDIA_TYPE

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_ASSETS = {
    "swagger-ui.css": ("fastapi_swagger.resources", "text/css"),
    "swagger-ui-bundle.js": ("fastapi_swagger.resources", "text/javascript"),
    "start.js": ("api.swagger", "text/javascript"),
    "page.css": ("api.swagger", "text/css"),
}
_SUMMARY = (
    "Köprü keeps the international relations of a city as a graph: sister cities, protocols, networks, "
    "projects, grants and loans, each with its dates, its sources and how sure we are. "
    "SPARQL is at `/sparql`; every thing's own address answers as a page, Turtle, JSON-LD or N-Triples."
)


@router.get("/api/v1/openapi.json")
def read_description(request: Request) -> Response:
    """Return the OpenAPI description."""
    app = request.app
    if app.openapi_schema is None:
        app.openapi_schema = _describe(app.title, app.version, app.routes)
    return JSONResponse(app.openapi_schema)


def _describe(title: str, version: str, routes: Any) -> dict[str, Any]:
    description = get_openapi(title=title, version=version, description=_SUMMARY, routes=routes)
    schemas = description.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = ProblemModel.model_json_schema()
    problem = {"content": {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for path in description["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)  # FastAPI's own kind of error; ours is a problem with 400
            operation["responses"]["4XX"] = {
                "description": "The request is wrong, or there is no such thing."
            } | problem
            operation["responses"]["5XX"] = {"description": "The server can't answer now."} | problem
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return description


@router.get("/api/docs")
def read_page(language: LanguageDep) -> Response:
    """Return the page on which people read and try the API."""
    page = files("api.swagger").joinpath("page.html").read_text(encoding="utf-8")
    page = re.sub(r'lang="\w+"', f'lang="{language}"', page, count=1)
    return Response(page, media_type="text/html", headers={"Content-Language": language})


@router.get("/api/docs/{name}")
def read_asset(name: str) -> Response:
    """Return one file of the page."""
    if name not in _ASSETS:
        raise HTTPException(404)
    package, media = _ASSETS[name]
    content = files(package).joinpath(name).read_bytes()
    return Response(content, media_type=media, headers={"Cache-Control": "public, max-age=86400"})
