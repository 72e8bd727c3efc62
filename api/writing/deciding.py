"""From the fields of a request to what is written down: checked against the graph, then appended."""

from collections.abc import Collection, Sequence
from datetime import date
from hashlib import sha256

from rdflib import URIRef

from api.settings import Settings
from api.writing.bodies import Sent
from graph.identity.described import read_places
from graph.identity.judgements import Judgement
from graph.library import load_query
from graph.model import Reference
from graph.questions.names import existing_iri, reference_of, thing_iri, thing_of
from graph.questions.reading import read_labels
from graph.revision import Revision
from graph.store import GraphStore
from ingest.decisions import (
    PARTNER_VERDICTS,
    SAMENESS_VERDICTS,
    Decision,
    SamenessVerdict,
    append_decision,
)
from ingest.judging import record_decision, to_name
from ingest.workbook.changes import count_changes
from ingest.workbook.folder import load_folder
from ingest.workbook.importing import Preview, apply_import, plan_import, preview_import
from ingest.workbook.swapping import recover
from ontology.errors import BadParameter, NotFound, WorkbookError
from ontology.messages import LANGUAGES, N_, Phrase
from ontology.text import sort_key

__all__ = [
    "LONGEST_NAME", "bring_in", "check_cities", "choose_office", "confirmation_of", "decide_partner",
    "decide_sameness", "find_offices", "look_at", "to_judgement", "to_pair", "to_verdict",
]  # fmt: skip

#: Characters of a city's address.
LONGEST_NAME = 2000
_CITY = N_("city")
_NO_OFFICE = N_(
    "There is no office '{value}' among the units and authorities of the records. Choose one of: {known}."
)
_SAME_TWICE = N_("A city can't be compared with itself. Name two.")
_OTHER_PREVIEW = N_(
    "The workbook or the records are not those that the preview was made of. Nothing was written; look at a "
    "new preview."
)


def find_offices(revision: Revision, city: str) -> list[Reference]:
    """Return the units and authorities of a city that decide, by name: so nobody writes a person's name."""
    query = load_query("offices").bind(city=revision.iris.thing("city", city))
    iris = [str(row["office"]) for row in revision.select(query)]
    names = read_labels(revision, iris)
    found = [reference_of(revision, iri, names.get(iri)) for iri in iris]
    return sorted(found, key=lambda one: (one.kind != "unit", sort_key(one.label.tr), one.iri))


def choose_office(sent: Sent, revision: Revision, city: str) -> str:
    """Return the office that decides.

    Raises
    ------
    BadParameter
        None was chosen, or it is none of the records.
    """
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
        choose_office(sent, revision, settings.city), sent.get("why"),
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
    pair = to_pair(revision, *(sent.get(name, LONGEST_NAME) for name in ("one", "other")))
    verdict = to_verdict(sent.get("verdict", 50), SAMENESS_VERDICTS)
    office, why = choose_office(sent, revision, settings.city), sent.get("why")
    if verdict != "withdrawn":
        # What was decided can be taken back even after its sources have gone.
        check_cities(revision, pair)
    judgement = to_judgement(pair, verdict, office, why)
    record_decision(store, settings.records_folder, judgement)
    about = tuple(to_name(place, revision.iris) for place in judgement.pair)
    return Decision("sameness", about, verdict, office, why, judgement.on)


def to_verdict(given: str, known: Sequence[SamenessVerdict]) -> SamenessVerdict:
    """Return what was decided of two cities.

    Raises
    ------
    BadParameter
        It is none of those that are known.
    """
    found = next((verdict for verdict in known if verdict == given), None)
    if found is None:
        raise BadParameter(value=given[:50], name="verdict", remedy=Phrase(", ".join(known)))
    return found


def to_pair(revision: Revision, one: str, other: str) -> tuple[URIRef, URIRef]:
    """Return the addresses of two cities from their ids or whole addresses, there or not.

    Raises
    ------
    NotFound
        No address can be made of one.
    BadParameter
        They are one address.
    """
    left, right = sorted(_to_city(revision, name) for name in (one, other))
    if left == right:
        raise BadParameter(_SAME_TWICE)
    return left, right


def _to_city(revision: Revision, name: str) -> URIRef:
    return URIRef(name) if "://" in name else thing_iri(revision, "city", name, called=_CITY)


def check_cities(revision: Revision, cities: Collection[URIRef]) -> None:
    """Want each of the cities to be described by a source, joined to another one or not.

    Raises
    ------
    NotFound, BadParameter
        None describes it, or it is no address.
    """
    known = {place.key for place in read_places(revision, set(cities))}
    for city in sorted(cities):
        if str(city) in known:
            continue
        if thing_of(revision, city).kind == "city":  # offers those that are written alike
            existing_iri(revision, "city", to_name(city, revision.iris), lambda _: False, called=_CITY)
        raise NotFound(kind=_CITY, name=str(city))


def to_judgement(
    pair: tuple[URIRef, URIRef], verdict: SamenessVerdict, office: str, why: str, ordinal: int = 1
) -> Judgement:
    """Return a decision of today as the graph has it; nobody says in which language the reason is."""
    return Judgement(*pair, verdict, office, date.today(), dict.fromkeys(LANGUAGES, why), ordinal)


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
    office, why = choose_office(sent, store.current(), settings.city), sent.get("why")
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
