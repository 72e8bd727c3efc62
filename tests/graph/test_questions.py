"""What questions answer over ``data/tiny.ttl``: the answers were worked out by hand from that file."""

from datetime import date
from decimal import Decimal

import pytest

from graph.model import Label, Money, Relation
from graph.questions import Questions
from graph.revision import Revision
from ontology.errors import BadParameter, NotFound

DAY = date(2024, 3, 4)
BASE = "https://w3id.org/kopru/id/"


@pytest.fixture
def questions(tiny: Revision) -> Questions:
    return Questions(tiny)


def find(relations: list[Relation], slug: str) -> Relation:
    return next(relation for relation in relations if relation.slug == slug)


def names(relations: list[Relation]) -> list[str]:
    return [relation.label.tr for relation in relations]


# Cities


def test_cities_come_in_the_order_of_the_turkish_alphabet(questions: Questions) -> None:
    cities = questions.cities()
    assert [city.label.tr for city in cities] == [
        "Antalya", "Bat Yam", "Çanakkale", "Isparta", "İzmir", "Kunming", "Nürnberg",
    ]  # fmt: skip
    assert (cities.total, cities.next) == (7, None)


@pytest.mark.parametrize("q", ["izmir", "İZMİR", "Izmır", "ızm", "  İzmir ", "smyrna"])
def test_a_search_folds_turkish_letters_and_reads_other_names(questions: Questions, q: str) -> None:
    assert [city.slug for city in questions.cities(q=q)] == ["izmir"]


@pytest.mark.parametrize("q", ['" } #', "\\", "\n", "?", ".*", "'"])
def test_a_hostile_search_finds_nothing_and_breaks_nothing(questions: Questions, q: str) -> None:
    found = questions.cities(q=q).total
    assert found == (7 if not q.strip() else found)
    assert found in (0, 7)


def test_cities_are_filtered_by_country(questions: Questions) -> None:
    assert [city.slug for city in questions.cities(country="de")] == ["nuremberg"]


def test_pages_cover_the_list_without_gaps_or_doubles(questions: Questions) -> None:
    seen: list[str] = []
    cursor = None
    for _ in range(4):
        page = questions.cities(limit=2, cursor=cursor)
        assert page.total == 7
        seen += [city.slug for city in page]
        cursor = page.next
    assert cursor is None
    assert seen == [city.slug for city in questions.cities()]


@pytest.mark.parametrize("cursor", ["", "x", "W10", "bnVsbA", "ü", "e30"])
def test_a_cursor_that_was_not_given_out_is_refused(questions: Questions, cursor: str) -> None:
    with pytest.raises(BadParameter):
        questions.cities(cursor=cursor)


def test_a_cursor_of_another_list_is_refused(questions: Questions) -> None:
    cursor = questions.cities(limit=1).next
    with pytest.raises(BadParameter):
        questions.themes(cursor=cursor)


def test_a_city_has_its_country_numbers_and_links(questions: Questions) -> None:
    city = questions.city("antalya")
    assert city.country is not None
    assert (city.country.iso, city.country.label.tr) == ("TR", "Türkiye")
    assert (city.latitude, city.longitude, city.population) == (36.9, 30.7, 2500000)
    assert city.links == ("http://www.wikidata.org/entity/Q6487",)
    assert questions.city("canakkale").note == Label("Not", "Remark")


def test_what_is_not_there_is_said_so(questions: Questions) -> None:
    for ask in (
        lambda: questions.city("atlantis"),
        lambda: questions.network("atlantis", as_of=DAY),
        lambda: questions.agreement("atlantis", as_of=DAY),
        lambda: questions.project("atlantis"),
        lambda: questions.theme("atlantis"),
        lambda: questions.relations_of("atlantis", as_of=DAY),
        lambda: questions.reconciliation("atlantis"),
        lambda: questions.relation(f"{BASE}city/antalya", as_of=DAY),
    ):
        with pytest.raises(NotFound):
            ask()


# Relations


def test_relations_of_a_city_are_named_and_ordered(questions: Questions) -> None:
    assert names(questions.relations_of("antalya", as_of=DAY)) == [
        "Antalya – Bat Yam kardeş şehir anlaşması",
        "Antalya – Nürnberg kardeş şehir anlaşması",
        "Kepez Belediyesi – Nürnberg kardeş şehir anlaşması",
        "Antalya – adı bilinmeyen kardeş şehir anlaşması (1)",
        "Antalya – Kunming mutabakat zaptı",
        "Antalya – adı bilinmeyen iş birliği protokolü (1)",
        "Antalya – MedCities üyeliği",
        "Antalya – Sıfıra Yarış katılımı",
        "Antalya – adı bilinmeyen ağ üyeliği (1)",
        "Antalya – MAtchUP katılımı",
        "Antalya – MAtchUP hibesi",
    ]


