"""Any RDF file or address; what it says stands in a graph of its own, named after the file.

Nothing is fetched because a file asks for it: JSON-LD with a context elsewhere and RDF/XML with a
document type are refused. Of named graphs within the file the names are left out.
"""

import re
from pathlib import PurePath
from typing import Any

from rdflib import Graph

from graph.parsing import FORMATS, MAX_STATEMENTS, parse_rdf
from ingest.batch import Batch, Context, Fetched, RawFile
from ontology.errors import RecordError
from ontology.messages import N_
from ontology.text import slugify

__all__ = ["read"]

_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_UNKNOWN = N_(
    "what kind of RDF this is can't be seen from its name or its beginning. Name it with one of these "
    "endings: {endings}."
)
_REMOTE = N_(
    "its JSON-LD context lies at {address}, which is not fetched. Put the context itself into the file, "
    "or save the data as Turtle."
)


def read(fetched: Fetched, context: Context) -> Batch:
    """Return all statements of the file.

    Raises
    ------
    RecordError
        It can't be read, is too big, or asks for other files.
    """
    (file,) = fetched.files
    content = file.content
    kind = _find_kind(file)
    if kind == "rdf" and (found := _DOCTYPE.search(content)):
        raise RecordError(
            N_(
                "this RDF/XML has a document type or entities, which may lead to other files. "
                "Save the data without them, or as Turtle."
            ),
            file=file.name, line=content.count(b"\n", 0, found.start()) + 1,
        )  # fmt: skip
    if kind == "jsonld":
        _check_contexts(file)
    rdf = _parse(file, kind, context)
    part = slugify(PurePath(file.name.removesuffix(".gz")).stem) or file.digest[:12]
    return Batch(rdf, {"statements": len(rdf)}, part=part)


def _find_kind(file: RawFile) -> str:
    ending = PurePath(file.name).suffix.removeprefix(".").lower()
    if ending in FORMATS:
        return FORMATS[ending]
    begin = file.content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin.startswith((b"<?xml", b"<rdf:RDF")):
        return "rdf"
    if begin.startswith((b"{", b"[")) and b'"@' in file.content:
        return "jsonld"
    if re.match(rb"(?i)(@prefix|prefix|@base|base)\s", begin) or re.match(rb"<[^<>\s]+>\s", begin):
        return "ttl"
    raise RecordError(
        _UNKNOWN, file=file.name, line=None, endings=", ".join(f".{ending}" for ending in FORMATS)
    )


def _check_contexts(file: RawFile) -> None:
    import json

    try:
        content = json.loads(file.content)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise RecordError(
            N_("this is no JSON ({reason}). Fetch it again, whole."), file=file.name, line=line,
            reason=getattr(error, "msg", type(error).__name__),
        ) from error  # fmt: skip
    pending: list[Any] = [content]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            _check_context(item.get("@context"), file)
            pending += item.values()
        elif isinstance(item, list):
            pending += item


def _check_context(value: object, file: RawFile) -> None:
    for item in value if isinstance(value, list) else [value]:
        address = item.get("@import") if isinstance(item, dict) else item
        if isinstance(address, str):
            raise RecordError(_REMOTE, file=file.name, line=None, address=address)


def _parse(file: RawFile, kind: str, context: Context) -> Graph:
    rdf, failure = parse_rdf(file.content, kind, context.iris.base)
    if failure is None:
        return rdf
    line, reason = failure
    if reason == "":
        raise RecordError(
            N_("there are more than {limit} statements. Split the file, or load it where it is published."),
            file=file.name, line=line, limit=MAX_STATEMENTS,
        )  # fmt: skip
    raise RecordError(
        N_("this can't be read: {reason}. Correct the file, or fetch it again."),
        file=file.name, line=line, reason=reason,
    )  # fmt: skip
