r"""City networks to join: those that go with what the city is in, and where its partners are.

A plain measure, without training. For the networks :math:`M` of a city, its country's cities
:math:`K` and its partners :math:`P`, a network :math:`N` with members :math:`|N|` scores

.. math::

    s(N) = \sum_{m \in M} \frac{|m \cap N|}{\sqrt{|m|\,|N|}} + \frac{|K \cap N|}{|K|} + \frac{|P \cap N|}{|P|}

(cosine of memberships, as in item-based recommendation: Sarwar et al. 2001, doi 10.1145/371920.372071).
Every addend is a term; ``docs/ranking.md`` says how it does on held-out memberships.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import sqrt

from graph.model import CityNetwork, Label
from graph.projection import Projection
from graph.questions.names import reference_of
from graph.questions.networks import read_networks
from graph.questions.reading import Readable
from graph.recommendation.background import Background, read_background
from graph.recommendation.model import Check, NetworkAdvice, Reason, Remark, Term
from graph.recommendation.wording import join_names, say
from ontology.messages import N_

__all__ = ["rank_networks", "score_networks"]

#: A network of fewer recorded members says too little.
_FEW = 3


def rank_networks(
    revision: Readable, projection: Projection, city: str, theme: str | None = None
) -> tuple[NetworkAdvice, ...]:
    """Return the networks that a city is not in, best score first; equal scores by name.

    Parameters
    ----------
    theme
        The theme asked for (IRI): the checklist says whether a network has it.
    """
    members = _members(projection)
    ours = projection.groups(city, "membership")
    terms = {
        network: found
        for network in members
        if network not in ours and (found := _terms(projection, city, network, members, ours.keys()))
    }
    order = sorted(terms, key=lambda one: (-sum(term.value for term in terms[one]), one))
    background = read_background(
        revision, city, projection.as_of, (), {*members, *_partners(projection, city)}
    )
    known = {network.iri: network for network in read_networks(revision, order, projection.as_of)}
    return tuple(
        _advise(rank, revision, projection, city, known[network], terms[network], members, background, theme)
        for rank, network in enumerate(order, start=1)
        if network in known
    )


def score_networks(projection: Projection, city: str, networks: Iterable[str]) -> dict[str, float]:
    """Return the scores of some networks (IRIs) alone; 0 where nothing leads to one."""
    members, ours = _members(projection), projection.groups(city, "membership")
    return {
        one: sum(term.value for term in _terms(projection, city, one, members, ours))
        for one in networks
        if one in members
    }


def _members(projection: Projection) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for tie in projection.ties:
        if tie.kind == "membership" and tie.group and tie.is_living:
            found[tie.group].update(tie.cities)
    return {network: frozenset(cities) for network, cities in found.items()}


def _partners(projection: Projection, city: str) -> set[str]:
    return set(projection.neighbours(city, "twinning", "protocol"))


def _terms(
    projection: Projection, city: str, network: str, members: dict[str, frozenset[str]], ours: Iterable[str]
) -> tuple[Term, ...]:
    """Return the terms of a network's score; none for one that nothing leads to."""
    inside = members[network]
    country = projection.cities[city].country
    compatriots = {iri for iri, node in projection.cities.items() if node.country == country} - {city}
    partners = _partners(projection, city)
    terms = [
        Term(f"like {one}", "likeness", Label("benzer ağ", "like network"), _cosine(members[one], inside))
        for one in ours
        if one in members
    ]
    terms += [
        Term("compatriots", "country", Label("ülkenin kentleri", "cities of the country"),
             _share(compatriots if country else set(), inside)),
        Term("partners", "partners", Label("ortaklar", "partners"), _share(partners, inside)),
    ]  # fmt: skip
    return tuple(sorted((term for term in terms if term.value > 0), key=lambda t: (-t.value, t.name)))


def _cosine(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / sqrt(len(one) * len(other))


def _share(cities: set[str], inside: frozenset[str]) -> float:
    return len(cities & inside) / len(cities) if cities else 0.0


def _advise(  # noqa: PLR0913 (all that is said of one network)
    rank: int,
    revision: Readable,
    projection: Projection,
    city: str,
    network: CityNetwork,
    terms: tuple[Term, ...],
    members: dict[str, frozenset[str]],
    background: Background,
    theme: str | None,
) -> NetworkAdvice:
    inside = members[network.iri]
    return NetworkAdvice(
        rank=rank,
        network=reference_of(revision, network.iri, network.label),
        kind=network.kind,
        affinity=sum(term.value for term in terms),
        terms=terms,
        reasons=_reasons(projection, city, terms, inside, background),
        fit=(_theme(network, theme, background),),
        against=_remarks(projection, city, network, inside),
        members=len(inside),
    )


def _reasons(
    projection: Projection, city: str, terms: tuple[Term, ...], inside: frozenset[str], background: Background
) -> tuple[Reason, ...]:
    found = []
    if like := [term for term in terms if term.group == "likeness"]:
        names = join_names([background.label(term.name.removeprefix("like ")) for term in like])
        text = say(N_("Its members are often in networks that you are in: {networks}."), networks=names)
        found.append(Reason("likeness", text, sum(term.value for term in like)))
    for term in terms:
        if term.group == "partners":
            there = sorted(_partners(projection, city) & inside)
            names = join_names([background.label(iri) for iri in there])
            found.append(
                Reason("partners", say(N_("Partners of yours are in it: {names}."), names=names), term.value)
            )
        if term.group == "country":
            text = say(N_("Cities of your country are in it."))
            found.append(Reason("country", text, term.value))
    return tuple(sorted(found, key=lambda reason: -reason.contribution))


def _theme(network: CityNetwork, theme: str | None, background: Background) -> Check:
    themes = [one.iri for one in network.themes]
    wanted = {theme} if theme else {iri for found in background.themes.values() for iri in found}
    if not themes:
        return Check("theme", ok=None, text=say(N_("No theme of it is recorded.")))
    shared = [one.label for one in network.themes if one.iri in wanted]
    if shared:
        return Check("theme", ok=True, text=say(N_("It works on: {themes}."), themes=join_names(shared)))
    return Check("theme", ok=False, text=say(N_("Its recorded themes are others.")))


def _remarks(
    projection: Projection, city: str, network: CityNetwork, inside: frozenset[str]
) -> tuple[Remark, ...]:
    remarks = []
    earlier = projection.groups(city, "membership", living=False).get(network.iri)
    if earlier and earlier.status == "ended":
        text = say(N_("You were a member once; find out why that ended."))
        remarks.append(Remark("ended_tie", text, (earlier.relation,)))
    if earlier and earlier.status in ("planned", "unknown"):
        text = say(N_("A membership is already planned, or told of without a date; check it first."))
        remarks.append(Remark("planned_tie", text, (earlier.relation,)))
    if network.kind != "city_network":
        text = say(
            N_("It is no city network in the strict sense: a campaign, a reporting scheme or a union.")
        )
        remarks.append(Remark("no_city_network", text))
    if len(inside) < _FEW:
        text = say(N_("Only {count} of its members are recorded here."), count=len(inside))
        remarks.append(Remark("thin_data", text))
    return tuple(remarks)
