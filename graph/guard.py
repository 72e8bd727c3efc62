"""What a foreign query may not ask for, told from its tokens before an engine sees it.

This is for the kind sentence and in front of the wall: nothing here replaces the child
process without a network (``graph/sandbox.py``), its deadline and its memory limit.

Engines read keywords without looking where a word ends: ``SERVICEex:a {`` and even
``service:a {`` may call a service. So besides the word itself every ``{`` is looked at: the
name before it must not hold that word, and must not follow a name that ends with it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.keywords import FORMS, QUERY_WORDS, UPDATE_WORDS
from graph.lexer import Token, fail_at, find_position, read_tokens, resolve_escapes
from graph.misreadings import NO_FORM, explain_prefix, explain_word
from ontology.errors import QueryRefused, QuerySyntaxError, QueryTooLong
from ontology.messages import N_

__all__ = ["MAX_CHARACTERS", "MAX_NESTING", "MAX_PATTERNS", "CheckedQuery", "check_query"]

#: Longest query, in characters.
MAX_CHARACTERS = 1_000_000
#: Deepest nesting of brackets, and longest row of prefix operators such as ``!``.
MAX_NESTING = 100
#: Most triple patterns in one group: planning takes time cubic in their number.
MAX_PATTERNS = 150

_GOES_UP = re.compile(r"/(?:\.|%2e){1,2}(?=[/?#]|$)", re.IGNORECASE)
# Words that take the name after them; SERVICE is looked at where it stands.
_OWNERS = frozenset({"GRAPH", "FROM", "NAMED", "DESCRIBE", "SERVICE", "SILENT"})


@dataclass(frozen=True)
class CheckedQuery:
    """What the tokens of an allowed query say.

    ``declared`` are its own prefixes, ``added`` the well-known ones that it uses without
    declaring them: the engine has to be given these.
    """

    form: str
    declared: dict[str, str] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)


def check_query(
    text: str, prefixes: Mapping[str, str] | None = None, service_allow: Sequence[str] = ()
) -> CheckedQuery:
    """Return what is to be known of a query, or raise when it may not be asked.

    Parameters
    ----------
    text
        The query as its author wrote it.
    prefixes
        Well-known prefixes that a query may use without declaring them.
    service_allow
        Beginnings of the addresses that ``SERVICE`` may call; none by default.

    Raises
    ------
    QueryTooLong, QueryRefused, QuerySyntaxError
        Too long; an update, a foreign service, too deep or too wide; not SPARQL.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryTooLong(characters=len(text), limit=MAX_CHARACTERS)
    resolved = resolve_escapes(text)
    checked = _check_reading(text, prefixes or {}, service_allow)
    if resolved != text:
        # Some parsers resolve \u0053 first, some never: both readings must be harmless.
        _check_reading(resolved, prefixes or {}, service_allow)
    return checked


def _check_reading(text: str, prefixes: Mapping[str, str], service_allow: Sequence[str]) -> CheckedQuery:
    tokens = read_tokens(text)
    for place, token in enumerate(tokens):
        if token.word in UPDATE_WORDS:
            raise QueryRefused(form=token.word)
        if token.kind == "word" and token.word not in QUERY_WORDS:
            raise _unknown_word(text, tokens, place)
    declared = _declared_prefixes(tokens)
    form = _find_form(text, tokens, {**prefixes, **declared})
    for place, token in enumerate(tokens):
        if token.word == "SERVICE":
            _check_service(text, tokens, place, {**prefixes, **declared}, service_allow)
        elif token.text == "{":
            _check_brace(text, tokens, place)
    _check_size(text, tokens)
    return CheckedQuery(form, declared, _added_prefixes(text, tokens, declared, prefixes))


def _find_form(text: str, tokens: list[Token], known: Mapping[str, str]) -> str:
    """Return the first word after the prologue."""
    if tokens and tokens[0].kind == "language":
        template, facts = explain_prefix("", tokens[0], tokens[0], known)
        raise fail_at(text, tokens[0].start, template, **facts)
    for token in tokens:
        if token.word and token.word not in ("PREFIX", "BASE", "VERSION"):
            if token.word in FORMS:
                return token.word
            break
    place = next((t.start for t in tokens if t.word not in ("PREFIX", "BASE", "VERSION", *FORMS)), 0)
    raise fail_at(text, place, NO_FORM)


def _declared_prefixes(tokens: list[Token]) -> dict[str, str]:
    return {
        name.text[:-1]: iri.text[1:-1]
        for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if word.word == "PREFIX" and name.kind == "name" and iri.kind == "iri"
    }


def _added_prefixes(
    text: str, tokens: list[Token], declared: Mapping[str, str], known: Mapping[str, str]
) -> dict[str, str]:
    """Return the well-known prefixes that are used and not declared; another one is an error."""
    added: dict[str, str] = {}
    for place, token in enumerate(tokens):
        prefix = token.text.partition(":")[0]
        if token.kind != "name" or prefix in declared:
            continue
        if prefix not in known:
            before = tokens[place - 1] if place else None
            template, facts = explain_prefix(prefix, token, before, {**known, **declared})
            raise fail_at(text, token.start, template, **facts)
        added[prefix] = known[prefix]
    return added


