"""What to write instead of a parameter that was refused, in the reader's language.

pydantic's own messages are English; the kinds that occur here have a sentence of ours.
"""

from collections.abc import Mapping
from typing import Any

from ontology.messages import N_, Language, translate

__all__ = ["ADDRESS_PATTERN", "ORIGIN_PATTERN", "to_remedy"]

#: What a base of addresses looks like.
ADDRESS_PATTERN = r"^https?://\S+/$"
#: Where a page comes from, as browsers say it: without a path; or all.
ORIGIN_PATTERN = r"^(\*|https?://[^\s/,]+)$"

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
    "string_pattern_mismatch": N_("leave out blanks, quotation marks, brackets and slashes"),
    "missing": N_("it is needed"),
}
_ADDRESS = N_("write an address that begins with http:// or https:// and ends with /")
_PATTERNS = {
    ADDRESS_PATTERN: _ADDRESS,
    ORIGIN_PATTERN: N_("write addresses without a path, such as https://example.org, or *"),
}
_OTHER = N_("it does not have the form that is expected here ({reason})")


def to_remedy(found: Mapping[str, Any], language: Language) -> str:
    """Return the sentence for one entry of pydantic's ``errors()``."""
    template = _REMEDIES.get(found["type"], _OTHER)
    pattern = found.get("ctx", {}).get("pattern")
    if pattern in _PATTERNS:
        template = _PATTERNS[pattern]
    if template == _OTHER:
        return translate(_OTHER, language, reason=found["msg"])
    facts = {name: str(fact).replace(" or ", ", ") for name, fact in found.get("ctx", {}).items()}
    return translate(template, language, **facts)
