"""What somebody typed, and which city, network or project is meant."""

from datetime import date

import pytest

from graph.lookup import Lookup, look_up, slug_path
from graph.projection import Projection, project_ties
from graph.revision import Revision
from graph.store import GraphStore


@pytest.fixture(scope="module")
def revision(bundled_store: GraphStore) -> Revision:
    return bundled_store.current()


@pytest.fixture(scope="module")
def projection(revision: Revision) -> Projection:
    return project_ties(revision, date(2024, 3, 4))


def meant(found: Lookup) -> str:
    return slug_path(found.meant) if found.meant else ""


@pytest.mark.parametrize("text", ["nuremberg", "Nürnberg", "NURNBERG", " Nuremberg "])
def test_a_slug_or_a_name_in_any_writing_is_meant(
    revision: Revision, projection: Projection, text: str
) -> None:
    assert meant(look_up(revision, projection, text)) == "nuremberg"


def test_networks_and_projects_are_found_by_slug_and_by_name(
    revision: Revision, projection: Projection
) -> None:
    assert meant(look_up(revision, projection, "network/eurocities")) == "network/eurocities"
    assert meant(look_up(revision, projection, "Eurocities")) == "network/eurocities"


def test_a_part_of_a_name_offers_what_may_be_meant(revision: Revision, projection: Projection) -> None:
    found = look_up(revision, projection, "ber")
    assert found.meant is None
    assert "nuremberg" in {slug_path(one) for one in found.offered}


def test_a_misspelt_name_offers_the_nearest(revision: Revision, projection: Projection) -> None:
    assert "nuremberg" in {slug_path(one) for one in look_up(revision, projection, "nurenburg").offered}


@pytest.mark.parametrize("text", ["", "   ", "theme/tourism", "network/none", "<b>", "‮x", "a" * 300, "💧"])
def test_nothing_is_made_up_for_what_nothing_is_called(
    revision: Revision, projection: Projection, text: str
) -> None:
    assert look_up(revision, projection, text).meant is None
