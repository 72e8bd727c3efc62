"""Partners: those with whom nothing is recorded of late, and those who work together without us."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from graph.gaps.backbone import ALPHA, Backbone
from graph.gaps.model import Gap, Hidden, Standing
from graph.gaps.view import View, join_all
from graph.model import Label
from graph.projection import Tie, TieKind
from graph.questions.reading import read_facts
from graph.recommendation.wording import say
from ontology.messages import LANGUAGES, N_
from ontology.terms import KP

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Shared", "find_dormant", "find_pairs", "find_shared", "measure_standing"]

_BETWEEN: tuple[TieKind, ...] = ("twinning", "protocol", "cooperation")
_YEAR = 365.25

#: For each pair of partners what they share without us: an agreement, a project or a network, with its ties.
Shared = dict[tuple[str, str], dict[str, tuple[Tie, ...]]]


def find_dormant(view: View) -> Iterator[Gap]:
    """Yield partners without a recorded project, event, cooperation or new agreement since ``since``.

    The size is the number of years since the last thing recorded, as far back as anything is.
    """
    last = _last_days(view)
    found = []
    for partner, ties in view.partners.items():
        day = last.get(partner)
        if day is not None and day >= view.since:
            continue
        years = (view.as_of - day).days / _YEAR if day else float(view.years)
        found.append(
            Gap(
                kind="dormant_partner",
                subject=partner,
                title=view.name(partner),
                text=_tell_dormant(day),
                size=round(years, 1),
                unit=Label("yıl", "years"),
                query=view.query("dormant_partners", wanted=URIRef(partner), years=Literal(view.years)),
                evidence=tuple(tie.relation for tie in ties),
                things=(partner,),
            )
        )
    yield from sorted(found, key=lambda gap: (-gap.size, gap.subject))


def _tell_dormant(day: date | None) -> Label:
    if day is None:
        return say(N_("No dated project, event, cooperation or agreement is recorded with this partner."))
    return say(
        N_("No project, event, cooperation or new agreement is recorded since {year}."), year=str(day.year)
    )


def _last_days(view: View) -> dict[str, date]:
    """Return for each city the last day up to which something is recorded with it."""
    days: dict[str, date] = {}
    for cities, day in (*_own_days(view), *_project_days(view)):
        for city in cities:
            if day <= view.as_of:
                days[city] = max(day, days.get(city, day))
    return days


def _own_days(view: View) -> Iterator[tuple[list[str], date]]:
    cooperations = view.own_of(KP.Cooperation)
    seen = read_facts(view.revision, (iri for fact in cooperations for iri in fact.iris_of(KP.hasEvidence)))
    for fact in view.own_of(KP.Event, KP.Cooperation, KP.Agreement):
        if begin := fact.day(KP.startLatest):
            yield fact.iris_of(KP.city), begin
    for fact in cooperations:
        evidence = (seen.of(iri).day(KP.evidenceDate) for iri in fact.iris_of(KP.hasEvidence))
        yield from ((fact.iris_of(KP.city), day) for day in evidence if day)


def _project_days(view: View) -> Iterator[tuple[list[str], date]]:
    """Yield who is in our projects with the last day on which each went on; an open end is still open."""
    for fact in view.own_of(KP.ProjectParticipation):
        for project in view.named(fact, KP.project):
            begin, end = project.day(KP.startEarliest), project.day(KP.endLatest)
            if begin is None or begin <= view.as_of:
                cities = {city for tie in view.projection.ties_of(project.iri) for city in tie.cities}
                yield sorted(cities), min(end, view.as_of) if end else view.as_of


def find_shared(view: View) -> tuple[Shared, Hidden]:
    """Return what pairs of partners share without us, networks only where chance doesn't explain them."""
    shared: Shared = defaultdict(dict)
    _add_agreements(view, shared)
    _add_projects(view, shared)
    return shared, _add_networks(view, shared)


def _add_agreements(view: View, shared: Shared) -> None:
    for one in view.partners:
        for other, ties in view.projection.neighbours(one, *_BETWEEN).items():
            if one < other and other in view.partners:
                for tie in ties:
                    if view.city not in tie.cities:
                        shared[one, other][tie.relation] = (tie,)