def test_a_relation_reads_alike_from_both_sides(questions: Questions) -> None:
    from_there = questions.relations_of("nuremberg", as_of=DAY)
    relation = find(from_there, "twinning-antalya-nuremberg-1")
    assert relation.label == Label(
        "Antalya – Nürnberg kardeş şehir anlaşması", "Antalya–Nuremberg sister-city agreement"
    )
    assert relation.other is not None
    assert relation.other.slug == "antalya-metropolitan-municipality"


def test_a_relation_has_its_dates_grade_and_themes(questions: Questions) -> None:
    relation = questions.agreement("twinning-antalya-nuremberg-1", as_of=DAY)
    assert (relation.kind, relation.status, relation.grade) == ("twinning", "holds", "confirmed")
    assert (relation.start.text, relation.start.earliest) == ("1997-10", date(1997, 10, 1))
    assert not relation.end.is_given
    assert [theme.slug for theme in relation.themes] == ["climate-adaptation", "women"]
    assert relation.record_ref == "antalya/sister_cities.yml:3"
    assert relation.identified


def test_a_municipality_goes_by_its_city_and_a_district_by_itself(questions: Questions) -> None:
    relation = questions.agreement("twinning-kepez-nuremberg-1", as_of=DAY)
    assert [(party.short_label.tr, party.speaks_for_city) for party in relation.parties] == [
        ("Kepez Belediyesi", False),
        ("Nürnberg", True),
    ]
    assert (relation.status, relation.intended) == ("planned", True)


def test_evidence_is_ordered_and_tells_what_was_accepted(questions: Questions) -> None:
    evidence = questions.agreement("twinning-antalya-nuremberg-1", as_of=DAY).evidence
    assert [(one.claim, one.value, one.grade, one.accepted) for one in evidence] == [
        ("kp:startDate", "1997-10", "confirmed", True),
        ("rdf:type", "https://w3id.org/kopru/ontology#TwinningAgreement", "confirmed", True),
        ("kp:startDate", "1998", "reported", False),
    ]
    document = evidence[0].document
    assert document is not None
    assert (document.slug, document.publisher, document.url) == (
        "page",
        "Nürnberg",
        "https://example.org/page",
    )
    assert evidence[1].value_label == Label("Kardeş şehir anlaşması", "Sister-city agreement")


def test_lists_carry_the_number_of_evidence_and_the_evidence_when_asked(questions: Questions) -> None:
    slug = "twinning-antalya-nuremberg-1"
    bare = find(questions.relations_of("antalya", as_of=DAY), slug)
    full = find(questions.relations_of("antalya", as_of=DAY, with_evidence=True), slug)
    assert (bare.evidence_count, bare.evidence) == (3, ())
    assert len(full.evidence) == 3


def test_who_ended_a_tie_is_named(questions: Questions) -> None:
    relation = questions.agreement("twinning-antalya-bat-yam-1", as_of=date(2024, 3, 11))
    assert (relation.status, relation.end.text) == ("ended", "2024-03-11")
    assert relation.ended_by is not None
    assert relation.ended_by.slug == "antalya-metropolitan-municipality"


def test_kind_and_status_narrow_the_list(questions: Questions) -> None:
    protocols = questions.relations_of("antalya", as_of=DAY, kind="protocol")
    assert [relation.kind for relation in protocols] == ["memorandum", "protocol"]
    held = questions.relations_of("antalya", as_of=DAY, kind="twinning", status="holds")
    assert [relation.slug for relation in held] == [
        "twinning-antalya-bat-yam-1",
        "twinning-antalya-nuremberg-1",
    ]


def test_money_is_exact_and_has_its_currency(questions: Questions) -> None:
    relations = questions.relations_of("antalya", as_of=DAY)
    assert find(relations, "antalya-matchup-1").own_share == Money(Decimal("40.25"), "EUR")
    assert find(relations, "antalya-commission-matchup-1").amount == Money(Decimal("75.25"), "EUR")


def test_a_membership_has_its_role_and_its_network(questions: Questions) -> None:
    membership = find(questions.relations_of("antalya", as_of=DAY), "antalya-medcities-1")
    assert membership.role == Label("Üye", "Member")
    assert membership.other is not None
    assert (membership.other.kind, membership.other.part) == ("network", "network")


# Lists


