"""How every list answers: pages of JSON with a ``next`` link, or one CSV file.

A route gives a function that finds one page; this module asks it once for JSON, or until
the end for CSV.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from fastapi import Depends, Query, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from api.accept import choose_media
from api.answers import ListModel
from api.dependencies import MAX_LIMIT, AsOfDep, CursorDep, LimitDep, RevisionDep
from api.parameters import check_parameter_names
from api.tables import Columns, csv_response
from graph.model import Page

__all__ = ["FindPage", "ListingDep", "with_facts"]

T = TypeVar("T")
#: Finds one page: limit and cursor in, page out.
FindPage = Callable[[int, str | None], Page[T]]

DEFAULT_LIMIT = 50


@dataclass(frozen=True)
class _Wish:
    """Which part of a list is wanted, and in which form."""

    limit: int | None
    cursor: str | None
    csv: bool


def _wish(
    request: Request,
    limit: LimitDep = None,
    cursor: CursorDep = None,
    form: Annotated[
        Literal["json", "csv"] | None,
        Query(alias="format", title="Form", description="Wins over `Accept`.", examples=["csv"]),
    ] = None,
) -> _Wish:
    check_parameter_names(request)
    wanted = choose_media(request.headers.get("accept", ""), ["application/json", "text/csv"])
    csv = form == "csv" or (form is None and (wanted == "text/csv" or request.url.path.endswith(".csv")))
    return _Wish(limit, cursor, csv)


@dataclass(frozen=True)
class _Listing:
    request: Request
    wish: _Wish
    revision: int
    as_of: date

    def answer(self, name: str, find: FindPage[T], model: type[BaseModel], columns: Columns) -> Response:
        """Return the list that was asked for.

        Parameters
        ----------
        name
            Of the list, and of the file.
        find
            Finds one page.
        model
            What an entry is in JSON.
        columns
            What an entry is in CSV.
        """
        return self._as_csv(name, find, columns) if self.wish.csv else self._as_json(find, model)

    def _as_json(self, find: FindPage[T], model: type[BaseModel]) -> Response:
        page = find(self.wish.limit or DEFAULT_LIMIT, self.wish.cursor)
        following = str(self.request.url.include_query_params(cursor=page.next)) if page.next else None
        body = ListModel[model](  # type: ignore[valid-type]
            items=tuple(model.model_validate(item) for item in page.items),
            total=page.total,
            next=following,
            revision=self.revision,
            as_of=self.as_of,
        )
        headers = {"Vary": "Accept"} | ({"Link": f'<{following}>; rel="next"'} if following else {})
        return JSONResponse(body.model_dump(mode="json"), headers=headers)

    def _as_csv(self, name: str, find: FindPage[T], columns: Columns) -> Response:
        limit, cursor = self.wish.limit, self.wish.cursor
        first = find(limit or MAX_LIMIT, cursor)
        is_part = bool(limit or cursor)
        rows: Iterable[T] = first.items if is_part else _all(first, find)
        return csv_response(
            f"{name}-{self.as_of.isoformat()}",
            columns,
            rows,
            shown=len(first) if is_part else first.total,
            total=first.total,
            revision=self.revision,
        )


def _all(first: Page[T], find: FindPage[T]) -> Iterator[T]:
    page = first
    yield from page
    while page.next:
        page = find(MAX_LIMIT, page.next)
        yield from page


def _listing(
    request: Request, wish: Annotated[_Wish, Depends(_wish)], revision: RevisionDep, as_of: AsOfDep
) -> _Listing:
    return _Listing(request, wish, revision.info.number, as_of)


ListingDep = Annotated[_Listing, Depends(_listing)]


def with_facts(value: object, **more: Any) -> dict[str, Any]:
    """Return the fields of one thing and what the answer adds to them."""
    return {**vars(value), **more}
