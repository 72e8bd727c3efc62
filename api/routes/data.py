"""What is in the graph: a page for people, VoID for programs."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.dependencies import QuestionsDep, RevisionDep, SettingsDep, StoreDep
from api.rdf import choose_form, rdf_response
from api.revisions import describe_dataset
from api.routes.pages import PagesDep, ReaderDep, make_page
from graph.questions.statistics import read_dataset
from graph.revision import Revision
from viz.data import LISTS, RUN_WORDS, find_declared, make_contents, own_part

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/data")
def read_data(  # noqa: PLR0913 (what a page is made of)
    request: Request,
    reader: ReaderDep,
    pages: PagesDep,
    questions: QuestionsDep,
    revision: RevisionDep,
    store: StoreDep,
    settings: SettingsDep,
) -> Response:
    """Return what is in the graph, from where, and how to take it along."""
    media = choose_form(request, None, html=True)
    if media != "text/html":
        return _describe(request, revision, media)
    from ingest.pipeline import list_sources

    known = list_sources(store)
    documentation = request.app.state.documentation.of(revision, reader.language)
    return make_page(
        pages, "data.html", reader,
        info=revision.info, summary=questions.summary(), lists=LISTS, sources=known,
        contents=make_contents(documentation), run_words=RUN_WORDS, own_part=own_part,
        declared=find_declared(questions, settings.city),
        runs={name: store.state.find_last_run(name) for name in {one.declaration.name for one in known}},
        revisions=sorted(store.list_revisions(), key=lambda info: -info.number)[:50],
        goings=store.list_goings_back()[::-1][:20], rule=store.retention.sentence(reader.language),
        previous=store.find_previous(revision.number),
    )  # fmt: skip


@router.get("/data.{form}")
def read_data_as(request: Request, form: str, revision: RevisionDep) -> Response:
    """Return the description of the graph in the form of the ending."""
    return _describe(request, revision, choose_form(request, form, html=False))


@router.get("/.well-known/void")
def read_well_known() -> Response:
    """Lead programs that look for VoID in its usual place to the description."""
    return RedirectResponse("/data.ttl", 303)


def _describe(request: Request, revision: Revision, media: str) -> Response:
    endpoint = str(request.url_for("sparql"))
    rdf = describe_dataset(revision.info, read_dataset(revision), revision.iris, endpoint)
    return rdf_response(request, rdf, media)
