"""The forms of the page of pairs: several decisions on sameness at once, or several taken back.

A pair stands in one field: how many decisions on it there were when the page was made, and the two cities.
So what was decided in between is noticed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from api.settings import Settings
from api.writing.bodies import Sent
from api.writing.deciding import (
    LONGEST_NAME,
    check_cities,
    choose_office,
    to_judgement,
    to_pair,
    to_verdict,
)
from api.writing.sessions import Written
from graph.identity.judgements import Judgement
from graph.revision import Revision
from graph.store import GraphStore
from ingest.decisions import SamenessVerdict
from ingest.judging import record_decisions
from ontology.errors import BadParameter
from ontology.messages import N_

__all__ = ["WAIT", "Choice", "decide_pairs", "field_of", "read_choices", "take_back"]

#: What is chosen for a pair that is left as it is.
WAIT = "wait"
_ON_A_PAIR: tuple[SamenessVerdict, ...] = ("same", "different")
_DIGITS = 6
_NO_PAIR = N_("'{value}' names no pair of cities. Open the page again and use its form.")
_NONE = N_("No pair was decided on. Choose 'same city' or 'different cities' for at least one.")
_NONE_BACK = N_("No decision was chosen. Tick those that are to be taken back.")
_NO_REASON = N_(
    "There is no reason for '{one}' and '{other}'. Write one for this pair, or one for all below the table."
)


@dataclass(frozen=True)
class Choice:
    """What was filled in for one pair: as sent, not checked.

    Attributes
    ----------
    seen
        How many decisions on the pair there were when the page was made.
    one, other
        Ids or whole addresses of the two.
    verdict
        ``same``, ``different`` or ``wait``.
    why
        The pair's own reason; empty: the common one.
    """

    seen: int
    one: str
    other: str
    verdict: str
    why: str = ""


def field_of(seen: int, one: str, other: str) -> str:
    """Return what a form's field says of a pair; neither an id nor an address has a space.

    Examples
    --------
    >>> field_of(0, "puch-a", "https://example.org/puch")
    '0 puch-a https://example.org/puch'
    """
    return f"{seen} {one} {other}"


def read_choices(fields: Mapping[str, str]) -> list[Choice]:
    """Return what was filled in for the pairs of a form, in its order.

    Raises
    ------
    BadParameter
        A field names no pair.
    """
    return [
        Choice(
            *_pair(value), fields.get(f"verdict-{place}", WAIT),
            " ".join(fields.get(f"why-{place}", "").split()),
        )
        for place, value in _numbered(fields, "pair-")
    ]  # fmt: skip


def decide_pairs(sent: Sent, store: GraphStore, settings: Settings) -> Written:
    """Write down what was decided of the pairs of a form, all of it or nothing, and publish once.

    Raises
    ------
    BadParameter, NotFound
        Something is missing, or names nothing that there is.
    DecidedMeanwhile
        Somebody else has decided on one of the pairs.
    InvalidBatch
        Cities that are joined would contradict a rule.
    """
    revision = store.current()
    chosen = [one for one in read_choices(sent.fields) if one.verdict != WAIT]
    if not chosen:
        raise BadParameter(_NONE)
    for place, _ in _numbered(sent.fields, "why-"):
        sent.find(f"why-{place}")
    office, common = choose_office(sent, revision, settings.city), sent.find("why")
    judgements = [_to_judgement(one, revision, office, common) for one in chosen]
    check_cities(revision, {city for judgement in judgements for city in judgement.pair})
    return _record(judgements, store, settings)


def take_back(sent: Sent, store: GraphStore, settings: Settings) -> Written:
    """Take back the decisions that were ticked, all or none, and publish once.

    Raises
    ------
    BadParameter
        Something is missing, or names no decision.
    DecidedMeanwhile
        Somebody else has decided on one of the pairs.
    InvalidBatch
        What the rules judged would contradict another rule now.
    """
    revision = store.current()
    pairs = [_pair(value) for _, value in _numbered(sent.fields, "back-")]
    if not pairs:
        raise BadParameter(_NONE_BACK)
    office, why = choose_office(sent, revision, settings.city), sent.get("why")
    judgements = [
        to_judgement(to_pair(revision, one, other), "withdrawn", office, why, seen + 1)
        for seen, one, other in pairs
    ]
    return _record(judgements, store, settings, is_back=True)


def _record(
    judgements: list[Judgement], store: GraphStore, settings: Settings, *, is_back: bool = False
) -> Written:
    before = store.current().number
    published = record_decisions(store, settings.records_folder, judgements, as_seen=True)
    return Written(len(judgements), before, published.number if published else before, is_back)


def _to_judgement(chosen: Choice, revision: Revision, office: str, common: str) -> Judgement:
    why = chosen.why or common
    if not why:
        raise BadParameter(_NO_REASON, one=chosen.one, other=chosen.other)
    verdict = to_verdict(chosen.verdict, _ON_A_PAIR)
    return to_judgement(to_pair(revision, chosen.one, chosen.other), verdict, office, why, chosen.seen + 1)


def _numbered(fields: Mapping[str, str], begin: str) -> list[tuple[str, str]]:
    """Return the ends of the names of fields that begin alike, and their values."""
    return [(name.removeprefix(begin), value) for name, value in fields.items() if name.startswith(begin)]


def _pair(value: str) -> tuple[int, str, str]:
    parts = value.split()
    is_pair = len(parts) == len(("seen", "one", "other"))
    is_whole = is_pair and parts[0].isdecimal() and len(parts[0]) <= _DIGITS
    if not is_whole or max(map(len, parts)) > LONGEST_NAME:
        raise BadParameter(_NO_PAIR, value=value[:100])
    return int(parts[0]), parts[1], parts[2]
