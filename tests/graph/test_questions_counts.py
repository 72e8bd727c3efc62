"""Declared against recorded, the description of things, the summary, over ``data/tiny.ttl``."""

from datetime import date

import pytest
from rdflib import URIRef

from graph.library import load_query
from graph.model import Label
from graph.questions import Questions
from graph.questions.relations import to_day
from graph.revision import Revision
from ontology.iris import Iris
from ontology.terms import DCTERMS, KP, RDFS

DAY = date(2024, 3, 4)
BASE = "https://w3id.org/kopru/id/"


@pytest.fixture
def questions(tiny: Revision) -> Questions:
    return Questions(tiny)


def test_one_query_counts_what_was_declared(tiny: Revision) -> None:
    query = load_query("counted_on_day").bind(
        city=Iris().thing("city", "antalya"), asOf=to_day(DAY), relation=None
    )
    rows = [
        (
            str(row["kind"]).rsplit("#")[-1],
            *(int(str(row[name])) for name in ("declared", "counted", "identified")),
        )
        for row in tiny.select(query)
    ]
    assert rows[0] == ("TwinningAgreement", 3, 3, 2)
    assert sorted(rows[1:]) == [("CityNetwork", 2, 2, 1), ("CooperationProtocol", 2, 2, 1)]


def test_declared_is_counted_and_open(questions: Questions) -> None:
    reconciliation = questions.reconciliation("antalya")
    assert reconciliation.as_of == DAY
    assert {d.kind: (d.declared, d.counted, d.open) for d in reconciliation.declared} == {
        "sister_city": (3, 2, 1),
        "cooperation_protocol": (2, 1, 1),
        "city_network": (2, 1, 1),
    }


def test_a_declared_number_has_its_document_and_grades(questions: Questions) -> None:
    declared = next(d for d in questions.reconciliation("antalya").declared if d.kind == "sister_city")
    assert declared.source is not None
    assert declared.source.title == Label("Mektup", "Letter")
    assert declared.by_grade == {"confirmed": 1, "reported": 1, "unverified": 0}
    assert [relation.slug for relation in declared.relations] == [
        "twinning-antalya-bat-yam-1",
        "twinning-antalya-nuremberg-1",
    ]


def test_what_was_left_out_says_why(questions: Questions) -> None:
    declared = next(d for d in questions.reconciliation("antalya").declared if d.kind == "city_network")
    (left_out,) = declared.not_counted
    assert left_out.counting_reason == Label("Kampanya, ağ değil.", "A campaign, no network.")


def test_a_later_day_changes_statuses_and_not_the_count(questions: Questions) -> None:
    declared = questions.reconciliation("antalya", as_of=date(2024, 3, 11)).declared
    sister_cities = next(d for d in declared if d.kind == "sister_city")
    assert [relation.status for relation in sister_cities.relations] == ["ended", "holds"]
    assert sister_cities.counted == 2


def test_a_city_that_declared_nothing_has_nothing_to_reconcile(questions: Questions) -> None:
    assert questions.reconciliation("nuremberg").declared == ()


def test_open_places_have_evidence_and_no_partner(questions: Questions) -> None:
    (place,) = questions.open_places("antalya", kind="sister_city")
    assert (place.identified, place.other, place.start.unknown) == (False, None, True)
    assert place.evidence[0].document is not None
    assert place.evidence[0].document.slug == "letter"


def test_partner_cities_are_counted_by_country(questions: Questions) -> None:
    counts = questions.partners_by_country("antalya", as_of=DAY)
    assert [(count.country.iso, [city.slug for city in count.cities]) for count in counts] == [
        ("DE", ["nuremberg"]),
        ("CN", ["kunming"]),
        ("IL", ["bat-yam"]),
    ]
    later = questions.partners_by_country("antalya", as_of=date(2024, 3, 11))
    assert "IL" not in [count.country.iso for count in later]


def test_the_summary_counts_open_places_apart(questions: Questions) -> None:
    summary = questions.summary()
    numbers = {number.name: number.number for number in summary.relations}
    assert numbers == {
        "twinning": 4, "protocol": 1, "membership": 3, "participation": 1, "grant": 1,
        "loan": 0, "cooperation": 0, "event": 0, "award": 0,
    }  # fmt: skip
    assert (summary.open_places, summary.countries, summary.documents) == (3, 4, 3)
    twinning = summary.relations[0]
    assert twinning.by_grade == {"confirmed": 1, "reported": 3, "unverified": 0}


def test_a_thing_tells_what_is_said_of_it_and_what_points_to_it(questions: Questions) -> None:
    thing = questions.thing(f"{BASE}city/nuremberg")
    assert thing is not None
    assert (thing.kind, thing.slug, thing.label) == ("city", "nuremberg", Label("Nürnberg", "Nuremberg"))
    country = next(s for s in thing.statements if s.property.iri == "https://schema.org/containedInPlace")
    assert country.values[0].reference is not None
    assert country.values[0].reference.label == Label("Almanya", "Germany")
    pointers = next(s for s in thing.pointed_from if s.property.iri == str(KP.city))
    labels = [value.reference.label.tr for value in pointers.values if value.reference]
    assert labels[0] == "Antalya – Nürnberg kardeş şehir anlaşması"


