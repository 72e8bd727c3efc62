"""The cities of the graph as descriptions, and what the rules judge of them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from rdflib import Literal, URIRef

from graph.identity.features import Decision, Reason, Verdict
from graph.identity.gazetteer import iter_places
from graph.identity.index import PlaceIndex
from graph.identity.judgements import RULE, Judgement
from graph.identity.names import make_keys
from graph.identity.places import Place, distance_km
from graph.identity.resolving import resolve
from graph.library import load_query
from graph.reader import Reader
from ontology.messages import Language
from ontology.terms import KP, RDFS, SCHEMA, SKOS

__all__ = ["judge_by_rule", "read_places"]

_IDS = {
    "https://sws.geonames.org/": "geonames:",
    "http://www.wikidata.org/entity/": "wikidata:",
    "https://www.wikidata.org/entity/": "wikidata:",
}
#: Two cities with identifiers of their own are looked at again when they lie so near, in km.
_TWINS = 5.0


def read_places(reader: Reader, only: Collection[URIRef] | None = None) -> list[Place]:
    """Return the cities of all sources, each under the source's own IRI, by their IRIs.

    With ``only`` no others than these.
    """
    facts: dict[str, dict[str, list[str]]] = {}
    wanted = load_query("places_described").bind()
    if only is not None:
        wanted = load_query("places_named").bind(city=sorted(only))
    for row in reader.select(wanted):
        value = row["value"]
        values = facts.setdefault(str(row["city"]), {}).setdefault(str(row["property"]), [])
        # By language, so that the order is the same each time.
        values.append(f"{value.language or ''}\0{value}" if isinstance(value, Literal) else f"\0{value}")
    return [_to_place(city, found) for city, found in sorted(facts.items())]


def _to_place(city: str, facts: dict[str, list[str]]) -> Place:
    def texts(property_: URIRef) -> list[str]:
        return [text.partition("\0")[2] for text in sorted(facts.get(str(property_), []))]

    def number(property_: URIRef) -> float | None:
        return next((float(text) for text in texts(property_)), None)

    countries = [text.rpartition("/")[2].upper() for text in texts(SCHEMA.containedInPlace)]
    population = number(KP.population)
    return Place(
        city,
        tuple(dict.fromkeys([*texts(RDFS.label), *texts(SKOS.altLabel)])) or (city.rpartition("/")[2],),
        countries[0] if countries else "",
        latitude=number(SCHEMA.latitude),
        longitude=number(SCHEMA.longitude),
        population=None if population is None else int(population),
        ids=frozenset(id_ for text in texts(SCHEMA.sameAs) if (id_ := _to_id(text))),
    )


def _to_id(address: str) -> str:
    for begin, scheme in _IDS.items():
        if address.startswith(begin):
            return scheme + address.removeprefix(begin).strip("/")
    return ""


def judge_by_rule(places: list[Place], on: date) -> list[Judgement]:
    """Return what the rules judge of the pairs that may be one.

    By identifier first: cities that share one are the same; such with different ones are two, unless
    they have a name in common and lie within five kilometres. A city without an identifier is looked up
    among the others by its names, its country, its coordinates and its size; namesakes that fit less
    well are different.
    """
    pairs = [*_by_id(places), *_near_twins(places), *_without_id(places)]
    found: dict[tuple[str, str], Judgement] = {}
    for one, other, decision in pairs:
        left, right = sorted((URIRef(one.key), URIRef(other.key)))
        why: dict[Language, str] = {"tr": decision.why("tr"), "en": decision.why("en")}
        found.setdefault((left, right), Judgement(left, right, decision.verdict, RULE, on, why))
    return list(found.values())


def _by_id(places: Iterable[Place]) -> Iterator[tuple[Place, Place, Decision]]:
    first: dict[str, Place] = {}
    for place in places:
        for id_ in sorted(place.ids):
            other = first.setdefault(id_, place)
            if other is not place:
                yield other, place, Decision("same", 1.0, (Reason.of("shared_id", id=id_),))


def _near_twins(places: Iterable[Place]) -> Iterator[tuple[Place, Place, Decision]]:
    by_key: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        if place.ids:
            for key in {key for name in place.names for key in make_keys(name)}:
                by_key.setdefault((place.country, key), []).append(place)
    for namesakes in by_key.values():
        for number, one in enumerate(namesakes):
            for other in namesakes[number + 1 :]:
                distance = distance_km(one, other)
                if distance is not None and distance <= _TWINS and not one.ids & other.ids:
                    near = round(distance)
                    reason = Reason.of("close_twins", one=one.name, other=other.name, distance=near)
                    yield one, other, Decision("unsure", 0.6, (reason,))


def _without_id(places: list[Place]) -> Iterator[tuple[Place, Place, Decision]]:
    bare = [place for place in places if not place.ids]
    if not bare:
        return
    anchored = [place for place in places if place.ids]
    by_key = {place.key: place for place in places}
    index = PlaceIndex(_with_names(anchored))
    for place in bare:
        found = resolve(place, index)
        if found.place is not None:
            verdict: Verdict = "same" if found.sure else "unsure"
            yield place, by_key[found.place.key], Decision(verdict, found.score, found.reasons)
            for other in found.others if found.sure and found.tier in ("full", "plain") else ():
                reason = Reason.of("rival", found=found.place.name, other=other.name)
                yield place, by_key[other.key], Decision("different", 0.1, (reason,))
        index.add(place)


def _with_names(places: list[Place]) -> Iterator[Place]:
    """Yield the places with the names that GeoNames has for them in other languages."""
    wanted = frozenset(id_.removeprefix("geonames:") for place in places for id_ in place.ids)
    names = {place.key: place.names for place in iter_places(15000, wanted)}
    for place in places:
        more = [name for id_ in sorted(place.ids) for name in names.get(id_.removeprefix("geonames:"), ())]
        yield replace(place, names=tuple(dict.fromkeys([*place.names, *more])))
