"""What all tests share: one real store of the bundled records, filled once a run."""

from pathlib import Path

import pytest

from graph.store import GraphStore
from ingest.pipeline import fill


@pytest.fixture(scope="session")
def bundled_store(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    """Return a store filled from the bundled records, as on a first start; for reading only.

    The records lie in its folder ``records``.
    """
    folder: Path = tmp_path_factory.mktemp("bundled") / "store"
    store = GraphStore(folder)
    fill(store, records=folder / "records")
    return store


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Open the browser last: while it is open, its event loop runs and no test could run its own."""
    items.sort(key=lambda item: "browser" in Path(item.path).parts)
