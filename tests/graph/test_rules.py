"""The rules, on graphs small enough to derive by hand.

They run on Oxigraph, which publishes with them, and once on rdflib too, so that no rule leans on one
engine. Our own store takes no part here: rules are text, run in the order of their names.
"""

from importlib.resources import files

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib import RDF, RDFS, SH, Literal, URIRef
from rdflib.term import Node

from ontology.terms import KP, M8G, ORG, PREFIXES, PROV, SCHEMA
from ontology.vocabulary import load_ontology, load_shapes, load_themes

ID = "https://w3id.org/kopru/id/"
HEAD = f"@base <{ID}> .\n" + "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
RULES = sorted(
    (entry.name, entry.read_text(encoding="utf-8"))
    for entry in files("graph.rules").iterdir()
    if entry.name.endswith(".rq")
)
OWN = """
<authority/own> a m8g:PublicOrganisation ; dcterms:spatial <city/antalya> . <city/antalya> a schema:City .
<document/letter> a schema:CreativeWork . <document/page> a schema:CreativeWork .
"""


def derive_with_oxigraph(rdf: rdflib.Graph) -> rdflib.Graph:
    store = ox.Store()
    store.load(rdf.serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES)
    for _, rule in RULES:
        triples = store.query(rule)
        assert isinstance(triples, ox.QueryTriples)
        store.extend([ox.Quad(*triple) for triple in triples])
    answer = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return rdflib.Graph().parse(data=answer, format="nt")


def derive_with_rdflib(rdf: rdflib.Graph) -> rdflib.Graph:
    derived = rdflib.Graph() + rdf
    for _, rule in RULES:
        derived += derived.query(rule).graph or rdflib.Graph()
    return derived


def with_vocabulary(turtle: str) -> rdflib.Graph:
    """Return some Turtle and what the rules need of the vocabulary: no texts for people."""
    rdf = rdflib.Graph().parse(data=HEAD + OWN + turtle, format="turtle")
    words = load_ontology() + load_themes()
    rdf += (triple for triple in words if not getattr(triple[2], "language", None))
    return rdf


def derive(turtle: str) -> rdflib.Graph:
    return derive_with_oxigraph(with_vocabulary(turtle))


def thing(path: str) -> URIRef:
    return URIRef(ID + path)


def day(text: str) -> Literal:
    return Literal(text, datatype=rdflib.XSD.date)


def claim(name: str, about: str, said: str, grade: str = "confirmed", on: str | None = None) -> str:
    """Return Turtle of one claim; ``said`` is its property and value."""
    dated = f'; kp:evidenceDate "{on}"^^xsd:date' if on else ""
    return (
        f"<evidence/{name}> a kp:Evidence ; kp:about <{about}> ; prov:hadPrimarySource <document/page> ; "
        f"kp:evidenceGrade kp:{grade} ; {said} {dated} .\n"
    )


def start(value: str, earliest: str, latest: str) -> str:
    return (
        f'kp:claimedProperty kp:startDate ; kp:claimedValue "{value}" ; '
        f'kp:claimedEarliest "{earliest}"^^xsd:date ; kp:claimedLatest "{latest}"^^xsd:date'
    )


YEAR = start("1997", "1997-01-01", "1997-12-31")
MONTH = start("1997-07", "1997-07-01", "1997-07-31")
OTHER = start("2001", "2001-01-01", "2001-12-31")
TWIN = thing("agreement/twin")


def twin(*claims: str) -> str:
    return "<agreement/twin> a kp:TwinningAgreement ; kp:party <authority/own> .\n" + "".join(claims)


def test_every_rule_is_a_construct_with_a_title_in_both_languages() -> None:
    assert [name for name, _ in RULES] == [
        "10_superclasses.rq", "15_declared_labels.rq", "20_inverse_evidence.rq", "25_accepted_claims.rq",
        "30_accepted_dates.rq", "31_accepted_values.rq", "32_grade.rq", "33_start_unknown.rq",
        "35_points_in_time.rq", "40_city_of_relation.rq", "45_member_during.rq", "50_theme_rollup.rq",
        "55_counted.rq", "60_open_places.rq",
    ]  # fmt: skip
    for _, rule in RULES:
        first, second = rule.splitlines()[:2]
        assert first.startswith("# title@tr: ")
        assert second.startswith("# title@en: ")
        assert "CONSTRUCT" in rule


