"""Networks: those where partners meet and we are not, and those of ours that add nobody new."""

from collections import defaultdict
from collections.abc import Iterator

from rdflib import URIRef

from graph.gaps.model import Gap
from graph.gaps.view import View, join_all
from graph.model import Label
from graph.projection import Tie
from graph.questions.networks import network_kind
from graph.questions.reading import read_facts
from graph.recommendation.wording import say
from ontology.messages import LANGUAGES, N_
from ontology.terms import KP

__all__ = ["count_unknown_members", "find_adding_nobody", "find_shared_networks"]

#: Partners that have to be in a network, and members that have to be recorded, before anything is said.
_PARTNERS, _MEMBERS = 2, 3
#: Share of a network's members that has to be recorded before it is said to add nobody.
_KNOWN = 0.5


def find_shared_networks(view: View) -> Iterator[Gap]:
    """Yield networks with two partners and more that we are not in; the one with most first.

    Networks whose recorded members all lie in one other country are left out: they are not for us.
    """
    inside: dict[str, dict[str, Tie]] = defaultdict(dict)
    for partner in view.partners:
        for network, tie in view.projection.groups(partner, "membership").items():
            inside[network][partner] = tie
    ours = view.projection.groups(view.city, "membership")
    told = view.projection.groups(view.city, "membership", living=False)
    view.learn(inside)
    facts = read_facts(view.revision, inside)
    for network, members in sorted(inside.items(), key=lambda item: (-len(item[1]), item[0])):
        if network not in ours and len(members) >= _PARTNERS and not view.is_foreign_national(network):
            names = join_all(view.name(one) for one in members)
            text = say(
                N_("Partners recorded as members: {names}. A membership of ours is not recorded."),
                names=names,
            )
            if network in told:
                text = _TOLD[told[network].status](names)
            if network_kind(facts.of(network)) != "city_network":
                text = Label(*(f"{text.get(one)} {say(_NOT_STRICT).get(one)}" for one in LANGUAGES))
            yield Gap(
                kind="shared_network",
                subject=network,
                title=view.name(network),
                text=text,
                size=float(len(members)),
                unit=Label("ortak", "partners"),
                query=view.query("members_among_partners", network=URIRef(network)),
                evidence=tuple(sorted(tie.relation for tie in members.values())),
                things=(network,),
            )


_NOT_STRICT = N_("It is no city network in the strict sense: a campaign, a reporting scheme or a union.")


def _ended(names: Label) -> Label:
    return say(N_("Partners recorded as members: {names}. Our membership has ended."), names=names)


def _not_dated(names: Label) -> Label:
    return say(
        N_("Partners recorded as members: {names}. Whether our own membership holds is not recorded."),
        names=names,
    )


def _planned(names: Label) -> Label:
    return say(N_("Partners recorded as members: {names}. Our membership is planned."), names=names)


_TOLD = {
    "ended": _ended,
    "unknown": _not_dated,
    "planned": _planned,
    "holds": _not_dated,
    "may_hold": _not_dated,
}


def _others(view: View, network: str) -> frozenset[str]:
    """Return the cities recorded as members of a network, without ours."""
    ties = view.projection.ties_of(network)
    return frozenset(city for tie in ties if tie.is_living for city in tie.cities) - {view.city}


def _own_networks(view: View) -> dict[str, tuple[frozenset[str], float | None]]:
    """Return our networks with the other members recorded, and how many members they say they have."""
    ours = view.projection.groups(view.city, "membership")
    facts = read_facts(view.revision, ours)
    found = {}
    for network in sorted(ours):
        number = facts.of(network).number(KP.memberCount)
        found[network] = (_others(view, network), None if number is None else float(number))
    return found


def _is_known(members: frozenset[str], declared: float | None) -> bool:
    return len(members) >= _MEMBERS and (declared is None or len(members) + 1 >= _KNOWN * declared)


def count_unknown_members(view: View) -> int:
    """Return of how many of our networks too few members are recorded to say what they add."""
    return sum(not _is_known(members, declared) for members, declared in _own_networks(view).values())


def find_adding_nobody(view: View) -> Iterator[Gap]:
    """Yield networks of ours whose recorded members are all partners or in another network of ours."""
    networks = _own_networks(view)
    tie = view.projection.groups(view.city, "membership")
    view.learn(networks)
    for network, (members, declared) in networks.items():
        if not _is_known(members, declared):
            continue
        others = {one: found for one, (found, _) in networks.items() if one != network}
        if members <= set(view.partners).union(*others.values()):
            yield Gap(
                kind="network_adds_nobody",
                subject=network,
                title=view.name(network),
                text=say(
                    N_(
                        "Each of its {count} recorded members is a partner already, or in another network "
                        "of ours. What else the network gives is not weighed here."
                    ),
                    count=len(members),
                ),
                size=float(len(members)),
                unit=Label("kayıtlı üye", "recorded members"),
                query=view.query("networks_beside_others", network=URIRef(network)),
                evidence=(tie[network].relation,),
            )
