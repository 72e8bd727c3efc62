"""The vocabulary, the themes and the shapes as graphs, read from the Turtle files beside this module.

What is read is cached and shared: whoever wants to change a graph copies it first.
Nothing here evaluates shapes or runs rules.
"""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files

from rdflib import RDFS, Graph, Literal, URIRef

from ontology.iris import BASE
from ontology.messages import LANGUAGES, Language

__all__ = ["label_of_term", "load_ontology", "load_shapes", "load_themes", "program_digest"]

#: One ontology, by subject; kopru.ttl names it and says what is where.
_ONTOLOGY = (
    "kopru.ttl", "evidence.ttl", "things.ttl", "plan.ttl", "roles.ttl", "published.ttl",
    "published_properties.ttl", "alignments.ttl",
)  # fmt: skip
_FILES = (*_ONTOLOGY, "shapes.ttl", "themes.ttl")


def load_ontology(base: str = BASE) -> Graph:
    """Return the terms with their labels and what they match elsewhere, and the roles, kinds and states.

    Parameters
    ----------
    base
        Where this installation publishes its things: the individuals under ``id/`` move there,
        the terms themselves stay where they are.
    """
    return _load(_ONTOLOGY, base)


def load_themes(base: str = BASE) -> Graph:
    """Return the concept scheme of themes, under ``base``."""
    return _load(("themes.ttl",), base)


def load_shapes(base: str = BASE) -> Graph:
    """Return the SHACL shapes; of the things under ``base`` they name the scheme of themes alone."""
    return _load(("shapes.ttl",), base)


def label_of_term(iri: str) -> dict[Language, str] | None:
    """Return the Turkish and English label of a term that the vocabulary declares, else ``None``.

    Examples
    --------
    >>> label_of_term("https://w3id.org/kopru/ontology#CityNetwork")
    {'tr': 'Kent ağı', 'en': 'City network'}
    """
    labels = {
        label.language: str(label)
        for label in load_ontology().objects(URIRef(iri), RDFS.label)
        if isinstance(label, Literal)
    }
    return {language: labels[language] for language in LANGUAGES} if labels else None


def program_digest(rules: Iterable[str]) -> str:
    """Return a SHA-256 digest of the Turtle files and of the rules' texts, in the order given.

    A store whose digest differs was derived by another vocabulary or other rules.
    """
    digest = sha256()
    for text in [*(_text(name) for name in _FILES), *rules]:
        part = text.encode()
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _text(name: str) -> str:
    return files("ontology").joinpath(name).read_text(encoding="utf-8")


@cache
def _load(names: tuple[str, ...], base: str) -> Graph:
    rdf = Graph()
    for name in names:
        rdf.parse(data=_text(name).replace(f"{BASE}id/", f"{base}id/"), format="turtle")
    return rdf
