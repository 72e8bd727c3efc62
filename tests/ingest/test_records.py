"""Records to statements: each worked out by hand from the tiny folder."""

from datetime import date
from decimal import Decimal

from rdflib import Graph, Literal, URIRef

from ontology import terms
from ontology.iris import Iris
from ontology.terms import DCTERMS, EURIO, GEO, KP, M8G, ORG, PPLAN, PROV, RDF, RDFS, SCHEMA, SKOS

IRIS = Iris()
TWINNING = IRIS.relation("agreement", "twinning", ["antalya", "nuremberg"])
OWN = IRIS.thing("authority", "antalya-metropolitan-municipality")
PAGE = IRIS.thing("document", "page")
EVIDENCE = """
    evidence:
      - {document: page, date: unknown, grade: reported}
"""


def claims(rdf: Graph, about: URIRef) -> dict[object, object]:
    """Return property → value of all evidence about a thing."""
    return {
        rdf.value(node, KP.claimedProperty): rdf.value(node, KP.claimedValue)
        for node in rdf.subjects(KP.about, about)
    }


def test_a_city_is_a_place_with_names_and_links(records) -> None:
    rdf = records.read().rdf
    city = IRIS.thing("city", "nuremberg")
    assert set(rdf.predicate_objects(city)) == {
        (RDF.type, SCHEMA.City),
        (RDF.type, GEO.Feature),
        (RDFS.label, Literal("Nürnberg", lang="tr")),
        (RDFS.label, Literal("Nuremberg", lang="en")),
        (SCHEMA.containedInPlace, IRIS.thing("country", "de")),
        (SCHEMA.sameAs, URIRef("http://www.wikidata.org/entity/Q2090")),
        (SCHEMA.sameAs, URIRef("https://sws.geonames.org/2861650/")),
        (KP.recordRef, Literal("antalya/places.yml:3")),
    }


def test_a_twinning_ties_the_two_authorities(records) -> None:
    rdf = records.read().rdf
    assert set(rdf.predicate_objects(TWINNING)) == {
        (RDF.type, KP.TwinningAgreement),
        (KP.party, OWN),
        (KP.party, IRIS.thing("authority", "nuremberg")),
        (KP.countedBy, OWN),
        (KP.countingReason, Literal("Sayfada var.", lang="tr")),
        (KP.countingReason, Literal("Stands in the page.", lang="en")),
        (KP.recordRef, Literal("antalya/sisters.yml:2")),
    }


def test_a_twinning_can_name_the_days_of_the_numbers_it_counts_in(records) -> None:
    path = records.root / "antalya" / "sisters.yml"
    records.read()
    path.write_text(path.read_text("utf-8").replace("counted: true", "counted: [2024-03-04]"), "utf-8")
    rdf = records.read().rdf
    declared = IRIS.thing("declared-count", "antalya-sister-city-2024-03-04")
    assert set(rdf.objects(TWINNING, KP.countedIn)) == {declared}
    assert not set(rdf.objects(TWINNING, KP.countedBy))


def test_a_party_known_only_as_a_city_gets_a_local_authority(records) -> None:
    rdf = records.read().rdf
    assert set(rdf.predicate_objects(IRIS.thing("authority", "nuremberg"))) == {
        (RDF.type, M8G.PublicOrganisation),
        (ORG.classification, IRIS.thing("classification", "local-authority")),
        (DCTERMS.spatial, IRIS.thing("city", "nuremberg")),
        (RDFS.label, Literal("Nürnberg (yerel yönetim)", lang="tr")),
        (RDFS.label, Literal("Nuremberg (local authority)", lang="en")),
        (KP.recordRef, Literal("antalya/places.yml:3")),
    }


