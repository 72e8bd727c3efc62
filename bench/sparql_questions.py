"""What is asked: the published questions about two cities, and further shapes of query."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bench.world import open_world
from graph.library import list_examples, parse_query
from ontology.iris import Iris

__all__ = ["JOIN_HEAVY", "OTHER_CITY", "Question", "list_point_lookups", "list_questions"]

#: Beside Antalya: a city with many ties of every kind.
OTHER_CITY = "istanbul"
#: The questions that join relations of several cities; on them we are compared with rdflib.
JOIN_HEAVY = (
    "shared_networks", "partners_with_projects", "paths_to_city", "cities_in_our_networks",
    "networks_among_partners", "partners_among_themselves", "countries_covered",
)  # fmt: skip
_FOLDER = Path(__file__).parent / "queries"
_LOOKUPS = 2000


@dataclass(frozen=True)
class Question:
    """A query with a name, and the shape of its answer.

    ``is_compared`` is off where the standard leaves the answer to the server.
    """

    name: str
    title: str
    text: str
    shape: Literal["table", "csv", "graph"] = "table"
    is_join_heavy: bool = False
    is_compared: bool = True


def list_questions() -> list[Question]:
    """Return the published questions about Antalya, those that are about a city again, and the shapes."""
    iris = Iris()
    questions = []
    for query in list_examples():
        title = query.title.en if query.title else query.name
        heavy = query.name in JOIN_HEAVY
        questions.append(Question(query.name, title, query.text, is_join_heavy=heavy))
    for query in list_examples():
        if "city" in query.parameters and query.title:
            text = query.bind_known(city=iris.thing("city", OTHER_CITY))
            name = f"{query.name} ({OTHER_CITY})"
            questions.append(Question(name, query.title.en, text))
    return questions + [_read_shape(path) for path in sorted(_FOLDER.glob("*.rq"))]


def _read_shape(path: Path) -> Question:
    raw = path.read_text(encoding="utf-8")
    title = raw.splitlines()[0].removeprefix("# title@en: ")
    text = parse_query(path.stem, raw).text
    shape: Literal["table", "csv", "graph"] = "table"
    if "DESCRIBE" in text or "CONSTRUCT" in text:
        shape = "graph"
    elif path.stem.endswith("_csv"):
        shape = "csv"
    return Question(path.stem, title, text, shape, is_compared=path.stem != "describe")


def list_point_lookups() -> list[str]:
    """Return look-ups of all that is said of one city, of many cities."""
    lookup, cities = (
        parse_query(path.stem, path.read_text(encoding="utf-8")).text
        for path in (_FOLDER / "point_lookup.rq", _FOLDER.parent / "lookups.rq")
    )
    rows = open_world().current().select(cities)
    known = str(Iris().thing("city", "nuremberg"))
    return [lookup.replace(known, str(row["city"])) for row in rows[:: max(1, len(rows) // _LOOKUPS)]]
