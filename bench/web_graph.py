"""A made-up graph for measuring pages: a hub of thousands, a picture of thousands, a world of sister cities.

The same seed gives the same statements. Cities lie about made-up middles of real countries, since the
map shows countries; nothing else of it is true. Only ``antalya`` has the name that a server looks for.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import rdflib

from graph.store import GraphStore
from ontology.terms import PREFIXES

__all__ = ["CITIES", "HUB", "LARGE", "TWINNINGS", "publish_made_up"]

CITIES, TWINNINGS, SEED = 5_000, 12_000, 10
#: A network of all cities; and three that make 2,000 cities and 5,000 memberships when opened.
HUB = "network/hub"
LARGE = {"network/one": 2_000, "network/two": 2_000, "network/three": 1_000}
_COUNTRIES = {
    "TR": (39, 35), "DE": (51, 10), "FR": (47, 2), "ES": (40, -4), "IT": (43, 12), "PL": (52, 19),
    "US": (40, -95), "MX": (23, -102), "BR": (-10, -52), "AR": (-35, -65), "ZA": (-29, 25), "EG": (27, 30),
    "IN": (22, 79), "CN": (35, 104), "JP": (36, 138), "AU": (-27, 134), "RU": (56, 40), "GB": (53, -2),
}  # fmt: skip
_BASE = "https://w3id.org/kopru/id/"


def publish_made_up(folder: Path) -> Path:
    """Publish the graph in a new store and return its folder."""
    rdf = rdflib.Graph(bind_namespaces="none")
    rdf.parse(data="\n".join(_statements()), format="nt")
    store = GraphStore(folder)
    with store.writer() as draft:
        draft.replace_source("made-up", rdf, retrieved_at=datetime(2024, 3, 4, tzinfo=UTC))
        draft.derive()
        draft.publish()
    return folder


def _statements() -> Iterator[str]:
    chance = random.Random(SEED)
    for code in _COUNTRIES:
        yield from _thing(f"country/{code.lower()}", ["schema:Country"], code)
        yield f'{_iri(f"country/{code.lower()}")} {_term("kp:isoCode")} "{code}" .'
    for number in range(CITIES):
        yield from _city(number, chance)
    for name, members in {HUB: CITIES, **LARGE}.items():
        yield from _thing(name, ["kp:CityNetwork"], name)
        for number in range(members):
            tie = f"membership/{name.rpartition('/')[2]}-{number}"
            yield f"{_iri(tie)} {_term('rdf:type')} {_term('kp:NetworkMembership')} ."
            yield f"{_iri(tie)} {_term('org:member')} {_iri(f'authority/{_slug(number)}')} ."
            yield f"{_iri(tie)} {_term('org:organization')} {_iri(name)} ."
    for number in range(TWINNINGS):
        tie = f"agreement/{number}"
        yield f"{_iri(tie)} {_term('rdf:type')} {_term('kp:TwinningAgreement')} ."
        for end in chance.sample(range(CITIES), 2):
            yield f"{_iri(tie)} {_term('kp:party')} {_iri(f'authority/{_slug(end)}')} ."


def _city(number: int, chance: random.Random) -> Iterator[str]:
    slug, (code, (north, east)) = _slug(number), chance.choice(list(_COUNTRIES.items()))
    city, authority = f"city/{slug}", f"authority/{slug}"
    yield from _thing(city, ["schema:City", "geo:Feature"], slug.title())
    yield f"{_iri(city)} {_term('schema:containedInPlace')} {_iri(f'country/{code.lower()}')} ."
    places = {"schema:latitude": north + chance.gauss(0, 2), "schema:longitude": east + chance.gauss(0, 3)}
    for name, degrees in places.items():
        yield f'{_iri(city)} {_term(name)} "{degrees:.4f}"^^{_term("xsd:decimal")} .'
    yield from _thing(authority, ["m8g:PublicOrganisation"], f"{slug.title()} (local authority)")
    yield f"{_iri(authority)} {_term('dcterms:spatial')} {_iri(city)} ."


def _thing(path: str, kinds: list[str], name: str) -> Iterator[str]:
    for kind in kinds:
        yield f"{_iri(path)} {_term('rdf:type')} {_term(kind)} ."
    for language in ("tr", "en"):
        yield f'{_iri(path)} {_term("rdfs:label")} "{name}"@{language} .'


def _slug(number: int) -> str:
    return f"city-{number}" if number else "antalya"


def _iri(path: str) -> str:
    return f"<{_BASE}{path}>"


def _term(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"
