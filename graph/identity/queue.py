"""The pairs of cities of which no rule is sure and nobody has decided yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from shlex import quote

from rdflib import Literal, URIRef
from rdflib.term import Identifier

from graph.identity.described import read_places
from graph.identity.judgements import Judgement, in_force, to_verdict
from graph.identity.places import Place, distance_km
from graph.library import load_query
from graph.reader import Reader
from ontology.messages import LANGUAGES, Language

__all__ = ["Waiting", "WaitingPage", "read_waiting"]

Row = dict[str, Identifier]


@dataclass(frozen=True)
class Waiting:
    """A pair that waits for a person's decision.

    ``one_id`` and ``other_id`` are what ``kopru match decide`` calls the two: an id, or a whole IRI.
    """

    one: Place
    other: Place
    one_id: str
    other_id: str
    why: Mapping[Language, str]

    @property
    def distance(self) -> float | None:
        """Kilometres between the two, where both have coordinates."""
        return distance_km(self.one, self.other)

    @property
    def command(self) -> str:
        """The command that judges them the same, with what is left to fill in as ``…``.

        An address of another publisher may hold signs that a shell would follow: it is quoted.
        """
        return f'kopru match decide {quote(self.one_id)} {quote(self.other_id)} same --why "…" --office "…"'


@dataclass(frozen=True)
class WaitingPage:
    """Some of the pairs that wait; ``count`` is the number of all."""

    pairs: tuple[Waiting, ...]
    count: int


def read_waiting(reader: Reader, first: int = 0, limit: int | None = None) -> WaitingPage:
    """Return the pairs that wait, by their IRIs, from the place ``first`` on, at most ``limit`` of them.

    None of cities that no source has any more. Cities are described for these alone: of the world's cities
    thousands of pairs wait.
    """
    found = {_to_judgement(row): str(row["judgement"]) for row in _select_judgements(reader)}
    unsure = [held for _, held in sorted(in_force(found).items()) if held.verdict == "unsure"]
    shown = unsure[first:] if limit is None else unsure[first : first + limit]
    if not shown:
        return WaitingPage((), len(unsure))
    places = {place.key: place for place in read_places(reader, {iri for held in shown for iri in held.pair})}
    why = _read_notes(reader, [found[held] for held in shown])
    pairs = (
        Waiting(
            places[str(held.one)], places[str(held.other)],
            reader.iris.short("city", held.one), reader.iris.short("city", held.other),
            why.get(found[held], {"tr": "", "en": ""}),
        )
        for held in shown
    )  # fmt: skip
    return WaitingPage(tuple(pairs), len(unsure))


def _select_judgements(reader: Reader) -> list[Row]:
    return reader.select(load_query("judgements_unsure").bind())


def _to_judgement(row: Row) -> Judgement:
    """Return a judgement without its reason, which is read for those that are shown."""
    one, other = URIRef(row["one"]), URIRef(row["other"])
    ordinal = int(str(row["judgement"]).rpartition("-")[2])
    verdict = to_verdict(str(row["verdict"]))
    on = date.fromisoformat(str(row["on"]))
    return Judgement(one, other, verdict, str(row["by"]), on, ordinal=ordinal)


def _read_notes(reader: Reader, judgements: list[str]) -> dict[str, dict[Language, str]]:
    """Return the reasons of judgements in both languages, by their IRIs."""
    query = load_query("judgements_noted").bind(judgement=[URIRef(iri) for iri in sorted(judgements)])
    notes: dict[str, dict[Language, str]] = {}
    for row in reader.select(query):
        note = row["note"]
        texts = notes.setdefault(str(row["judgement"]), {"tr": "", "en": ""})
        for language in LANGUAGES:
            if isinstance(note, Literal) and note.language == language:
                texts[language] = str(note)
    return notes
