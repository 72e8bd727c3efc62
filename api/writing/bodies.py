"""What a writing request brings: read only after it was allowed to write, and only up to a limit."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.types import Message

from api.bodies import read_body
from api.writing.access import Access
from api.writing.sessions import Session
from ingest.workbook.opening import LARGEST
from ontology.errors import BadParameter
from ontology.messages import N_

__all__ = ["Sent", "SentDep", "SentFileDep", "SentListDep", "get_access"]

_FORM = 64 * 1024
#: A form with a line for each thing of a list: fifty reasons in any script, and fifty long addresses.
_LIST = 1024 * 1024
_MOST_FIELDS, _MOST_LISTED = 20, 500
#: What a form with a file has besides the file.
_AROUND = 64 * 1024
_NOT_READABLE = N_("The body of the request can't be read. Send a form or a JSON object in UTF-8.")
_TOO_LONG = N_("'{name}' has more than {limit} characters. Write less.")
_MISSING = N_("'{name}' is missing. Fill it in.")


@dataclass(frozen=True)
class Sent:
    """The fields of a request that may write, the file that came along, and the browser's session.

    ``session`` is ``None`` for a program that showed the token itself.
    """

    fields: Mapping[str, str]
    content: bytes
    session: Session | None

    def get(self, name: str, limit: int = 500) -> str:
        """Return a field that must be filled in.

        Raises
        ------
        BadParameter
            It is missing or too long.
        """
        text = self.find(name, limit)
        if not text:
            raise BadParameter(_MISSING, name=name)
        return text

    def find(self, name: str, limit: int = 500) -> str:
        """Return a field that may be left empty.

        Raises
        ------
        BadParameter
            It is too long.
        """
        text = " ".join(self.fields.get(name, "").split())
        if len(text) > limit:
            raise BadParameter(_TOO_LONG, name=name, limit=limit)
        return text


def get_access(request: Request) -> Access:
    """Return what decides who may write."""
    access: Access = request.app.state.access
    return access


async def _read_sent(request: Request) -> Sent:
    return await _read(request, _FORM)


async def _read_file(request: Request) -> Sent:
    return await _read(request, LARGEST + _AROUND)


async def _read_list(request: Request) -> Sent:
    return await _read(request, _LIST, _MOST_LISTED)


async def _read(request: Request, limit: int, most: int = _MOST_FIELDS) -> Sent:
    access = get_access(request)
    session = access.check(request)
    body = await read_body(request, limit)
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == "application/json":
        fields, content = _read_json(body), b""
    elif media in ("multipart/form-data", "application/x-www-form-urlencoded"):
        fields, content = await _read_form(request, body, most)
    else:
        fields, content = dict(request.query_params), body
    given = fields.pop("csrf", "") or request.headers.get("x-csrf-token", "")
    access.check_form(session, given)
    return Sent(fields, content, session)


def _read_json(body: bytes) -> dict[str, str]:
    try:
        fields: Any = json.loads(body)
    except ValueError as error:
        raise BadParameter(_NOT_READABLE) from error
    if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
        raise BadParameter(_NOT_READABLE)
    return fields


async def _read_form(request: Request, body: bytes, most: int) -> tuple[dict[str, str], bytes]:
    async def replay() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    fields: dict[str, str] = {}
    content = b""
    try:
        async with Request(request.scope, replay).form(max_files=1, max_fields=most) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    content = await value.read()
                else:
                    fields[name] = value
    except (MultiPartException, UnicodeDecodeError, ValueError, KeyError) as error:
        raise BadParameter(_NOT_READABLE) from error
    return fields, content


SentDep = Annotated[Sent, Depends(_read_sent)]
SentListDep = Annotated[Sent, Depends(_read_list)]
SentFileDep = Annotated[Sent, Depends(_read_file)]
