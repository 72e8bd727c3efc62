"""Checks a graph that is too large for SHACL: each rule of the shapes is a question, an answer breaks it."""

from functools import cache
from importlib.resources import files

import pyoxigraph as ox
import rdflib

from graph.terms_ox import from_ox
from graph.validation import ValidationReport, Violation
from ontology.messages import Language
from ontology.terms import KP

__all__ = ["check_invariants", "list_invariants"]

_RECORD_REF = ox.NamedNode(str(KP.recordRef))


@cache
def list_invariants() -> dict[str, tuple[dict[Language, str], str]]:
    """Return name -> what is wrong where it answers, in both languages, and the question."""
    found = {}
    for entry in sorted(files("graph.invariants").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".rq"):
            query = entry.read_text(encoding="utf-8")
            turkish, english = (line.partition(": ")[2] for line in query.splitlines()[:2])
            message: dict[Language, str] = {"tr": turkish, "en": english}
            found[entry.name.removesuffix(".rq")] = (message, query)
    return found


def check_invariants(database: ox.Store) -> ValidationReport:
    """Return what breaks a rule in the default graph, at most a hundred things of each rule."""
    violations = []
    for message, query in list_invariants().values():
        for solution in database.query(query):  # type: ignore[union-attr]
            thing = solution["thing"]
            places = sorted(
                quad.object.value
                for quad in database.quads_for_pattern(thing, _RECORD_REF, None, ox.DefaultGraph())
                if isinstance(quad.object, ox.Literal)
            )
            focus = from_ox(thing)
            violations.append(
                Violation(
                    focus if isinstance(focus, rdflib.term.Node) else rdflib.BNode(),
                    None, None, message, places[0] if places else None,
                )
            )  # fmt: skip
    return ValidationReport(tuple(violations))
