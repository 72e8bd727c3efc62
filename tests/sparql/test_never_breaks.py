"""Whatever is done to a query, its diagnosis and its explanation end in sentences and never break.

Our own questions are torn and mixed, always in the same way.
"""

from pathlib import Path

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.advice import advise
from graph.diagnosis import explain_syntax_error
from graph.emptiness import EmptyReason, Suspect, explain_empty
from graph.guard import check_query
from graph.lexer import read_tokens
from ontology.errors import KopruError
from ontology.messages import translate
from ontology.terms import PREFIXES

QUESTIONS = [
    [token.text for token in read_tokens(file.read_text("utf-8"))]
    for file in sorted((Path(__file__).parents[2] / "graph" / "queries").glob("*.rq"))
]
PIECES = [
    "{", "}", "(", ")", "[", "]", ".", ";", ",", "?x", "a", "FILTER", "OPTIONAL", "UNION", "SELECT", "WHERE",
    "'x'", "1", "<http://e/>", "kp:a", "VALUES", "BIND", "AS", "*", "/", "^", "!", "GROUP", "BY", "ORDER",
    "LIMIT", "UNDEF", "=", "<", "@en", "^^", "NOT", "EXISTS", "IN", "GRAPH", "FROM", "COUNT", "|", "-",
]  # fmt: skip
TEARS = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(["drop", "add", "put"]), st.sampled_from(PIECES)),
    max_size=4,
)
STORE = ox.Store()
STORE.load('<http://e/s> <http://e/p> "x"@tr .', ox.RdfFormat.TURTLE)


def tear(tokens: list[str], tears: list[tuple[int, str, str]]) -> str:
    torn = list(tokens)
    for number, how, piece in tears:
        place = number % (len(torn) + 1)
        torn[place : place + (how != "add")] = [] if how == "drop" else [piece]
    return "\n".join(" ".join(torn[begin : begin + 6]) for begin in range(0, len(torn), 6))


def say(text: str) -> list[str]:
    """Return all that is said of a query, in Turkish."""
    try:
        checked = check_query(text, PREFIXES)
        STORE.query(text, prefixes=checked.added, base_iri="http://e/")
        reasons: list[EmptyReason] = []
        explain_empty(STORE, Suspect(text, checked, {"base_iri": "http://e/"}), PREFIXES, reasons.append)
    except KopruError as error:
        return [error.sentence("tr")]
    except SyntaxError as error:
        return [explain_syntax_error(text, str(error)).sentence("tr")]
    except (RuntimeError, OSError):  # said by whoever runs the query
        return ["-"]
    return [translate(reason.template, "tr", **reason.facts) for reason in reasons]


@settings(max_examples=400, derandomize=True, deadline=None, database=None)
@given(tokens=st.sampled_from(QUESTIONS), tears=TEARS)
def test_a_torn_query_ends_in_sentences(tokens: list[str], tears: list[tuple[int, str, str]]) -> None:
    text = tear(tokens, tears)
    assert all(say(text))
    assert advise(text)