def _check_service(
    text: str, tokens: list[Token], place: int, prefixes: Mapping[str, str], allow: Sequence[str]
) -> None:
    """Let ``SERVICE`` pass only when what follows is written out and begins as the setting allows."""
    target = next((t for t in tokens[place + 1 : place + 3] if t.word != "SILENT"), None)
    if target is None:
        raise fail_at(text, tokens[place].start, _NO_SERVICE)
    address = _expand(target, prefixes)
    if not any(_begins_with(address, allowed) for allowed in allow):
        raise QueryRefused(_SERVICE if not allow else _OTHER_SERVICE, form="SERVICE", address=target.text)


def _expand(token: Token, prefixes: Mapping[str, str]) -> str:
    """Return the address that a token names; empty when only the engine would know it."""
    if token.kind == "iri":
        return resolve_escapes(token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    if token.kind != "name":
        return ""
    return resolve_escapes(prefixes.get(prefix, "")) + local.replace("\\", "")


def _begins_with(address: str, allowed: str) -> bool:
    """Tell whether an address lies under an allowed one.

    ``http://a.b`` doesn't allow ``http://a.bc``, nor does ``http://a.b/c/`` allow
    ``http://a.b/c/../d``: the engine would go up before it asks.
    """
    if not allowed or not address.startswith(allowed) or _GOES_UP.search(address):
        return False
    return allowed[-1] in "/?#" or address[len(allowed) :][:1] in ("", "/", "?", "#")


def _check_brace(text: str, tokens: list[Token], place: int) -> None:
    """Refuse a group after a name in which an engine may read the word SERVICE."""
    target = tokens[place - 1] if place else None
    before = tokens[place - 2] if place > 1 else None
    if target is None or target.kind not in ("iri", "name", "variable"):
        return
    if before is not None and before.word in _OWNERS:
        return
    inside = target.kind == "name" and "SERVICE" in target.text.partition(":")[0].upper()
    glued = before is not None and before.text.upper().endswith(("SERVICE", "SILENT"))
    if inside or glued:
        raise fail_at(text, target.start, _STRAY_GROUP, token=target.text)


def _check_size(text: str, tokens: list[Token]) -> None:
    """Refuse what is known to break or stall an engine: deep nesting, wide groups."""
    for depth, _ in _depths(tokens):
        if depth > MAX_NESTING:
            raise QueryRefused(_TOO_DEEP, form="{", limit=MAX_NESTING)
    run = 0
    for token in tokens:
        run = run + 1 if token.text in ("!", "-", "+", "^") else 0
        if run > MAX_NESTING:
            raise QueryRefused(_TOO_DEEP, form=token.text, limit=MAX_NESTING)
    for opening, patterns in _patterns(tokens):
        if patterns > MAX_PATTERNS:
            line = find_position(text, opening.start).line
            raise QueryRefused(_TOO_WIDE, form="{", patterns=patterns, limit=MAX_PATTERNS, line=line)


def _depths(tokens: list[Token]) -> Iterator[tuple[int, Token]]:
    depth = 0
    for token in tokens:
        depth += (token.text in ("{", "(", "[")) - (token.text in ("}", ")", "]"))
        yield depth, token


def _patterns(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """Yield each group's brace and about how many triple patterns it joins.

    Every ``.``, ``;``, ``,`` and every step of a path adds one; what stands in parentheses
    is an expression or a list and is not counted. A template is not planned: left out.
    """
    groups: list[list[Token]] = []
    parens = 0
    before = ""
    for token in tokens:
        if token.text == "{":
            groups.append([] if before == "CONSTRUCT" else [token])
        elif token.text == "}":
            group = groups.pop()
            if group:
                yield group[0], len(group)
        elif token.text in "()":
            parens += 1 if token.text == "(" else -1
        elif groups and groups[-1] and not parens and token.text in (".", ";", ",", "/"):
            groups[-1].append(token)
        before = token.word


def _unknown_word(text: str, tokens: list[Token], place: int) -> QuerySyntaxError:
    if not any(token.word in FORMS for token in tokens):
        similar = explain_word(tokens, place)[1].get("similar")
        if similar not in FORMS:
            return fail_at(text, 0, NO_FORM)
    template, facts = explain_word(tokens, place)
    return fail_at(text, tokens[place].start, template, **facts)


_NO_SERVICE = N_("Line {line}, column {column}: SERVICE needs an address.")
_SERVICE = N_(
    "SERVICE {address} is not allowed: this server asks no other server. "
    "Remove that part, or ask for its address to be added to KOPRU_SERVICE_ALLOW."
)
_OTHER_SERVICE = N_(
    "SERVICE {address} is not among the addresses that this server may ask. "
    "Write an allowed address in full, or ask for this one to be added to KOPRU_SERVICE_ALLOW."
)
_STRAY_GROUP = N_(
    "Line {line}, column {column}: a group can't follow {token} here. "
    "End the pattern before the group with a dot, or write GRAPH before the name."
)
_TOO_DEEP = N_(
    "'{form}' is nested more than {limit} deep. Simplify the query; VALUES or IN replace long chains."
)
_TOO_WIDE = N_(
    "The group in line {line} joins {patterns} patterns; at most {limit} can be planned. "
    "Divide the query, or list values with VALUES."
)
