"""What every reader of a list begins and ends with."""

from rdflib import Graph, Literal, URIRef

from ingest.batch import Batch, Context, Notice
from ingest.lists.places import PlaceHint
from ingest.lists.statements import ListStatements
from ingest.lists.words import country_code
from ingest.tables.rows import Row
from ontology.messages import N_
from ontology.terms import KP, PREFIXES

__all__ = ["Skipped", "begin", "conclude", "geonames_of", "hint_of"]


def begin(source: str, context: Context, grade: URIRef = KP.reported) -> tuple[Graph, ListStatements]:
    """Return an empty graph, and what states the content of a list in it."""
    rdf = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        rdf.bind(prefix, namespace)
    return rdf, ListStatements(context.iris, context.graph_of("records"), rdf.add, source, grade)


def conclude(rdf: Graph, into: ListStatements, unread: list[Notice], part: str = "") -> Batch:
    """Return the batch with its counts."""
    return Batch(rdf, {**into.counts, "cities": len(into.places)}, unread, part=part)


class Skipped:
    """Rows that could not be used, counted by reason; each reason is told once, with the first places."""

    shown = 3

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    def add(self, template: str, row: Row) -> None:
        """Count a row; ``template`` has ``{count}`` and ``{places}``."""
        self._counts[template] = self._counts.get(template, 0) + 1
        places = self._places.setdefault(template, [])
        if len(places) < self.shown:
            places.append(row.ref)

    def notices(self) -> list[Notice]:
        """Return a notice for each reason."""
        return [
            Notice(template, {"count": count, "places": ", ".join(self._places[template])})
            for template, count in self._counts.items()
        ]


#: Reasons that several readers share.
NO_CITY = N_("{count} rows name no city in a country that is known, and were left out (first: {places}).")
BAD_DATE = N_(
    "{count} rows have a date that can't be read or ends before it begins; it was left out (first: {places})."
)


def geonames_of(id_: str) -> int | None:
    """Return the number of an id such as ``gn:323777``; ``None`` when it is of another kind."""
    number = id_.removeprefix("gn:")
    return int(number) if id_.startswith("gn:") and number.isdecimal() and number.isascii() else None


def hint_of(row: Row, name: str, country: str, id_: str = "", **more: str) -> PlaceHint:
    """Return what a row says of a place; ``country`` is a code or an English name."""
    shown = name.title() if name.isupper() else name
    aliases = tuple(Literal(alias) for alias in more.pop("aliases", "").split("|") if alias.strip())
    population = more.pop("population", "")
    return PlaceHint(
        shown, country_code(country), row.ref, geonames_of(id_), aliases=aliases,
        local="" if geonames_of(id_) else id_,
        population=int(float(population)) if population else None, **more,
    )  # fmt: skip