def test_a_thing_is_also_of_the_classes_above_its_own_published_ones_included() -> None:
    rdf = derive("<agreement/m> a kp:Memorandum . <network/n> a kp:CityNetwork . <grant/g> a kp:Grant .")
    assert set(rdf.objects(thing("agreement/m"), RDF.type)) == {
        KP.Memorandum, KP.CooperationProtocol, KP.Agreement, KP.Relation,
    }  # fmt: skip
    assert set(rdf.objects(thing("network/n"), RDF.type)) == {
        KP.CityNetwork, ORG.OrganizationalCollaboration, ORG.Organization,
    }  # fmt: skip
    assert set(rdf.objects(thing("grant/g"), RDF.type)) == {
        KP.Grant,
        KP.Funding,
        KP.Relation,
        SCHEMA.MonetaryGrant,
    }
    assert set(rdf.objects(thing("authority/own"), RDF.type)) == {M8G.PublicOrganisation, ORG.Organization}


def test_what_evidence_is_about_points_back_to_it() -> None:
    rdf = derive(twin(claim("a", "agreement/twin", YEAR), claim("b", "agreement/twin", OTHER)))
    assert set(rdf.objects(TWIN, KP.hasEvidence)) == {thing("evidence/a"), thing("evidence/b")}


@pytest.mark.parametrize(
    ("claims", "accepted"),
    [
        ([claim("a", "agreement/twin", YEAR)], "1997"),
        # The grade decides before the day.
        ([claim("a", "agreement/twin", YEAR, "reported", "2024-01-01"),
          claim("b", "agreement/twin", OTHER, "confirmed", "2010-01-01")], "2001"),
        ([claim("a", "agreement/twin", YEAR, "unverified", "2024-01-01"),
          claim("b", "agreement/twin", OTHER, "reported")], "2001"),
        # Of one grade the newest counts, and an unknown day is the oldest.
        ([claim("a", "agreement/twin", YEAR, "reported", "2020-01-01"),
          claim("b", "agreement/twin", OTHER, "reported", "2019-12-31")], "1997"),
        ([claim("a", "agreement/twin", YEAR, "reported", "1990-01-01"),
          claim("b", "agreement/twin", OTHER, "reported")], "1997"),
        # Of one grade and day the last as text counts, which prefers the more precise.
        ([claim("a", "agreement/twin", YEAR, "reported", "2020-01-01"),
          claim("b", "agreement/twin", MONTH, "reported", "2020-01-01")], "1997-07"),
    ],
)  # fmt: skip
def test_the_accepted_start_is_chosen_by_grade_then_day_then_text(claims: list[str], accepted: str) -> None:
    rdf = derive(twin(*claims))
    assert list(rdf.objects(TWIN, KP.startText)) == [Literal(accepted)]
    [chosen] = rdf.objects(TWIN, KP.acceptedClaim)
    assert list(rdf.objects(TWIN, KP.startEarliest)) == list(rdf.objects(chosen, KP.claimedEarliest))
    assert list(rdf.objects(TWIN, KP.startLatest)) == list(rdf.objects(chosen, KP.claimedLatest))


def test_bounds_of_rival_claims_are_never_mixed() -> None:
    before = start("before 2015", "2000-01-01", "2014-12-31").replace(
        'kp:claimedEarliest "2000-01-01"^^xsd:date ;', ""
    )
    rdf = derive(twin(claim("a", "agreement/twin", YEAR, "reported"), claim("b", "agreement/twin", before)))
    assert list(rdf.objects(TWIN, KP.startEarliest)) == []
    assert list(rdf.objects(TWIN, KP.startLatest)) == [day("2014-12-31")]


