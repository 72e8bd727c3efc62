"""What an explorer shows of ``data/tiny.ttl``: counts before ties, places that stay, days of change."""

from collections.abc import Callable
from datetime import date

import pytest

from graph.finding import find_named
from graph.layout import Box, count_overlaps, place_beside, place_nodes
from graph.neighbours import count_countries, count_ties, find_thing, list_ties
from graph.overview import make_overview
from graph.questions.relations import read_statuses
from graph.revision import Revision
from graph.store import GraphStore
from graph.view import Drawn, Opened, View, draw_view, status_changes
from ontology.errors import BadParameter, NotFound

DAY = date(2024, 3, 4)
BASE = "https://w3id.org/kopru/id/"
BAT_YAM = f"{BASE}agreement/twinning-antalya-bat-yam-1"
Publish = Callable[..., object]


def draw(revision: Revision, start: str = "city/antalya", *opened: Opened, **more: object) -> Drawn:
    return draw_view(revision, View(start, opened, **more), DAY)  # type: ignore[arg-type]


def slugs(drawn: Drawn) -> set[str]:
    return {node.slug for node in drawn.network.nodes}


def test_ties_are_counted_by_kind_and_a_city_has_those_of_its_authority(tiny: Revision) -> None:
    antalya, nuremberg = (find_thing(tiny, f"city/{slug}") for slug in ("antalya", "nuremberg"))
    # With Antalya, Kunming and the district of Kepez.
    assert count_ties(tiny, nuremberg)["twinning"] == 3
    assert count_ties(tiny, antalya)["twinning"] == len(list_ties(tiny, antalya, "twinning"))


def test_an_authority_that_speaks_for_a_city_is_that_city(tiny: Revision) -> None:
    assert find_thing(tiny, "authority/nuremberg").path == "city/nuremberg"
    assert find_thing(tiny, "authority/kepez").path == "authority/kepez"


def test_what_is_not_there_is_said_with_the_nearest_names(tiny: Revision) -> None:
    with pytest.raises(NotFound, match="nuremberg"):
        find_thing(tiny, "city/nurenberg")
    with pytest.raises(BadParameter):
        find_thing(tiny, "theme/climate-change")
    with pytest.raises(NotFound):
        find_thing(tiny, "city/<script>")


def test_the_middle_may_be_a_network(tiny: Revision) -> None:
    drawn = draw(tiny, "network/medcities")
    assert (drawn.centre.path, drawn.network.nodes[0].slug) == ("network/medcities", "medcities")
    assert "antalya" in slugs(drawn)


def test_opening_adds_and_leaves_in_place_what_stands(tiny: Revision) -> None:
    before = draw(tiny)
    after = draw(tiny, "city/antalya", Opened("network/medcities", "network"))
    places = {node.id: (node.x, node.y) for node in after.network.nodes}
    assert {node.id: (node.x, node.y) for node in before.network.nodes}.items() <= places.items()
    assert len(after.network.nodes) >= len(before.network.nodes)


def test_the_same_view_is_the_same_picture(tiny: Revision) -> None:
    assert draw(tiny).network == draw(tiny).network


def test_what_is_taken_out_takes_along_what_hung_on_it(tiny: Revision) -> None:
    drawn = draw(tiny, dropped=frozenset({"city/bat-yam"}))
    assert "bat-yam" not in slugs(drawn)
    assert BAT_YAM not in {relation.iri for relation in drawn.relations}


def test_the_middle_can_not_be_taken_out(tiny: Revision) -> None:
    assert "antalya" in slugs(draw(tiny, dropped=frozenset({"city/antalya"})))


def test_a_status_changes_on_the_days_of_its_records_only(tiny: Revision) -> None:
    # From 26 November 1997 to 11 March 2024.
    assert status_changes(tiny, [BAT_YAM])[BAT_YAM] == (
        ("0001-01-01", "planned"),
        ("1997-11-26", "holds"),
        ("2024-03-11", "ended"),
    )


@pytest.mark.parametrize(
    "day", ["0001-01-01", "1997-11-25", "1997-11-26", "2010-05-05", "2024-03-11", "9999-12-31"]
)
def test_changes_tell_the_same_as_the_one_definition_of_status(tiny: Revision, day: str) -> None:
    drawn = draw(tiny)
    told = {iri: [s for begin, s in changes if begin <= day][-1] for iri, changes in drawn.changes.items()}
    assert told == read_statuses(tiny, drawn.changes, date.fromisoformat(day))
    assert len(told) >= 8


def hub(size: int) -> str:
    """Return a network with so many members, a third of them German."""
    lines = ['<urn:de> a schema:Country ; kp:isoCode "DE" ; rdfs:label "Almanya"@tr, "Germany"@en .']
    lines += ['<urn:fr> a schema:Country ; kp:isoCode "FR" ; rdfs:label "Fransa"@tr, "France"@en .']
    lines += ['<https://w3id.org/kopru/id/network/hub> a kp:CityNetwork ; rdfs:label "Göbek"@tr, "Hub"@en .']
    for n in range(size):
        country = "de" if n % 3 == 0 else "fr"
        lines += [
            f'<{BASE}city/c{n}> a schema:City ; rdfs:label "C{n}"@en ; kp:sortKey "c{n:05}" ; '
            f'kp:searchKey "c{n}" ; schema:containedInPlace <urn:{country}> .',
            f"<{BASE}authority/c{n}> dcterms:spatial <{BASE}city/c{n}> .",
            f"<{BASE}membership/c{n}-hub-1> a kp:NetworkMembership, kp:Relation ; "
            f"org:member <{BASE}authority/c{n}> ; org:organization <{BASE}network/hub> ; "
            f"kp:city <{BASE}city/c{n}> .",
        ]
    return "\n".join(lines)


