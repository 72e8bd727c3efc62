"""The scheme of themes: one tree without orphans or cycles, where a word leads to one theme."""

from collections import Counter

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS
from rdflib.term import Node

from ontology.iris import Iris
from ontology.text import fold
from ontology.vocabulary import load_ontology, load_themes

SDGO = Namespace("http://metadata.un.org/sdg/ontology#")
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)
SCHEME = URIRef("https://w3id.org/kopru/id/scheme/themes")
#: What the letter of 2024 names, and what the records name besides.
WANTED = [
    "poverty", "unemployment", "environment", "climate-change", "climate-adaptation", "climate-mitigation",
    "resilient-cities", "clean-energy", "energy-efficiency", "sustainable-development", "social-inclusion",
    "disadvantaged-groups", "women", "children", "persons-with-disabilities", "youth", "anti-racism",
    "tourism", "agriculture", "culture", "cultural-heritage", "education", "health", "sport", "trade",
    "economy", "urban-mobility", "sustainable-urban-mobility-plan", "public-transport", "secap",
    "local-equality-action-plan", "gender-equality", "smart-cities", "ict", "citizen-participation",
    "urban-planning", "urban-regeneration", "green-areas", "sea-and-coast", "water", "peace",
    "local-democracy", "governance", "city-diplomacy", "disaster-risk", "innovation",
]  # fmt: skip


def concepts_of(rdf: Graph) -> list[Node]:
    return sorted(rdf.subjects(SKOS.inScheme))


def test_the_wanted_themes_are_there() -> None:
    themes = set(load_themes().subjects(RDF.type, SKOS.Concept))
    assert {Iris().thing("theme", slug) for slug in WANTED} <= themes
    assert len(WANTED) == 46


#: The themes and the action plans that the letter of 2024 names.
OF_THE_LETTER = {
    "poverty", "unemployment", "environment", "resilient-cities", "clean-energy", "sustainable-development",
    "disadvantaged-groups", "tourism", "agriculture",
    "sustainable-urban-mobility-plan", "secap", "local-equality-action-plan",
}  # fmt: skip


def test_the_letters_themes_and_action_plans_are_at_the_top() -> None:
    tops = {str(top).rpartition("/")[2] for top in load_themes().objects(SCHEME, SKOS.hasTopConcept)}
    assert tops > OF_THE_LETTER
    assert len(tops) < 20
    assert 40 <= len(set(load_themes().subjects(RDF.type, SKOS.Concept))) <= 70


def test_every_concept_is_in_one_scheme_and_hangs_below_a_top_concept_of_it() -> None:
    rdf = load_ontology() + load_themes()
    schemes = set(rdf.subjects(RDF.type, SKOS.ConceptScheme))
    assert len(schemes) == 8
    for concept in concepts_of(rdf):
        [scheme] = rdf.objects(concept, SKOS.inScheme)
        assert scheme in schemes
        above = set(rdf.transitive_objects(concept, SKOS.broader))
        assert above & set(rdf.objects(scheme, SKOS.hasTopConcept)), concept


def test_a_top_concept_has_nothing_above_it_and_knows_its_scheme() -> None:
    rdf = load_ontology() + load_themes()
    tops_of = set(rdf.subject_objects(SKOS.hasTopConcept))
    assert set(rdf.subject_objects(SKOS.topConceptOf)) == {(concept, scheme) for scheme, concept in tops_of}
    for top in rdf.subjects(SKOS.topConceptOf):
        assert not list(rdf.objects(top, SKOS.broader))


def test_no_theme_is_broader_than_itself() -> None:
    rdf = load_themes()
    for theme in concepts_of(rdf):
        for broader in rdf.objects(theme, SKOS.broader):
            assert theme not in set(rdf.transitive_objects(broader, SKOS.broader))


def test_broader_and_narrower_say_the_same() -> None:
    rdf = load_themes()
    broader = set(rdf.subject_objects(SKOS.broader))
    assert broader == {(below, above) for above, below in rdf.subject_objects(SKOS.narrower)}
    assert len(broader) > 30