def test_start_and_end_are_chosen_each_for_itself() -> None:
    end = OTHER.replace("startDate", "endDate")
    rdf = derive(twin(claim("a", "agreement/twin", YEAR), claim("b", "agreement/twin", end, "unverified")))
    assert rdf.value(TWIN, KP.startText) == Literal("1997")
    assert rdf.value(TWIN, KP.endText) == Literal("2001")
    assert rdf.value(TWIN, KP.endLatest) == day("2001-12-31")


def test_the_same_fact_from_two_sources_is_said_once() -> None:
    rdf = derive(twin(claim("a", "agreement/twin", YEAR), claim("b", "agreement/twin", YEAR)))
    assert len(list(rdf.objects(TWIN, KP.startText))) == 1
    assert len(list(rdf.objects(TWIN, KP.startEarliest))) == 1
    assert len(list(rdf.subjects(RDF.type, KP.TwinningAgreement))) == 1


def test_other_values_are_accepted_alike_with_the_currency_of_the_accepted_amount() -> None:
    rdf = derive(
        "<project/p> a schema:Project . <network/n> a kp:CityNetwork .\n"
        + claim(
            "a",
            "project/p",
            'kp:claimedProperty kp:totalCost ; kp:claimedValue 19.5 ; kp:claimedCurrency "EUR"',
        )
        + claim(
            "b",
            "project/p",
            'kp:claimedProperty kp:totalCost ; kp:claimedValue 99.5 ; kp:claimedCurrency "TRY"',
            "reported",
        )
        + claim("c", "network/n", "kp:claimedProperty kp:seat ; kp:claimedValue <city/antalya>")
        + claim("d", "network/n", "kp:claimedProperty kp:memberCount ; kp:claimedValue 80", on="2020-01-01")
        + claim("e", "network/n", "kp:claimedProperty kp:memberCount ; kp:claimedValue 75", on="2021-01-01")
    )
    assert [str(value) for value in rdf.objects(thing("project/p"), KP.totalCost)] == ["19.5"]
    assert list(rdf.objects(thing("project/p"), SCHEMA.currency)) == [Literal("EUR")]
    assert list(rdf.objects(thing("network/n"), KP.seat)) == [thing("city/antalya")]
    assert [int(str(value)) for value in rdf.objects(thing("network/n"), KP.memberCount)] == [75]


def test_equal_amounts_in_two_currencies_do_not_both_count() -> None:
    amount = 'kp:claimedProperty schema:amount ; kp:claimedValue 5.0 ; kp:claimedCurrency "{}"'
    rdf = derive(
        "<grant/g> a kp:Grant ; kp:recipient <authority/own> .\n"
        + claim("a", "grant/g", amount.format("EUR"))
        + claim("b", "grant/g", amount.format("TRY"))
    )
    assert list(rdf.objects(thing("grant/g"), SCHEMA.currency)) == [Literal("TRY")]


def test_claims_on_what_a_thing_is_do_not_change_it() -> None:
    rdf = derive(
        twin(claim("a", "agreement/twin", "kp:claimedProperty rdf:type ; kp:claimedValue kp:Memorandum"))
    )
    assert KP.Memorandum not in set(rdf.objects(TWIN, RDF.type))
    assert list(rdf.objects(TWIN, KP.acceptedClaim)) == []


def test_a_relation_has_the_best_grade_of_its_evidence() -> None:
    rdf = derive(
        twin(claim("a", "agreement/twin", YEAR, "unverified"), claim("b", "agreement/twin", YEAR, "reported"))
    )
    assert list(rdf.objects(TWIN, KP.evidenceGrade)) == [KP.reported]


def test_an_assessed_grade_replaces_the_best_one() -> None:
    rdf = derive(
        twin(claim("a", "agreement/twin", YEAR)) + "<agreement/twin> kp:assessedGrade kp:unverified ."
    )
    assert list(rdf.objects(TWIN, KP.evidenceGrade)) == [KP.unverified]


