"""What speaks against a candidate: recorded facts, each with its statements."""

from collections.abc import Iterator

from graph.projection import Projection
from graph.recommendation.background import Background
from graph.recommendation.cautions import find_caution
from graph.recommendation.model import Remark
from graph.recommendation.universe import Candidate, is_acknowledged
from graph.recommendation.ways import direct_ties
from graph.recommendation.wording import say, spell_number
from ontology.messages import N_

__all__ = ["MUCH_SMALLER", "find_remarks"]

#: A candidate with less than this share of the city's inhabitants is remarked on.
MUCH_SMALLER = 0.05


def find_remarks(
    city: Candidate, candidate: Candidate, projection: Projection, background: Background
) -> tuple[Remark, ...]:
    """Return what is to be known before anyone is approached; the gravest first."""
    return (
        *_caution(city, candidate),
        *_earlier_ties(city, candidate, projection),
        *_country_ties(city, candidate, projection),
        *_place(city, candidate, background),
        *_knowledge(candidate, projection),
    )


def _caution(city: Candidate, candidate: Candidate) -> Iterator[Remark]:
    if caution := find_caution(city, candidate):
        yield Remark("no_relations", caution)


def _earlier_ties(city: Candidate, candidate: Candidate, projection: Projection) -> Iterator[Remark]:
    sentences = {
        "ended": N_("A tie with it has ended; find out why before a new one."),
        "planned": N_("A tie with it is already planned or in talks."),
    }
    ties = direct_ties(projection, city.iri, candidate.iri)
    for status, sentence in sentences.items():
        if evidence := tuple(tie.relation for tie in ties if tie.status == status):
            yield Remark(f"{status}_tie", say(sentence), evidence)
    listed = (tie for tie in ties if not is_acknowledged(tie) and tie.status not in sentences)
    if evidence := tuple(tie.relation for tie in listed):
        text = say(N_("A list already names it as a partner, and nothing confirms that; check it first."))
        yield Remark("unverified_tie", text, evidence)


def _country_ties(city: Candidate, candidate: Candidate, projection: Projection) -> Iterator[Remark]:
    """Remark on ended ties with other cities of the same country."""
    if not candidate.country:
        return
    ended = [
        tie.relation
        for other, ties in projection.neighbours(city.iri, living=False).items()
        if other != candidate.iri and projection.cities[other].country == candidate.country
        for tie in ties
        if tie.status == "ended"
    ]
    if ended:
        text = say(
            N_("{count} of our ties with its country, {country}, have ended."),
            count=len(ended), country=candidate.country_label or candidate.country,
        )  # fmt: skip
        yield Remark("ended_in_country", text, tuple(ended))


def _place(city: Candidate, candidate: Candidate, background: Background) -> Iterator[Remark]:
    if note := background.notes.get(candidate.iri):
        yield Remark("contested_place", note)
    if city.country and city.country == candidate.country:
        yield Remark("same_country", say(N_("It lies in the same country.")))
    if city.population and candidate.population and candidate.population < MUCH_SMALLER * city.population:
        text = say(N_("It is much smaller: {people} inhabitants."), people=spell_number(candidate.population))
        yield Remark("much_smaller", text)


def _knowledge(candidate: Candidate, projection: Projection) -> Iterator[Remark]:
    if not any(tie.is_living for tie in projection.ties_of(candidate.iri)):
        text = say(N_("No international tie of it is recorded here: little is known of its capacity."))
        yield Remark("thin_data", text)
