"""Checking what a change bears on finds what checking all finds."""

from datetime import UTC, datetime

import pytest

NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)

CITIES = """
:country/tr a schema:Country ; kp:isoCode "TR" ; rdfs:label "Türkiye"@tr, "Türkiye"@en .
:city/a a schema:City, geo:Feature ; rdfs:label "A"@tr, "A"@en ; schema:containedInPlace :country/tr ;
    schema:latitude 36.9 ; schema:longitude 30.7 ; kp:population 5 .
:city/b a schema:City, geo:Feature ; rdfs:label "B"@tr, "B"@en ; schema:containedInPlace :country/tr ;
    schema:latitude 37.9 ; schema:longitude 31.7 ; kp:population 5 .
:authority/a a m8g:PublicOrganisation ; rdfs:label "A"@tr, "A"@en ; dcterms:spatial :city/a ;
    org:classification :classification/metropolitan-municipality .
:authority/b a m8g:PublicOrganisation ; rdfs:label "B"@tr, "B"@en ; dcterms:spatial :city/b ;
    org:classification :classification/local-authority .
:document/d a schema:CreativeWork ; dcterms:title "D"@tr, "D"@en ; dcterms:publisher "P" .
:agreement/t a kp:TwinningAgreement ; kp:party :authority/a, :authority/b ; kp:startUnknown true ;
    kp:countedIn :declared-count/n ; kp:countingReason "x"@tr, "x"@en ; kp:recordRef "sister_cities.yml:3" .
:evidence/t a kp:Evidence ; kp:about :agreement/t ; prov:hadPrimarySource :document/d ;
    kp:evidenceGrade kp:reported ; kp:evidenceDateText "unknown" ;
    kp:claimedProperty rdf:type ; kp:claimedValue kp:TwinningAgreement .
:declared-count/n a kp:DeclaredCount ; kp:declaredKind kp:TwinningAgreement ; kp:declaredNumber 1 ;
    kp:declaredOn "2024-03-04"^^xsd:date ; kp:declaredBy :authority/a ; prov:hadPrimarySource :document/d .
""".replace("/", "\\/")


def found(report):
    return {(str(v.focus), v.path, v.message["en"]) for v in report.violations}


@pytest.fixture
def published(store, make_rdf):
    """Return a store with one revision."""
    with store.writer() as draft:
        draft.replace_source("records", make_rdf(CITIES), retrieved_at=NOON)
        draft.derive()
        draft.publish()
    return store


def test_what_the_changes_below_start_from_conforms(published):
    with published.writer() as draft:
        assert found(draft.check()) == set()
        assert found(draft.check(whole_up_to=0)) == set()


def test_what_was_found_to_conform_does_so_again_and_what_differs_is_looked_at(published, make_rdf):
    breaking = CITIES.replace("kp:declaredNumber 1", "kp:declaredNumber 0")
    for text, conforms in ((CITIES, True), (CITIES, True), (breaking, False), (breaking, False)):
        with published.writer() as draft:
            draft.replace_source("records", make_rdf(text), retrieved_at=NOON)
            draft.derive()
            assert draft.check().conforms == conforms


@pytest.mark.parametrize(
    ("change", "breaks"),
    [
        ((":authority\\/a, :authority\\/b", ":authority\\/a"), "two different parties"),
        (("kp:about :agreement\\/t", "kp:about :city\\/a"), "no evidence"),
        ((":city\\/b a schema:City, geo:Feature", ":city\\/b a geo:Feature"), ""),
        (("kp:startUnknown true ;", ""), "no start"),
        (("kp:declaredNumber 1", "kp:declaredNumber 0"), "declared number"),
        (('"Türkiye"@tr, ', ""), ""),
        (("a schema:CreativeWork", "a schema:Thing"), ""),
    ],
)
def test_the_part_that_a_change_bears_on_breaks_the_same_rules_as_the_whole(
    published, make_rdf, change, breaks
):
    assert change[0] in CITIES
    with published.writer() as draft:
        draft.replace_source("records", make_rdf(CITIES.replace(*change)), retrieved_at=NOON)
        draft.derive()
        whole = draft.check()
        assert found(draft.check(whole_up_to=0)) == found(whole)
    assert any(breaks in violation.message["en"] for violation in whole.violations)
