"""Errors as RFC 9457 problem documents; the one table that turns a class into a status.

Every problem has a stable ``type``, a title, and a sentence in the reader's language that
says what happened and what to do; none has a stack trace. ``api/handlers.py`` catches what
routes raise and comes here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import Namespace
from starlette.responses import JSONResponse, Response

from ontology import errors
from ontology.errors import KopruError
from ontology.messages import N_, Language, translate

__all__ = [
    "PROBLEMS", "PROBLEM_MEDIA_TYPE", "ProblemKind", "find_kind", "make_problem", "problem_response",
    "to_plain",
]  # fmt: skip

PROBLEM_MEDIA_TYPE = "application/problem+json"

_TYPES = Namespace("https://w3id.org/kopru/problem/")


@dataclass(frozen=True)
class ProblemKind:
    """One row of the table: HTTP status, last part of the type's IRI, title for people."""

    status: int
    slug: str
    title: str

    @property
    def iri(self) -> str:
        """The stable ``type`` of the problem."""
        return str(_TYPES[self.slug])


#: Error class to problem; the nearest ancestor in the table counts.
PROBLEMS: Mapping[type[KopruError], ProblemKind] = {
    KopruError: ProblemKind(500, "internal-error", N_("Something went wrong")),
    errors.RecordError: ProblemKind(422, "record-error", N_("A record is wrong")),
    errors.RecordErrors: ProblemKind(422, "record-error", N_("A record is wrong")),
    errors.WorkbookError: ProblemKind(422, "workbook-error", N_("The workbook can't be read")),
    errors.SheetError: ProblemKind(422, "workbook-error", N_("The workbook is wrong")),
    errors.SheetErrors: ProblemKind(422, "workbook-error", N_("The workbook is wrong")),
    errors.BackupError: ProblemKind(422, "backup-error", N_("The backup can't be used")),
    errors.SourceError: ProblemKind(422, "source-error", N_("A source can't be read")),
    errors.InvalidBatch: ProblemKind(422, "invalid-batch", N_("The rules of the model are broken")),
    errors.StoreError: ProblemKind(503, "store-error", N_("The store can't be used")),
    errors.StoreInUse: ProblemKind(503, "store-in-use", N_("The store is in use")),
    errors.StoreFull: ProblemKind(507, "store-full", N_("The disk is full")),
    errors.ServerAway: ProblemKind(503, "server-away", N_("The server of the store does not answer")),
    errors.StoreEmpty: ProblemKind(503, "store-empty", N_("The store is empty")),
    errors.RevisionNotFound: ProblemKind(404, "revision-not-found", N_("No such revision")),
    errors.QueryError: ProblemKind(400, "query-error", N_("The query can't be answered")),
    errors.QuerySyntaxError: ProblemKind(400, "query-syntax", N_("The query can't be read")),
    errors.QueryTooLong: ProblemKind(413, "query-too-long", N_("The query is too long")),
    errors.QueryRefused: ProblemKind(403, "query-refused", N_("The query is not allowed")),
    errors.QueryQueueFull: ProblemKind(503, "too-many-queries", N_("Too many queries")),
    errors.FormatNotOffered: ProblemKind(406, "format-not-offered", N_("No such format")),
    errors.MediaNotRead: ProblemKind(415, "media-not-read", N_("No such media type")),
    errors.QueryFailed: ProblemKind(400, "query-failed", N_("The query can't be evaluated")),
    errors.QueryTimeout: ProblemKind(504, "query-timeout", N_("The query took too long")),
    errors.QueryTooBig: ProblemKind(507, "query-too-big", N_("The query needed too much memory")),
    errors.WorkerDied: ProblemKind(500, "query-broke-down", N_("The query broke its process")),
    errors.WriteError: ProblemKind(403, "write-error", N_("Nothing was changed")),
    errors.WritingClosed: ProblemKind(403, "writing-closed", N_("Nothing can be changed here")),
    errors.WrongToken: ProblemKind(401, "wrong-token", N_("Not signed in")),
    errors.CrossSiteRequest: ProblemKind(403, "cross-site", N_("Not from this site")),
    errors.DecidedMeanwhile: ProblemKind(409, "decided-meanwhile", N_("Decided meanwhile")),
    errors.TooManyAttempts: ProblemKind(429, "too-many-attempts", N_("Too many attempts")),
    errors.NotFound: ProblemKind(404, "not-found", N_("Not found")),
    errors.RequestTooLong: ProblemKind(413, "request-too-long", N_("The request is too long")),
    errors.RequestTooSlow: ProblemKind(408, "request-too-slow", N_("The request is too slow")),
    errors.TooManyRequests: ProblemKind(429, "too-many-requests", N_("Too many requests")),
    errors.StillPreparing: ProblemKind(503, "still-preparing", N_("In a moment")),
    errors.BadParameter: ProblemKind(400, "bad-parameter", N_("A parameter is wrong")),
}

# Facts of these say something about the question, not about the machine that answers.
_OPEN_FACTS = (
    errors.QueryError, errors.NotFound, errors.BadParameter, errors.RequestTooLong, errors.RevisionNotFound,
)  # fmt: skip
#: What passes: these say in how many seconds to come again.
_WAITS = (errors.QueryQueueFull, errors.ServerAway, errors.TooManyAttempts, errors.TooManyRequests)


def find_kind(error: KopruError) -> ProblemKind:
    """Return the table's row for an error, its own or its nearest ancestor's."""
    return next(PROBLEMS[ancestor] for ancestor in type(error).__mro__ if ancestor in PROBLEMS)


def problem_response(
    error: KopruError, language: Language, *, headers: Mapping[str, str] | None = None, **members: Any
) -> Response:
    """Return the problem document of an error.

    Parameters
    ----------
    error
        Its class gives status, type and title; its sentence is the detail.
    language
        Of title and detail.
    headers
        Further headers of the answer.
    members
        Further members of the document, such as ``errors`` or ``instance``.
    """
    if isinstance(error, _OPEN_FACTS) and error.facts:
        members["facts"] = {name: to_plain(value) for name, value in error.facts.items()}
    if isinstance(error, errors.QueryOverLimit):
        members["advice"] = [one.sentence(language) for one in error.advice]
    if isinstance(error, errors.WrongToken):
        headers = {"WWW-Authenticate": 'Bearer realm="kopru"', **(headers or {})}
    if isinstance(error, _WAITS):
        headers = {"Retry-After": str(error.facts["seconds"]), **(headers or {})}
    if isinstance(error, errors.StillPreparing):
        seconds = str(error.facts["seconds"])
        # Browsers follow the one, programs the other.
        headers = {"Retry-After": seconds, "Refresh": seconds, **(headers or {})}
    return make_problem(find_kind(error), error.sentence(language), language, headers=headers, **members)


def make_problem(
    kind: ProblemKind,
    detail: str,
    language: Language,
    *,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Response:
    """Return a problem document from its parts; ``detail`` is already in ``language``."""
    title = translate(kind.title, language)
    body = {"type": kind.iri, "title": title, "status": kind.status, "detail": detail, **members}
    own = {"Content-Language": language, "Vary": "Accept, Accept-Language", **(headers or {})}
    return JSONResponse(body, kind.status, own, media_type=PROBLEM_MEDIA_TYPE)


def to_plain(value: object) -> object:
    """Return what JSON can carry: the value itself or its text."""
    return value if isinstance(value, str | int | float | bool | None) else str(value)
