"""Whatever a route raises becomes a problem document here, or a page for a person.

What nobody expected is logged with its trace by the server and answered with a plain 500.
"""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.headers import SECURITY_HEADERS
from api.language import find_language
from api.problems import ProblemKind, make_problem, problem_response, to_plain
from api.remedies import to_remedy
from ontology.errors import BadParameter, KopruError
from ontology.messages import N_, Language, translate

__all__ = ["add_problem_handlers", "answer_unexpected"]

_NO_ADDRESS = ProblemKind(404, "no-such-address", N_("No such address"))
_NO_FORM = ProblemKind(406, "no-such-form", N_("No such form"))
#: Characters of a wrong value that are said back.
_SHOWN = 100
_NO_METHOD = ProblemKind(405, "method-not-allowed", N_("Method not allowed"))


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of the application a problem document.

    A part that has a page for people may set ``app.state.problem_page``: a function of the
    request and the problem's response that returns a page, or ``None``. It is asked when the
    reader prefers HTML.
    """
    app.add_exception_handler(KopruError, _on_kopru_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(Exception, answer_unexpected)


def _language(request: Request) -> Language:
    return find_language(request, request.app.state.settings.lang)


def _shown(request: Request, problem: Response) -> Response:
    """Return the page for people when there is one and it is wanted, else the problem."""
    page = getattr(request.app.state, "problem_page", None)
    wanted = request.headers.get("accept", "").startswith("text/html")
    return (page(request, problem) if page and wanted else None) or problem


def _on_kopru_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, KopruError)  # noqa: S101 (registered for this class)
    return _shown(request, problem_response(error, _language(request)))


def _on_invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    language = _language(request)
    # A parameter that two parts of a route ask for is complained of twice.
    by_name = {str(item["loc"][-1]): item for item in error.errors()}
    found = [
        {"name": name, "value": _shorten(item.get("input")), "remedy": to_remedy(item, language)}
        for name, item in by_name.items()
    ]
    return _shown(request, problem_response(BadParameter(**found[0]), language, errors=found))


def _shorten(value: object) -> object:
    """Return a wrong value as it is shown to whoever sent it: not all of it when it is long."""
    plain = to_plain(value)
    return f"{plain[:_SHOWN]}…" if isinstance(plain, str) and len(plain) > _SHOWN else plain


def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    language = _language(request)
    facts = {"path": request.url.path, "method": request.method}
    if error.status_code == HTTPStatus.NOT_FOUND:
        kind = _NO_ADDRESS
        sentence = N_("There is nothing at {path}. The pages start at /, and /api/docs lists the rest.")
    elif error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        kind = _NO_METHOD
        sentence = N_("{path} does not answer {method}. Use {allowed}; /api/docs says more.")
        facts["allowed"] = (error.headers or {}).get("Allow", "GET")
    elif error.status_code == HTTPStatus.NOT_ACCEPTABLE:
        kind = _NO_FORM
        sentence = N_("{path} has no form that the header Accept of this request takes. Forms: {offered}.")
        facts["offered"] = str(error.detail)
    else:
        kind = ProblemKind(error.status_code, "http-error", N_("The request can't be answered"))
        sentence = N_("The request can't be answered: {reason}")
        facts["reason"] = str(error.detail)
    problem = make_problem(kind, translate(sentence, language, **facts), language, headers=error.headers)
    return _shown(request, problem)


def answer_unexpected(request: Request, error: Exception) -> Response:
    """Answer what nobody expected; the server logs the trace, the reader gets a sentence."""
    del error
    unexpected = KopruError(
        N_("A mistake in the program kept the server from answering. It has been logged; try again later.")
    )
    # This answer is made outside all middleware, so it brings the headers itself.
    return _shown(request, problem_response(unexpected, _language(request), headers=SECURITY_HEADERS))
