"""How pages are written: escaping, addresses, languages."""

from dataclasses import replace

import pytest

from graph.model import Reference
from ontology.messages import LANGUAGES
from viz.assets import load_assets
from viz.pages import Label, Pages, Reader, safe_url, thing_path
from viz.start import embed_json

HOSTILE = '</script><img src=x onerror="alert(1)">'


def _problem(pages: Pages, reader: Reader) -> str:
    return pages.render("problem.html", reader, problem={"status": 404, "title": HOSTILE, "detail": HOSTILE})


def test_texts_of_the_graph_are_escaped(pages: Pages, reader: Reader) -> None:
    page = _problem(pages, reader)
    assert "onerror" in page
    assert "<img" not in page


def test_facts_of_a_sentence_are_escaped(pages: Pages, reader: Reader) -> None:
    template = pages.environment.from_string('{{ t("Go to {day}", day=text) }}')
    from viz.pages import _helpers

    assert template.render(text=HOSTILE, **_helpers(reader)).startswith("Go to &lt;/script&gt;")


def test_data_blocks_cant_be_ended_by_a_text() -> None:
    assert "<" not in embed_json({"name": HOSTILE, "city": "Şişli"})


def test_a_switch_of_the_language_keeps_the_place(reader: Reader) -> None:
    assert reader.switched("tr") == "/explore?lang=tr&as_of=2024-03-04&q=a+b"


def test_links_keep_language_and_day_only(reader: Reader) -> None:
    assert reader.url("/data") == "/data?as_of=2024-03-04&lang=en"
    assert reader.url("/#sister_city") == "/?as_of=2024-03-04&lang=en#sister_city"


def test_the_usual_language_leaves_no_trace_in_links(reader: Reader) -> None:
    assert replace(reader, language="tr", query={}).url("/data") == "/data"


def test_the_page_says_its_language(pages: Pages, reader: Reader) -> None:
    assert '<html lang="en">' in _problem(pages, reader)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x.org", "", None])
def test_only_web_addresses_are_linked(address: str | None) -> None:
    assert safe_url(address) is None


def test_our_things_are_linked_to_their_page_and_others_to_their_address() -> None:
    label = Label("x", "x")
    assert thing_path(Reference("https://w3id.org/kopru/id/city/a", "city", "a", label)) == "/id/city/a"
    assert thing_path(Reference("https://schema.org/City", "", "", label)) == "https://schema.org/City"
    assert thing_path(Reference("javascript:alert(1)", "", "", label)) is None


def test_every_entry_of_the_build_is_found_by_its_name() -> None:
    assets = load_assets()
    assert [assets.script(name).endswith(".js") for name in ("page", "start", "explore", "sparql")] == [
        True
    ] * 4
    assert len(assets.style("style")) == 1


def test_letters_of_running_turkish_are_fetched_early_in_turkish_alone() -> None:
    assets = load_assets()
    kinds = {
        language: [("latin-ext" in font, "serif" in font) for font in assets.early_fonts(language)]
        for language in LANGUAGES
    }
    assert kinds == {
        "tr": [(False, False), (True, False), (False, True)],
        "en": [(False, False), (False, True)],
    }