def test_a_relation_concerns_the_cities_of_its_parties_members_and_recipients() -> None:
    rdf = derive("""
        <city/varna> a schema:City .
        <authority/other> a m8g:PublicOrganisation ; dcterms:spatial <city/varna> .
        <agreement/t> a kp:TwinningAgreement ; kp:party <authority/own>, <authority/other> .
        <membership/m> a kp:NetworkMembership ; org:member <authority/other> ; org:organization <network/n> .
        <grant/g> a kp:Grant ; kp:recipient <authority/own> ; schema:funder <authority/other> .
        """)
    antalya, varna = thing("city/antalya"), thing("city/varna")
    assert set(rdf.objects(thing("agreement/t"), KP.city)) == {antalya, varna}
    assert set(rdf.objects(thing("membership/m"), KP.city)) == {varna}
    assert set(rdf.objects(thing("grant/g"), KP.city)) == {antalya}


def test_a_theme_brings_all_themes_above_it() -> None:
    rdf = derive("<network/n> a kp:CityNetwork ; kp:theme <theme/urban-regeneration> .")
    slugs = ("urban-regeneration", "urban-planning", "urban-development")
    assert set(rdf.objects(thing("network/n"), KP.theme)) == {thing(f"theme/{slug}") for slug in slugs}


def declared(kind: str, number: int, name: str = "count") -> str:
    return (
        f"<declared-count/{name}> a kp:DeclaredCount ; kp:declaredKind kp:{kind} ; "
        f"kp:declaredNumber {number} ; "
        'kp:declaredOn "2024-03-04"^^xsd:date ; kp:declaredBy <authority/own> ; '
        "prov:hadPrimarySource <document/letter> .\n"
    )


def counted_networks(number: int) -> str:
    return "".join(
        f"<network/{n}> a kp:CityNetwork . "
        f"<membership/{n}> a kp:NetworkMembership ; org:member <authority/own> ; "
        f"org:organization <network/{n}> ; kp:countedIn <declared-count/count> .\n"
        for n in range(number)
    )


def open_places(rdf: rdflib.Graph) -> list[Node]:
    return sorted(rdf.subjects(KP.partnerIdentified, Literal(False)))


def test_fourteen_declared_less_eight_counted_leaves_six_places_open() -> None:
    rdf = derive(declared("CityNetwork", 14) + counted_networks(8))
    assert open_places(rdf) == [thing(f"membership/antalya-open-2024-03-04-{n}") for n in range(1, 7)]
    assert len(set(rdf.subjects(KP.countedIn, thing("declared-count/count")))) == 14


def test_counting_one_more_leaves_one_place_fewer() -> None:
    rdf = derive(declared("CityNetwork", 14) + counted_networks(9))
    assert len(open_places(rdf)) == 5


def test_two_sources_of_one_counted_relation_close_one_place() -> None:
    again = claim("x", "membership/0", YEAR) + claim("y", "membership/0", YEAR) + counted_networks(1)
    assert len(open_places(derive(declared("CityNetwork", 14) + counted_networks(8) + again))) == 6


@pytest.mark.parametrize(("number", "counted"), [(8, 8), (7, 8), (0, 0)])
def test_nothing_is_open_when_all_or_more_are_counted(number: int, counted: int) -> None:
    assert open_places(derive(declared("CityNetwork", number) + counted_networks(counted))) == []


def test_each_kind_has_open_places_of_its_own() -> None:
    rdf = derive(
        declared("CityNetwork", 1, "n")
        + declared("TwinningAgreement", 12, "t")
        + declared("CooperationProtocol", 2, "p")
    )
    places = [str(place).removeprefix(ID) for place in open_places(rdf)]
    assert len(places) == 15
    assert "agreement/twinning-antalya-open-2024-03-04-12" in places
    assert "agreement/protocol-antalya-open-2024-03-04-2" in places
    assert "membership/antalya-open-2024-03-04-1" in places


