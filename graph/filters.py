"""Why a filter drops all rows: what its variables really are, and what it compares them with."""

from collections.abc import Callable
from typing import Any

import pyoxigraph as ox

from graph import reasons_empty as say
from graph.lexer import Token, read_tokens
from graph.lookalikes import Lookalikes, Term
from graph.probe import Probe
from graph.syntax import Part

__all__ = ["explain_filter"]

#: Values shown of each variable.
_SHOWN = 3
_Said = tuple[str, dict[str, Any]]


def explain_filter(
    part: Part, base: list[Part], probe: Probe, near: Lookalikes, wrap: Callable[[str], str]
) -> _Said:
    """Return the sentence and its facts for a filter that drops all rows.

    Parameters
    ----------
    part
        The filter.
    base
        The rest of its group, without filters; it finds something.
    probe, near
        Ways to ask the graph.
    wrap
        Puts a pattern where the group stands.
    """
    tokens = read_tokens(part.text)
    joined = wrap(" ".join(one.text for one in base))
    names = list(dict.fromkeys(token.text for token in tokens if token.kind == "variable"))
    if _looks_like_day(tokens):
        return say.FILTER_DAY, {}
    values = {name: _values(probe, name, joined) for name in names}
    empty = [name for name, found in values.items() if not found]
    if empty:
        optional = [one for one in base if one.kind == "optional" and empty[0] in one.text]
        return (say.FILTER_OPTIONAL if optional else say.FILTER_UNBOUND), {"variable": empty[0]}
    shown = "; ".join(f"{name}: {', '.join(map(near.show, found))}" for name, found in values.items())
    if not shown:
        return say.FILTER, {}
    texts = [name for name, found in values.items() if any(_has_language(one) for one in found)]
    for name in texts:
        if _passes(probe, f"{joined} {_with_plain_text(part.text, tokens, name)}"):
            return say.FILTER_LANGUAGE, {"variable": name, "values": shown}
    return say.FILTER_VALUES, {"values": shown}


def _passes(probe: Probe, pattern: str) -> bool:
    try:
        return probe.has(pattern)
    except SyntaxError:  # the variable stood where no expression can be
        return False


def _values(probe: Probe, name: str, joined: str) -> list[Term]:
    rows = probe.rows([name], f"{joined} FILTER(BOUND({name}))", _SHOWN * 4)
    found = [row[0] for row in rows if row[0] is not None]
    return list(dict.fromkeys(found))[:_SHOWN]


def _has_language(term: Term) -> bool:
    return isinstance(term, ox.Literal) and bool(term.language)


def _with_plain_text(text: str, tokens: list[Token], name: str) -> str:
    """Return the filter with the text of a variable in place of the variable."""
    for token in reversed(tokens):
        if token.text == name:
            text = f"{text[: token.start]}STR({name}){text[token.start + len(name) :]}"
    return text


def _looks_like_day(tokens: list[Token]) -> bool:
    """Tell whether a day is written without quotes, which is a subtraction of numbers."""
    for one, two, three, four, five in zip(
        tokens, tokens[1:], tokens[2:], tokens[3:], tokens[4:], strict=False
    ):
        kinds = (one.kind, three.kind, five.kind)
        is_row = kinds == ("number",) * 3 and two.text == four.text == "-"
        if is_row and five.start + len(five.text) - one.start <= 10 and len(one.text) == 4:
            return True
    return False
