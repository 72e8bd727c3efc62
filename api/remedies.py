"""What to write instead of a parameter that was refused, in the reader's language.

pydantic's own messages are English; the kinds that occur here have a sentence of ours.
"""

from collections.abc import Mapping
from typing import Any

from ontology.messages import N_, Language, translate

__all__ = ["to_remedy"]

_DAY = N_("write a day that exists as YYYY-MM-DD, such as 2024-03-04")
_NUMBER = N_("write a whole number")

_REMEDIES = {
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "date_parsing": _DAY,
    "date_type": _DAY,
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "int_from_float": _NUMBER,
    "int_parsing_size": _NUMBER,
    "float_parsing": N_("write a number"),
    "bool_parsing": N_("write true or false"),
    "greater_than": N_("write a number greater than {gt}"),
    "greater_than_equal": N_("write a number not below {ge}"),
    "less_than": N_("write a number less than {lt}"),
    "less_than_equal": N_("write a number not above {le}"),
    "literal_error": N_("choose one of {expected}"),
    "string_too_long": N_("write at most {max_length} characters"),
    "string_too_short": N_("write at least {min_length} characters"),
    "missing": N_("it is needed"),
}


def to_remedy(found: Mapping[str, Any], language: Language) -> str:
    """Return the sentence for one entry of pydantic's ``errors()``."""
    template = _REMEDIES.get(found["type"])
    if template is None:
        return str(found["msg"])
    facts = {name: str(fact).replace(" or ", ", ") for name, fact in found.get("ctx", {}).items()}
    return translate(template, language, **facts)
