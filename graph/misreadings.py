"""Signs and words that are no SPARQL, but are often written in it: what they stand for.

Only asked when a query can't be read. Signs come from word processors and from Turkish
keyboards, words from SQL and other languages.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from graph.keywords import FORMS, QUERY_WORDS
from graph.lexer import Token
from ontology.messages import N_
from ontology.text import fold

__all__ = ["NO_FORM", "Said", "explain_prefix", "explain_sign", "explain_word"]

#: A sentence with ``{facts}``, and the facts beyond line, column and caret.
Said = tuple[str, dict[str, object]]

_FORM = re.compile(rf"\b({'|'.join(sorted(FORMS))})\b", re.IGNORECASE)
_RUN = re.compile(r"[\w\u0307]+")
_ENTITY = re.compile(r"&(lt|gt|amp|quot);")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_QUOTES = dict.fromkeys("“”„«»″", '"') | dict.fromkeys("‘’‚´′", "'")
_DASHES = frozenset("–—−‐‑")
_FOREIGN = {
    "AND": "&&", "OR": "||", "VE": "&&", "VEYA": "||", "LIKE": 'CONTAINS(?x, "…")', "LOWER": "LCASE",
    "TOLOWER": "LCASE", "UPPER": "UCASE", "TOUPPER": "UCASE", "LEN": "STRLEN", "LENGTH": "STRLEN",
    "SUBSTRING": "SUBSTR", "BETWEEN": "?x >= 1 && ?x <= 9", "ISNULL": "!BOUND(?x)", "NULL": "!BOUND(?x)",
    "STARTSWITH": "STRSTARTS", "ENDSWITH": "STRENDS", "CAST": "xsd:integer(?x)", "IS": "a", "EQUALS": "=",
    "CONTAIN": "CONTAINS", "CEILING": "CEIL", "IFNULL": "COALESCE(?x, …)", "MOD": "?x - ?y * FLOOR(?x / ?y)",
    "GROUPCONCAT": "GROUP_CONCAT", "STRING_AGG": "GROUP_CONCAT", "ISURL": "ISIRI", "EXCEPT": "MINUS { … }",
    "TOP": "LIMIT 5", "EXIST": "EXISTS", "JOIN": "{ … }", "TRIM": 'REPLACE(?x, "^ +| +$", "")',
}  # fmt: skip


def explain_sign(text: str, start: int) -> Said | None:
    """Return what is to be said of a character that begins no token, and of what follows it.

    Parameters
    ----------
    text, start
        The query, and the place of the character.
    """
    if not _FORM.search(text) and not _find_turkish(text, start):
        return NO_FORM, {}
    sign = text[start]
    if word := _find_turkish(text, start):
        return _TURKISH, {"token": _run_at(text, start), "similar": word}
    if sign in _QUOTES:
        return _CURLY, {"token": sign, "straight": _QUOTES[sign]}
    if sign in _DASHES:
        return _DASH, {"token": sign}
    if sign == "`":
        return _BACKTICK, {"token": sign}
    if sign == "&":
        entity = _ENTITY.match(text, start)
        if entity:
            return _HTML, {"token": entity.group(), "straight": _ENTITIES[entity[1]]}
        return _SINGLE, {"token": "&", "similar": "&&"}
    if sign == "@":
        return _LANGUAGE, {}
    return _explain_category(text, start)


def _explain_category(text: str, start: int) -> Said | None:
    sign = text[start]
    if sign.isalpha():
        return _TEXT, {"token": _run_at(text, start)}
    if unicodedata.category(sign) in ("Zs", "Cf", "Cc", "Zl", "Zp"):
        return _INVISIBLE, {"code": f"U+{ord(sign):04X}"}
    return None


def _run_at(text: str, start: int) -> str:
    """Return the whole word around a place."""
    return next((m.group() for m in _RUN.finditer(text) if m.start() <= start < m.end()), text[start])


def _find_turkish(text: str, start: int) -> str:
    """Return the keyword that is meant by a word with Turkish letters; empty when it is none."""
    word = fold(_run_at(text, start)).upper()
    return word if word in QUERY_WORDS and len(word) > 1 else ""


def explain_word(tokens: Sequence[Token], place: int) -> Said:
    """Return what is to be said of a word that SPARQL does not know."""
    token = tokens[place]
    facts: dict[str, object] = {"token": token.text}
    before = tokens[place - 1] if place else None
    if before is not None and (said := _after(tokens, place, before)):
        return said
    if token.word in _FOREIGN:
        return _FOREIGN_WORD, facts | {"similar": _FOREIGN[token.word]}
    similar = get_close_matches(token.word, sorted(QUERY_WORDS), n=1, cutoff=0.75)
    if similar:
        return _SIMILAR_WORD, facts | {"similar": similar[0]}
    return _UNKNOWN_WORD, facts


def _after(tokens: Sequence[Token], place: int, before: Token) -> Said | None:
    """Return what the token before a word tells of it."""
    token = tokens[place]
    facts: dict[str, object] = {"token": token.text}
    touches = before.start + len(before.text) == token.start
    if before.word == "PREFIX":
        return _NO_COLON, facts
    if _is_in_address(tokens, place):
        return _BARE_ADDRESS, {}
    if before.text == "?" and before.kind == "sign":
        return _VARIABLE_SPACE, facts
    if before.text == "^^":
        return _DATATYPE, facts
    if before.kind == "language" and touches:
        return _TAG, {"token": before.text + token.text}
    if before.text in ("/", "-") and place > 1 and tokens[place - 2].text == before.text:
        return _COMMENT, {"token": before.text * 2}
    if before.text == "-" and touches and place > 1 and tokens[place - 2].kind == "variable":
        return _VARIABLE_DASH, {"token": f"{tokens[place - 2].text}-{token.text}"}
    if before.text == "/" and touches and place > 1 and tokens[place - 2].kind == "name":
        return _SLASH, {"token": f"{tokens[place - 2].text}/{token.text}"}
    return None


def _is_in_address(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether ``http:`` or ``https:`` stands in the row of tokens that touch this one, or opens it."""
    for number in range(place - 1, max(-1, place - 16), -1):
        if tokens[number].text.lower() in ("http:", "https:"):
            return True
        if tokens[number].text in ("{", "}", ";"):
            return False
    return False


