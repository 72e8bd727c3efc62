"""What takes long is made ready once for each revision, whatever one part of it can't do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event, Thread

from api.warmth import Warmth
from graph.revision import Revision
from graph.store import GraphStore
from ontology.errors import NotFound


def test_steps_are_taken_once_for_each_revision(
    tmp_path: Path, publish: Callable[[GraphStore], None]
) -> None:
    taken: list[tuple[str, int]] = []

    def fails(revision: Revision, _day: date) -> None:
        taken.append(("fails", revision.number))
        raise NotFound(kind="city", name="atlantis")

    def works(revision: Revision, _day: date) -> None:
        taken.append(("works", revision.number))

    store = GraphStore(tmp_path / "store")
    warmth = Warmth(store, (fails, works))
    assert not warmth.look()  # nothing is published yet
    publish(store)
    assert warmth.look()
    assert not warmth.look()
    assert taken == [("fails", 1), ("works", 1)]


def test_the_first_look_waits_and_the_last_one_ends(tiny_store: GraphStore) -> None:
    stop, taken = Event(), Event()
    warmth = Warmth(tiny_store, (lambda _revision, _day: taken.set(),))
    thread = Thread(target=warmth.run, args=(stop, 0.01, 60.0))
    thread.start()
    assert taken.wait(30)
    stop.set()
    thread.join(30)
    assert not thread.is_alive()