def test_a_hub_shows_counts_and_opens_step_by_step(store: GraphStore, publish: Publish) -> None:
    publish(hub(90))
    revision = store.current()
    closed = draw(revision, "network/hub")
    assert (dict(closed.totals), len(closed.network.nodes)) == ({"network": 90}, 1)
    opened = draw(revision, "network/hub", Opened("network/hub", "network", number=30))
    assert len(opened.network.nodes) == 31
    german = draw(revision, "network/hub", Opened("network/hub", "network", "DE", 500))
    assert len(german.network.nodes) == 31
    thing = find_thing(revision, "network/hub")
    counted = [(country.iso, number) for country, number in count_countries(revision, thing, "network")]
    assert counted == [("FR", 60), ("DE", 30)]


def test_pages_of_a_hub_follow_one_another(store: GraphStore, publish: Publish) -> None:
    publish(hub(90))
    revision = store.current()
    first, more = (
        draw(revision, "network/hub", Opened("network/hub", "network", number=n)) for n in (30, 60)
    )
    assert slugs(first) < slugs(more)
    assert slugs(first) == {"hub", *(f"c{n}" for n in range(30))}


def test_a_thing_without_any_tie_is_drawn_alone(tiny: Revision) -> None:
    drawn = draw(tiny, "city/isparta")
    assert (slugs(drawn), dict(drawn.totals), drawn.relations) == ({"isparta"}, {}, ())


def test_a_name_is_found_in_any_writing(store: GraphStore, publish: Publish) -> None:
    publish(hub(3) + f'\n<{BASE}city/izmir> a schema:City ; rdfs:label "İzmir"@tr ; kp:searchKey "izmir" .')
    revision = store.current()
    for text in ("İZMİR", "ızmır", " izm"):
        assert [hit.thing.slug for hit in find_named(revision, text)] == ["izmir"], text
    assert find_named(revision, "   ") == ()
    assert find_named(revision, '"} UNION {') == ()


def test_new_nodes_overlap_nothing_and_read_line_by_line() -> None:
    around = [Box(f"n{n}", "g", f"Name {n}") for n in range(40)]
    middle = Box("m", "", "Middle")
    places = place_nodes(middle, around)
    fresh = [Box(f"x{n}", "g", f"A rather long name {n}") for n in range(25)]
    beside = place_beside(places, [middle, *around], "n3", fresh)
    whole = {**places, **beside}
    assert count_overlaps([middle, *around, *fresh], whole) == count_overlaps([middle, *around], places)
    lines = [(beside[box.node][1], beside[box.node][0]) for box in fresh]
    assert lines == sorted(lines)


def _city(name: str, country: str, place: str = "") -> str:
    facts = f'a schema:City ; rdfs:label "{name}"@en ; schema:containedInPlace <urn:{country}>'
    return f"<{BASE}city/{name}> {facts} {place} ."


def _twins(number: int, one: str, other: str, more: str = "") -> str:
    ends = f"kp:city <{BASE}city/{one}>, <{BASE}city/{other}>"
    return f"<{BASE}agreement/{number}> a kp:TwinningAgreement, kp:Relation ; {ends} {more} ."


def _world(store: GraphStore, publish: Publish) -> Revision:
    """Publish four cities, D without a place, and five agreements, the last over since 2020."""
    over = '; kp:endEarliest "2020-01-01"^^xsd:date ; kp:endLatest "2020-12-31"^^xsd:date'
    lines = [
        '<urn:de> a schema:Country ; kp:isoCode "DE" . <urn:fr> a schema:Country ; kp:isoCode "FR" .',
        _city("a", "de", "; schema:latitude 50.0 ; schema:longitude 10.0"),
        _city("b", "de", "; schema:latitude 50.0 ; schema:longitude 12.0"),
        _city("c", "fr", "; schema:latitude 45.0 ; schema:longitude 2.0"),
        _city("d", "fr"),
        *(_twins(n, *ends) for n, ends in enumerate(["ac", "bc", "ab", "ad"])),
        _twins(5, "b", "c", over),
    ]
    publish("\n".join(lines))
    return store.current()


def test_the_world_is_added_up_by_country(store: GraphStore, publish: Publish) -> None:
    world = make_overview(_world(store, publish), DAY)
    # D has no place, but the agreement with it ends in Germany; the fifth is over.
    assert {area.code: (area.cities, area.ties) for area in world.countries} == {"DE": (2, 5), "FR": (1, 2)}
    assert world.country_pairs() == [("DE", "FR", 2)]
    assert world.tied_to("c") == [("a", 1), ("b", 1)]


def test_an_agreement_counts_on_the_days_when_it_was_in_force(store: GraphStore, publish: Publish) -> None:
    before = make_overview(_world(store, publish), date(2019, 1, 1))
    assert before.country_pairs() == [("DE", "FR", 3)]


def test_cities_in_a_box_may_lie_across_the_date_line(store: GraphStore, publish: Publish) -> None:
    world = make_overview(_world(store, publish), DAY)
    assert {area.code for area in world.within(5, 40, 15, 55, 10)} == {"a", "b"}
    assert {area.code for area in world.within(11, 40, 5, 55, 10)} == {"b", "c"}
    assert len(world.within(-180, -90, 180, 90, 1)) == 1
