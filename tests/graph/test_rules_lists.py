"""What lists say beside what people recorded: tiny graphs, answers worked out by hand."""

import pyoxigraph as ox
import pytest

from graph import derivation
from graph.terms_ox import to_rdflib_graph
from ontology.iris import Iris
from ontology.terms import KP, PREFIXES

IRIS = Iris()
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
LIST = "<document/list> a schema:CreativeWork, dcat:Dataset . <document/page> a schema:CreativeWork .\n"
TWIN = "<agreement/t> a kp:TwinningAgreement . "
KIND = "kp:claimedProperty rdf:type ; kp:claimedValue kp:TwinningAgreement"
YEAR = (
    'kp:claimedProperty kp:startDate ; kp:claimedValue "1997" ; '
    'kp:claimedEarliest "1997-01-01"^^xsd:date ; kp:claimedLatest "1997-12-31"^^xsd:date'
)
AGREEMENT = IRIS.thing("agreement", "t")


def evidence(name: str, document: str, said: str, grade: str = "unverified") -> str:
    return (
        f"<evidence/{name}> a kp:Evidence ; kp:about <agreement/t> ; kp:evidenceGrade kp:{grade} ; "
        f"prov:hadPrimarySource <document/{document}> ; {said} .\n"
    )


@pytest.fixture
def derive():
    """Return a function that applies the rules to Turtle."""

    def run(text: str):
        database = ox.Store()
        graph = ox.NamedNode(str(IRIS.graph("x")))
        for quad in ox.parse(HEAD + LIST + text, ox.RdfFormat.TURTLE, base_iri=f"{IRIS.base}id/"):
            database.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
            database.add(ox.Quad(quad.subject, quad.predicate, quad.object))
        derivation.derive(database, IRIS)
        return to_rdflib_graph(database.quads_for_pattern(None, None, None, ox.DefaultGraph()))

    return run


def test_the_start_of_what_lists_alone_report_without_one_is_unknown(derive) -> None:
    rdf = derive(TWIN + evidence("a", "list", KIND))
    assert rdf.value(AGREEMENT, KP.startUnknown).toPython() is True
    assert rdf.value(AGREEMENT, KP.evidenceGrade) == KP.unverified


def test_a_document_without_a_start_still_asks_for_one(derive) -> None:
    rdf = derive(TWIN + evidence("a", "list", KIND) + evidence("b", "page", KIND, "reported"))
    assert rdf.value(AGREEMENT, KP.startUnknown) is None


def test_a_start_that_one_list_gives_is_taken(derive) -> None:
    rdf = derive(TWIN + evidence("a", "list", KIND) + evidence("b", "list", YEAR))
    assert str(rdf.value(AGREEMENT, KP.startText)) == "1997"
    assert rdf.value(AGREEMENT, KP.startUnknown) is None


def test_a_start_recorded_as_unknown_is_not_filled_from_a_list(derive) -> None:
    recorded = "<agreement/t> kp:startUnknown true ."
    rdf = derive(TWIN + recorded + evidence("a", "list", YEAR) + evidence("b", "page", KIND, "reported"))
    assert rdf.value(AGREEMENT, KP.startText) is None
    assert (None, KP.claimedValue, rdf.value(IRIS.thing("evidence", "a"), KP.claimedValue)) in rdf
