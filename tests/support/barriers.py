"""What bars somebody from using a page: axe-core's serious and critical findings, found quickly.

By far the most of axe's time goes into contrast, judged anew for each of thousands of texts. It follows
from the colours of a text and of what it stands on, so the first texts of each kind are judged: those
that differ in nothing of element, class, size and colours up to the root. All other rules see all.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

__all__ = ["find_barriers", "find_faint_texts"]

_ALL_BUT_CONTRAST = """() => axe.run(document, {
  resultTypes: ["violations"], rules: { "color-contrast": { enabled: false } } })"""
_CONTRAST = """() => {
  const PER_KIND = 2, places = new Map(), kinds = new Map(), texts = [];
  const number = (text) => places.get(text) ?? places.set(text, places.size + 1).get(text);
  const visit = (element, parent) => {
    if (!element.checkVisibility()) return;
    const style = getComputedStyle(element);
    const place = number([parent, element.localName, element.getAttribute("class"), style.backgroundColor,
      style.backgroundImage, style.opacity].join());
    const kind = [place, style.color, style.fill, style.fontSize, style.fontWeight].join();
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if ((says || element.matches("input, select, textarea") || element.shadowRoot)
        && (kinds.get(kind) ?? 0) < PER_KIND) {
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      texts.push(element);
    }
    for (const child of element.children) visit(child, place);
  };
  visit(document.body, 0);
  return axe.run({ include: texts }, {
    resultTypes: ["violations"], runOnly: ["color-contrast", "link-in-text-block"] });
}"""


def find_barriers(page: Page) -> list[tuple[str, str]]:
    """Return rule and first place of each serious or critical finding."""
    return _findings(page, _ALL_BUT_CONTRAST) + find_faint_texts(page)


def find_faint_texts(page: Page) -> list[tuple[str, str]]:
    """Return what of it follows from colours: the one part that differs between light and dark."""
    return _findings(page, _CONTRAST)


def _findings(page: Page, run: str) -> list[tuple[str, str]]:
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(Axe().axe_script)
    return [
        (found["id"], found["nodes"][0]["html"][:200])
        for found in page.evaluate(run)["violations"]
        if found["impact"] in ("serious", "critical")
    ]
