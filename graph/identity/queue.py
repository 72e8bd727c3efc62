"""The pairs of cities of which no rule is sure and nobody has decided yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from shlex import quote

from graph.identity.described import read_places
from graph.identity.judgements import in_force, read_judgements
from graph.identity.places import Place, distance_km
from graph.reader import Reader
from ontology.messages import Language

__all__ = ["Waiting", "list_waiting"]


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


def list_waiting(reader: Reader) -> list[Waiting]:
    """Return the pairs that wait, by their IRIs; none of cities that no source has any more."""
    judgements = read_judgements(reader.named_graph(reader.iris.graph("judgements")))
    unsure = [pair for pair, held in sorted(in_force(judgements).items()) if held.verdict == "unsure"]
    if not unsure:
        return []
    why = {judgement.pair: judgement.why for judgement in judgements if judgement.verdict == "unsure"}
    places = {place.key: place for place in read_places(reader, waiting=True)}
    return [
        Waiting(places[str(one)], places[str(other)], _id(str(one)), _id(str(other)), why[one, other])
        for one, other in unsure
        if str(one) in places and str(other) in places
    ]


def _id(iri: str) -> str:
    head, mark, slug = iri.rpartition("/id/city/")
    return slug if head and mark else iri
