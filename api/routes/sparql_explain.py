"""``/sparql?query=…&explain=empty``: why a query finds nothing, as JSON."""

from starlette.responses import JSONResponse, Response

from graph.explanation import explain_with
from graph.workers import QueryRequest, WorkerPool
from ontology.errors import BadParameter
from ontology.messages import N_, Language

__all__ = ["check_explained", "explain_response", "explanation_link"]

_ONLY_EMPTY = N_("'{value}' can't be explained. The parameter {name} takes the value empty.")


def check_explained(value: str | None) -> bool:
    """Tell whether an explanation is asked for.

    Raises
    ------
    BadParameter
        Of something else than an empty result.
    """
    if value not in (None, "empty"):
        raise BadParameter(_ONLY_EMPTY, name="explain", value=value[:100])
    return value is not None


async def explain_response(pool: WorkerPool, query: QueryRequest, language: Language) -> Response:
    """Return the explanation of an empty result.

    Parameters
    ----------
    pool
        Answers.
    query
        What is asked.
    language
        Of the sentences.
    """
    found = await explain_with(pool, query)
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store"}
    return JSONResponse(found.to_json(language), headers=headers)


def explanation_link(asked: str) -> str:
    """Return the header ``Link`` of an answer without rows: where its explanation is.

    Parameters
    ----------
    asked
        What stands behind the question mark of the request's address, still encoded.
    """
    return f'<?{asked}&explain=empty>; rel="help"'
