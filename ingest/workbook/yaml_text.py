"""Values as YAML text in the style of the records: one line where it is short, texts in quotation marks."""

import re
from decimal import Decimal
from typing import Any

__all__ = ["to_block", "to_flow", "to_scalar"]

#: Longer than this, a record or a text in two languages goes over several lines.
_WIDEST = 110

# What needs no quotation marks, wherever it stands: no sign that YAML could take for its own.
_INNER = r"(?:[\w./+()'’…&=%?~@#-]|:(?=\S))*"
_PLAIN = re.compile(rf"[^\W_]{_INNER}(?: [\w(&/+’]{_INNER})*")
_OTHER_THAN_TEXT = re.compile(
    r"[-+]?\d+(\.\d+)?|true|false|null|~|yes|no|on|off|y|n|[\d_:.+-]+", re.IGNORECASE
)
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\x85": "\\N", "\xa0": "\\_"}
#: Fields whose texts always stand in quotation marks.
_SPOKEN = {"tr", "en"}


def to_scalar(value: Any, key: str = "", *, quoted: bool = False) -> str:
    """Return one value on one line.

    Parameters
    ----------
    value
        Text, number, truth value or ``None``.
    key
        The field that it stands in.
    quoted
        Put a text into quotation marks even if it needs none.

    Examples
    --------
    >>> to_scalar("1995"), to_scalar("2011-07"), to_scalar(Decimal("1.5")), to_scalar(None)
    ('"1995"', '2011-07', '1.5', 'null')
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    text = str(value)
    if _DATE.fullmatch(text) or (_is_plain(text) and key not in _SPOKEN and not quoted):
        return text
    return _quote(text)


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and not _OTHER_THAN_TEXT.fullmatch(text)


def _quote(text: str) -> str:
    return '"' + "".join(_escape(letter) for letter in text) + '"'


def _escape(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable() or letter == " ":
        return letter
    code = ord(letter)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def to_flow(value: Any, key: str = "") -> str:
    """Return a value on one line, with brackets: ``{tr: "…", en: "…"}``."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {to_flow(item, name)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(to_flow(item) for item in value) + "]"
    return to_scalar(value, key)


def to_block(value: Any, indent: int, key: str = "") -> str:
    """Return what follows ``key:``: a blank and a short value, or lines of their own."""
    flow = to_flow(value, key)
    is_short = len(flow) + len(key) + indent + 2 <= _WIDEST
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "".join(f"\n{' ' * (indent + 2)}- {to_item(item, indent + 4)}" for item in value)
    if isinstance(value, dict) and not is_short:
        lines = (f"{name}:{to_block(item, indent + 2, name)}" for name, item in value.items())
        return "".join(f"\n{' ' * (indent + 2)}{line}" for line in lines)
    return f" {flow}"


def to_item(value: dict[str, Any], indent: int) -> str:
    """Return what follows ``- ``: a record on one line, or a line for each field."""
    flow = to_flow(value)
    has_parts = any(isinstance(item, list) and item and isinstance(item[0], dict) for item in value.values())
    if len(flow) + indent <= _WIDEST and not has_parts:
        return flow
    lines = (f"{name}:{to_block(item, indent, name)}" for name, item in value.items())
    return f"\n{' ' * indent}".join(lines)
