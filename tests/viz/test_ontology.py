"""The documentation of the ontology: complete, in one language, every link leads somewhere."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from rdflib import OWL, RDF, RDFS, Literal, URIRef

from graph.questions.statistics import read_statistics
from ontology.iris import Iris
from ontology.terms import KP
from ontology.vocabulary import load_ontology
from viz.concepts import Concept
from viz.ontology import Documentation, OntologyPage, find_terms
from viz.ontology_diagram import BOXES, HEIGHT, LINES, WIDTH
from viz.terms import Link, anchor_of
from viz.vocabularies import find_vocabulary, to_short_form


@pytest.fixture(scope="module")
def pages(bundled_store) -> dict[str, OntologyPage]:
    documentation, revision = Documentation(), bundled_store.current()
    return {language: documentation.of(revision, language) for language in ("tr", "en")}


@pytest.fixture(scope="module")
def page(pages) -> OntologyPage:
    return pages["en"]


def concepts_of(page: OntologyPage) -> Iterator[Concept]:
    for scheme in page.schemes:
        yield from scheme.concepts
    todo = list(page.themes)
    while todo:
        theme = todo.pop()
        yield theme
        todo += theme.narrower


def own(kind: URIRef) -> set[str]:
    return {str(iri) for iri in load_ontology().subjects(RDF.type, kind) if str(iri) in KP}


def test_every_class_and_property_of_ours_is_explained(page) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    expected = set().union(*map(own, kinds))
    assert len(expected) > 100
    assert {term.iri for term in page.terms() if term.is_own} == expected


@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_page_speaks_one_language(pages, language) -> None:
    rdf = load_ontology()
    spoken = {str(o) for o in rdf.objects() if isinstance(o, Literal) and o.language == language}
    terms = list(pages[language].terms())
    assert len(terms) > 200
    texts = [text for term in terms for text in (term.label, term.definition, *term.notes) if text]
    assert [text for text in texts if text not in spoken] == []


def test_both_languages_explain_the_same_terms(pages) -> None:
    assert {term.iri for term in pages["tr"].terms()} == {term.iri for term in pages["en"].terms()}


def test_every_place_on_the_page_is_there_once(page) -> None:
    anchors = [term.anchor for term in page.terms()] + [scheme.anchor for scheme in page.schemes]
    anchors += [concept.anchor for concept in concepts_of(page) if not concept.is_again]
    assert len(anchors) > 300
    assert [anchor for anchor, number in Counter(anchors).items() if number > 1] == []


def test_every_link_within_the_page_arrives(page) -> None:
    places = {term.anchor for term in page.terms()} | {concept.anchor for concept in concepts_of(page)}
    places |= {scheme.anchor for scheme in page.schemes} | {"scheme-themes"}
    links: list[Link] = [use.link for term in page.terms() for use in term.uses]
    for term in page.terms():
        links += (*term.supers, *term.subs, *term.domains, *term.ranges, *term.inverses, *term.disjoints)
    links += [row.link for box in page.diagram.boxes for row in box.rows]
    links += [link for line in page.diagram.lines for link in line.links]
    assert {link.anchor for link in links if link.anchor} - places == set()
    assert [link for box in page.diagram.boxes for row in box.rows if not (link := row.link).anchor] == []


def test_our_terms_stand_where_their_address_leads() -> None:
    assert anchor_of(str(KP.TwinningAgreement), Iris()) == "TwinningAgreement"
    assert anchor_of("https://w3id.org/kopru/id/theme/poverty", Iris()) == "theme-poverty"


def test_numbers_are_those_made_at_publish(page, bundled_store) -> None:
    numbers = read_statistics(bundled_store.current())
    counted = {term.iri: term.number for term in page.terms() if term.kind == "class"}
    assert counted[str(KP.TwinningAgreement)] == numbers.classes[str(KP.TwinningAgreement)].entities > 12
    assert counted["https://schema.org/City"] > 50


def test_a_class_has_an_example_and_what_is_said_of_its_things(page) -> None:
    term = page.term("TwinningAgreement")
    assert term.example.label == "Antalya–Nuremberg sister-city agreement"
    assert term.example.short == "id/agreement/twinning-antalya-nuremberg-1"
    assert {use.link.label: use.share for use in term.uses}["party"] == 100
    assert [link.label for link in term.supers] == ["Agreement"]


def test_a_term_names_the_questions_that_use_it(page) -> None:
    assert "ended_ties" in {query.name for query in page.term("endedBy").questions}
    assert all(query.example is not None for term in page.terms() for query in term.questions)


def test_terms_say_where_else_they_are_known(page) -> None:
    assert "wd:P190" in {link.short for _, link in page.term("twinnedWith").matches}
    assert page.term("org-member").vocabulary.name == "W3C ORG"


def test_subclasses_stand_below_their_class(page) -> None:
    order = {term.anchor: (place, term.level) for place, term in enumerate(page.classes)}
    assert order["Relation"] < order["Agreement"] < order["TwinningAgreement"]
    assert [order[name][1] for name in ("Relation", "Agreement", "TwinningAgreement")] == [0, 1, 2]


def test_themes_are_a_tree(page) -> None:
    women = next(concept for concept in concepts_of(page) if concept.anchor == "theme-women")
    assert women.definition
    assert women.number > 0
    assert "theme-women" not in {theme.anchor for theme in page.themes}


@pytest.mark.parametrize(
    ("language", "words", "anchor"),
    [
        ("tr", "KARDES sehir", "TwinningAgreement"),
        ("en", "sister-city", "TwinningAgreement"),
        ("en", "org:member", "org-member"),
    ],
)
def test_terms_are_found_by_words_in_any_writing(pages, language, words, anchor) -> None:
    assert anchor in {term.anchor for term in find_terms(pages[language], words)}


def test_words_of_no_term_find_nothing(page) -> None:
    assert find_terms(page, "sister zzz") == ()
    assert find_terms(page, "  ") == ()


def test_the_drawing_agrees_with_domains_and_ranges() -> None:
    rdf = load_ontology()
    checked = 0
    for line in LINES:
        for prop in line.properties:
            assert (prop, RDF.type, OWL.ObjectProperty) in rdf, prop
            for end, stated in ((line.source, RDFS.domain), (line.target, RDFS.range)):
                for class_iri in rdf.objects(prop, stated):
                    related = {
                        *rdf.transitive_objects(end, RDFS.subClassOf),
                        *rdf.transitive_subjects(RDFS.subClassOf, end),
                    }
                    assert class_iri in related, (prop, end)
                    checked += 1
    assert checked >= 15


def test_lines_without_domain_are_so_in_the_data(bundled_store) -> None:
    rdf, numbers = load_ontology(), read_statistics(bundled_store.current())
    for line in LINES:
        known = numbers.classes.get(str(line.source))
        if known:
            open_ones = {str(p) for p in line.properties if (p, RDFS.domain, None) not in rdf}
            assert open_ones - {prop.iri for prop in known.properties} == set(), line.source


def test_boxes_lie_apart_and_inside_the_drawing(pages) -> None:
    for page in pages.values():
        boxes = page.diagram.boxes
        assert len(boxes) == len(BOXES)
        for box in boxes:
            assert 0 <= box.x < box.x + box.width <= WIDTH
            assert 0 <= box.y < box.y + box.height <= HEIGHT
        for one in boxes:
            for other in boxes:
                apart = one.x + one.width <= other.x or one.y + one.height <= other.y
                assert (
                    one is other or apart or other.x + other.width <= one.x or other.y + other.height <= one.y
                )


def test_names_fit_into_their_boxes(pages) -> None:
    for page in pages.values():
        for box in page.diagram.boxes:
            for row in box.rows:
                # What a letter takes on average, as measured in a browser.
                taken = len(row.link.label) * (7.8 if row.is_title else 6.1) + 14 * row.level + 16
                assert taken + (32 if row.number else 6) <= box.width, row.link.label


def test_lines_end_at_the_box_that_they_lead_to(page) -> None:
    edges = {box.rows[0].link.iri: box for box in page.diagram.boxes}
    for line, drawn in zip(LINES, page.diagram.lines, strict=True):
        box, (x, y) = edges[str(line.target)], _end_of(drawn.path)
        on_side = x in (box.x, box.x + box.width) and box.y <= y <= box.y + box.height
        assert on_side or (y in (box.y, box.y + box.height) and box.x <= x <= box.x + box.width), drawn.path


def _end_of(path: str) -> tuple[int, int]:
    x = y = 0
    for command, numbers in re.findall(r"([MHV])([\d ]+)", path):
        given = [int(number) for number in numbers.split()]
        x, y = (given[0], given[1]) if command == "M" else (given[0], y) if command == "H" else (x, given[0])
    return x, y


def test_the_longest_base_names_the_vocabulary() -> None:
    assert find_vocabulary("http://metadata.un.org/sdg/ontology#Goal").prefix == "sdgo"
    assert to_short_form("urn:somewhere:else") == "urn:somewhere:else"