def test_evidence_becomes_one_node_a_claim(records) -> None:
    rdf = records.read().rdf
    nodes = {rdf.value(node, KP.claimedProperty): node for node in rdf.subjects(KP.about, TWINNING)}
    assert set(nodes) == {RDF.type, KP.startDate}
    assert rdf.value(nodes[RDF.type], KP.claimedValue) == KP.TwinningAgreement
    assert set(rdf.predicate_objects(nodes[KP.startDate])) == {
        (RDF.type, KP.Evidence),
        (KP.about, TWINNING),
        (PROV.hadPrimarySource, PAGE),
        (KP.evidenceGrade, KP.confirmed),
        (KP.evidenceDate, Literal(date(2019, 12, 31))),
        (KP.evidenceDateText, Literal("2019")),
        (KP.claimedProperty, KP.startDate),
        (KP.claimedValue, Literal("1997-10")),
        (KP.claimedEarliest, Literal(date(1997, 10, 1))),
        (KP.claimedLatest, Literal(date(1997, 10, 31))),
        (KP.recordRef, Literal("antalya/sisters.yml:6")),
    }


def test_a_document_is_described(records) -> None:
    rdf = records.read().rdf
    assert set(rdf.predicate_objects(PAGE)) == {
        (RDF.type, SCHEMA.CreativeWork),
        (DCTERMS.title, Literal("Sayfa", lang="tr")),
        (DCTERMS.title, Literal("Page", lang="en")),
        (DCTERMS.publisher, Literal("Nuremberg")),
        (SCHEMA.url, Literal("https://example.org/page", datatype=terms.XSD.anyURI)),
        (DCTERMS.issued, Literal("2019")),
        (KP.retrievedOn, Literal(date(2026, 1, 2))),
        (KP.recordRef, Literal("antalya/documents.yml:8")),
    }


def test_a_declared_count_says_who_when_and_where(records) -> None:
    rdf = records.read().rdf
    assert set(rdf.predicate_objects(IRIS.thing("declared-count", "antalya-sister-city-2024-03-04"))) == {
        (RDF.type, KP.DeclaredCount),
        (KP.declaredKind, KP.TwinningAgreement),
        (KP.declaredNumber, Literal(2)),
        (KP.declaredOn, Literal(date(2024, 3, 4))),
        (KP.declaredBy, OWN),
        (PROV.hadPrimarySource, IRIS.thing("document", "letter")),
        (KP.recordRef, Literal("antalya/documents.yml:15")),
    }


def test_the_same_claim_of_another_document_is_another_node_on_the_same_relation(records) -> None:
    records.write(
        "sisters.yml",
        """
        sister_cities:
          - partner: nuremberg
            counted: false
            counting_reason: {tr: Hayır., en: No.}
            start: unknown
            evidence:
              - {document: page, date: "2019", grade: confirmed}
              - {document: letter, date: 2024-03-04, grade: reported, note: {tr: Not, en: Note}}
        """,
    )
    rdf = records.read().rdf
    assert len(list(rdf.subjects(KP.about, TWINNING))) == 2
    assert (TWINNING, KP.startUnknown, Literal(True)) in rdf
    assert not list(rdf.objects(TWINNING, KP.countedIn))
    assert len(list(rdf.subject_objects(SKOS.note))) == 2


def test_an_own_authority_is_called_by_its_city_in_every_spelling(records) -> None:
    for own in ("antalya", "antalya-metropolitan-municipality"):
        records.write(
            "more.yml", f"cooperations:\n  - of: {own}\n    partner: nuremberg\n    start: unknown{EVIDENCE}"
        )
        rdf = records.read().rdf
        assert (IRIS.relation("cooperation", "", ["antalya", "nuremberg"]), KP.party, OWN) in rdf


def test_other_kinds_of_agreements_have_their_class_and_iri(records) -> None:
    records.write(
        "protocols.yml",
        f"""protocols:
  - partner: nuremberg
    kind: letter_of_intent
    counted: false
    counting_reason: {{tr: Hayır., en: No.}}
    start: unknown
    intended: true
    ended_by: nuremberg
    ordinal: 2
    grade: unverified
    grade_reason: {{tr: Zayıf., en: Weak.}}
    themes: [culture]{EVIDENCE}        says: {{kind: partner}}
""".replace(
            "{document: page, date: unknown, grade: reported}",
            "document: page\n        date: unknown\n        grade: reported",
        ),
    )
    rdf = records.read().rdf
    iri = IRIS.relation("agreement", "letter-of-intent", ["antalya", "nuremberg"], 2)
    assert (iri, RDF.type, KP.LetterOfIntent) in rdf
    assert (iri, KP.intendedOnly, Literal(True)) in rdf
    assert (iri, KP.endedBy, IRIS.thing("authority", "nuremberg")) in rdf
    assert (iri, KP.assessedGrade, KP.unverified) in rdf
    assert (iri, KP.gradeReason, Literal("Weak.", lang="en")) in rdf
    assert (iri, KP.theme, IRIS.thing("theme", "culture")) in rdf
    assert claims(rdf, iri) == {RDF.type: KP.Cooperation}


