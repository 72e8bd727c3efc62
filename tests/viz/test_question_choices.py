"""What a form offers to choose from when the graph has more of a kind than anybody can look through."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import rdflib

from graph.questions import Questions
from graph.store import GraphStore
from ontology.terms import PREFIXES
from viz.questions import MOST_CHOICES, list_choices

HEAD = "@base <https://w3id.org/kopru/id/> .\n" + "".join(
    f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()
)
#: A city that declares a number, and its agreements: one with a partner, one with an open place.
OWN = """
<city/home> a schema:City ; rdfs:label "Ev"@tr, "Home"@en .
<authority/home> dcterms:spatial <city/home> .
<declared/home> a kp:DeclaredCount ; kp:declaredBy <authority/home> .
<agreement/known> a kp:Agreement, kp:Relation ; kp:city <city/home>, <city/c-7> ; rdfs:label "Anlaşma"@tr .
<agreement/open> a kp:Agreement, kp:Relation ; kp:city <city/home> ; kp:partnerIdentified false .
"""
CITY = '<city/c-{n}> a schema:City ; rdfs:label "Kent {n}"@tr, "City {n}"@en .\n'


def ask(folder: Path, cities: int) -> Questions:
    store = GraphStore(folder / "store")
    text = HEAD + OWN + "".join(CITY.format(n=number) for number in range(cities))
    with store.writer() as draft:
        draft.replace_source(
            "list", rdflib.Graph().parse(data=text, format="turtle"), retrieved_at=datetime.now(UTC)
        )
        draft.publish()
    return Questions(store.current())


@pytest.mark.parametrize(("cities", "offered"), [(MOST_CHOICES - 1, MOST_CHOICES), (MOST_CHOICES, 3)])
def test_of_too_many_cities_only_the_own_partners_and_the_asked_one_are_offered(
    tmp_path: Path, cities: int, offered: int
) -> None:
    questions = ask(tmp_path, cities)
    found = [choice.slug for choice in list_choices(questions, "city", ["c-9", "nowhere"])]
    assert len(found) == offered
    assert {"home", "c-7", "c-9"} <= set(found)
    agreements = [choice.slug for choice in list_choices(questions, "agreement")]
    assert agreements == ["known"]
