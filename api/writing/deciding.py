"""From the fields of a request to what is written down: checked against the graph, then appended."""

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import cast

from rdflib import URIRef

from api.settings import Settings
from api.writing.bodies import Sent
from graph.identity.judgements import Judged, Judgement
from graph.library import load_query
from graph.model import Reference
from graph.questions.names import existing_iri, reference_of
from graph.questions.reading import read_labels
from graph.questions.relations import read_names
from graph.revision import Revision
from graph.store import GraphStore
from ingest.decisions import (
    PARTNER_VERDICTS,
    SAMENESS_VERDICTS,
    Decision,
    DecisionKind,
    append_decision,
    read_decisions,
)
from ingest.judging import record_decision
from ingest.workbook.changes import count_changes
from ingest.workbook.folder import load_folder
from ingest.workbook.importing import Preview, apply_import, plan_import, preview_import
from ingest.workbook.swapping import recover
from ontology.errors import BadParameter, WorkbookError
from ontology.messages import LANGUAGES, N_, Phrase
from ontology.text import sort_key

__all__ = [
    "Told", "bring_in", "confirmation_of", "decide_partner", "decide_sameness", "find_offices", "look_at",
    "tell_decisions",
]  # fmt: skip

_CITY = N_("city")
_NO_OFFICE = N_(
    "There is no office '{value}' among the units and authorities of the records. Choose one of: {known}."
)
_SAME_TWICE = N_("A city can't be compared with itself. Name two.")
_OTHER_PREVIEW = N_(
    "The workbook or the records are not those that the preview was made of. Nothing was written; look at a "
    "new preview."
)


@dataclass(frozen=True)
class Told:
    """A decision with the names of what it is about."""

    decision: Decision
    about: tuple[Reference, ...]
    office: Reference


def find_offices(revision: Revision, city: str) -> list[Reference]:
    """Return the units and authorities of a city that decide, by name: so nobody writes a person's name."""
    query = load_query("offices").bind(city=revision.iris.thing("city", city))
    iris = [str(row["office"]) for row in revision.select(query)]
    names = read_labels(revision, iris)
    found = [reference_of(revision, iri, names.get(iri)) for iri in iris]
    return sorted(found, key=lambda one: (one.kind != "unit", sort_key(one.label.tr), one.iri))


def _office(sent: Sent, revision: Revision, city: str) -> str:
    given = sent.get("office", 200)
    known = [office.slug for office in find_offices(revision, city)]
    if given not in known:
        raise BadParameter(_NO_OFFICE, value=given, name="office", known=", ".join(known))
    return given


def _verdict(sent: Sent, known: tuple[str, ...]) -> str:
    given = sent.get("verdict", 50)
    if given not in known:
        raise BadParameter(value=given, name="verdict", remedy=Phrase(", ".join(known)))
    return given


def _city(sent: Sent, name: str, revision: Revision) -> str:
    slug = sent.get(name, 200).removeprefix(f"{revision.iris.base}id/city/")
    existing_iri(revision, "city", slug, lambda fact: any(fact.properties()), called=_CITY)
    return slug


def decide_partner(sent: Sent, store: GraphStore, settings: Settings) -> Decision:
    """Write down a decision on a candidate city.

    Raises
    ------
    BadParameter, NotFound
        A field is missing or names nothing.
    """
    revision = store.current()
    decision = Decision(
        "partner", (_city(sent, "city", revision),), _verdict(sent, PARTNER_VERDICTS),
        _office(sent, revision, settings.city), sent.get("why"),
    )  # fmt: skip
    append_decision(settings.records_folder, decision)
    return decision


def decide_sameness(sent: Sent, store: GraphStore, settings: Settings) -> Decision:
    """Write down whether two cities of the graph are one, and publish what follows.

    Raises
    ------
    BadParameter, NotFound
        A field is missing or names nothing, or there is nothing to withdraw.
    InvalidBatch
        The two joined would contradict a rule; nothing was written.
    """
    revision = store.current()
    pair = tuple(sorted(_city(sent, name, revision) for name in ("one", "other")))
    if len(set(pair)) < len(pair):
        raise BadParameter(_SAME_TWICE)
    decision = Decision(
        "sameness", pair, _verdict(sent, SAMENESS_VERDICTS), _office(sent, revision, settings.city),
        sent.get("why"),
    )  # fmt: skip
    record_decision(store, settings.records_folder, _judgement(decision, revision))
    append_decision(settings.records_folder, decision)
    return decision


def _judgement(decision: Decision, revision: Revision) -> Judgement:
    """Return a decision on sameness as the graph has it."""
    one, other = sorted(revision.iris.thing("city", slug) for slug in decision.about)
    verdict = cast("Judged", decision.verdict)  # one of SAMENESS_VERDICTS
    judgement = Judgement(one, other, verdict, decision.office, decision.on)
    return replace(judgement, why=dict.fromkeys(LANGUAGES, decision.why))


def look_at(content: bytes, store: GraphStore, settings: Settings) -> Preview:
    """Return what a workbook would change; nothing is written."""
    return preview_import(content, records=settings.records_folder, store=store, city=settings.city)


def confirmation_of(content: bytes, preview: Preview) -> str:
    """Return what stands for a workbook and the records that it was compared with."""
    digest = sha256(content)
    for file in sorted(preview.folder.raw, key=lambda one: one.name):
        digest.update(file.name.encode() + file.content)
    return digest.hexdigest()[:32]


def bring_in(sent: Sent, content: bytes, confirm: str, store: GraphStore, settings: Settings) -> Decision:
    """Bring a workbook into the records, publish, and write down who decided it and why.

    Raises
    ------
    WorkbookError
        The workbook is wrong, or is not the one that was shown.
    """
    office, why = _office(sent, store.current(), settings.city), sent.get("why")
    recover(settings.records_folder, store)
    # All rules were checked for the preview that is confirmed here, and are again when it is published.
    folder = load_folder(settings.records_folder, settings.city, store.iris)
    preview = plan_import(content, folder, store.iris)
    if confirmation_of(content, preview) != confirm:
        raise WorkbookError(_OTHER_PREVIEW)
    number = store.current().number
    if preview.changes:
        report = apply_import(preview, store=store, city=settings.city)
        number = report.published.number if report.published else number
    counts = ", ".join(f"{kind} {count}" for kind, count in count_changes(preview.changes).items() if count)
    decision = Decision("workbook", (str(number),), counts or "unchanged", office, why, date.today())
    append_decision(settings.records_folder, decision)
    return decision


def tell_decisions(revision: Revision, settings: Settings, kind: DecisionKind | None = None) -> list[Told]:
    """Return what was decided, newest first."""
    found = [one for one in read_decisions(settings.records_folder) if kind in (None, one.kind)][::-1]
    iris = {one: _iris(revision, one) for one in found}
    names = read_names(revision, {iri for wanted in iris.values() for iri in wanted})
    return [
        Told(
            one,
            tuple(reference_of(revision, iri, names.get(iri)) for iri in iris[one][:-1]),
            reference_of(revision, iris[one][-1], names.get(iris[one][-1])),
        )
        for one in found
    ]


def _iris(revision: Revision, decision: Decision) -> list[str]:
    """Return the addresses of what a decision is about, and last that of the office."""
    iris = revision.iris
    units = [iris.thing(kind, decision.office) for kind in ("unit", "authority")]
    office = next((unit for unit in units if revision.knows(str(unit))), units[0])
    about = [] if decision.kind == "workbook" else [iris.thing("city", one) for one in decision.about]
    return [str(URIRef(iri)) for iri in (*about, office)]
