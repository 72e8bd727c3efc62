"""The pages of partners: the ranked list, and candidates side by side."""

import re
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from api.dependencies import AsOfDep, QuestionsDep, RevisionDep, SettingsDep
from api.recommenders import Recommenders
from api.routes.pages import PagesDep, ReaderDep, make_page
from api.routes.recommendations import ChecksDep, PurposeDep
from api.settings import Settings
from api.writing.deciding import tell_decisions
from graph.lookup import look_up
from graph.model import Label
from graph.questions.names import reference_of
from graph.questions.places import city_iri
from graph.questions.projects import theme_iri
from graph.recommendation.coverage import city_coverage, find_gaps
from graph.recommendation.service import Asked
from graph.revision import Revision
from ontology.messages import LANGUAGES
from viz import partners as words
from viz.office import verdict_label
from viz.pages import Reader
from viz.partners import ComparePage, Decision, Filters, ask_partners, make_cards

__all__ = ["router"]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
#: Candidates on one page, and side by side.
_SHOWN, _COMPARED = 10, 3
StartDep = Annotated[int, Query(ge=0, le=10_000)]


@router.get("/partners")
def read_partners(  # noqa: PLR0913 (what a page is made of)
    request: Request,
    reader: ReaderDep,
    pages: PagesDep,
    questions: QuestionsDep,
    revision: RevisionDep,
    settings: SettingsDep,
    as_of: AsOfDep,
    purpose: PurposeDep = "twinning",
    check: ChecksDep = None,
    start: StartDep = 0,
) -> Response:
    """Return the ranked candidates."""
    filters = Filters(
        purpose=purpose,
        theme=reader.query.get("theme", ""),
        countries=_codes(reader),
        checks=tuple(check or ()),
        recorded="recorded" in reader.query,
        cautioned="cautioned" in reader.query,
        start=start,
    )
    asked = Asked(
        theme=_theme(revision, filters.theme),
        countries=frozenset(filters.countries),
        checks=frozenset(check or ()),
        in_graph=filters.recorded,
        cautioned=filters.cautioned,
        limit=_SHOWN,
        offset=start,
    )
    kept: Recommenders = request.app.state.recommenders
    found = kept.of(revision, as_of).recommend(settings.city, asked, purpose=purpose)
    page = ask_partners(questions, found, filters, _SHOWN, _decisions(revision, settings))
    return make_page(pages, "partners.html", reader, page=page, words=words)


@router.get("/partners/compare")
def compare_partners(  # noqa: PLR0913 (what a page is made of)
    request: Request,
    reader: ReaderDep,
    pages: PagesDep,
    questions: QuestionsDep,
    revision: RevisionDep,
    settings: SettingsDep,
    as_of: AsOfDep,
) -> Response:
    """Return one candidate that somebody named, or up to three side by side."""
    city = str(city_iri(revision, settings.city))
    kept: Recommenders = request.app.state.recommenders
    recommender = kept.of(revision, as_of)
    names = tuple(dict.fromkeys(name.strip()[:300] for name in reader.values("name") if name.strip()))[
        :_COMPARED
    ]
    theme = reader.query.get("theme", "")
    asked = Asked(theme=_theme(revision, theme))
    judged = {name: recommender.judge(settings.city, name, asked) for name in names}
    projection = recommender.projection
    page = ComparePage(
        city=reference_of(revision, city, projection.cities[city].label),
        names=names,
        cards=make_cards(revision, [one for one in judged.values() if one], _decisions(revision, settings)),
        unknown=tuple(
            (n, look_up(revision, projection, n).offered) for n, one in judged.items() if one is None
        ),
        themes=questions.themes().items,
        theme=theme,
        widen=find_gaps(city_coverage(projection, city)),
        check_names=tuple(words.CHECK_LABELS),
    )
    return make_page(pages, "partners_compare.html", reader, page=page, words=words)


def _decisions(revision: Revision, settings: Settings) -> dict[str, tuple[Decision, ...]]:
    """Return what offices decided of candidates, by the candidate's IRI, newest first."""
    found: dict[str, tuple[Decision, ...]] = {}
    for told in tell_decisions(revision, settings, "partner"):
        decision = told.decision
        text = Label(*(verdict_label(decision.verdict, language) for language in LANGUAGES))
        reason = Label(decision.why, decision.why)
        one = Decision(text, reason, told.office.label, decision.on.isoformat())
        iri = told.about[0].iri
        found[iri] = (*found.get(iri, ()), one)
    return found


def _codes(reader: Reader) -> tuple[str, ...]:
    """Return the countries that were chosen, in capitals."""
    typed = " ".join(reader.values("country"))
    return tuple(dict.fromkeys(code.upper() for code in re.split(r"[\s,;]+", typed) if code))


def _theme(revision: Revision, slug: str) -> str | None:
    return str(theme_iri(revision, slug)) if slug else None
