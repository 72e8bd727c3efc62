"""What the page of consortia shows: a form filled in, proposals with reasons, or what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.consortium.model import ROLES, Consortia, Consortium, Role, Terms
from graph.gaps.regions import region_label
from graph.library import load_query
from graph.model import Label, Reference, Theme
from graph.questions import Questions
from graph.questions.names import reference_of
from graph.questions.reading import read_labels
from ontology.messages import N_
from ontology.terms import KP
from viz.gaps import Need, group_needs

__all__ = ["ROLE_LABELS", "ConsortiaForm", "ConsortiaPage", "ask_form"]

ROLE_LABELS: Mapping[Role, str] = {
    "coordinator": N_("we coordinate"),
    "partner": N_("we are a partner, somebody else coordinates"),
}


@dataclass(frozen=True)
class ConsortiaForm:
    """The form: what was typed, and what may be chosen.

    ``typed`` holds the fields as they were sent, ``chosen`` the themes among them.
    """

    calls: tuple[Reference, ...]
    themes: tuple[Theme, ...]
    typed: Mapping[str, str] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """What the city may be."""
        return ROLES

    def value(self, name: str) -> str:
        """Return what was typed into a field."""
        return self.typed.get(name, "")


@dataclass(frozen=True)
class ConsortiaPage:
    """The form, and what it was answered with, if it was sent."""

    form: ConsortiaForm
    city: Reference
    found: Consortia | None

    @property
    def needs(self) -> tuple[Need, ...]:
        """What would widen the view."""
        return group_needs(self.found.widen) if self.found else ()

    @property
    def terms(self) -> Terms:
        """The conditions that were asked for."""
        return self.found.terms if self.found else Terms()

    @property
    def eligible(self) -> list[Label]:
        """The countries that may apply, by name."""
        return [region_label(code) for code in sorted(self.terms.eligible)]

    def countries(self, proposal: Consortium) -> list[Label]:
        """Return the countries of a proposal by name."""
        return [region_label(code) for code in proposal.countries]

    @staticmethod
    def country(code: str) -> Label:
        """Return a country's name."""
        return region_label(code)


def ask_form(questions: Questions, typed: Mapping[str, str], chosen: tuple[str, ...]) -> ConsortiaForm:
    """Return the form with the recorded calls and all themes to choose from."""
    revision = questions.revision
    rows = revision.select(load_query("things_of_class").bind(**{"class": KP.Call}))
    iris = [str(row["thing"]) for row in rows]
    labels = read_labels(revision, iris)
    calls = tuple(reference_of(revision, iri, labels.get(iri)) for iri in iris)
    return ConsortiaForm(calls, questions.themes().items, typed, chosen)
