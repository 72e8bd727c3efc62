"""Gaps of a small made-up neighbourhood: each kind worked out by hand.

Ours has the partners One, Two and Three,
whose ties the comments beside the statements tell of; what follows from them was worked out by hand.
"""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import rdflib
from rdflib.namespace import RDF

from graph.gaps.model import GAP_KINDS, Gap, GapKind, Gaps
from graph.gaps.service import Wanted, find_gaps
from graph.guard import check_query
from graph.projection import project_ties
from graph.questions.reading import read_facts
from graph.revision import Revision
from graph.store import GraphStore
from ontology.errors import NotFound
from ontology.terms import PREFIXES

DAY = date(2024, 3, 4)
BASE = "https://w3id.org/kopru/id/"


def city(slug: str, country: str, name: str) -> str:
    return f"""
<city/{slug}> a schema:City ; rdfs:label "{name}"@tr, "{name}"@en ;
    schema:containedInPlace <country/{country}> ;
    schema:latitude 36.9 ; schema:longitude 30.7 ; kp:population 1000000 .
<country/{country}> a schema:Country ; kp:isoCode "{country.upper()}" ; rdfs:label "{country}"@en .
<authority/{slug}> a m8g:PublicOrganisation ; rdfs:label "{name} Municipality"@en ;
    org:classification <classification/municipality> ; dcterms:spatial <city/{slug}> .
"""


def dated(relation: str, start: str, grade: str = "confirmed", end: str | None = None) -> str:
    def claim(prop: str, day: str) -> str:
        return f"""
<evidence/{relation.replace("/", "-")}-{prop}> a kp:Evidence ; kp:about <{relation}> ;
    prov:hadPrimarySource <document/page> ; kp:evidenceGrade kp:{grade} ; kp:claimedProperty kp:{prop} ;
    kp:claimedValue "{day}" ; kp:claimedEarliest "{day}"^^xsd:date ; kp:claimedLatest "{day}"^^xsd:date .
"""

    return claim("startDate", start) + (claim("endDate", end) if end else "")


def agreement(one: str, other: str, start: str, *, grade: str = "confirmed", more: str = "") -> str:
    slug = f"agreement/twinning-{one}-{other}-1"
    said = f"<{slug}> a kp:TwinningAgreement ; kp:party <authority/{one}>, <authority/{other}> {more} ."
    return said + dated(slug, start, grade)


def member(who: str, network: str, start: str = "2000-01-01") -> str:
    slug = f"membership/{who}-{network}-1"
    said = f"<{slug}> a kp:NetworkMembership ; org:member <authority/{who}> ;"
    return f"{said} org:organization <network/{network}> .{dated(slug, start)}"


def in_project(who: str, project: str, start: str = "2022-01-01") -> str:
    slug = f"participation/{who}-{project}-1"
    said = f"<{slug}> a kp:ProjectParticipation ; org:member <authority/{who}> ;"
    return f"{said} kp:project <project/{project}> .{dated(slug, start)}"


