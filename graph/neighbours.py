"""The ties of any thing: counted by kind first, then listed page by page in an order that stays.

A city's ties are those of the authority that speaks for it. Nothing here reads the relations
themselves, so that a hub of thousands is counted as quickly as a village.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from rdflib import Literal as Text
from rdflib import URIRef

from graph.library import Bound, load_query
from graph.model import Country
from graph.questions.names import existing_iri, reference_of, thing_of
from graph.questions.reading import Fact, Readable, local_name, read_facts, read_labels
from ontology.errors import BadParameter
from ontology.iris import Thing
from ontology.messages import N_, Phrase
from ontology.terms import DCTERMS, KP, ORG

__all__ = [
    "TIE_FAMILIES", "Found", "TieFamily", "count_countries", "count_ties", "find_thing", "list_ties",
]  # fmt: skip

TieFamily = Literal["twinning", "protocol", "network", "project", "funding", "cooperation"]
TIE_FAMILIES: tuple[TieFamily, ...] = get_args(TieFamily)

_CLASSES: Mapping[TieFamily, tuple[URIRef, ...]] = {
    "twinning": (KP.TwinningAgreement,),
    "protocol": (KP.CooperationProtocol,),
    "network": (KP.NetworkMembership,),
    "project": (KP.ProjectParticipation,),
    "funding": (KP.Funding,),
    "cooperation": (KP.Cooperation, KP.Event, KP.Award),
}
#: Kinds of thing that can stand in the middle of a picture, and what they are called.
_KINDS: Mapping[str, str] = {
    "city": N_("city"),
    "network": N_("network"),
    "project": N_("project"),
    "programme": N_("programme"),
    "organization": N_("organisation"),
    "authority": N_("authority"),
}
_CITY_WIDE = {"metropolitan-municipality", "municipality", "local-authority"}


@dataclass(frozen=True)
class Found:
    """A thing that has ties; ``parties`` are the bodies whose ties they are."""

    iri: URIRef
    kind: str
    slug: str
    parties: tuple[URIRef, ...]

    @property
    def path(self) -> str:
        """How addresses name it, e.g. ``network/medcities``."""
        return f"{self.kind}/{self.slug}"


def find_thing(revision: Readable, path: str) -> Found:
    """Return the thing that ``kind/slug`` names; an authority that speaks for a city is that city.

    Raises
    ------
    NotFound
        There is no such thing; the nearest names are offered.
    BadParameter
        A thing of that kind has no ties.
    """
    kind, _, slug = path.rpartition("/")
    kind = kind or "city"
    if kind not in _KINDS:
        raise BadParameter(
            value=path, name="thing", remedy=Phrase(N_("name it as city/…, network/…, project/… or the like"))
        )
    iri = existing_iri(revision, kind, slug, lambda fact: any(fact.properties()), called=_KINDS[kind])
    if kind == "authority":
        iri = _city_of(read_facts(revision, [iri]).of(iri)) or iri
    here: Thing = thing_of(revision, iri)
    return Found(iri, here.kind, here.slug, _parties_of(revision, iri, here.kind))


def _city_of(fact: Fact) -> URIRef | None:
    sorts = {local_name(iri) for iri in fact.iris_of(ORG.classification)}
    cities = fact.iris_of(DCTERMS.spatial)
    return URIRef(cities[0]) if cities and (not sorts or sorts & _CITY_WIDE) else None


def _parties_of(revision: Readable, iri: URIRef, kind: str) -> tuple[URIRef, ...]:
    if kind != "city":
        return (iri,)
    rows = revision.select(load_query("authorities_of").bind(city=iri))
    return (iri, *sorted(URIRef(str(row["authority"])) for row in rows))


def count_ties(revision: Readable, thing: Found) -> dict[TieFamily, int]:
    """Return how many ties of each kind a thing has; kinds without one are left out."""
    rows = revision.select(load_query("ties_counted").bind(party=thing.parties))
    found = {str(row["family"]): int(str(row["number"])) for row in rows}
    return {family: found[family] for family in TIE_FAMILIES if found.get(family)}


def count_countries(revision: Readable, thing: Found, family: TieFamily) -> tuple[tuple[Country, int], ...]:
    """Return with which countries a thing has ties of a kind, the one with most first."""
    wanted: dict[str, Bound] = {"thing": thing.iri, "party": thing.parties, "class": _CLASSES[family]}
    rows = revision.select(load_query("ties_by_country").bind(**wanted))
    labels = read_labels(revision, {str(row["country"]) for row in rows})
    return tuple(
        (
            Country(iri, str(row["iso"]), reference_of(revision, iri, labels.get(iri)).label),
            int(str(row["number"])),
        )
        for row in rows
        for iri in [str(row["country"])]
    )


def list_ties(
    revision: Readable, thing: Found, family: TieFamily, *, country: str | None = None
) -> tuple[str, ...]:
    """Return the IRIs of a thing's relations of a kind, by the name of the other side.

    Parameters
    ----------
    country
        ISO code: only with cities there.
    """
    wanted: dict[str, Bound] = {"thing": thing.iri, "party": thing.parties, "class": _CLASSES[family]}
    wanted["wantedCountry"] = Text(country) if country else None
    rows = revision.select(load_query("ties_listed").bind(**wanted))
    return tuple(str(row["item"]) for row in rows)
