"""The three columns of a plan's stages: how their items are named, whoever reads them."""

from typing import Literal, get_args

from rdflib import URIRef

from ontology.iris import Iris
from ontology.terms import KP

__all__ = ["COLUMNS", "ITEM_CLASSES", "Column", "item_iri"]

#: What is to be done; what should come of it; who does what.
Column = Literal["contents", "results", "roles"]
COLUMNS: tuple[Column, ...] = get_args(Column)
ITEM_CLASSES: dict[Column, URIRef] = {
    "contents": KP.Objective,
    "results": KP.ExpectedResult,
    "roles": KP.StageRole,
}
_KINDS: dict[Column, str] = {"contents": "objective", "results": "result", "roles": "stage-role"}


def item_iri(iris: Iris, stage: str, column: Column, position: int) -> URIRef:
    """Return the IRI of an item: its stage, its column, its place from 1.

    Examples
    --------
    >>> str(item_iri(Iris(), "drafting", "results", 2))
    'https://w3id.org/kopru/id/result/drafting-2'
    """
    return iris.thing(_KINDS[column], f"{stage}-{position}")
