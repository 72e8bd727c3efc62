"""Why one triple pattern alone finds nothing: which of its terms the graph does not have so."""

from typing import Any

import pyoxigraph as ox

from graph import reasons_empty as say
from graph.lookalikes import Lookalikes, Term
from graph.probe import Probe
from graph.syntax import Part

__all__ = ["explain_triple"]

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_Said = tuple[str, dict[str, Any]]


def explain_triple(part: Part, probe: Probe, near: Lookalikes, is_narrowed: bool = False) -> _Said:
    """Return the sentence and its facts for a triple pattern that finds nothing.

    Parameters
    ----------
    part
        The pattern.
    probe, near
        Ways to ask the graph.
    is_narrowed
        Only one named graph is asked, by GRAPH.
    """
    assert part.triple is not None  # noqa: S101 (called for triple patterns)
    subject = probe.term_of(part.triple.subject.text)
    value = probe.term_of(part.triple.object.text)
    verb = part.triple.verb
    predicate = probe.term_of(verb.text) if verb.first is verb.last else None
    for said in (
        _of_predicate(predicate, verb.text, near),
        _of_class(predicate, value, near),
        _of_thing(subject, part.triple.subject.text, near),
        _of_reversed(subject, predicate, value, near),
        _of_value(predicate, value, part.triple.object.text, near),
        _of_subject(subject, predicate, near),
        _of_path(part, probe, near),
    ):
        if said is not None:
            return said
    is_narrowed = is_narrowed or bool(probe.structure.dataset)
    return (say.TRIPLE_IN_GRAPH if is_narrowed else say.TRIPLE), {}


def _of_predicate(predicate: Term | None, written: str, near: Lookalikes) -> _Said | None:
    if not isinstance(predicate, ox.NamedNode) or near.has(None, predicate, None):
        return None
    found = near.near_property(predicate.value)
    return (say.PROPERTY_NEAR if found else say.PROPERTY), {"term": written, "near": found}


def _of_class(predicate: Term | None, value: Term | None, near: Lookalikes) -> _Said | None:
    if not isinstance(value, ox.NamedNode) or not isinstance(predicate, ox.NamedNode):
        return None
    if predicate.value != _TYPE or near.has(None, predicate, value):
        return None
    found = near.near_class(value.value)
    return (say.CLASS_NEAR if found else say.CLASS), {"term": near.show(value), "near": found}


def _of_thing(term: Term | None, written: str, near: Lookalikes) -> _Said | None:
    if not isinstance(term, ox.NamedNode) or near.has(term, None, None):
        return None
    found = near.near_thing(term.value)
    return (say.THING_NEAR if found else say.THING), {"term": written, "near": found}


def _of_value(predicate: Term | None, value: Term | None, written: str, near: Lookalikes) -> _Said | None:
    if value is None or near.has(None, predicate, value):
        return None
    if isinstance(value, ox.Literal):
        return _of_literal(predicate, value, written, near)
    if not isinstance(value, ox.NamedNode):
        return None
    if near.has(value, None, None):
        used = near.properties_to(value)
        return (say.VALUE_ELSEWHERE if used else say.VALUE_NEVER), {"term": written, "near": ", ".join(used)}
    if near.has(None, None, value):
        used = near.properties_to(value)
        return say.VALUE_ELSEWHERE, {"term": written, "near": ", ".join(used)}
    found = near.near_thing(value.value)
    return (say.THING_NEAR if found else say.THING), {"term": written, "near": found}


def _of_literal(predicate: Term | None, value: ox.Literal, written: str, near: Lookalikes) -> _Said:
    found = near.near_literal(predicate, value)
    if found is None:
        return say.LITERAL, {"term": written}
    facts = {"term": written, "near": near.show(found)}
    if found.value != value.value:
        return say.LITERAL_NEAR, facts
    return (say.LITERAL_LANGUAGE if found.language or value.language else say.LITERAL_TYPE), facts


def _of_reversed(
    subject: Term | None, predicate: Term | None, value: Term | None, near: Lookalikes
) -> _Said | None:
    """Look for the same statement the other way round."""
    if isinstance(value, ox.NamedNode) and (subject is not None or predicate is not None):
        return (say.REVERSED, {}) if near.has(value, predicate, subject) else None
    if not isinstance(subject, ox.NamedNode) or predicate is None or value is not None:
        return None
    is_reversed = not near.has(subject, predicate, None) and near.has(None, predicate, subject)
    return (say.REVERSED, {}) if is_reversed else None


def _of_subject(subject: Term | None, predicate: Term | None, near: Lookalikes) -> _Said | None:
    """Look for what a thing has instead of a property."""
    if not isinstance(subject, ox.NamedNode) or predicate is None or near.has(subject, predicate, None):
        return None
    return say.NOT_SAID, {"term": near.show(subject), "near": ", ".join(near.properties_of(subject))}


def _of_path(part: Part, probe: Probe, near: Lookalikes) -> _Said | None:
    """Look for a step of a path that the graph does not have."""
    assert part.triple is not None  # noqa: S101
    verb = part.triple.verb
    if verb.first is verb.last:
        return None
    for piece in _steps(verb.text):
        said = _of_predicate(probe.term_of(piece), piece, near)
        if said is not None:
            return said
    return None


def _steps(path: str) -> list[str]:
    from graph.lexer import read_tokens

    return [token.text for token in read_tokens(path) if token.kind in ("iri", "name")]
