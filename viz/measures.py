"""What each measure means in plain words, for the pages that show it.

The words are those of ``docs/measures.md`` (Turkish: ``docs/olculer.md``), which also say how each is worked
out; a test holds them equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ontology.messages import N_

__all__ = ["MEASURES", "Measure"]


@dataclass(frozen=True)
class Measure:
    """A measure's name, its meaning in plain words, and what it does not say (marked English)."""

    name: str
    plain: str
    unsaid: str = ""


MEASURES: Mapping[str, Measure] = {
    "gap": Measure(
        N_("Gap"),
        N_("Something that the city's recorded relations leave unused."),
        N_("That nothing is there: only that nothing is recorded."),
    ),
    "size": Measure(
        N_("Size of a gap"),
        N_("How big it is within its kind: kinds of tie missing, years, partners, ties, open places."),
        N_("Kinds can't be compared with one another."),
    ),
    "dormant": Measure(
        N_("Dormant partner"),
        N_(
            "An agreement goes on, but for five years no project, event, cooperation or new agreement is "
            "recorded."
        ),
        N_("That nothing happened: a visit that nobody recorded wakes nobody."),
    ),
    "partner": Measure(
        N_("Partner"),
        N_("A city with an agreement or a cooperation in force that is counted, confirmed or reported."),
    ),
    "without_us": Measure(
        N_("Partners without us"),
        N_("Two partners do something together and we are not in it."),
        N_("That they would want us."),
    ),
    "hidden": Measure(
        N_("Hidden pairs"),
        N_("Pairs that share a network only because the network, or they, are in everything."),
        N_("With few recorded members almost every pair is hidden."),
    ),
    "constraint": Measure(
        N_("Constraint (Burt)"),
        N_(
            "How much the partners are tied to one another: near 0 the city reaches separate circles, "
            "near 1 and above they all know one another."
        ),
        N_("Whether free hands are used."),
    ),
    "effective": Measure(
        N_("Effective size (Burt)"),
        N_("How many separate circles the partners make."),
    ),
    "way": Measure(
        N_("Way"),
        N_("How two things are connected, step by step, over ties in force."),
        N_("That the things between would open the door."),
    ),
    "circle": Measure(
        N_("Circle"),
        N_("Cities that are tied to one another more than to the rest."),
    ),
    "steadiness": Measure(
        N_("Steadiness"),
        N_("In how many of the ten runs two cities of a circle were together."),
    ),
    "agreement": Measure(
        N_("Agreement of runs"),
        N_("How alike the runs are as a whole."),
    ),
    "broker": Measure(
        N_("Broker"),
        N_("A city over which the shortest ways between others lead."),
        N_("Influence."),
    ),
    "value": Measure(
        N_("Value of a consortium"),
        N_(
            "Mean weight of the members (affinity of the recommendations, 0 to 1 among the candidates) "
            "and the share of the themes covered."
        ),
    ),
    "distance": Measure(
        N_("Gap of a consortium"),
        N_("How far it may be from the best: 0 is proven, 0.02 at most 2 % below."),
    ),
}
