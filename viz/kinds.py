"""One visual vocabulary for pages, map and network: a family has a name, a colour and a shape.

Colour never stands alone: each family also has a shape, each status a line, each grade a
width. The colours keep 3:1 against the light and the dark background; ``style.css`` repeats
them as custom properties and a test holds both equal.
"""

from dataclasses import dataclass
from typing import Literal

from graph.model import DeclaredKind, Grade, Part, Relation, RelationKind, Status
from ontology.messages import N_

__all__ = [
    "DECLARED_LABELS",
    "FAMILIES",
    "FAMILY_OF",
    "GRADE_LABELS",
    "GRADE_WORDS",
    "PART_LABELS",
    "PAST_LABELS",
    "STATUS_LABELS",
    "Family",
    "FamilyLook",
    "status_label",
]  # fmt: skip

Family = Literal["twinning", "protocol", "network", "project", "funding", "cooperation"]


@dataclass(frozen=True)
class FamilyLook:
    """How a family of relations and its partners look; ``shape`` is vis-network's name."""

    label: str
    colour: str
    shape: str
    path: str


#: ``path`` draws the same shape in a box from -10 to 10, for legend, lists and map.
FAMILIES: dict[Family, FamilyLook] = {
    "twinning": FamilyLook(
        N_("Sister cities"), "#1b7f95", "dot", "M-8.5 0a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0z"
    ),
    "protocol": FamilyLook(N_("Cooperation protocols"), "#c05a14", "diamond", "M0-9.5 9.5 0 0 9.5-9.5 0z"),
    "network": FamilyLook(
        N_("City networks"), "#7a5bb0", "hexagon", "M-9.5 0-4.75-8.2H4.75L9.5 0 4.75 8.2H-4.75z"
    ),
    "project": FamilyLook(N_("Projects"), "#3f8a3c", "square", "M-7.5-7.5h15v15h-15z"),
    "funding": FamilyLook(N_("Grants and loans"), "#a37a00", "triangle", "M0-9 9 7.5H-9z"),
    "cooperation": FamilyLook(N_("Other cooperation"), "#5f7482", "triangleDown", "M0 9-9-7.5H9z"),
}

FAMILY_OF: dict[RelationKind, Family] = {
    "twinning": "twinning",
    "protocol": "protocol",
    "memorandum": "protocol",
    "letter_of_intent": "protocol",
    "goodwill_protocol": "protocol",
    "friendship_protocol": "protocol",
    "membership": "network",
    "participation": "project",
    "grant": "funding",
    "loan": "funding",
    "cooperation": "cooperation",
    "event": "cooperation",
    "award": "cooperation",
}

GRADE_LABELS: dict[Grade, str] = {
    "confirmed": N_("Confirmed"),
    "reported": N_("Reported"),
    "unverified": N_("Not verified"),
}

GRADE_WORDS: dict[Grade, str] = {
    "confirmed": N_("An official or first-hand page says so."),
    "reported": N_("The press or a list says so."),
    "unverified": N_("Only a list of mixed kinds says so."),
}

STATUS_LABELS: dict[Status, str] = {
    "holds": N_("In force"),
    "may_hold": N_("May be in force"),
    "planned": N_("Planned"),
    "ended": N_("Ended"),
    "unknown": N_("Status not known"),
}

#: What is over when it has happened is not said to have ended.
PAST_LABELS: dict[RelationKind, str] = {"event": N_("Took place"), "award": N_("Awarded")}

DECLARED_LABELS: dict[DeclaredKind, str] = {
    "city_network": N_("international networks"),
    "sister_city": N_("sister cities"),
    "cooperation_protocol": N_("cooperation protocols"),
}

PART_LABELS: dict[Part, str] = {
    "party": N_("Party"),
    "member": N_("Member"),
    "network": N_("Network"),
    "project": N_("Project"),
    "recipient": N_("Recipient"),
    "funder": N_("Funder"),
    "programme": N_("Programme"),
    "awarded_by": N_("Awarded by"),
}


def status_label(relation: Relation) -> str:
    """Return the marked English words for a relation's status."""
    past = PAST_LABELS.get(relation.kind) if relation.status == "ended" else None
    return past or STATUS_LABELS[relation.status]