def test_an_open_place_is_a_whole_relation() -> None:
    rdf = derive(declared("CooperationProtocol", 1))
    [place] = open_places(rdf)
    assert set(rdf.objects(place, RDF.type)) == {KP.CooperationProtocol, KP.Agreement, KP.Relation}
    assert list(rdf.objects(place, KP.party)) == [thing("authority/own")]
    assert list(rdf.objects(place, KP.city)) == [thing("city/antalya")]
    assert list(rdf.objects(place, KP.evidenceGrade)) == [KP.unverified]
    assert {text.language for text in rdf.objects(place, KP.countingReason) if isinstance(text, Literal)} == {
        "tr",
        "en",
    }
    [evidence] = rdf.objects(place, KP.hasEvidence)
    assert evidence == thing("evidence/protocol-antalya-open-2024-03-04-1")
    assert rdf.value(evidence, PROV.hadPrimarySource) == thing("document/letter")
    assert rdf.value(evidence, KP.evidenceDate) == day("2024-03-04")
    assert rdf.value(evidence, KP.about) == place


def test_open_places_keep_every_shape() -> None:
    kinds = ("CityNetwork", "TwinningAgreement", "CooperationProtocol")
    rdf = derive("".join(declared(kind, 2, kind) for kind in kinds))
    _, report, _ = pyshacl.validate(rdf, shacl_graph=rdflib.Graph() + load_shapes(), inference="none")
    assert isinstance(report, rdflib.Graph)
    broken = set(report.objects(None, SH.focusNode))
    places = open_places(rdf)
    assert len(places) == 6
    assert broken.isdisjoint({*places, *rdf.objects(None, KP.hasEvidence), *rdf.objects(None, KP.countedIn)})


def test_open_places_follow_the_base_of_the_declared_count() -> None:
    moved = HEAD.replace(ID, "https://graf.example.org/id/")
    rdf = rdflib.Graph().parse(data=moved + OWN + declared("TwinningAgreement", 1), format="turtle")
    derived = derive_with_oxigraph(load_ontology("https://graf.example.org/") + rdf)
    assert open_places(derived) == [
        URIRef("https://graf.example.org/id/agreement/twinning-antalya-open-2024-03-04-1")
    ]


RICH = "".join([
    declared("CityNetwork", 4), counted_networks(2), declared("TwinningAgreement", 2, "t"),
    twin(
        claim("a", "agreement/twin", YEAR, "reported"),
        claim("b", "agreement/twin", OTHER, on="2001-01-01"),
    ),
    claim("c", "membership/0", "kp:claimedProperty org:role ; kp:claimedValue <role/member>"),
    "<agreement/twin> kp:theme <theme/secap> ; kp:countedIn <declared-count/t> .\n",
])  # fmt: skip


def test_running_the_rules_on_their_own_results_adds_nothing() -> None:
    once = derive(RICH)
    assert set(derive_with_oxigraph(once)) == set(once)


def test_both_engines_derive_the_same() -> None:
    rdf = with_vocabulary(RICH)
    oxigraph, python = derive_with_oxigraph(rdf), derive_with_rdflib(rdf)
    assert set(oxigraph) == set(python)
    assert len(oxigraph) > len(rdf) + 50


def test_an_event_without_an_end_is_over_when_it_has_begun() -> None:
    month = start("2015-10", "2015-10-01", "2015-10-31")
    rdf = derive("<event/fair> a kp:Event .\n" + claim("a", "event/fair", month))
    fair = thing("event/fair")
    assert str(rdf.value(fair, KP.endEarliest)) == "2015-10-01"
    assert str(rdf.value(fair, KP.endLatest)) == "2015-10-31"
    assert rdf.value(fair, KP.endText) is None


def test_an_event_keeps_the_end_that_a_source_gives() -> None:
    opened, closed = (start(day, day, day) for day in ("2016-04-23", "2016-10-30"))
    claims = claim("a", "event/expo", opened) + claim("b", "event/expo", closed.replace("start", "end"))
    rdf = derive("<event/expo> a kp:Event .\n" + claims)
    assert [str(day) for day in rdf.objects(thing("event/expo"), KP.endLatest)] == ["2016-10-30"]


def test_a_declared_count_is_named_by_number_kind_and_day() -> None:
    rdf = derive(declared("TwinningAgreement", 12) + 'kp:TwinningAgreement rdfs:label "Twinning"@en .')
    label = rdf.value(thing("declared-count/count"), RDFS.label)
    assert label == Literal("12 × Twinning (2024-03-04)", lang="en")