TURTLE = "".join(
    [
        city("ours", "tr", "Ours"), city("one", "de", "One"), city("two", "cn", "Two"),
        city("three", "us", "Three"), city("far", "it", "Far"),
        '<document/page> a schema:CreativeWork ; dcterms:title "Page"@en .',
        # Themes: water and peace are priorities. Water has a partner (One) and a grant, no project.
        "".join(
            f'<theme/{slug}> a skos:Concept ; skos:inScheme <scheme/themes> ; skos:prefLabel "{slug}"@en .\n'
            for slug in ("our-water", "our-peace", "our-sport")
        ),
        "<plan/p> a <http://purl.org/net/p-plan#Plan> ; kp:planOwner <authority/ours> ;"
        " kp:priorityThemes <list/p> . <list/p> a skos:Collection ;"
        " skos:member <theme/our-water>, <theme/our-peace> .",
        # One is awake: a project of 2022 together. Two began in 2020, within five years. Three in 2001.
        agreement("ours", "one", "2010-01-01", more="; kp:theme <theme/our-water>"),
        agreement("ours", "two", "2020-06-01"), agreement("ours", "three", "2001-01-01"),
        # Far stands in a list only: it is no partner.
        agreement("ours", "far", "1990-01-01", grade="unverified"),
        # One and Two are twinned and in a project without us; Three and One are not tied.
        agreement("one", "two", "2015-01-01"), in_project("one", "theirs"), in_project("two", "theirs"),
        '<project/theirs> a schema:Project ; rdfs:label "Theirs"@en .',
        in_project("ours", "joint"), in_project("one", "joint"),
        '<project/joint> a schema:Project ; rdfs:label "Joint"@en ; kp:theme <theme/our-sport> .',
        # The League has One and Two; the Union us, One, Two and Far, who is in the Circle, too.
        *(f'<network/{n}> a kp:CityNetwork ; rdfs:label "{n}"@en .' for n in ("league", "union", "circle")),
        member("one", "league"), member("two", "league", "2015-01-01"),
        *(member(who, "union") for who in ("ours", "one", "two", "far")),
        member("ours", "circle"), member("far", "circle"),
        "<grant/g> a kp:Grant ; kp:recipient <authority/ours> ; schema:funder <organization/bank> ;"
        " kp:theme <theme/our-water> .", dated("grant/g", "2021-01-01"),
        '<organization/bank> a org:Organization ; rdfs:label "Bank"@en .',
        # The university of ours is tied to ones in Far and in One.
        *(
            f'<organization/university-{slug}> a org:Organization ; rdfs:label "University {slug}"@en ;'
            f" org:classification <classification/university> ; dcterms:spatial <city/{slug}> ."
            for slug in ("ours", "one", "far")
        ),
        *(
            f"<agreement/protocol-universities-{slug}-1> a kp:CooperationProtocol ;"
            f" kp:party <organization/university-ours>, <organization/university-{slug}> ."
            + dated(f"agreement/protocol-universities-{slug}-1", "2012-01-01")
            for slug in ("one", "far")
        ),
        # Of two protocols that were declared none is identified.
        "<declared-count/protocols> a kp:DeclaredCount ; kp:declaredKind kp:CooperationProtocol ;"
        ' kp:declaredNumber 2 ; kp:declaredOn "2024-03-04"^^xsd:date ; kp:declaredBy <authority/ours> ;'
        " prov:hadPrimarySource <document/page> .",
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Revision:
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    store = GraphStore(tmp_path_factory.mktemp("gaps") / "store")
    with store.writer() as draft:
        rdf = rdflib.Graph().parse(data=f"@base <{BASE}> .\n{head}{TURTLE}")
        draft.replace_source("records", rdf, retrieved_at=datetime(2024, 3, 4, tzinfo=UTC))
        draft.derive()
        draft.publish()
    return store.current()


def ask(revision: Revision, *kinds: GapKind, day: date = DAY, **wanted: Any) -> Gaps:
    asked = Wanted(kinds=kinds, **wanted)
    return find_gaps(revision, project_ties(revision, day), "ours", asked)


def short(iri: str) -> str:
    return iri.removeprefix(BASE).partition("/")[2] or iri


def subjects(found: Gaps) -> list[str]:
    return [short(gap.subject) for gap in found.items]


def only(found: Gaps) -> Gap:
    (gap,) = found.items
    return gap


def test_themes_lack_kinds_of_tie_and_priorities_come_first(made: Revision) -> None:
    # The vocabulary brings themes of its own, none of which has a tie here.
    found = [gap for gap in ask(made, "theme", limit=100).items if short(gap.subject).startswith("our-")]
    # Peace has nothing, water a partner and a grant; sport, which is no priority, has a project.
    assert [(short(gap.subject), gap.missing) for gap in found] == [
        ("our-peace", ("partner", "project", "funding", "indicator")),
        ("our-water", ("project", "indicator")),
    ]
    assert found[1].text.en == "Not recorded: project, indicator. Recorded: partner (1), funding (1)."
    assert [short(iri) for iri in found[1].evidence] == ["twinning-ours-one-1", "g"]


def test_a_theme_that_is_no_priority_is_told_when_it_has_nothing(made: Revision) -> None:
    # The project with the theme sport begins in 2022.
    assert "our-sport" in subjects(ask(made, "theme", day=date(2021, 1, 1), limit=100))


def test_a_partner_is_dormant_when_nothing_is_recorded_within_the_years(made: Revision) -> None:
    gap = only(ask(made, "dormant_partner"))
    assert (short(gap.subject), gap.size) == ("three", 23.2)  # from 1 January 2001 to 4 March 2024
    assert gap.text.en == "No project, event, cooperation or new agreement is recorded since 2001."
    assert [short(one.iri) for one in gap.candidates] == ["three"]
    # Within three years of the day Two's agreement of June 2020 is too old, One's project is not.
    assert subjects(ask(made, "dormant_partner", years=3)) == ["three", "two"]


def test_the_day_changes_who_is_dormant(made: Revision) -> None:
    assert subjects(ask(made, "dormant_partner", day=date(2005, 1, 1))) == []
    assert subjects(ask(made, "dormant_partner", day=date(2016, 1, 1))) == ["three", "one"]


def test_an_entry_of_a_list_is_no_partner(made: Revision) -> None:
    assert "far" not in subjects(ask(made, "dormant_partner", years=1))


def test_partners_who_work_together_without_us_are_told_with_what_they_share(made: Revision) -> None:
    found = ask(made, "partners_without_us")
    gap = only(found)
    assert (gap.title.en, gap.size) == ("One – Two", 2.0)
    assert gap.text.en == "They share without us: sister-city agreement, Theirs."
    assert sorted(short(iri) for iri in gap.evidence) == [
        "one-theirs-1", "twinning-one-two-1", "two-theirs-1",
    ]  # fmt: skip
    # That One and Two share League and Union among four cities in three networks, chance explains.
    assert (found.hidden.pairs, found.hidden.hidden, found.hidden.share) == (1, 1, 1.0)


def test_burt_s_constraint_is_that_of_the_definition(made: Revision) -> None:
    # Ours with One, Two and Three by 1 each, One and Two by 2. p(ours→each) = 1/3, p(one→two) = 2/3 as one
    # has ties of 1 + 2; so (1/3 + 1/3·2/3)² twice and (1/3)² once.
    standing = ask(made).standing
    assert standing.constraint == pytest.approx(2 * (5 / 9) ** 2 + 1 / 9, abs=1e-4)
    assert standing.partners == 3


def test_networks_where_partners_meet_are_told(made: Revision) -> None:
    gap = only(ask(made, "shared_network"))
    assert (short(gap.subject), gap.size) == ("league", 2.0)
    assert gap.text.en.startswith("Partners recorded as members: One, Two.")
    # Two joined in 2015, and the tie with Two is of 2020.
    assert ask(made, "shared_network", day=date(2019, 1, 1)).items == ()


def test_a_network_adds_nobody_when_its_members_are_known_otherwise(made: Revision) -> None:
    # Of the Union One and Two are partners, Far is in the Circle. Of the Circle one member is recorded:
    # that is too little to say.
    assert subjects(ask(made, "network_adds_nobody")) == ["union"]
    assert any("Of 1 networks" in one.text.en for one in ask(made).widen)


def test_money_without_a_project_and_a_project_without_a_plan(made: Revision) -> None:
    assert subjects(ask(made, "money_without_project")) == ["our-water"]
    assert ask(made, "money_without_project", day=date(2020, 1, 1)).items == ()
    assert subjects(ask(made, "project_without_plan")) == ["joint"]


def test_regions_without_a_partner(made: Revision) -> None:
    # Germany, China and the United States are covered; Italy is in a list only.
    assert subjects(ask(made, "region")) == ["neighbours", "AF", "OC", "SA"]
    assert ask(made, "region").items[0].size == 8.0


def test_doors_of_others_and_cities_of_several(made: Revision) -> None:
    assert subjects(ask(made, "unused_door")) == ["far"]
    gap = only(ask(made, "side_by_side"))
    assert (short(gap.subject), gap.size) == ("one", 2.0)
    assert "University ours (University one)" in gap.text.en
    assert ask(made, "unused_door", day=date(2011, 1, 1)).items == ()


def test_open_places_are_told_from_the_day_of_the_declaration_on(made: Revision) -> None:
    gap = only(ask(made, "open_place"))
    assert (gap.subject, gap.size, len(gap.evidence)) == ("cooperation_protocol", 2.0, 2)
    assert ask(made, "open_place", day=date(2024, 3, 3)).items == ()


def test_each_finding_has_a_query_that_runs_and_evidence_that_is_there(made: Revision) -> None:
    found = ask(made).items
    assert {gap.kind for gap in found} == set(GAP_KINDS)
    for gap in found:
        check_query(gap.query, PREFIXES)
        made.select(gap.query)
        for iri in gap.evidence:
            assert read_facts(made, [iri]).of(iri).iris_of(str(RDF.type))


def test_the_queries_say_what_the_findings_say(made: Revision) -> None:
    def run(gap: Gap, column: str) -> set[str]:
        return {short(str(row[column])) for row in made.select(gap.query) if column in row}

    assert run(only(ask(made, "dormant_partner")), "activity") == set()
    assert run(only(ask(made, "shared_network")), "partner") == {"one", "two"}
    assert run(only(ask(made, "unused_door")), "relation") == {"protocol-universities-far-1"}
    peace, water = ask(made, "theme").items[:2]
    assert run(peace, "item") == set()
    assert run(water, "item") == {"twinning-ours-one-1", "g"}
    assert run(only(ask(made, "network_adds_nobody")), "member") == {"one", "two", "far"}


def test_a_theme_narrows_the_findings(made: Revision) -> None:
    found = ask(made, theme=f"{BASE}theme/our-water")
    assert {gap.kind for gap in found.items} == {"theme", "money_without_project"}


def test_before_everything_nothing_is_said_to_be_missing_that_needs_a_tie(made: Revision) -> None:
    found = ask(made, day=date(1800, 1, 1))
    assert {gap.kind for gap in found.items} == {"theme", "region"}
    assert found.standing.constraint is None
    assert found.widen
    assert find_gaps(made, project_ties(made, date(1, 1, 1)), "ours").standing.partners == 0


def test_a_graph_with_one_city_has_an_answer(store: GraphStore, publish: Any) -> None:
    publish(f'<{BASE}city/ours> a schema:City ; rdfs:label "Ours"@en .')
    found = find_gaps(store.current(), project_ties(store.current(), DAY), "ours")
    assert found.items == ()
    assert found.widen[0].command == "kopru ingest records"


def test_a_network_of_one_foreign_country_is_not_offered(store: GraphStore, make_rdf: Any) -> None:
    cities = city("ours", "tr", "Ours") + city("one", "de", "One") + city("two", "de", "Two")
    ties = agreement("ours", "one", "2010-01-01") + agreement("ours", "two", "2010-01-01")
    league = '<network/league> a kp:Campaign ; rdfs:label "League"@en .'

    def shared(more: str) -> list[Gap]:
        source = f"{cities}{ties}{league}{member('one', 'league')}{member('two', 'league')}{more}"
        with store.writer() as draft:
            rdf = make_rdf(f"@base <{BASE}> .\n{source}")
            draft.replace_source("records", rdf, retrieved_at=datetime(2024, 3, 4, tzinfo=UTC))
            draft.derive()
            draft.publish()
        return list(ask(store.current(), "shared_network").items)

    assert shared("") == []
    (gap,) = shared(city("far", "it", "Far") + member("far", "league"))
    assert gap.text.en.endswith("a campaign, a reporting scheme or a union.")


def test_a_city_that_is_not_there_is_named_with_the_nearest(made: Revision) -> None:
    with pytest.raises(NotFound, match="ours"):
        find_gaps(made, project_ties(made, DAY), "ourz")
