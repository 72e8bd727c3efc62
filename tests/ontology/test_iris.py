"""IRIs: minted from raw ids, the same for the same fact, readable again."""

import pytest
from rdflib import URIRef

from ontology.iris import Iris, Thing

IRIS = Iris()


def test_a_thing_is_named_by_kind_and_ascii_slug() -> None:
    assert str(IRIS.thing("city", "Şanlıurfa")) == "https://w3id.org/kopru/id/city/sanliurfa"


def test_a_name_without_any_ascii_letter_is_refused() -> None:
    with pytest.raises(ValueError, match="Москва"):
        IRIS.thing("city", "Москва")


def test_the_order_in_which_parties_are_named_does_not_matter() -> None:
    forth = IRIS.relation("agreement", "twinning", ["nuremberg", "antalya"])
    back = IRIS.relation("agreement", "twinning", ["antalya", "nuremberg"])
    assert forth == back
    assert str(forth).endswith("/id/agreement/twinning-antalya-nuremberg-1")


def test_a_relation_without_a_sort_begins_with_its_parties() -> None:
    assert str(IRIS.relation("membership", "", ["antalya", "medcities"])).endswith(
        "/membership/antalya-medcities-1"
    )


def test_the_same_parties_can_agree_again() -> None:
    first, second = (IRIS.relation("agreement", "twinning", ["a", "b"], n) for n in (1, 2))
    assert first != second


def test_the_same_claim_of_the_same_document_is_one_node() -> None:
    about, document = IRIS.thing("city", "antalya"), IRIS.thing("document", "letter")
    node = IRIS.evidence(about, document, "population 1")
    assert node == IRIS.evidence(about, document, "population 1")
    assert node != IRIS.evidence(about, document, "population 2")
    assert node != IRIS.evidence(about, IRIS.thing("document", "page"), "population 1")
    assert IRIS.parse(node).kind == "evidence"


def test_every_iri_follows_the_base_of_the_installation() -> None:
    iris = Iris("https://graf.example.org/")
    iri_of_everything = [
        iris.thing("city", "antalya"),
        iris.relation("agreement", "twinning", ["a", "b"]),
        iris.graph("records"),
        iris.revision(3),
    ]
    assert [str(iri) for iri in iri_of_everything] == [
        "https://graf.example.org/id/city/antalya",
        "https://graf.example.org/id/agreement/twinning-a-b-1",
        "https://graf.example.org/graph/records",
        "https://graf.example.org/revision/3",
    ]


def test_an_iri_is_read_back_into_kind_and_slug() -> None:
    assert IRIS.parse(IRIS.thing("city", "bat-yam")) == Thing("city", "bat-yam")


@pytest.mark.parametrize(
    "iri",
    [
        "https://w3id.org/kopru/graph/records",
        "https://w3id.org/kopru/id/city/",
        "https://w3id.org/kopru/id/city",
        "https://w3id.org/kopru/id//antalya",
        "https://w3id.org/kopru/id/city/antalya/more",
        "https://example.org/id/city/antalya",
        "antalya",
    ],
)
def test_what_is_no_thing_of_ours_is_refused(iri: str) -> None:
    with pytest.raises(ValueError, match="not an IRI of a thing"):
        IRIS.parse(URIRef(iri))
