"""How to narrow a query that passed a limit, from what the query itself has.

Read in the server, so only short texts are looked at, and nothing is asked.
"""

from dataclasses import dataclass, field

from graph.lexer import find_position, read_tokens
from graph.syntax import Group, Part, Structure, Unexpected, Unreadable, read_structure
from ontology.errors import QuerySyntaxError
from ontology.messages import N_, Language, translate

__all__ = ["Advice", "advise", "read_short", "warn"]

#: Longest text that is looked at, in characters.
_LONGEST = 20_000
#: Most sentences.
_MOST = 3
_SEARCHES = ("REGEX", "CONTAINS", "STRSTARTS", "STRENDS", "LCASE", "UCASE", "REPLACE")


@dataclass(frozen=True)
class Advice:
    """One way to narrow a query: a sentence with facts."""

    template: str
    facts: dict[str, object] = field(default_factory=dict)

    def sentence(self, language: Language) -> str:
        """Return the sentence in one language."""
        return translate(self.template, language, **self.facts)


def advise(text: str) -> tuple[Advice, ...]:
    """Return what would make a query smaller, the most useful first; always something."""
    structure = read_short(text)
    if structure is None or structure.where is None:
        return (Advice(_GENERAL),)
    found = [*_of_group(text, structure.where), *_of_clauses(text, structure)]
    return tuple(found[:_MOST]) or (Advice(_GENERAL),)


def warn(text: str) -> tuple[Advice, ...]:
    """Return what is likely to make a query slow before it was run; nothing for most queries."""
    structure = read_short(text)
    found = _of_group(text, structure.where) if structure else []
    return tuple(one for one in found if one.template != _SEARCH)[:_MOST]


def read_short(text: str) -> Structure | None:
    """Return what a query is made of; ``None`` when it is too long to be looked at, or can't be read."""
    if len(text) > _LONGEST:
        return None
    try:
        return read_structure(text, read_tokens(text))
    except (QuerySyntaxError, Unexpected, Unreadable, RecursionError):
        return None


def _of_group(text: str, group: Group | None) -> list[Advice]:
    if group is None:
        return []
    return [
        *(_open_path(text, part) for part in _triples(group) if _is_open_path(part)),
        *_apart(text, group),
        *(_everything(text, part) for part in _triples(group) if _is_everything(part)),
        *_searches(text, group),
    ]


def _triples(group: Group) -> list[Part]:
    own = [part for part in group.parts if part.kind == "triple"]
    return own + [part for one in group.parts for inner in one.groups for part in _triples(inner)]


def _is_open_path(part: Part) -> bool:
    """Tell whether a path of any length begins and ends anywhere."""
    triple = part.triple
    if triple is None or triple.verb.text[:1] in "?$" or not set("*+") & set(triple.verb.text):
        return False
    return triple.subject.text[:1] in "?$_" and triple.object.text[:1] in "?$_"


def _open_path(text: str, part: Part) -> Advice:
    path = part.triple.verb.text if part.triple else ""
    return Advice(_OPEN_PATH, {"line": find_position(text, part.first.start).line, "path": path})


def _is_everything(part: Part) -> bool:
    triple = part.triple
    return triple is not None and all(
        node.text[:1] in "?$" for node in (triple.subject, triple.verb, triple.object)
    )


def _everything(text: str, part: Part) -> Advice:
    shown = part.text.removesuffix(" .")
    return Advice(_EVERYTHING, {"line": find_position(text, part.first.start).line, "pattern": shown})


def _apart(text: str, group: Group) -> list[Advice]:
    """Find the first part that shares no variable with those before it, so that rows multiply."""
    seen: set[str] = set()
    for part in group.parts:
        if part.kind not in ("triple", "values", "union", "group", "graph", "select"):
            continue
        own = {"?" + token.text[1:] for token in read_tokens(part.text) if token.kind == "variable"}
        if seen and own and not seen & own and not _is_tied_later(group, seen, own):
            return [Advice(_APART, {"line": find_position(text, part.first.start).line})]
        seen |= own
    return []


def _is_tied_later(group: Group, one: set[str], other: set[str]) -> bool:
    """Tell whether a later pattern has variables of both."""
    for part in group.parts:
        own = {"?" + token.text[1:] for token in read_tokens(part.text) if token.kind == "variable"}
        if part.kind != "filter" and own & one and own & other:
            return True
    return False


def _searches(text: str, group: Group) -> list[Advice]:
    for part in group.parts:
        if part.kind == "filter" and any(token.word in _SEARCHES for token in read_tokens(part.text)):
            return [Advice(_SEARCH, {"line": find_position(text, part.first.start).line})]
    return []


def _of_clauses(text: str, structure: Structure) -> list[Advice]:
    clauses = {token.word: token for token in structure.modifiers}
    if "ORDER" in clauses:
        return [Advice(_ORDER, {"line": find_position(text, clauses["ORDER"].start).line})]
    return [] if structure.limit is not None or structure.form == "ASK" else [Advice(_LIMIT)]


_GENERAL = N_("Narrow it: name a class or a city, bind more variables, or add LIMIT.")
_OPEN_PATH = N_(
    "Line {line}: the path {path} may begin and end anywhere. Name one of its ends, "
    "or write out as many steps as you need."
)
_EVERYTHING = N_(
    "Line {line}: {pattern} is every statement of the graph. Name the property or one of the things."
)
_APART = N_(
    "Line {line}: from here on nothing has to do with what stands before, so each row is paired with each. "
    "Let both sides share a variable."
)
_SEARCH = N_(
    "Line {line}: the filter reads the text of every row. Narrow the rows first by class or place, "
    "or compare with kp:searchKey as a whole."
)
_ORDER = N_(
    "Line {line}: ORDER BY needs all rows before the first one. Leave it out or narrow the rows first."
)
_LIMIT = N_("Add LIMIT 100 to see the first rows.")