def explain_prefix(prefix: str, token: Token, before: Token | None, known: Mapping[str, str]) -> Said:
    """Return what is to be said of a prefix that nobody declared."""
    facts: dict[str, object] = {"prefix": prefix, "token": token.text}
    if prefix.lower() in ("http", "https"):
        return _BARE_ADDRESS, {}
    if before is not None and before.text.lower() in ("@prefix", "@base"):
        return _AT_PREFIX, {"token": before.text}
    similar = get_close_matches(prefix.lower(), [name for name in known if name], n=1, cutoff=0.6)
    if similar:
        return _SIMILAR_PREFIX, facts | {"similar": similar[0], "address": known[similar[0]]}
    return _NO_PREFIX, facts


NO_FORM = N_(
    "Line {line}, column {column}: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE (after its "
    "prefixes), such as SELECT ?s WHERE {{ ?s a schema:City }}. Begin with one of them."
)
_TURKISH = N_(
    "Line {line}, column {column}: '{token}' holds a Turkish letter that keywords don't have. "
    "Write {similar} with a plain I or i."
)
_CURLY = N_(
    "Line {line}, column {column}: {token} is a typographic quotation mark, as word processors make them. "
    "Write the straight {straight} on both sides of the text."
)
_DASH = N_(
    "Line {line}, column {column}: {token} is a typographic dash. Write the plain - from the keyboard."
)
_BACKTICK = N_(
    "Line {line}, column {column}: the mark {token} is not part of the query. "
    "Remove it; around a text write straight quotation marks."
)
_HTML = N_("Line {line}, column {column}: {token} comes from a web page's source. Write {straight} instead.")
_SINGLE = N_("Line {line}, column {column}: a single '{token}' has no meaning. Write {similar}.")
_LANGUAGE = N_(
    "Line {line}, column {column}: '@' has to be followed by a language without a space, as in "
    '"Antalya"@tr.'
)
_TEXT = N_(
    "Line {line}, column {column}: '{token}' is no word of SPARQL. Put a text into quotation marks; "
    "write ?{token} for a variable."
)
_INVISIBLE = N_(
    "Line {line}, column {column}: an invisible character ({code}) stands here, often copied from a web page "
    "or a word processor. Delete it and write an ordinary space."
)
_NO_COLON = N_(
    "Line {line}, column {column}: the name of a prefix ends with a colon. Write PREFIX {token}: <address>."
)
_BARE_ADDRESS = N_(
    "Line {line}, column {column}: an address stands between < and > and holds no spaces. "
    "Write <https://example.org/a>; for a space write %20."
)
_VARIABLE_SPACE = N_(
    "Line {line}, column {column}: between ? and the name of a variable there is no space. Write ?{token}."
)
_DATATYPE = N_("Line {line}, column {column}: the datatype '{token}' needs its prefix. Write xsd:{token}.")
_TAG = N_(
    "Line {line}, column {column}: '{token}' is no language. Write @tr or @en; parts are joined "
    "with a hyphen."
)
_COMMENT = N_("Line {line}, column {column}: {token} begins no comment. A comment begins with #.")
_VARIABLE_DASH = N_(
    "Line {line}, column {column}: the name of a variable holds no hyphen, so {token} is read as a "
    "subtraction. Write an underscore instead."
)
_SLASH = N_(
    "Line {line}, column {column}: a name with a prefix holds no slash, so {token} is read as a path. "
    "Write the whole address between < and >."
)
_FOREIGN_WORD = N_("Line {line}, column {column}: SPARQL doesn't know '{token}'. Write {similar} instead.")
_SIMILAR_WORD = N_("Line {line}, column {column}: SPARQL doesn't know '{token}'. Is it {similar}?")
_UNKNOWN_WORD = N_(
    "Line {line}, column {column}: SPARQL doesn't know '{token}'. "
    "Write ?{token} for a variable, prefix:{token} for a name, quotes for a text."
)
_AT_PREFIX = N_(
    "Line {line}, column {column}: {token} is how Turtle writes it. "
    "In SPARQL write PREFIX without @ before it and without a dot after it."
)
_SIMILAR_PREFIX = N_(
    "Line {line}, column {column}: the prefix '{prefix}:' of {token} is not declared. Is it {similar}: "
    "(<{address}>), which need not be declared here?"
)
_NO_PREFIX = N_(
    "Line {line}, column {column}: the prefix '{prefix}:' of {token} is not declared. "
    "Write 'PREFIX {prefix}: <address>' before the query."
)
