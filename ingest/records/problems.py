"""From what pydantic found in one record to sentences with file, line and remedy."""

from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ingest.records.parsing import PLACE, Place
from ontology.errors import RecordError
from ontology.messages import N_

__all__ = ["explain", "nearest"]

_TEXT = N_("'{field}' must be a text.")
_NUMBER = N_("'{field}' must be a whole number without quotation marks and not negative.")
_BOOLEAN = N_("'{field}' must be true or false, without quotation marks.")
_MAPPING = N_("'{field}' must be a record with fields of its own ('name: value'), not a single value.")
_LIST = N_("'{field}' must be a list: each entry on a line of its own, beginning with '- '.")
_UNKNOWN = N_("The field '{field}' is not known here. Known fields: {known}.")
_UNKNOWN_NEAR = N_("The field '{field}' is not known here. Did you mean '{nearest}'?")
_MISSING = N_("The field '{field}' is missing. Add it.")
_MISSING_TURKISH = N_("The Turkish text is missing. Write both languages: {{tr: …, en: …}}.")
_MISSING_ENGLISH = N_("The English text is missing. Write both languages: {{tr: …, en: …}}.")
_CHOICE = N_("'{value}' is not possible for '{field}'. Possible are: {expected}.")
_CHOICE_NEAR = N_(
    "'{value}' is not possible for '{field}'. Did you mean '{nearest}'? Possible are: {expected}."
)
_OTHER = N_("'{value}' is no valid value for '{field}' ({reason}). Compare it with the records around it.")

# pydantic's type of error → sentence; several types mean the same to a person.
_SENTENCES = {
    "string_type": _TEXT,
    "int_type": _NUMBER,
    "greater_than_equal": N_("'{value}' is too small for '{field}'. Check the number."),
    "less_than_equal": N_("'{value}' is too big for '{field}'. Check the number."),
    "bool_type": _BOOLEAN,
    "list_type": _LIST,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "decimal_type": N_("'{field}' must be a number such as 36.8969."),
    "decimal_parsing": N_("'{field}' must be a number such as 36.8969."),
    "too_short": N_("'{field}' has no entry. It needs at least one."),
    "empty": N_("'{field}' is empty. Write a text, or remove the field."),
    "id": N_(
        "'{value}' is no id. An id has small letters a–z, digits and hyphens, such as 'antalya-limani'."
    ),
    "url": N_("'{value}' is no web address. It begins with http:// or https:// and has no blanks."),
    "date": N_(
        "'{value}' is no date. Write it like 1995, 2011-07, 2013-07-04, 2016/2019, 'before 2015', "
        "'after 2015' or 'autumn 2023'."
    ),
    "day": N_("'{value}' is no day. Write year, month and day, such as 2024-03-04."),
    "counted": N_(
        "'{field}' must be true, false, or the days of declared numbers, such as [2024-03-04]."
    ),
    "period": N_(
        "'{value}' is no period. Write a year '2025', a quarter '2025-Q1' or a month '2025-03'."
    ),
    "currency": N_("'{value}' has no currency. Write it after the number, such as '250000 EUR'."),
    "money": N_("'{value}' is no amount. Write a number and a currency, such as '5500000 EUR'."),
}  # fmt: skip
_COUNTRY = N_("'{value}' is no country code. Write two capital letters (ISO 3166-1), such as TR or DE.")
_PATTERNS = {
    "country": _COUNTRY,
    "eligible_countries": _COUNTRY,
    "wikidata": N_("'{value}' is no Wikidata id. Write Q and a number, such as Q6487."),
    "language": N_("'{value}' is no language code. Write small letters, such as tr, en or de."),
}


def nearest(word: str, known: list[str]) -> str | None:
    """Return the known word that is most like the given one, when one is like it.

    Examples
    --------
    >>> nearest("nurenberg", ["nuremberg", "antalya"])
    'nuremberg'
    """
    matches = get_close_matches(word, known, n=1, cutoff=0.6)
    return matches[0] if matches else None


def explain(error: ValidationError, record: dict[str, Any], model: type[BaseModel]) -> list[RecordError]:
    """Return one error a wrong field, each with its line."""
    return [_explain_one(details, record, model) for details in error.errors(include_url=False)]


def _explain_one(details: ErrorDetails, record: dict[str, Any], model: type[BaseModel]) -> RecordError:
    path = details["loc"]
    place, line = _find_line(record, path)
    names = [part for part in path if isinstance(part, str)]
    field = next((name for name in reversed(names) if name != PLACE), "")
    template, facts = _sentence(details, field, path, model)
    return RecordError(template, file=place.file, line=line, field=field, **facts)


def _sentence(
    details: ErrorDetails, field: str, path: tuple[int | str, ...], model: type[BaseModel]
) -> tuple[str, dict[str, object]]:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    facts: dict[str, object] = {"value": context.get("value", value)}
    if kind == "extra_forbidden":
        known = _fields_of(model, path[:-1])
        close = nearest(field, known)
        return (_UNKNOWN_NEAR, {"nearest": close}) if close else (_UNKNOWN, {"known": ", ".join(known)})
    if kind == "missing":
        if path[-1] == PLACE:  # no place: not a mapping of ours
            return _MAPPING, {}
        return {"tr": _MISSING_TURKISH, "en": _MISSING_ENGLISH}.get(field, _MISSING), {}
    if kind == "literal_error":
        return _choice(str(value), str(context["expected"]))
    if kind == "string_pattern_mismatch":
        return _PATTERNS[field], facts
    return _SENTENCES.get(kind, _OTHER), {**facts, "reason": details["msg"]}


def _choice(value: str, expected: str) -> tuple[str, dict[str, object]]:
    possible = expected.replace(" or ", ", ").replace("'", "")
    close = nearest(value, possible.split(", "))
    facts: dict[str, object] = {"value": value, "expected": possible, "nearest": close}
    return (_CHOICE_NEAR if close else _CHOICE), facts


def _find_line(record: dict[str, Any], path: tuple[int | str, ...]) -> tuple[Place, int]:
    place: Place = record[PLACE]
    line, value = place.line, record
    for part in path:
        if isinstance(part, str) and isinstance(value, dict) and part in value:
            line = value[PLACE].line_of(part)
        try:
            value = value[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(value, dict):
            line = value[PLACE].line
    return place, line


def _fields_of(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """Return the field names of the model at a path below ``model``."""
    current = model
    for part in path:
        if isinstance(part, str) and part in current.model_fields:
            current = _model_in(current.model_fields[part].annotation) or current
    return [name for name in current.model_fields if name != "place"]


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
