"""``/questions``: what can be asked in words, and each question's answer as a page.

A question of ours is run like anybody's query, in the pool's children with their deadline; the
page needs no script, so that an answer is an address that can be sent.
"""

import json
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from api.dependencies import QuestionsDep
from api.routes.pages import PagesDep, ReaderDep, make_page
from api.routes.sparql_answer import run_watched
from graph.workers import QueryAnswer, QueryRequest
from viz.answers import find_places, make_bars, summarize
from viz.columns import column_label
from viz.questions import SHOWN_ROWS, ask_question, find_question, list_questions, make_rows
from viz.start import embed_json

__all__ = ["router"]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_CLIENT_GONE = 499
#: How an answer is offered: as a page that runs the query, and as files.
_FORMS = ("html", "csv", "xlsx", "json")


@router.get("/questions")
def read_questions(reader: ReaderDep, pages: PagesDep, questions: QuestionsDep) -> Response:
    """Return the list of questions with their fields."""
    listed = list_questions(questions, reader.query)
    return make_page(
        pages, "questions.html", reader,
        asked=[one for one in listed if one.query.unit is None],
        indicators=[one for one in listed if one.query.unit is not None],
    )  # fmt: skip


@router.get("/questions/{slug}")
async def read_question(
    request: Request, slug: str, reader: ReaderDep, pages: PagesDep, questions: QuestionsDep
) -> Response:
    """Return one question with its answer."""
    asked = ask_question(questions, find_question(slug), reader.query)
    answer = await run_watched(request, request.app.state.pool, QueryRequest(asked.text, rdf=None))
    if answer is None:
        return Response(status_code=_CLIENT_GONE)
    columns, rows = make_rows(questions, await _read(answer))
    places = find_places(questions, rows, reader.language)
    return make_page(
        pages, "question.html", reader,
        asked=asked, columns=[(name, column_label(name)) for name in columns], rows=rows,
        answer=answer, shown_rows=SHOWN_ROWS, endpoint=_addresses(asked.text), column_label=column_label,
        summary=summarize(columns, rows), bars=make_bars(columns, rows), places=places,
        places_json=embed_json(places),
    )  # fmt: skip


async def _read(answer: QueryAnswer) -> Any:
    return json.loads(b"".join([part async for part in answer.body]))


def _addresses(text: str) -> dict[str, str]:
    """Return where the same query can be seen, and its answer taken along."""
    return {name: "/sparql?" + urlencode({"query": text, "format": name}) for name in _FORMS}
