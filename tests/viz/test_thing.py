"""The page of a thing: a timeline and a small picture worked out by hand."""

from datetime import date

from graph.model import Dates, Label, Party, Relation, Thing
from viz.ego import draw_ego
from viz.thing import ThingPage

DAY = date(2020, 12, 31)


def party(name: str) -> Party:
    label = Label(name, name)
    return Party(f"https://w3id.org/kopru/id/authority/{name}", "authority", name, label, label)


def relation(name: str, start: date | None, end: date | None = None, status: str = "holds") -> Relation:
    label = Label(name, name)
    return Relation(
        iri=f"https://w3id.org/kopru/id/agreement/{name}", kind_slug="agreement", slug=name, kind="twinning",
        label=label, kind_label=label, parties=(party(name),), other=party(name),
        start=Dates(None, start, start), end=Dates(None, end, end), status=status, grade="confirmed",  # type: ignore[arg-type]
    )  # fmt: skip


def page(*relations: Relation) -> ThingPage:
    label = Label("Antalya", "Antalya")
    thing = Thing("https://w3id.org/kopru/id/city/antalya", "city", "antalya", label, (), ())
    return ThingPage(thing, DAY, "antalya", None, relations, len(relations), ())


def test_bars_lie_between_the_first_beginning_and_the_day() -> None:
    ended = relation("ended", date(2011, 1, 1), date(2015, 12, 31), "ended")
    line = page(relation("open", date(2016, 1, 1)), ended, relation("undated", None)).timeline
    assert (line.first, line.last, line.undated) == (2011, 2020, 1)
    first, second = line.spans
    assert (first.relation.slug, first.start, first.is_open) == ("ended", 0.0, False)
    assert (second.start, second.width) == (50.0, 50.0)
    assert second.is_open


def test_what_is_planned_or_undated_has_no_bar() -> None:
    line = page(relation("planned", date(2030, 1, 1), status="planned"), relation("undated", None)).timeline
    assert line.spans == ()
    assert line.undated == 2


def test_neighbours_are_drawn_once_and_ties_in_force_first() -> None:
    many = [relation(f"city-{number:02}", None) for number in range(20)]
    ego = page(relation("gone", None, status="ended"), *many, many[0]).ego
    assert ego is not None
    assert (len(ego.nodes), ego.left_out) == (14, 7)
    assert "gone" not in [node.label.en for node in ego.nodes]
    assert all(0 < node.x < ego.width and 0 < node.y < ego.height for node in ego.nodes)


def test_a_thing_without_ties_has_no_picture() -> None:
    assert draw_ego(Label("a", "a"), []) is None
    assert page().timeline.spans == ()


def test_a_name_of_five_hundred_letters_is_cut() -> None:
    ego = draw_ego(Label("x" * 500, "x" * 500), [(party("y" * 500), relation("y", None))])
    assert ego is not None
    assert max(len(ego.label.en), len(ego.nodes[0].label.en)) <= 20
