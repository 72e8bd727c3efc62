"""What documents claim about relations and things, read for many of them at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from rdflib import URIRef

from graph.library import load_query
from graph.model import GRADES, Document, Evidence, Label
from graph.questions.names import reference_of, to_qname
from graph.questions.reading import Fact, Facts, Readable, local_name, read_facts, read_labels
from graph.questions.wording import CLAIM_LABELS, GRADES_BY_IRI
from ontology.terms import DCTERMS, KP, PROV, RDF, SCHEMA, SKOS

__all__ = ["read_documents", "read_evidence"]

#: A claim on a date is accepted as the text beside its bounds.
_ACCEPTED_AS = {str(KP.startDate): str(KP.startText), str(KP.endDate): str(KP.endText)}


def read_documents(revision: Readable, iris: Iterable[str]) -> dict[str, Document]:
    """Return documents by IRI."""
    facts = read_facts(revision, iris)
    return {fact.iri: _make_document(revision, fact) for fact in facts}


def _make_document(revision: Readable, fact: Fact) -> Document:
    here = reference_of(revision, fact.iri, fact.name())
    return Document(
        iri=fact.iri,
        slug=here.slug,
        title=here.label,
        publisher=fact.text(DCTERMS.publisher),
        url=fact.text(SCHEMA.url),
        issued=fact.text(DCTERMS.issued),
    )


def read_evidence(revision: Readable, about: Facts) -> dict[str, tuple[Evidence, ...]]:
    """Return the evidence about things by their IRIs: best grade first, then the newest.

    Parameters
    ----------
    about
        What is said of the things: it tells which of the claims are accepted.
    """
    wanted = [URIRef(fact.iri) for fact in about]
    if not wanted:
        return {}
    claims = list(Facts(revision.select(load_query("evidence").bind(about=wanted))))
    documents = read_documents(
        revision, {iri for claim in claims for iri in claim.iris_of(PROV.hadPrimarySource)}
    )
    labels = read_labels(
        revision,
        {
            iri
            for claim in claims
            for prop in (KP.claimedProperty, KP.claimedValue)
            for iri in claim.iris_of(prop)
        },
    )
    found: dict[str, list[Evidence]] = defaultdict(list)
    for claim in claims:
        for iri in claim.iris_of(KP.about):
            found[iri].append(_make_evidence(claim, about.of(iri), documents, labels))
    return {iri: tuple(sorted(evidence, key=_rank)) for iri, evidence in found.items()}


def _rank(evidence: Evidence) -> tuple[int, int, str, str]:
    newest_first = -(evidence.date or date.min).toordinal()
    return GRADES.index(evidence.grade), newest_first, evidence.claim, evidence.iri


def _make_evidence(
    claim: Fact, about: Fact, documents: dict[str, Document], labels: dict[str, Label]
) -> Evidence:
    prop = claim.text(KP.claimedProperty) or str(RDF.type)
    value = claim.text(KP.claimedValue) or ""
    name = to_qname(prop)
    accepted = {str(one) for one in about.values(_ACCEPTED_AS.get(prop, prop))}
    return Evidence(
        iri=claim.iri,
        about=about.iri,
        document=next((documents[iri] for iri in claim.iris_of(PROV.hadPrimarySource)), None),
        grade=GRADES_BY_IRI.get(claim.text(KP.evidenceGrade) or "", "unverified"),
        claim=name,
        claim_label=CLAIM_LABELS.get(name) or labels.get(prop) or Label(local_name(prop), local_name(prop)),
        value=value,
        value_label=labels.get(value),
        accepted=value in accepted,
        date=claim.day(KP.evidenceDate),
        date_text=claim.text(KP.evidenceDateText),
        currency=claim.text(KP.claimedCurrency),
        note=claim.label(SKOS.note),
        record_ref=claim.text(KP.recordRef),
    )