def test_a_thing_hides_keys_and_shows_evidence_apart(questions: Questions) -> None:
    thing = questions.thing(f"{BASE}agreement/twinning-antalya-nuremberg-1")
    assert thing is not None
    shown = {statement.property.iri for statement in thing.statements}
    assert not shown & {str(KP.searchKey), str(KP.sortKey), str(KP.hasEvidence)}
    assert len(thing.evidence) == 3
    assert thing.label.en == "Antalya–Nuremberg sister-city agreement"


def test_a_term_of_the_vocabulary_is_a_thing_too(questions: Questions) -> None:
    thing = questions.thing(str(KP.TwinningAgreement))
    assert thing is not None
    assert (thing.kind, thing.label.tr) == ("", "Kardeş şehir anlaşması")


@pytest.mark.parametrize("iri", [f"{BASE}city/atlantis", "https://example.org/"])
def test_an_iri_of_nothing_is_no_thing(questions: Questions, iri: str) -> None:
    assert questions.thing(iri) is None
    assert len(questions.describe(iri)) == 0


def test_a_description_holds_the_thing_its_evidence_and_the_names_it_needs(questions: Questions) -> None:
    iri = URIRef(f"{BASE}agreement/twinning-antalya-nuremberg-1")
    rdf = questions.describe(iri)
    assert len(set(rdf.subjects(KP.about, iri))) == 3
    assert (URIRef(f"{BASE}document/page"), DCTERMS.publisher, None) in rdf
    assert (URIRef(f"{BASE}authority/nuremberg"), RDFS.label, None) in rdf
    assert (URIRef(f"{BASE}authority/nuremberg"), DCTERMS.spatial, None) not in rdf


def test_names_are_found_for_things_relations_and_terms(questions: Questions) -> None:
    relation, nothing = f"{BASE}agreement/twinning-antalya-bat-yam-1", f"{BASE}city/atlantis"
    found = questions.label_of([f"{BASE}city/izmir", relation, str(KP.holds), nothing])
    assert found[f"{BASE}city/izmir"].tr == "İzmir"
    assert found[relation].tr == "Antalya – Bat Yam kardeş şehir anlaşması"
    assert found[str(KP.holds)].en == "Holds"
    assert nothing not in found


#: How many rows each question has over the tiny graph; ``test_competency.py`` tells the answers.
EXPECTED_ROWS = {
    "networks_of_city": 2, "counted_on_day": 3, "open_places": 3, "shared_networks": 1,
    "ending_agreements": 3, "partners_with_projects": 3, "ended_ties": 1, "paths_to_city": 0,
    "cities_in_our_networks": 0, "changes_since": 1, "evidence_of_relation": 3, "contradictions": 2,
    "single_unverified_source": 1, "countries_covered": 3, "networks_among_partners": 1, "project_money": 1,
    "grants_and_loans": 1, "partners_among_themselves": 1, "projects_and_plans": 1,
    "promises_of_agreement": 2, "stale_ties": 2, "ties_of_other_bodies": 1, "own_share_by_year": 0,
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED_ROWS)
def test_each_question_answers(tiny: Revision, name: str) -> None:
    assert len(tiny.select(load_query(name).text)) == EXPECTED_ROWS[name]


def test_a_theme_without_ties_is_one_that_nothing_below_has(tiny: Revision, questions: Questions) -> None:
    idle = {str(row["theme"]).rsplit("/")[-1] for row in tiny.select(load_query("themes_without_ties").text)}
    busy = {theme.slug for theme in questions.themes()} - idle
    # Those of the agreement with Nuremberg and of the project, with all above them.
    assert busy == {
        "climate-adaptation", "climate-change", "environment", "women", "disadvantaged-groups",
    }  # fmt: skip


def test_a_rival_claim_is_counted_only_where_bounds_do_not_meet(tiny: Revision) -> None:
    rows = tiny.select(load_query("evidence_of_relation").text)
    rivals = {str(row["value"]): int(str(row["rivals"])) for row in rows}
    assert (rivals["1997-10"], rivals["1998"]) == (1, 1)
    assert rivals["https://w3id.org/kopru/ontology#TwinningAgreement"] == 0


def test_partners_that_work_together_without_us_are_found(tiny: Revision) -> None:
    (row,) = tiny.select(load_query("partners_among_themselves").text)
    assert [str(row[name]).removeprefix(BASE) for name in ("one", "two", "through")] == [
        "city/kunming",
        "city/nuremberg",
        "agreement/twinning-kunming-nuremberg-1",
    ]
