"""Judgements of sameness in a run: what people decided, what the rules judge of what is new, both stored.

People's decisions stand in ``judgements.yml`` in the records folder: appended, never rewritten, each with
the office that decided and the reason. The rules' judgements stand in the graph of the judgements; a
pair that was judged once is not judged again.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from rdflib import URIRef
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from graph.draft import Draft
from graph.faults import storage_errors
from graph.identity.described import judge_by_rule, read_places
from graph.identity.judgements import RULE, Judged, Judgement, read_judgements, to_statements
from graph.publishing import OnStep
from graph.revision import RevisionInfo
from graph.store import GraphStore, ignore_step
from ontology.errors import BadParameter, InvalidBatch, RecordError
from ontology.iris import Iris
from ontology.messages import N_, Language
from ontology.terms import SCHEMA

__all__ = [
    "GRAPH", "append_decision", "judge", "publish_judgements", "read_decisions", "record_decision", "to_iri",
]  # fmt: skip

#: The name of the graph of the judgements.
GRAPH = "judgements"
_FILE = "judgements.yml"
_TITLE: dict[Language, str] = {"tr": "Aynılık kararları", "en": "Judgements of sameness"}
_HEAD = """\
# TR  Hangi iki kent kaydının aynı yer olduğuna ya da olmadığına birimlerin verdiği kararlar.
#     'kopru match decide' sona ekler; yazılmış bir karar değiştirilmez, 'kopru match undo' ile geri alınır.
# EN  What offices decided: which two descriptions of cities mean one place, and which do not.
#     'kopru match decide' appends here; a decision is never changed, 'kopru match undo' takes it back.
judgements:
"""
_FIELDS = {"one", "other", "verdict", "office", "why", "on"}
_VERDICTS: dict[str, Judged] = {"same": "same", "different": "different", "withdrawn": "withdrawn"}


def read_decisions(records: Path, iris: Iris) -> list[Judgement]:
    """Return what people decided, in the order in which they did.

    Raises
    ------
    RecordError
        The file is no list of decisions.
    """
    path = records / _FILE
    try:
        content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (YAMLError, UnicodeDecodeError) as error:
        raise _wrong() from error
    entries = content.get("judgements") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        raise _wrong()
    seen: Counter[tuple[URIRef, URIRef]] = Counter()
    found = []
    for entry in entries:
        judgement = _to_judgement(entry, iris)
        seen[judgement.pair] += 1
        found.append(_numbered(judgement, seen[judgement.pair]))
    return found


def append_decision(records: Path, judgement: Judgement, iris: Iris) -> None:
    """Append one decision to the file; what is there stays as it is.

    Raises
    ------
    StoreNotWritable, StoreFull
        Nothing was appended.
    """
    path = records / _FILE
    slugs = [_to_name(place, iris) for place in judgement.pair]
    fields = {
        "one": slugs[0], "other": slugs[1], "verdict": judgement.verdict, "office": judgement.by,
        "why": judgement.why["en"], "on": str(judgement.on),
    }  # fmt: skip
    line = "  - {" + ", ".join(f"{name}: {_quoted(text)}" for name, text in fields.items()) + "}\n"
    with storage_errors(records, writing=True), path.open("a", encoding="utf-8") as file:
        file.write(line if file.tell() else _HEAD + line)


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


def record_decision(
    store: GraphStore, records: Path, judgement: Judgement, on_step: OnStep = ignore_step
) -> RevisionInfo | None:
    """Keep a decision and publish what follows; ``None`` when nothing does.

    Raises
    ------
    BadParameter
        There is no decision that could be withdrawn. Nothing was kept.
    InvalidBatch
        The two cities joined would contradict a rule. Nothing was kept.
    KopruError
        The records or the store can't be used.
    """
    with store.writer(on_step) as draft:
        before = [one for one in read_decisions(records, draft.iris) if one.pair == judgement.pair]
        if judgement.verdict == "withdrawn" and (not before or before[-1].verdict == "withdrawn"):
            raise BadParameter(N_("No decision about these two cities is in force: nothing to take back."))
        judge(draft, records, [_numbered(judgement, len(before) + 1)])
        _check(draft)
        # Kept before it is published: were the program to end between the two, the next run would publish.
        append_decision(records, judgement, draft.iris)
        return draft.publish()


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


def _to_name(place: URIRef, iris: Iris) -> str:
    try:
        return iris.parse(place).slug
    except ValueError:
        return str(place)


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


def _numbered(judgement: Judgement, ordinal: int) -> Judgement:
    return Judgement(
        judgement.one, judgement.other, judgement.verdict, judgement.by, judgement.on, judgement.why, ordinal
    )


def _wrong() -> RecordError:
    return RecordError(
        N_("Each decision must have one, other, verdict (same, different, withdrawn), office, why and on."),
        file=_FILE, line=None,
    )  # fmt: skip


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
