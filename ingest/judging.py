"""Judgements of sameness in a run: what people decided, what the rules judge of what is new, both stored.

People's decisions stand in ``judgements.yml`` in the records folder: appended, never rewritten, each with
the office that decided and the reason. The rules' judgements stand in the graph of the judgements; a
pair that was judged once is not judged again.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from rdflib import URIRef
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from graph.draft import Draft
from graph.identity.described import judge_by_rule, read_places
from graph.identity.judgements import RULE, Judged, Judgement, read_judgements, to_statements
from graph.publishing import OnStep
from graph.revision import RevisionInfo
from graph.store import GraphStore, ignore_step
from ingest.appending import append_text
from ingest.workbook.yaml_text import to_scalar
from ontology.errors import BadParameter, DecidedMeanwhile, InvalidBatch, RecordError
from ontology.iris import Iris
from ontology.messages import N_, Language
from ontology.terms import SCHEMA

__all__ = [
    "FILE", "GRAPH", "append_decision", "append_decisions", "judge", "publish_judgements", "read_decisions",
    "record_decision", "record_decisions", "to_iri", "to_name",
]  # fmt: skip

#: The name of the graph of the judgements.
GRAPH = "judgements"
#: Where people's decisions stand in the records folder.
FILE = "judgements.yml"
_TITLE: dict[Language, str] = {"tr": "Aynılık kararları", "en": "Judgements of sameness"}
_HEAD = """\
# TR  Hangi iki kent kaydının aynı yer olduğuna ya da olmadığına birimlerin verdiği kararlar.
#     /match sayfası ve 'kopru match decide' sona ekler; yazılmış bir karar değiştirilmez, geri alınması da
#     sona yazılır ('kopru match undo'). Kişi adı yazılmaz.
# EN  What offices decided: which two descriptions of cities mean one place, and which do not.
#     The page /match and 'kopru match decide' append here; a decision is never changed, and taking it back
#     is appended too ('kopru match undo'). No person is named.
judgements:
"""
_FIELDS = {"one", "other", "verdict", "office", "why", "on"}
_TWICE = N_("Two decisions are about '{one}' and '{other}'. Nothing was written; decide once on each pair.")
_VERDICTS: dict[str, Judged] = {"same": "same", "different": "different", "withdrawn": "withdrawn"}


def read_decisions(records: Path, iris: Iris) -> list[Judgement]:
    """Return what people decided, in the order in which they did.

    Raises
    ------
    RecordError
        The file is no list of decisions.
    """
    try:
        return list(_read(_text_of(records / FILE), iris))
    except FileNotFoundError:
        return []


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _wrong() from error


@lru_cache(maxsize=4)
def _read(text: str, iris: Iris) -> tuple[Judgement, ...]:
    """Return the decisions of the file's text; a page and a run ask for the same several times."""
    try:
        content = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise _wrong() from error
    entries = content.get("judgements") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        raise _wrong()
    seen: Counter[tuple[URIRef, URIRef]] = Counter()
    found = []
    for entry in entries:
        judgement = _to_judgement(entry, iris)
        seen[judgement.pair] += 1
        found.append(replace(judgement, ordinal=seen[judgement.pair]))
    return tuple(found)


def append_decision(records: Path, judgement: Judgement, iris: Iris) -> None:
    """Append one decision to the file; see ``append_decisions``."""
    append_decisions(records, [judgement], iris)


def append_decisions(records: Path, judgements: Iterable[Judgement], iris: Iris) -> None:
    """Append decisions to the file, all or none of them; what is there stays as it is.

    Raises
    ------
    StoreNotWritable, StoreFull
        Nothing was appended.
    """
    append_text(records / FILE, "".join(_to_line(one, iris) for one in judgements), _HEAD)


def _to_line(judgement: Judgement, iris: Iris) -> str:
    one, other = (to_name(place, iris) for place in judgement.pair)
    fields = {
        "one": one, "other": other, "verdict": judgement.verdict, "office": judgement.by,
        "why": judgement.why["en"], "on": str(judgement.on),
    }  # fmt: skip
    pairs = [f"{name}: {to_scalar(text, quoted=True)}" for name, text in fields.items()]
    return "  - {" + ", ".join(pairs) + "}\n"


def judge(draft: Draft, records: Path, pending: Iterable[Judgement] = ()) -> bool:
    """Bring the graph of the judgements of a draft up to date; return whether it changed.

    ``pending`` are decisions that are not in the file yet.
    """
    stored = read_judgements(draft.named_graph(draft.iris.graph(GRAPH)))
    by_rule = [judgement for judgement in stored if judgement.by == RULE]
    known = {judgement.pair for judgement in by_rule}
    now = datetime.now(UTC)
    # Descriptions that nothing changed are judged already.
    places = read_places(draft) if draft.is_about(SCHEMA.City) else []
    new = [one for one in judge_by_rule(places, now.date()) if one.pair not in known]
    judgements = [*by_rule, *new, *read_decisions(records, draft.iris), *pending]
    if not judgements and not stored:
        return False
    preferred = frozenset(_own_cities(draft))
    judged = {place for judgement in judgements for place in judgement.pair}
    present = frozenset(place for place in judged if draft.declares(place, SCHEMA.City))
    rdf = to_statements(judgements, preferred, draft.iris, present)
    return draft.replace_source(GRAPH, rdf, retrieved_at=now, title=_TITLE)


