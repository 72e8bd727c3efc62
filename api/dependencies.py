"""What routes ask for, as types: the store, its questions, the language, the day, the page size.

A route names what it needs (``questions: QuestionsDep``) and never reaches into the
application itself.
"""

import re
from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from api.language import find_language
from api.settings import Settings
from graph.model import Status
from graph.questions import Questions
from graph.revision import Revision
from graph.store import GraphStore
from ontology.iris import Iris
from ontology.messages import Language

__all__ = [
    "AsOfDep", "CityFilterDep", "CursorDep", "GivenDayDep", "IrisDep", "LanguageDep", "LimitDep", "QDep",
    "QuestionsDep", "RevisionDep", "SettingsDep", "StatusDep", "StoreDep", "ThemeFilterDep",
]  # fmt: skip

#: The largest page of a list that is answered as JSON.
MAX_LIMIT = 1000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _store(request: Request) -> GraphStore:
    store: GraphStore = request.app.state.store
    return store


SettingsDep = Annotated[Settings, Depends(_settings)]
StoreDep = Annotated[GraphStore, Depends(_store)]


def _iris(store: StoreDep) -> Iris:
    return store.iris


def _revision(store: StoreDep) -> Revision:
    return store.current()


IrisDep = Annotated[Iris, Depends(_iris)]
RevisionDep = Annotated[Revision, Depends(_revision)]


def _questions(revision: RevisionDep) -> Questions:
    return Questions(revision)


#: All questions of one request are put to one revision.
QuestionsDep = Annotated[Questions, Depends(_questions)]


def _language(
    request: Request,
    settings: SettingsDep,
    lang: Annotated[
        Language | None,
        Query(title="Language", description="Language of labels and sentences.", examples=["tr"]),
    ] = None,
) -> Language:
    return lang or find_language(request, settings.lang)


LanguageDep = Annotated[Language, Depends(_language)]


def _written_as_a_day(value: object) -> object:
    """Return what is written as a day: a bare number would be taken for seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError("date_parsing", "not written as a day")
    return value


#: The day that the reader named, if any.
GivenDayDep = Annotated[
    date | None,
    BeforeValidator(_written_as_a_day),
    Query(
        alias="as_of",
        title="Day",
        description="The day for which the status of relations is told (YYYY-MM-DD). Default: today.",
        examples=["2024-03-04"],
    ),
]


def _as_of(as_of: GivenDayDep = None) -> date:
    return as_of or date.today()


AsOfDep = Annotated[date, Depends(_as_of)]

LimitDep = Annotated[
    int | None,
    Query(
        ge=1,
        le=MAX_LIMIT,
        title="Page size",
        description="Entries on one page; default 50, for CSV all.",
        examples=[50],
    ),
]
CursorDep = Annotated[
    str | None,
    Query(max_length=512, title="Cursor", description="Where the page begins: `next` of the one before."),
]
QDep = Annotated[
    str | None,
    Query(
        max_length=200,
        title="Search",
        description="Words in a name, in any language and writing: `nurnberg` finds Nürnberg.",
        examples=["nürnberg"],
    ),
]
StatusDep = Annotated[
    Status | None, Query(title="Status", description="Only with this status on the day.", examples=["holds"])
]
CityFilterDep = Annotated[
    str | None, Query(max_length=200, title="City", description="Slug of a city.", examples=["antalya"])
]
ThemeFilterDep = Annotated[
    str | None,
    Query(
        max_length=200,
        title="Theme",
        description="Slug; narrower themes count too.",
        examples=["tourism"],
    ),
]
