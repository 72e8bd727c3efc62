"""Declared relations whose partner is not identified, and what is recorded that may be one of them."""

from collections.abc import Iterator

from graph.gaps.model import Gap
from graph.gaps.view import View
from graph.model import Declared, Label
from graph.questions.counts import read_reconciliation
from graph.questions.reading import local_name
from graph.recommendation.wording import say
from ontology.messages import N_

__all__ = ["find_open_places"]


def find_open_places(view: View) -> Iterator[Gap]:
    """Yield each declared number of which not all are identified, from the day of the declaration on."""
    found = read_reconciliation(view.revision, local_name(view.city), view.as_of)
    for declared in found.declared:
        if declared.open_places and declared.declared_on <= view.as_of:
            yield _tell(view, declared)


def _tell(view: View, declared: Declared) -> Gap:
    others = [one for one in declared.not_counted if one.status != "ended"]
    return Gap(
        kind="open_place",
        subject=declared.kind,
        title=declared.label,
        text=say(
            N_(
                "Declared: {declared} ({day}). Not identified: {open}. "
                "Recorded besides, and not counted: {others}."
            ),
            declared=declared.declared,
            day=declared.declared_on.isoformat(),
            open=len(declared.open_places),
            others=len(others),
        ),
        size=float(len(declared.open_places)),
        unit=Label("açık yer", "open places"),
        query=view.query("open_places"),
        evidence=tuple(one.iri for one in declared.open_places),
        things=tuple(one.iri for one in others),
    )