def test_a_membership_names_network_role_and_way(records) -> None:
    records.write(
        "networks.yml",
        """
        organizations:
          - {id: town-union, name: {tr: Birlik, en: Union}, kind: union, city: antalya, url: https://example.org}
        networks:
          - id: medcities
            name: {tr: MedCities, en: MedCities}
            kind: city_network
            themes: [environment]
            evidence:
              - document: page
                date: unknown
                grade: reported
                says: {founded: 1991, seat: nuremberg, members: 80}
        memberships:
          - network: medcities
            role: associate_member
            via: town-union
            counted: false
            counting_reason: {tr: Hayır., en: No.}
            evidence:
              - {document: page, date: 2020-05, grade: reported, says: {start: before 2015}}
        """,
    )
    rdf = records.read().rdf
    network = IRIS.thing("network", "medcities")
    membership = IRIS.relation("membership", "", ["antalya", "medcities"])
    assert (membership, ORG.member, OWN) in rdf
    assert (membership, ORG.organization, network) in rdf
    assert (membership, ORG.role, IRIS.thing("role", "associate_member")) in rdf
    assert (membership, KP.via, IRIS.thing("organization", "town-union")) in rdf
    assert (network, RDF.type, KP.CityNetwork) in rdf
    assert claims(rdf, network) == {
        RDF.type: KP.CityNetwork,
        KP.foundedText: Literal("1991"),
        KP.seat: IRIS.thing("city", "nuremberg"),
        KP.memberCount: Literal(80),
    }


def test_a_role_that_a_document_claims_is_left_to_the_accepted_claim(records) -> None:
    records.write(
        "networks.yml",
        """
        networks:
          - {id: medcities, name: {tr: MedCities, en: MedCities}, kind: campaign}
        memberships:
          - network: medcities
            role: member
            counted: false
            counting_reason: {tr: Hayır., en: No.}
            start: unknown
            evidence:
              - {document: page, date: unknown, grade: reported, says: {role: signatory}}
        """,
    )
    rdf = records.read().rdf
    membership = IRIS.relation("membership", "", ["antalya", "medcities"])
    assert not list(rdf.objects(membership, ORG.role))
    assert claims(rdf, membership)[ORG.role] == IRIS.thing("role", "signatory")


PROJECT = """
organizations:
  - {id: commission, name: {tr: Komisyon, en: Commission}, kind: international_organization}
programmes:
  - {id: h2020, name: {tr: Ufuk 2020, en: Horizon 2020}, funder: commission}
plans:
  - id: sump
    name: {tr: Plan, en: Plan}
    evidence:
      - {document: page, date: unknown, grade: reported, says: {state: in_preparation}}
projects:
  - id: matchup
    name: {tr: Proje, en: Project}
    acronym: MAtchUP
    programme: h2020
    plans: [sump]
    evidence:
      - document: page
        date: unknown
        grade: confirmed
        says: {start: 2017-10-01, total_cost: 19435802.50 EUR}
    participations:
      - role: lighthouse
        start: unknown
        evidence:
          - {document: page, date: unknown, grade: confirmed, says: {share: 100 EUR}}
grants:
  - funder: commission
    project: matchup
    start: unknown
    evidence:
      - {document: page, date: unknown, grade: confirmed, says: {amount: 2000 EUR}}
"""


