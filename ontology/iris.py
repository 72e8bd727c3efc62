"""Every IRI is minted here, from raw ids; nothing else concatenates IRIs.

A relation's IRI comes from its kind, its parties and an ordinal, never from the
source that reports it: the same fact from two sources is one node.
"""

from dataclasses import dataclass
from hashlib import sha256

from rdflib import URIRef

from ontology.text import slugify

__all__ = ["BASE", "Iris", "Thing"]

#: The address under which things are published unless a setting says otherwise.
BASE = "https://w3id.org/kopru/"


@dataclass(frozen=True)
class Thing:
    """Kind and slug of an IRI of ours, e.g. ``city`` and ``antalya``."""

    kind: str
    slug: str


@dataclass(frozen=True)
class Iris:
    """Mints IRIs under one base.

    Examples
    --------
    >>> iris = Iris()
    >>> str(iris.thing("city", "antalya"))
    'https://w3id.org/kopru/id/city/antalya'
    >>> str(iris.relation("agreement", "twinning", ["nuremberg", "antalya"]))
    'https://w3id.org/kopru/id/agreement/twinning-antalya-nuremberg-1'
    """

    base: str = BASE

    def thing(self, kind: str, slug: str) -> URIRef:
        """Return the IRI of a thing; ``slug`` may be a raw name.

        Raises
        ------
        ValueError
            Nothing is left of the name in ASCII, as of one in Cyrillic letters.
        """
        folded = slugify(slug)
        if not folded:
            raise ValueError(f"no ASCII letter or digit in the name of a {kind}: {slug!r}")
        return URIRef(f"{self.base}id/{kind}/{folded}")

    def relation(self, kind: str, sort: str, parties: list[str], ordinal: int = 1) -> URIRef:
        """Return the IRI of a relation: kind of IRI, sort of relation, parties in order, ordinal."""
        return self.thing(kind, "-".join([*([sort] if sort else []), *sorted(parties), str(ordinal)]))

    def evidence(self, about: URIRef, document: URIRef, claim: str) -> URIRef:
        """Return the IRI of one claim of one document about one thing.

        ``claim`` is property and value as text; the same claim read twice is one node.
        """
        digest = sha256(f"{about} {document} {claim}".encode()).hexdigest()[:12]
        return URIRef(f"{self.base}id/evidence/{self.parse(about).slug}-{digest}")

    def graph(self, source: str) -> URIRef:
        """Return the named graph of a source."""
        return URIRef(f"{self.base}graph/{source}")

    def revision(self, number: int) -> URIRef:
        """Return the IRI of a published revision."""
        return URIRef(f"{self.base}revision/{number}")

    def stored(self, *parts: str) -> URIRef:
        """Return an address for the business of a store on a server; no reader ever sees it."""
        return URIRef("/".join([f"{self.base}store", *parts]))

    def blank(self, name: str = "") -> URIRef:
        """Return the address that stands for a blank node on a server (RDF 1.1, section 3.5)."""
        return URIRef(f"{self.base}.well-known/genid/{name}")

    def parse(self, iri: URIRef | str) -> Thing:
        """Return kind and slug of a thing's IRI.

        Raises
        ------
        ValueError
            The IRI is not one of ours.
        """
        prefix = f"{self.base}id/"
        kind, _, slug = str(iri).removeprefix(prefix).partition("/")
        if not str(iri).startswith(prefix) or not kind or not slug or "/" in slug:
            raise ValueError(f"not an IRI of a thing under {prefix}: {iri}")
        return Thing(kind, slug)

    def short(self, kind: str, iri: URIRef | str) -> str:
        """Return the slug of a thing of ours of one kind, of anything else the whole IRI.

        Examples
        --------
        >>> Iris().short("city", "https://w3id.org/kopru/id/city/antalya")
        'antalya'
        >>> Iris().short("city", "https://example.org/id/city/antalya")
        'https://example.org/id/city/antalya'
        """
        try:
            slug = self.parse(iri).slug
            return slug if str(self.thing(kind, slug)) == str(iri) else str(iri)
        except ValueError:
            return str(iri)
