"""Headless Chromium before a real server over the bundled records, and over hostile ones.

Every page is watched: requests to another host, errors in the console and violations of the
Content-Security-Policy are collected, and ``watched.check()`` wants none of them. ``window.shifted``
adds up by how much what stood there already was moved.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from serving import serve

from graph.store import GraphStore
from ingest.pipeline import fill

# Several programs may share the machine with the tests.
expect.set_options(timeout=20_000)

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: A name that becomes code wherever it is not treated as text.
HOSTILE = "<img src=x onerror=hacked=1></script><script>hacked=1</script>"
_WATCH_POLICY = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    violations.push(event.violatedDirective + " " + event.blockedURI);
  });
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shifted += entry.hadRecentInput ? 0 : entry.value;
  }).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(scope="session")
def site(bundled_store: GraphStore) -> Iterator[str]:
    """Return the address of a server over the bundled records."""
    with serve(bundled_store, query_workers=1) as served:
        yield served.address


@pytest.fixture(scope="session")
def hostile_site(bundled_store: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server over records in which Nuremberg has a hostile name."""
    folder = tmp_path_factory.mktemp("hostile")
    records = Path(shutil.copytree(bundled_store.path / "records", folder / "records"))
    cities = records / "antalya" / "cities.yml"
    text = cities.read_text(encoding="utf-8")
    assert "Nürnberg" in text
    cities.write_text(text.replace("Nürnberg", HOSTILE), encoding="utf-8")
    store = GraphStore(folder / "store")
    fill(store, records=records)
    with serve(store, query_workers=1) as served:
        yield served.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return headless Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        pytest.fail("chromium is missing: the browser tests need it (on Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Watched:
    """A page and everything it should not do."""

    page: Page
    site: str
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def check(self) -> None:
        """Want a page that asked nobody else and broke nothing."""
        assert self.foreign == []
        assert self.errors == []
        assert self.page.evaluate("() => window.violations") == []


Visit = Callable[..., Watched]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Return a function that opens a page: path, and what the browser is like."""
    contexts = []

    def open_page(
        path: str, *, base: str = site, width: int = 1440, dark: bool = False, script: bool = True
    ) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_navigation_timeout(60_000)
        context.add_init_script(_WATCH_POLICY)
        page = context.new_page()
        watched = Watched(page, base)
        page.on("request", lambda request: _note_foreign(watched, request.url))
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        page.on(
            "console", lambda m: watched.errors.append(m.text) if m.type in ("error", "warning") else None
        )
        page.on("dialog", lambda dialog: watched.errors.append(f"dialog {dialog.message}"))
        page.goto(base + path, wait_until="load")
        return watched

    yield open_page
    for context in contexts:
        context.close()


def _note_foreign(watched: Watched, url: str) -> None:
    if not url.startswith((watched.site + "/", "data:")):
        watched.foreign.append(url)


def _note_error(watched: Watched, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        watched.errors.append(text)
