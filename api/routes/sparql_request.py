"""What a request to ``/sparql`` asks for: SPARQL 1.1 Protocol, and ``format=`` beside it.

Reads the address and the body by hand: a parameter given twice is an error, as the protocol
demands.
"""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from api.accept import choose_media
from api.bodies import read_body
from api.routes.sparql_explain import check_explained
from graph.formats import FORMATS, Shape, find_format, list_formats
from graph.guard import MAX_CHARACTERS
from graph.workers import QueryRequest
from ontology.errors import BadParameter, MediaNotRead, QueryRefused
from ontology.iris import BASE
from ontology.messages import N_

__all__ = ["Asked", "find_header", "is_browser", "read_request"]

#: Longest body: a character takes up to four bytes of three letters each in a form.
_MAX_BODY = 12 * MAX_CHARACTERS
_MAX_SHOWN = 200
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"

_TWICE = N_("The parameter {name} is given more than once. Give it once.")
_NO_UTF8 = N_("The request is not in UTF-8 (byte {place}). Send it in UTF-8.")
_NO_UPDATE = N_("Updates are not allowed here: this address only answers questions about its own graph.")
_OTHER_CODING = N_("A body of type '{media}' is read as plain UTF-8 only. Send it in UTF-8, not compressed.")
_ONLY_ALL = N_("The parameter {name} takes the value all, not '{value}'; a number of rows is said by LIMIT.")
_NO_SUCH_FORMAT = N_("There is no format '{value}'. Choose one of: {offered}.")


class Asked:
    """The parameters of one request, in the order given."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def find(self, name: str) -> str | None:
        """Return the value of a parameter that may be given once.

        Raises
        ------
        BadParameter
            It is given more than once.
        """
        values = self._values.get(name)
        if values is None:
            return None
        if len(values) > 1:
            raise BadParameter(_TWICE, name=name)
        return values[0]

    def find_all(self, name: str) -> tuple[str, ...]:
        """Return all values of a parameter."""
        return tuple(self._values.get(name, ()))


async def read_request(request: Request) -> QueryRequest | None:
    """Return the query of a request; ``None`` for a GET without one.

    Raises
    ------
    BadParameter, MediaNotRead, QueryRefused, RequestTooLong
        The request is no query of the protocol.
    """
    asked = await _read_parameters(request)
    if asked.find_all("update"):
        raise QueryRefused(_NO_UPDATE, form="UPDATE")
    text = asked.find("query")
    if text is None:
        if request.method == "POST":
            raise BadParameter(N_("The request has no query. Send it as the parameter {name}."), name="query")
        return None
    table, rdf, wanted = _choose_formats(request, asked)
    settings = getattr(request.app.state, "settings", None)
    return QueryRequest(
        text,
        table=table,
        rdf=rdf,
        wanted=wanted,
        default_graphs=asked.find_all("default-graph-uri"),
        named_graphs=asked.find_all("named-graph-uri"),
        base_iri=settings.base_iri if settings else BASE,
        is_explained=check_explained(asked.find("explain")),
        is_uncut=_wants_all(asked.find("rows")),
    )


def _wants_all(value: str | None) -> bool:
    """Tell whether all rows are wanted, however many.

    Raises
    ------
    BadParameter
        It says something else.
    """
    if value not in (None, "all"):
        raise BadParameter(_ONLY_ALL, name="rows", value=value[:_MAX_SHOWN])
    return value is not None


def is_browser(request: Request) -> bool:
    """Tell whether a person reads the answer."""
    return "text/html" in find_header(request, b"accept")


def find_header(request: Request, name: bytes) -> str:
    """Return a header's values, joined by commas; without looking through all others by their names."""
    found = [value for key, value in request.scope["headers"] if key == name]
    return b",".join(found).decode("latin-1")


async def _read_parameters(request: Request) -> Asked:
    in_address = _parse(request.scope["query_string"])
    if request.method != "POST":
        return Asked(in_address)
    media, is_readable = _read_media(request)
    if media == _UPDATE:
        raise QueryRefused(_NO_UPDATE, form="UPDATE")
    if not is_readable:
        raise MediaNotRead(_OTHER_CODING, media=media)
    if media == _FORM:
        return Asked(_parse(await read_body(request, _MAX_BODY)) + in_address)
    if media == _QUERY:
        return Asked((("query", _as_text(await read_body(request, _MAX_BODY))), *in_address))
    raise MediaNotRead(media=media, offered=f"{_FORM}, {_QUERY}")


def _read_media(request: Request) -> tuple[str, bool]:
    """Return the media type of the body, and whether it is said to be plain UTF-8."""
    media, *parameters = (part.strip() for part in request.headers.get("content-type", "").lower().split(";"))
    charsets = [part.partition("=")[2].strip(' "') for part in parameters if part.startswith("charset=")]
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    return media, coding == "identity" and all(name in ("utf-8", "utf8", "us-ascii") for name in charsets)


def _parse(data: bytes) -> tuple[tuple[str, str], ...]:
    # From bytes, so that what is no UTF-8 is noticed and not replaced.
    pairs = (part.replace(b"+", b" ").partition(b"=") for part in data.split(b"&") if part)
    return tuple((_decode(name), _decode(value)) for name, _, value in pairs)


def _decode(data: bytes) -> str:
    return _as_text(unquote_to_bytes(data) if b"%" in data else data)


def _as_text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadParameter(_NO_UTF8, place=error.start) from error


def _choose_formats(request: Request, asked: Asked) -> tuple[str | None, str | None, str]:
    """Return the formats for a table and for a graph, ``None`` where none will do, and what was wanted.

    ``format=`` wins over ``Accept``; it takes a name or a media type.
    """
    name = asked.find("format")
    if not name:
        accept = find_header(request, b"accept")
        return _choose(accept, "table"), _choose(accept, "rdf"), accept[:_MAX_SHOWN]
    table, rdf = find_format(name, "table"), find_format(name, "rdf")
    if table is None and rdf is None:
        offered = ", ".join(one.name for one in FORMATS)
        raise BadParameter(_NO_SUCH_FORMAT, name="format", value=name[:_MAX_SHOWN], offered=offered)
    return table.name if table else None, rdf.name if rdf else None, name


@lru_cache(maxsize=256)  # programs send the same few headers again and again
def _choose(accept: str, shape: Shape) -> str | None:
    """Return the name of the format of a shape that ``Accept`` wants most.

    Browsers accept any XML before all else; they get what everybody gets.
    """
    formats = list_formats(shape)
    offers = {one.media_type: one.name for one in formats}
    if "text/html" not in accept:
        offers |= {alias: one.name for one in formats for alias in one.aliases}
    chosen = choose_media(accept, list(offers))
    return offers[chosen] if chosen else None
