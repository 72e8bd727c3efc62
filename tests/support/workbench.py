"""The page on which questions are written, as somebody uses it who has only a keyboard."""

from playwright.sync_api import Locator, Page, expect

__all__ = ["editor", "run", "text_of", "type_in", "write"]


def editor(page: Page) -> Locator:
    """Return the editor's own element; it takes the keys."""
    return page.locator("#editor .cm-content")


def write(page: Page, text: str) -> None:
    """Replace what stands in the editor at once, as by pasting."""
    editor(page).focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def type_in(page: Page, text: str) -> None:
    """Type key by key behind what stands there."""
    editor(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text, delay=20)


def text_of(page: Page) -> str:
    """Return what stands in the editor."""
    lines = editor(page).locator(".cm-line").all_text_contents()
    return "\n".join(lines)


def run(page: Page) -> None:
    """Run the question and wait for its rows."""
    editor(page).focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#query-note")).to_contain_text(" s")
    expect(page.locator("#stop")).to_be_hidden()
