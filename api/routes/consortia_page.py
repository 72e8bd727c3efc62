"""The page of consortia: a call's conditions as a form, and the consortia that meet them."""

import re
from datetime import date

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import HTMLResponse, Response

from api.models_consortia import ConsortiumRequest, to_terms
from api.routes.site import SiteDep
from graph.consortium.service import propose
from graph.questions.names import reference_of
from graph.questions.places import city_iri
from viz.consortia import ROLE_LABELS, ConsortiaPage, ask_form
from viz.pages import Reader

__all__ = ["router"]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
#: Fields that make the page an answer; the day and the language alone don't.
_FIELDS = (
    "call", "minimum_partners", "minimum_countries", "eligible_countries", "themes", "role", "size",
    "most_per_country", "all_themes", "proposals",
)  # fmt: skip


@router.get("/partners/consortia")
def read_consortia(site: SiteDep) -> Response:
    """Return the form, and proposals when it was sent."""
    reader, questions = site.reader, site.questions
    typed = {name: reader.query[name] for name in _FIELDS if name in reader.query}
    found = None
    if typed:
        wanted = _read_form(reader, site.city, site.as_of)
        found = propose(site.recommender, site.city, to_terms(site.revision, wanted), wanted.proposals)
    form = ask_form(questions, typed, reader.values("themes"))
    city = questions.city(site.city)
    own = reference_of(site.revision, str(city_iri(site.revision, city.slug)), city.label)
    return site.show("consortia.html", page=ConsortiaPage(form, own, found), role_labels=ROLE_LABELS)


def _read_form(reader: Reader, city: str, as_of: date) -> ConsortiumRequest:
    """Return the request that the form stands for.

    Raises
    ------
    RequestValidationError
        A number is none, or too large or small.
    """
    plain = {name: reader.query[name] for name in _FIELDS if name in reader.query and name != "themes"}
    codes = re.split(r"[\s,;]+", plain.pop("eligible_countries", "").strip())
    given = {
        **plain,
        "themes": reader.values("themes"),
        "eligible_countries": [code for code in codes if code],
    }
    try:
        return ConsortiumRequest.model_validate({"city": city, "as_of": as_of, **given})
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error