def test_related_themes_are_related_both_ways_and_not_above_one_another() -> None:
    rdf = load_themes()
    for theme, other in rdf.subject_objects(SKOS.related):
        assert (other, SKOS.related, theme) in rdf
        assert other not in set(rdf.transitive_objects(theme, SKOS.broader))


def test_a_word_leads_to_one_theme_and_is_written_down_once() -> None:
    rdf = load_themes()
    for language in ("tr", "en"):
        words = Counter(
            fold(label)
            for predicate in (SKOS.prefLabel, SKOS.altLabel)
            for label in rdf.objects(None, predicate)
            if isinstance(label, Literal) and label.language == language
        )
        assert len(words) > 90
        assert [word for word, times in words.items() if times > 1] == []


def test_every_theme_has_a_definition_in_both_languages() -> None:
    rdf = load_themes()
    for theme in concepts_of(rdf):
        definitions = [text for text in rdf.objects(theme, SKOS.definition) if isinstance(text, Literal)]
        assert sorted(text.language or "" for text in definitions) == ["en", "tr"]
        assert all(text.endswith(".") for text in definitions)


def test_matches_lead_to_eurovoc_and_to_the_goals_and_each_is_named() -> None:
    themes, words = load_themes(), load_ontology()
    by_home: dict[str, set[Node]] = {"http://eurovoc.europa.eu/": set(), "http://metadata.un.org/sdg/": set()}
    for predicate in MATCHES:
        for theme, match in themes.subject_objects(predicate):
            (home,) = (home for home in by_home if str(match).startswith(home))
            by_home[home].add(theme)
            labels = words.objects(match, RDFS.label)
            assert {getattr(label, "language", None) for label in labels} == {"tr", "en"}, match
    assert {home: len(matched) for home, matched in by_home.items()} == {
        "http://eurovoc.europa.eu/": 48,
        "http://metadata.un.org/sdg/": 45,
    }


def test_the_scheme_names_the_files_in_which_the_identifiers_were_read() -> None:
    sources = {str(source).rpartition("/")[2] for source in load_themes().objects(SCHEME, DCTERMS.source)}
    assert sources == {"eurovoc.yaml", "sdg-kos-goals-targets-indicators.ttl"}
    matches = {str(o) for p in MATCHES for o in load_themes().objects(None, p)}
    assert len([match for match in matches if match.startswith("http://eurovoc.europa.eu/")]) == 50
    assert len([match for match in matches if match.startswith("http://metadata.un.org/sdg/")]) == 41


def test_a_target_leads_to_its_goal() -> None:
    words = load_ontology()
    pairs = [(str(target), str(goal)) for target, goal in words.subject_objects(SDGO.isTargetOf)]
    assert len(pairs) > 20
    assert all(target.startswith(f"{goal}.") for target, goal in pairs)
    assert {goal for _, goal in pairs} <= {str(goal) for goal in words.subjects(RDF.type, SDGO.Goal)}


def test_the_words_of_a_letter_lead_to_its_themes() -> None:
    rdf = load_themes()
    theme_of = {
        fold(str(label)): str(theme).rpartition("/")[2]
        for predicate in (SKOS.prefLabel, SKOS.altLabel)
        for theme, label in rdf.subject_objects(predicate)
    }
    words = {
        "yoksulluk": "poverty", "işsizlik": "unemployment", "çevre": "environment",
        "dirençli şehirler": "resilient-cities", "temiz enerji": "clean-energy",
        "sürdürülebilir kalkınma": "sustainable-development", "dezavantajlı gruplar": "disadvantaged-groups",
        "kadın": "women", "çocuk": "children", "engelli": "persons-with-disabilities", "turizm": "tourism",
        "tarım": "agriculture", "SUMP": "sustainable-urban-mobility-plan", "SECAP": "secap",
        "Yerel Eşitlik Eylem Planı": "local-equality-action-plan",
    }  # fmt: skip
    assert {word: theme_of[fold(word)] for word in words} == words