def test_agreements_begin_with_the_own_city_and_end_with_open_places(questions: Questions) -> None:
    page = questions.agreements(as_of=DAY)
    assert names(list(page)) == [
        "Antalya – Bat Yam kardeş şehir anlaşması",
        "Antalya – Kunming mutabakat zaptı",
        "Antalya – Nürnberg kardeş şehir anlaşması",
        "Kepez Belediyesi – Nürnberg kardeş şehir anlaşması",
        "Kunming – Nürnberg kardeş şehir anlaşması",
        "Antalya – adı bilinmeyen iş birliği protokolü (1)",
        "Antalya – adı bilinmeyen kardeş şehir anlaşması (1)",
    ]


def test_pages_of_agreements_follow_one_another(questions: Questions) -> None:
    whole = [relation.iri for relation in questions.agreements(as_of=DAY)]
    first = questions.agreements(as_of=DAY, limit=4)
    second = questions.agreements(as_of=DAY, limit=4, cursor=first.next)
    assert [relation.iri for relation in (*first, *second)] == whole
    assert (first.total, second.next) == (7, None)


@pytest.mark.parametrize(
    ("filters", "slugs"),
    [
        ({"q": "NÜRN", "city": "antalya", "status": "holds"}, ["twinning-antalya-nuremberg-1"]),
        ({"kind": "memorandum"}, ["memorandum-antalya-kunming-1"]),
        ({"status": "planned"}, ["twinning-kepez-nuremberg-1"]),
        ({"city": "bat-yam"}, ["twinning-antalya-bat-yam-1"]),
        ({"q": "kepez"}, ["twinning-kepez-nuremberg-1"]),
        ({"q": "yok böyle bir yer"}, []),
    ],
)
def test_agreements_are_filtered(questions: Questions, filters: dict[str, str], slugs: list[str]) -> None:
    page = questions.agreements(as_of=DAY, **filters)  # type: ignore[arg-type]
    assert [relation.slug for relation in page] == slugs


def test_networks_count_the_members_of_the_day(questions: Questions) -> None:
    medcities = questions.network("medcities", as_of=DAY)
    assert (medcities.kind, medcities.members, medcities.member_count, medcities.founded) == (
        "city_network", 2, 80, "1991",
    )  # fmt: skip
    assert questions.network("medcities", as_of=date(2019, 12, 31)).members == 1
    assert [theme.slug for theme in medcities.themes] == ["climate-change"]


def test_networks_are_filtered(questions: Questions) -> None:
    def slugs(**filters: str) -> list[str]:
        return [network.slug for network in questions.networks(as_of=DAY, **filters)]  # type: ignore[arg-type]

    assert slugs() == ["medcities", "race-to-zero"]
    assert slugs(kind="campaign") == ["race-to-zero"]
    assert slugs(member="nuremberg") == ["medcities"]
    assert slugs(q="SIFIRA") == ["race-to-zero"]
    assert slugs(q="sifira", member="nuremberg") == []


def test_members_of_a_network_are_its_memberships(questions: Questions) -> None:
    assert names(questions.members_of("medcities", as_of=DAY)) == [
        "Antalya – MedCities üyeliği",
        "Nürnberg – MedCities üyeliği",
    ]


def test_projects_are_found_by_theme_city_and_name(questions: Questions) -> None:
    assert [project.slug for project in questions.projects(theme="environment")] == ["matchup"]
    assert questions.projects(theme="women").total == 0
    assert questions.projects(city="nuremberg").total == 0
    project = questions.project("matchup")
    assert (project.total_cost, project.participants) == (Money(Decimal("100.5"), "EUR"), 1)
    assert project.programme is not None
    assert project.programme.label == Label("Ufuk 2020", "Horizon 2020")


def test_who_takes_part_in_a_project_and_who_funds_it(questions: Questions) -> None:
    assert [relation.kind for relation in questions.participations_in("matchup", as_of=DAY)] == [
        "participation",
        "grant",
    ]


def test_funding_lists_grants_and_loans(questions: Questions) -> None:
    assert [relation.kind for relation in questions.funding(as_of=DAY)] == ["grant"]
    assert questions.funding(as_of=DAY, kind="loan").total == 0
    assert questions.funding(as_of=DAY, q="ufuk").total == 1


def test_themes_count_what_is_below_them(questions: Questions) -> None:
    theme = questions.theme("climate-change")
    assert (theme.relations, theme.networks, theme.projects) == (1, 1, 1)
    assert questions.theme("sport").relations == 0
    assert theme.broader is not None
    assert "climate-change" in [found.slug for found in questions.themes(q="iklim")]
