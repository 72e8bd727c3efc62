"""What pages about the city's relations are made from, as one dependency."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import Response

from api.dependencies import AsOfDep, RevisionDep, SettingsDep
from api.recommenders import Recommenders
from api.routes.pages import PagesDep, ReaderDep, make_page
from api.settings import Settings
from graph.questions import Questions
from graph.recommendation.service import Recommender
from graph.revision import Revision
from viz.pages import Pages, Reader

__all__ = ["Site", "SiteDep"]


@dataclass(frozen=True)
class Site:
    """The published graph on a day, for one reader."""

    reader: Reader
    pages: Pages
    revision: Revision
    settings: Settings
    as_of: date
    recommenders: Recommenders

    @property
    def recommender(self) -> Recommender:
        """The recommender of that revision and day; its projection is what ways and gaps are found in.

        Raises
        ------
        StillPreparing
            The graph is so large that making it takes longer than anybody waits for a page.
        """
        return self.recommenders.for_page(self.revision, self.as_of, self.city)

    @property
    def city(self) -> str:
        """Slug of the city that is shown."""
        return self.settings.city

    @property
    def questions(self) -> Questions:
        """Questions to the revision."""
        return Questions(self.revision)

    def show(self, template: str, **context: Any) -> Response:
        """Return a page."""
        return make_page(self.pages, template, self.reader, **context)


def _site(  # noqa: PLR0913 (here, so that no page has to)
    request: Request,
    reader: ReaderDep,
    pages: PagesDep,
    revision: RevisionDep,
    settings: SettingsDep,
    as_of: AsOfDep,
) -> Site:
    return Site(reader, pages, revision, settings, as_of, request.app.state.recommenders)


SiteDep = Annotated[Site, Depends(_site)]