def to_iri(name: str, iris: Iris) -> URIRef:
    """Return the IRI of a city from its id or its whole IRI."""
    return URIRef(name) if "://" in name else iris.thing("city", name)


def to_name(place: URIRef, iris: Iris) -> str:
    """Return what ``to_iri`` understands: the id of a city of ours, else its whole IRI."""
    return iris.short("city", place)


def record_decision(
    store: GraphStore, records: Path, judgement: Judgement, on_step: OnStep = ignore_step
) -> RevisionInfo | None:
    """Keep one decision and publish what follows; see ``record_decisions``."""
    return record_decisions(store, records, [judgement], on_step)


def record_decisions(
    store: GraphStore, records: Path, judgements: Sequence[Judgement], on_step: OnStep = ignore_step,
    *, as_seen: bool = False,
) -> RevisionInfo | None:  # fmt: skip
    """Keep decisions on pairs of cities, all or none, and publish what follows once.

    Parameters
    ----------
    judgements
        At most one of each pair; they are numbered here.
    as_seen
        The ordinals tell what whoever decided had before his eyes: 1 where nothing had been decided of the
        pair, 2 after one decision, and so on. Another decision in between refuses all.

    Returns
    -------
    RevisionInfo or None
        ``None`` when nothing follows.

    Raises
    ------
    BadParameter
        There is no decision that could be withdrawn, or two are about one pair. Nothing was kept.
    DecidedMeanwhile
        The ordinals are no longer true. Nothing was kept.
    InvalidBatch
        Cities that are joined would contradict a rule. Nothing was kept.
    KopruError
        The records or the store can't be used.
    """
    with store.writer(on_step) as draft:
        pending = _place(judgements, read_decisions(records, draft.iris), draft.iris, as_seen=as_seen)
        judge(draft, records, pending)
        _check(draft)
        # Kept before it is published: were the program to end between the two, the next run would publish.
        append_decisions(records, pending, draft.iris)
        return draft.publish()


def _place(
    judgements: Sequence[Judgement], before: Iterable[Judgement], iris: Iris, *, as_seen: bool
) -> list[Judgement]:
    """Return decisions with their ordinals after those that stand in the file, or raise."""
    last = {judgement.pair: judgement for judgement in before}
    placed: dict[tuple[URIRef, URIRef], Judgement] = {}
    for judgement in judgements:
        held = last.get(judgement.pair)
        ordinal = held.ordinal + 1 if held else 1
        one, other = (to_name(place, iris) for place in judgement.pair)
        if judgement.pair in placed:
            raise BadParameter(_TWICE, one=one, other=other)
        if as_seen and judgement.ordinal != ordinal:
            raise DecidedMeanwhile(one=one, other=other)
        if judgement.verdict == "withdrawn" and (held is None or held.verdict == "withdrawn"):
            raise BadParameter(N_("No decision about these two cities is in force: nothing to take back."))
        placed[judgement.pair] = replace(judgement, ordinal=ordinal)
    return list(placed.values())


def publish_judgements(
    store: GraphStore, records: Path, on_step: OnStep = ignore_step
) -> RevisionInfo | None:
    """Publish what people decided since; ``None`` when nothing follows from it.

    Raises
    ------
    KopruError
        The decisions or the store can't be used, or two cities that were joined contradict a rule.
    """
    with store.writer(on_step) as draft:
        judge(draft, records)
        _check(draft)
        return draft.publish()


def _check(draft: Draft) -> None:
    draft.derive()
    report = draft.check()
    if not report.conforms:
        raise InvalidBatch(report.violations)


def _own_cities(draft: Draft) -> Iterable[URIRef]:
    return (s for s in draft.named_graph(draft.iris.graph("records")).subjects() if isinstance(s, URIRef))


def _to_judgement(entry: object, iris: Iris) -> Judgement:
    if not isinstance(entry, dict) or set(entry) != _FIELDS or entry["verdict"] not in _VERDICTS:
        raise _wrong()
    one, other = sorted(to_iri(str(entry[side]), iris) for side in ("one", "other"))
    try:
        on = date.fromisoformat(str(entry["on"]))
    except ValueError as error:
        raise _wrong() from error
    if str(entry["office"]).casefold() == RULE:
        raise _wrong()
    why: dict[Language, str] = {"tr": str(entry["why"]), "en": str(entry["why"])}
    return Judgement(one, other, _VERDICTS[entry["verdict"]], str(entry["office"]), on, why)


def _wrong() -> RecordError:
    return RecordError(
        N_("Each decision must have one, other, verdict (same, different, withdrawn), office, why and on."),
        file=FILE, line=None,
    )  # fmt: skip
