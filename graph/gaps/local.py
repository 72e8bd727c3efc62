"""Other bodies of the city: doors that the municipality doesn't use, and cities where several act."""

from collections import defaultdict
from collections.abc import Iterator

from rdflib import URIRef

from graph.gaps.model import Gap
from graph.gaps.view import View, join_all
from graph.library import load_query
from graph.model import Label
from graph.questions.relations import read_statuses
from graph.recommendation.wording import say
from ontology.messages import N_

__all__ = ["find_local_gaps"]

#: For each city abroad: body, its partner there, and the relation.
Doors = dict[str, list[tuple[str, str, str]]]


def find_local_gaps(view: View) -> Iterator[Gap]:
    """Yield cities to which a body of ours is tied and the municipality isn't, and those of several."""
    doors = _find_doors(view)
    view.learn({iri for found in doors.values() for body, partner, _ in found for iri in (body, partner)})
    for city, found in sorted(doors.items(), key=lambda item: (-len(item[1]), item[0])):
        if city not in view.partners:
            yield _tell_door(view, city, found)
        if city in view.partners or len({body for body, _, _ in found}) > 1:
            yield _tell_side_by_side(view, city, found)


def _find_doors(view: View) -> Doors:
    query = load_query("ties_of_local_bodies").bind(city=URIRef(view.city), elsewhere=None)
    rows = view.revision.select(query)
    statuses = (
        read_statuses(view.revision, {str(row["relation"]) for row in rows}, view.as_of) if rows else {}
    )
    doors: Doors = defaultdict(list)
    for row in rows:
        if statuses.get(str(row["relation"])) not in ("ended", "planned"):
            doors[str(row["elsewhere"])].append((str(row["body"]), str(row["partner"]), str(row["relation"])))
    return doors


def _tell_door(view: View, city: str, found: list[tuple[str, str, str]]) -> Gap:
    return Gap(
        kind="unused_door",
        subject=city,
        title=view.name(city),
        text=say(
            N_("Tied there: {bodies}. No agreement of the municipality with this city is recorded."),
            bodies=_pairs(view, found),
        ),
        size=float(len(found)),
        unit=Label("bağ", "ties"),
        query=view.query("ties_of_local_bodies", elsewhere=URIRef(city)),
        evidence=tuple(sorted({relation for _, _, relation in found})),
        things=(city,),
    )


def _tell_side_by_side(view: View, city: str, found: list[tuple[str, str, str]]) -> Gap:
    own = [tie.relation for tie in view.partners.get(city, ())]
    bodies = _pairs(view, found)
    text = say(N_("Tied there without the municipality: {bodies}."), bodies=bodies)
    if own:
        text = say(N_("Partner of the municipality; tied there, too: {bodies}."), bodies=bodies)
    return Gap(
        kind="side_by_side",
        subject=city,
        title=view.name(city),
        text=text,
        size=float(len({body for body, _, _ in found}) + bool(own)),
        unit=Label("kurum", "bodies"),
        query=view.query("ties_of_local_bodies", elsewhere=URIRef(city)),
        evidence=tuple(sorted({*own, *(relation for _, _, relation in found)})),
        things=(city,),
    )


def _pairs(view: View, found: list[tuple[str, str, str]]) -> Label:
    names = [(view.name(body), view.name(partner)) for body, partner, _ in found]
    return join_all(Label(f"{one.tr} ({other.tr})", f"{one.en} ({other.en})") for one, other in names)
