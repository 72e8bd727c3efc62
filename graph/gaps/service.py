"""All gaps of a city on a day, by kind, with what would widen the view before anything else."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.gaps.closers import Closers
from graph.gaps.declared import find_open_places
from graph.gaps.local import find_local_gaps
from graph.gaps.model import GAP_KINDS, Gap, GapKind, Gaps, Widening
from graph.gaps.networks import count_unknown_members, find_adding_nobody, find_shared_networks
from graph.gaps.partners import find_dormant, find_pairs, find_shared, measure_standing
from graph.gaps.places import find_region_gaps
from graph.gaps.themes import find_money_without_project, find_projects_without_plan, find_theme_gaps
from graph.gaps.view import View, make_view
from graph.projection import Projection
from graph.questions.names import reference_of
from graph.questions.places import city_iri
from graph.questions.reading import Readable
from graph.recommendation import coverage
from graph.recommendation.service import Recommender
from graph.recommendation.wording import say
from ontology.messages import N_

__all__ = ["DEFAULT_YEARS", "Wanted", "find_gaps"]

#: After so many years without anything a partner counts as dormant.
DEFAULT_YEARS = 5
_RECORDS, _SOURCES = "kopru ingest records", "kopru sources"

_FINDERS: tuple[Callable[[View], Iterator[Gap]], ...] = (
    find_theme_gaps, find_dormant, find_shared_networks, find_adding_nobody, find_money_without_project,
    find_projects_without_plan, find_region_gaps, find_local_gaps, find_open_places,
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Which gaps a reader wants.

    Parameters
    ----------
    kinds
        Only these; empty: all.
    theme
        Only gaps about this theme (IRI).
    limit
        How many of each kind, the biggest first.
    years
        After how many years without anything a partner is dormant.
    """

    kinds: Sequence[GapKind] = ()
    theme: str | None = None
    limit: int = 10
    years: int = DEFAULT_YEARS


def find_gaps(
    revision: Readable,
    projection: Projection,
    city_slug: str,
    wanted: Wanted = Wanted(),
    recommender: Recommender | None = None,
) -> Gaps:
    """Return what a city's relations leave unused on the day of the projection.

    Parameters
    ----------
    recommender
        Of the same revision and day; ranks who would close a gap. Without one fewer are named.

    Raises
    ------
    NotFound
        There is no such city in the graph.
    """
    city = str(city_iri(revision, city_slug))
    view = make_view(revision, projection, city, wanted.years)
    shared, hidden = find_shared(view)
    found = [gap for finder in _FINDERS for gap in finder(view)] + list(find_pairs(view, shared))
    chosen = [gap for gap in found if _is_wanted(gap, wanted)]
    shown = [gap for kind in GAP_KINDS for gap in [g for g in chosen if g.kind == kind][: wanted.limit]]
    counts = Counter(gap.kind for gap in chosen)
    known = coverage.city_coverage(projection, city)
    return Gaps(
        city=reference_of(revision, city, view.node.label),
        as_of=projection.as_of,
        coverage=known.share,
        widen=_widen(view, known),
        items=Closers(view, recommender if known.is_enough else None).fill(shown),
        totals={kind: counts[kind] for kind in GAP_KINDS if counts[kind]},
        standing=measure_standing(view, shared),
        hidden=hidden,
    )


def _is_wanted(gap: Gap, wanted: Wanted) -> bool:
    if wanted.kinds and gap.kind not in wanted.kinds:
        return False
    return wanted.theme is None or gap.subject == wanted.theme


def _widen(view: View, known: coverage.Coverage) -> tuple[Widening, ...]:
    """Return what would widen the view, each with the command that takes it in."""
    sentences = coverage.find_gaps(known)
    of_records = len(known.missing)
    found = [
        Widening(text, _RECORDS if place < of_records else _SOURCES) for place, text in enumerate(sentences)
    ]
    if unknown := count_unknown_members(view):
        text = N_(
            "Of {count} networks of the city hardly any other member is recorded, so what they add is not "
            "known. Record their members (memberships.yml)."
        )
        found.append(Widening(say(text, count=unknown), _RECORDS))
    if undated := _count_undated(view):
        text = N_("Of {count} relations of the city no start is recorded. Record it with its source.")
        found.append(Widening(say(text, count=undated), _RECORDS))
    return tuple(found)


def _count_undated(view: View) -> int:
    return sum(tie.is_living and tie.status == "may_hold" for tie in view.projection.ties_of(view.city))
