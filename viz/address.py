"""The address of a view of the explorer: it holds all that the picture shows, so that it can be sent.

``start`` the thing in the middle · ``open`` what was opened (``thing:family``, then country and number)
· ``drop`` what was taken out · ``from`` and ``to`` the ends of a way · ``hide`` what the legend hides
(``family:twinning``) · ``over`` an overlay · ``pick`` what is picked · ``as_of`` the day · ``at`` the place.
The browser writes the same (``viz/web/src/explorer/state.ts``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.neighbours import TIE_FAMILIES
from graph.view import STEP, Opened, View

__all__ = ["Asked", "read_address"]

#: More would be no picture any more.
_MOST_OPENED = 40
_MOST_NUMBER = 2_000
_MOST_WAYS = 3


@dataclass(frozen=True)
class Asked:
    """What an address asks for; ``hidden`` holds pairs of filter and value.

    ``with_evidence``: the relations are to bring their evidence; ``ways``: how many are drawn at most.
    """

    view: View
    way: tuple[str, str] | None = None
    hidden: frozenset[tuple[str, str]] = frozenset()
    pick: str = ""
    with_evidence: bool = False
    ways: int = _MOST_WAYS

    def with_hops(self, hops: tuple[str, ...]) -> View:
        """Return the view with the relations of the way that is asked for."""
        return replace(self.view, hops=hops)

    def hides(self, name: str, value: str) -> bool:
        """Tell whether a value of a filter is hidden."""
        return (name, value) in self.hidden


def read_address(query: Mapping[str, str], city: str) -> Asked:
    """Return what an address asks for; what can't be read is left out.

    Parameters
    ----------
    city
        Slug of the city that stands in the middle where nothing else is named.

    Examples
    --------
    >>> read_address({"open": "city/varna:twinning:BG:60"}, "antalya").view.opened
    (Opened(thing='city/varna', family='twinning', country='BG', number=60),)
    """
    opened = [one for text in _parts(query, "open")[:_MOST_OPENED] if (one := _read_opened(text))]
    ends = query.get("from", ""), query.get("to", "")
    return Asked(
        view=View(
            start=query.get("start") or f"city/{city}",
            opened=tuple(opened),
            dropped=frozenset(_parts(query, "drop")),
        ),
        way=ends if all(ends) else None,
        hidden=frozenset(
            (name, value) for name, _, value in (p.partition(":") for p in _parts(query, "hide"))
        ),
        pick=query.get("pick", ""),
    )


def _parts(query: Mapping[str, str], name: str) -> list[str]:
    return [part for part in query.get(name, "").split(",") if part]


def _read_opened(text: str) -> Opened | None:
    thing, family, *rest = [*text.split(":"), "", ""][:4]
    known = next((one for one in TIE_FAMILIES if one == family), None)
    if known is None or not thing:
        return None
    country = next((part.upper() for part in rest if len(part) == 2 and part.isalpha()), None)
    number = next((int(part) for part in rest if part.isdecimal() and len(part) < 6), STEP)
    return Opened(thing, known, country, min(max(number, 1), _MOST_NUMBER))
