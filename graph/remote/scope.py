"""Which variables the star of a SELECT shows, so that it can be written out (SPARQL 1.1, section 18.2.1)."""

from collections.abc import Iterator

from graph.lexer import Token

__all__ = ["find_end", "star_edits"]

_OPENS, _CLOSES = ("{", "(", "["), ("}", ")", "]")


def find_end(tokens: list[Token], opening: int) -> int:
    """Return the place of the bracket that closes the one at ``opening``."""
    depth = 0
    for place in range(opening, len(tokens)):
        depth += (tokens[place].text in _OPENS) - (tokens[place].text in _CLOSES)
        if depth == 0:
            return place
    return len(tokens) - 1


def star_edits(tokens: list[Token]) -> list[tuple[int, int, str]]:
    """Return where stars stand, and the variables to write instead."""
    edits = []
    for place, token in enumerate(tokens):
        star = _star_after(tokens, place) if token.word == "SELECT" else None
        if star is not None:
            shown = " ".join(dict.fromkeys(_variables_of(tokens, _group_after(tokens, star))))
            edits.append((tokens[star].start, tokens[star].start + 1, shown or "*"))
    return edits


def _star_after(tokens: list[Token], select: int) -> int | None:
    place = select + 1
    while tokens[place].word in ("DISTINCT", "REDUCED"):
        place += 1
    return place if tokens[place].text == "*" else None


def _group_after(tokens: list[Token], place: int) -> int:
    return next(p for p in range(place, len(tokens)) if tokens[p].text == "{")


def _variables_of(tokens: list[Token], opening: int) -> Iterator[str]:
    """Yield the variables of a group that are seen outside of it."""
    place, end = opening + 1, find_end(tokens, opening)
    while place < end:
        token = tokens[place]
        if token.word in ("FILTER", "MINUS"):
            place = _behind_condition(tokens, place + 1)
            continue
        if token.word == "BIND":
            closing = find_end(tokens, place + 1)
            yield tokens[closing - 1].text
            place = closing + 1
            continue
        if token.word == "SELECT":  # the whole of the group that it begins
            yield from _shown_by(tokens, place)
            place = _closing(tokens, place)
            continue
        if token.kind == "variable":
            yield f"?{token.text[1:]}"
        place += 1


def _behind_condition(tokens: list[Token], place: int) -> int:
    """Return the place behind what stands after FILTER or MINUS."""
    while tokens[place].text not in ("{", "("):
        place += 1
    return find_end(tokens, place) + 1


def _shown_by(tokens: list[Token], select: int) -> Iterator[str]:
    if (star := _star_after(tokens, select)) is not None:
        yield from _variables_of(tokens, _group_after(tokens, star))
        return
    place, end = select + 1, _group_after(tokens, select)
    while place < end:
        if tokens[place].text == "(":
            place = find_end(tokens, place)
            yield tokens[place - 1].text
        elif tokens[place].kind == "variable":
            yield f"?{tokens[place].text[1:]}"
        place += 1


def _closing(tokens: list[Token], place: int) -> int:
    """Return the place of the brace that closes the group in which ``place`` stands."""
    depth = 0
    while True:
        depth += (tokens[place].text == "{") - (tokens[place].text == "}")
        if depth < 0:
            return place
        place += 1
