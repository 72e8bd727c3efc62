"""SHACL over a memory graph, and a report that can name file and line.

pySHACL runs on rdflib (its way over the embedded store is slower) and without a reasoner:
what the shapes need is derived before.
"""

from collections.abc import Collection
from dataclasses import dataclass

import rdflib
from rdflib.namespace import SH
from rdflib.term import Identifier, Node

from ontology.messages import LANGUAGES, Language
from ontology.terms import KP, RDF

__all__ = ["ValidationReport", "Violation", "validate"]


@dataclass(frozen=True)
class Violation:
    """One thing that breaks one rule.

    ``record_ref`` is ``file:line`` of the record that the thing was read from, where it is known.
    """

    focus: Node
    path: str | None
    value: str | None
    message: dict[Language, str]
    record_ref: str | None

    def sentence(self, language: Language) -> str:
        """Return place and message, e.g. ``antalya/networks.yml:12: <…>: …``."""
        place = f"{self.record_ref}: " if self.record_ref else ""
        return f"{place}{self.focus}: {self.message[language]}"


@dataclass(frozen=True)
class ValidationReport:
    """All violations, in the order of the records and then of the things."""

    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether no rule is broken."""
        return not self.violations


def validate(
    rdf: rdflib.Graph, shapes: rdflib.Graph, only: Collection[Identifier] | None = None
) -> ValidationReport:
    """Check a graph against shapes.

    Parameters
    ----------
    rdf
        The statements, what they refer to and the class hierarchy. pySHACL may add to it.
    shapes
        The shapes; warnings and notes are not violations.
    only
        Report on these things alone; the rest of ``rdf`` is context that may be cut off.
    """
    from pyshacl import validate as run_pyshacl  # half a second: not before it is needed

    own = rdflib.Graph() + shapes  # pySHACL adds to what it is given
    _, results, _ = run_pyshacl(rdf, shacl_graph=own, inplace=True, inference="none")
    if not isinstance(results, rdflib.Graph):
        raise TypeError(f"pySHACL failed: {results}")
    violations = [
        _read_violation(results, result, rdf, shapes)
        for result in results.subjects(RDF.type, SH.ValidationResult)
        if results.value(result, SH.resultSeverity) == SH.Violation
    ]
    kept = [violation for violation in violations if only is None or violation.focus in only]
    return ValidationReport(tuple(sorted(kept, key=_order)))


def _order(violation: Violation) -> tuple[bool, str, int, str, str, str]:
    file, _, line = (violation.record_ref or "").rpartition(":")
    number = int(line) if line.isdecimal() else 0
    return (not file, file, number, str(violation.focus), violation.path or "", violation.message["en"])


def _read_violation(
    results: rdflib.Graph, result: Node, rdf: rdflib.Graph, shapes: rdflib.Graph
) -> Violation:
    focus = results.value(result, SH.focusNode) or rdflib.BNode()
    path, value = (results.value(result, predicate) for predicate in (SH.resultPath, SH.value))
    places = sorted(str(place) for place in rdf.objects(focus, KP.recordRef))
    return Violation(
        focus=focus,
        path=str(path) if isinstance(path, rdflib.URIRef) else None,
        value=None if value is None else str(value),
        message=_read_message(results, result, shapes),
        record_ref=places[0] if places else None,
    )


def _read_message(results: rdflib.Graph, result: Node, shapes: rdflib.Graph) -> dict[Language, str]:
    """Return the message in both languages; one that is missing is taken from the other.

    pySHACL loses the language of a message about a SPARQL constraint: it is read from the shape.
    """
    shape = results.value(result, SH.sourceShape)
    messages = [*shapes.objects(shape, SH.message), *results.objects(result, SH.resultMessage)]
    texts = [message for message in messages if isinstance(message, rdflib.Literal)]
    by_language = {text.language or "": str(text) for text in sorted(texts, reverse=True)}
    fallback = next((by_language[tag] for tag in ("en", "tr", "") if tag in by_language), "")
    return {language: by_language.get(language, fallback) for language in LANGUAGES}
