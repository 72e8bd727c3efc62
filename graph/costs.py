"""What a query is likely to cost, told before it is run: from its own patterns and the graph's numbers.

Read in the server, so only short texts are looked at, nothing is asked, and nothing is decided by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.advice import Advice, read_short, warn
from graph.syntax import Group, Triple
from ontology.terms import PREFIXES, RDF

__all__ = ["Costs", "estimate_costs"]


#: Longest text that is looked at, in characters: its parts are compared with one another.
_LONGEST = 8_000


@dataclass(frozen=True)
class Costs:
    """The fewest statements that one pattern meets (``None``: not known), and what will be slow."""

    narrowest: int | None = None
    warnings: tuple[Advice, ...] = ()


def estimate_costs(text: str, members: Mapping[str, int], used: Mapping[str, int]) -> Costs:
    """Return what can be said of a query's cost.

    Parameters
    ----------
    text
        As its author wrote it; nothing is said of one that can't be read.
    members
        Class -> things.
    used
        Property -> statements.
    """
    structure = read_short(text) if len(text) <= _LONGEST else None
    if structure is None or structure.where is None:
        return Costs()
    numbers = [_number(triple, members, used) for triple in _triples(structure.where)]
    known = [number for number in numbers if number is not None]
    return Costs(min(known, default=None), warn(text))


def _triples(group: Group) -> list[Triple]:
    return [part.triple for part in group.parts if part.kind == "triple" and part.triple is not None]


def _number(triple: Triple, members: Mapping[str, int], used: Mapping[str, int]) -> int | None:
    """Return how many statements a pattern meets at most."""
    verb, value = triple.verb.text, triple.object.text
    if verb[:1] in "?$":
        return None
    prop = str(RDF.type) if verb == "a" else _expand(verb)
    if prop == str(RDF.type) and value[:1] not in "?$":
        return members.get(_expand(value), 0)
    return used.get(prop) if prop else None


def _expand(written: str) -> str:
    """Return the address of a name with a well-known prefix; empty when only the engine knows it."""
    if written.startswith("<") and written.endswith(">"):
        return written[1:-1]
    prefix, colon, local = written.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else ""