def test_projects_money_and_plans_are_stated(records) -> None:
    records.write("projects.yml", PROJECT)
    rdf = records.read().rdf
    project = IRIS.thing("project", "matchup")
    participation = IRIS.relation("participation", "", ["antalya", "matchup"])
    grant = IRIS.relation("grant", "", ["antalya", "commission", "matchup"])
    plan = IRIS.thing("plan", "sump")
    assert (project, KP.servesPlan, plan) in rdf
    assert (project, SCHEMA.alternateName, Literal("MAtchUP")) in rdf
    assert claims(rdf, project)[KP.totalCost] == Literal(Decimal("19435802.50"))
    assert (plan, RDF.type, PPLAN.Plan) in rdf
    assert (plan, KP.planOwner, OWN) in rdf
    assert claims(rdf, plan)[KP.planState] == IRIS.thing("plan-state", "in_preparation")
    assert (IRIS.thing("programme", "h2020"), RDF.type, EURIO.FundingScheme) in rdf
    assert (participation, KP.project, project) in rdf
    assert claims(rdf, participation)[KP.ownShare] == Literal(Decimal(100))
    assert (grant, SCHEMA.funder, IRIS.thing("organization", "commission")) in rdf
    assert {str(currency) for currency in rdf.objects(None, KP.claimedCurrency)} == {"EUR"}


def test_events_and_awards_have_names_of_their_own(records) -> None:
    records.write(
        "events.yml",
        f"""events:
  - id: fair
    name: {{tr: Fuar, en: Fair}}
    parties: [antalya, nuremberg]
    city: nuremberg
    start: unknown{EVIDENCE}
awards:
  - id: flag
    name: {{tr: Bayrak, en: Flag}}
    awarded_by: nuremberg
    start: unknown{EVIDENCE}
""",
    )
    rdf = records.read().rdf
    event, award = IRIS.thing("event", "fair"), IRIS.thing("award", "flag")
    assert set(rdf.objects(event, KP.party)) == {OWN, IRIS.thing("authority", "nuremberg")}
    assert (event, KP.city, IRIS.thing("city", "nuremberg")) in rdf
    assert (award, KP.recipient, OWN) in rdf
    assert (award, KP.awardedBy, IRIS.thing("authority", "nuremberg")) in rdf
    assert (award, RDFS.label, Literal("Flag", lang="en")) in rdf


def test_units_hang_on_authorities_and_on_units(records) -> None:
    records.write(
        "units.yml",
        """
        units:
          - {id: relations, name: {tr: Dış İlişkiler, en: External}, of: antalya-metropolitan-municipality}
          - {id: branch, name: {tr: Şube, en: Branch}, of: relations}
        """,
    )
    rdf = records.read().rdf
    assert (IRIS.thing("unit", "relations"), ORG.unitOf, OWN) in rdf
    assert (IRIS.thing("unit", "branch"), ORG.unitOf, IRIS.thing("unit", "relations")) in rdf


def test_the_numbers_of_a_city_come_with_their_document(records) -> None:
    records.write(
        "more.yml",
        """
        cities:
          - id: tiny
            name: {tr: Küçük, en: Tiny}
            country: CY
            also: [Mikro]
            designation: {tr: Ad, en: Name}
            latitude: 35.10
            longitude: 33.5
            population: 1200
            document: letter
        """,
    )
    rdf = records.read().rdf
    city = IRIS.thing("city", "tiny")
    assert (city, GEO.asWKT, Literal("POINT(33.5 35.10)", datatype=GEO.wktLiteral)) in rdf
    assert (city, SKOS.altLabel, Literal("Mikro")) in rdf
    assert (city, KP.designationNote, Literal("Name", lang="en")) in rdf
    assert claims(rdf, city) == {
        SCHEMA.latitude: Literal("35.10", datatype=terms.XSD.decimal),
        SCHEMA.longitude: Literal("33.5", datatype=terms.XSD.decimal),
        KP.population: Literal(1200),
    }


def test_counts_tell_how_much_was_read(records) -> None:
    counts = records.read().counts
    assert (counts["cities"], counts["documents"], counts["relations"]) == (2, 2, 1)


def test_every_node_names_its_record(records) -> None:
    rdf = records.read().rdf
    assert set(rdf.subjects(RDF.type)) == set(rdf.subjects(KP.recordRef))