def _groups(view: View, kind: TieKind) -> dict[str, dict[str, Tie]]:
    """Return the networks or projects of each partner that are not ours."""
    ours = view.projection.groups(view.city, kind)
    found = {one: view.projection.groups(one, kind) for one in view.partners}
    return {one: {g: tie for g, tie in groups.items() if g not in ours} for one, groups in found.items()}


def _add_projects(view: View, shared: Shared) -> None:
    groups = _groups(view, "participation")
    for one, other in combinations(sorted(groups), 2):
        for project in sorted(groups[one].keys() & groups[other].keys()):
            shared[one, other][project] = (groups[one][project], groups[other][project])


def _add_networks(view: View, shared: Shared) -> Hidden:
    """Add the networks of pairs that share more of them than chance explains; tell how many it does."""
    import numpy as np

    projection, partners = view.projection, sorted(view.partners)
    order = tuple(
        sorted({city for tie in projection.ties if tie.kind == "membership" for city in tie.cities})
    )
    place = {city: row for row, city in enumerate(order)}
    asked = [place[one] for one in partners if one in place]
    if len(asked) < 2:
        return Hidden(0, 0, ALPHA)
    members, _ = projection.to_matrix("membership", order)
    backbone = Backbone.of(members, np.array(asked, dtype=np.int64))
    groups = _groups(view, "membership")
    for (a, b), kept in zip(backbone.pairs.tolist(), backbone.kept.tolist(), strict=True):
        one, other = sorted((order[a], order[b]))
        if kept:
            for network in sorted(groups[one].keys() & groups[other].keys()):
                if not view.is_foreign_national(network):
                    shared[one, other][network] = (groups[one][network], groups[other][network])
    return Hidden(len(backbone.pairs), int((~backbone.kept).sum()), ALPHA)


def find_pairs(view: View, shared: Shared) -> Iterator[Gap]:
    """Yield pairs of partners who work together without us; those who share most first."""
    view.learn(thing for through in shared.values() for thing in through)
    for (one, other), through in sorted(shared.items(), key=lambda item: (-len(item[1]), item[0])):
        if through:
            names = Label(*(f"{view.name(one).get(x)} – {view.name(other).get(x)}" for x in LANGUAGES))
            yield Gap(
                kind="partners_without_us",
                subject=one,
                title=names,
                text=say(N_("They share without us: {things}."), things=join_all(_named(view, through))),
                size=float(len(through)),
                unit=Label("birlikte yapılan iş", "things shared"),
                query=view.query("partners_among_themselves"),
                evidence=tuple(sorted({tie.relation for ties in through.values() for tie in ties})),
                things=(one, other),
            )


def _named(view: View, through: dict[str, tuple[Tie, ...]]) -> Iterator[Label]:
    """Yield what is shared by name: an agreement by its kind, doubtful where a list alone tells of it."""
    for thing, ties in through.items():
        name = view.name(thing) if ties[0].group else _AGREEMENTS[ties[0].kind]
        doubtful = all(tie.grade == "unverified" for tie in ties)
        yield Label(f"{name.tr} (doğrulanmamış)", f"{name.en} (unverified)") if doubtful else name


_AGREEMENTS = {
    "twinning": Label("kardeş şehir anlaşması", "sister-city agreement"),
    "protocol": Label("iş birliği protokolü", "cooperation protocol"),
    "cooperation": Label("iş birliği", "cooperation"),
}


def measure_standing(view: View, shared: Shared) -> Standing:
    """Return Burt's constraint and effective size of the city among its partners.

    The network is the city, its partners and what partners share without it, each tie weighted by how
    many things it stands for.

    References
    ----------
    Burt 1992, Structural Holes; as NetworkX computes it (``constraint``, ``effective_size``).
    """
    if not view.partners:
        return Standing(None, None, 0)
    import networkx as nx

    ego = _ego(view, shared)
    constraint = nx.constraint(ego, [view.city], weight="weight")[view.city]
    size = nx.effective_size(ego, [view.city], weight="weight")[view.city]
    return Standing(round(float(constraint), 4), round(float(size), 2), len(view.partners))


def _ego(view: View, shared: Shared) -> "nx.Graph":
    import networkx as nx

    ego = nx.Graph()
    ego.add_weighted_edges_from((view.city, one, len(ties)) for one, ties in view.partners.items())
    ego.add_weighted_edges_from((*pair, len(things)) for pair, things in shared.items() if things)
    return ego
