"""The pages of partners: the ranked list, and candidates side by side."""

import re
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from api.routes.recommendations import ChecksDep, PurposeDep
from api.routes.site import SiteDep
from api.settings import Settings
from api.writing.telling import tell_decisions
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
def read_partners(
    site: SiteDep, purpose: PurposeDep = "twinning", check: ChecksDep = None, start: StartDep = 0
) -> Response:
    """Return the ranked candidates."""
    reader = site.reader
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
        theme=_theme(site.revision, filters.theme),
        countries=frozenset(filters.countries),
        checks=frozenset(check or ()),
        in_graph=filters.recorded,
        cautioned=filters.cautioned,
        limit=_SHOWN,
        offset=start,
    )
    found = site.recommender.recommend(site.city, asked, purpose=purpose)
    page = ask_partners(site.questions, found, filters, _SHOWN, _decisions(site.revision, site.settings))
    return site.show("partners.html", page=page, words=words)


@router.get("/partners/compare")
def compare_partners(site: SiteDep) -> Response:
    """Return one candidate that somebody named, or up to three side by side."""
    reader, revision, recommender = site.reader, site.revision, site.recommender
    city = str(city_iri(revision, site.city))
    names = tuple(dict.fromkeys(name.strip()[:300] for name in reader.values("name") if name.strip()))[
        :_COMPARED
    ]
    theme = reader.query.get("theme", "")
    asked = Asked(theme=_theme(revision, theme))
    judged = {name: recommender.judge(site.city, name, asked) for name in names}
    projection = recommender.projection
    page = ComparePage(
        city=reference_of(revision, city, projection.cities[city].label),
        names=names,
        cards=make_cards(
            revision, [one for one in judged.values() if one], _decisions(revision, site.settings)
        ),
        unknown=tuple(
            (n, look_up(revision, projection, n).offered) for n, one in judged.items() if one is None
        ),
        themes=site.questions.themes().items,
        theme=theme,
        widen=find_gaps(city_coverage(projection, city)),
        check_names=tuple(words.CHECK_LABELS),
    )
    return site.show("partners_compare.html", page=page, words=words)


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
