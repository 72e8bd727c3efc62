"""The page on which questions are written: its data block, and examples as forms."""

from collections.abc import Mapping
from typing import Any

from graph.library import Query
from graph.model import Label
from ontology.iris import Iris
from ontology.messages import Language
from ontology.terms import PREFIXES, XSD
from viz.questions import AskedQuestion, Field

__all__ = ["bench_data", "to_form"]


def bench_data(
    iris: Iris, query: str, chosen: Query | None, link: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return what the page's script needs at its start.

    Parameters
    ----------
    query
        What the page opens with.
    chosen
        The example that this is, if any.
    link
        What a short link kept, if the page was opened by one.
    """
    return {
        "base": iris.base,
        "prefixes": PREFIXES,
        "query": query,
        "example": chosen.name.replace("_", "-") if chosen else None,
        "link": dict(link) if link else None,
    }


def to_form(asked: AskedQuestion, iris: Iris, language: Language) -> dict[str, Any]:
    """Return a question with its fields, each with the terms that may stand in the query."""
    return {
        "title": _say(asked.query.title, language),
        "description": _say(asked.query.description, language),
        "query": asked.text,
        "fields": [_to_field(field, iris, language) for field in asked.fields],
    }


def _say(label: Label | None, language: Language) -> str:
    return label.get(language) if label else ""


def _to_field(field: Field, iris: Iris, language: Language) -> dict[str, Any]:
    parameter = field.parameter
    choices = [
        {"value": f"<{iris.thing(parameter.kind, choice.slug)}>", "label": choice.label.get(language)}
        for choice in field.choices
    ]
    if parameter.is_thing and not parameter.default:
        choices.insert(0, {"value": "UNDEF", "label": ""})
    chosen = f"<{iris.thing(parameter.kind, field.value)}>" if parameter.is_thing and field.value else "UNDEF"
    return {
        "name": parameter.name,
        "label": parameter.label.get(language),
        "kind": "thing" if parameter.is_thing else parameter.kind,
        "value": chosen if parameter.is_thing else field.value,
        "datatype": f"<{XSD.date}>" if parameter.kind == "date" else "",
        "choices": choices,
    }
