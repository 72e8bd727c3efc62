"""``kopru match``: the queue of pairs of cities of which no rule is sure, and people's decisions."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.cli.options import RecordsOption, StoreOption, get_session, open_named_store
from api.cli.session import Session
from ontology.errors import BadParameter
from ontology.messages import N_

if TYPE_CHECKING:
    from graph.identity.judgements import Judged, Judgement
    from graph.identity.queue import Waiting, WaitingPage
    from graph.store import GraphStore

__all__ = ["decide", "queue", "undo"]

HELP = N_("Which cities of several sources are one: the pairs that wait for a decision, and decisions.")
EXAMPLE = N_("Example: kopru match list")
LIST_HELP = N_("List the pairs of which no rule is sure, with the reasons.")
LIST_EXAMPLE = N_("Example: kopru match list --limit 20 --format json")
DECIDE_HELP = N_("Decide whether two cities are one. The decision is kept with the reason and the office.")
DECIDE_EXAMPLE = N_(
    'Example: kopru match decide nuremberg nurnberg-de same --why "one GeoNames entry" '
    '--office "Foreign Relations"'
)
UNDO_HELP = N_("Take back what was decided of two cities; what the rules judged holds again.")
UNDO_EXAMPLE = N_(
    'Example: kopru match undo nuremberg nurnberg-de --why "mistaken" --office "Foreign Relations"'
)

#: So many pairs are listed where nothing else is asked for.
_PAIRS = 50

One = Annotated[str, typer.Argument(metavar="A", help=N_("Id or address of a city."))]
Other = Annotated[str, typer.Argument(metavar="B", help=N_("Id or address of the other one."))]
Why = Annotated[str, typer.Option("--why", metavar=N_("TEXT"), help=N_("The reason."))]
Office = Annotated[
    str, typer.Option("--office", metavar=N_("TEXT"), help=N_("The office that decides; never a person."))
]


def queue(
    ctx: typer.Context,
    store: StoreOption = None,
    format_: Annotated[
        Literal["table", "json"], typer.Option("--format", help=N_("How the answer is written."))
    ] = "table",
    limit: Annotated[
        int, typer.Option("--limit", min=1, metavar="N", help=N_("How many pairs are listed."))
    ] = _PAIRS,
    offset: Annotated[
        int, typer.Option("--offset", min=0, metavar="N", help=N_("How many pairs are passed over first."))
    ] = 0,
) -> None:
    """List what waits."""
    from graph.identity.queue import read_waiting

    session = get_session(ctx)
    _, opened = open_named_store(session, store)
    waiting = read_waiting(opened.current(), offset, limit)
    if format_ == "json":
        rows = [_to_json(pair) for pair in waiting.pairs]
        session.write(json.dumps(rows, ensure_ascii=False, indent=2).encode() + b"\n")
    elif waiting.pairs:
        _show(session, waiting.pairs)
    elif not waiting.count:
        session.say(N_("No pair of cities waits for a decision."))
    _tell_rest(session, waiting, offset)


def _tell_rest(session: Session, waiting: "WaitingPage", offset: int) -> None:
    """Say which of the pairs these are, where there are others."""
    if not waiting.pairs and waiting.count:
        session.note(N_("Only {count} pairs wait for a decision."), count=waiting.count)
    elif len(waiting.pairs) < waiting.count:
        last = offset + len(waiting.pairs)
        session.note(
            N_("Pairs {first} to {last} of {count}."), first=offset + 1, last=last, count=waiting.count
        )
        if last < waiting.count:
            session.note(N_("The next ones: --offset {offset}."), offset=last)


def decide(  # noqa: PLR0913 (what a decision consists of)
    ctx: typer.Context,
    one: One,
    other: Other,
    verdict: Annotated[Literal["same", "different"], typer.Argument(help=N_("What is decided."))],
    why: Why,
    office: Office,
    store: StoreOption = None,
    records: RecordsOption = None,
) -> None:
    """Keep a decision and publish what follows."""
    _record(ctx, (one, other), verdict, (why, office), store, records)


def undo(  # noqa: PLR0913 (what a decision consists of)
    ctx: typer.Context,
    one: One,
    other: Other,
    why: Why,
    office: Office,
    store: StoreOption = None,
    records: RecordsOption = None,
) -> None:
    """Take a decision back and publish what follows."""
    _record(ctx, (one, other), "withdrawn", (why, office), store, records)


def _record(  # noqa: PLR0913 (what a decision consists of)
    ctx: typer.Context,
    names: tuple[str, str],
    verdict: "Judged",
    said: tuple[str, str],
    store: str | None,
    records: object,
) -> None:
    from ingest.judging import record_decision

    session = get_session(ctx)
    settings, opened = open_named_store(session, store, records=records)
    judgement = _to_judgement(names, verdict, said, opened)
    published = record_decision(opened, settings.records_folder, judgement, session.on_step)
    if published is None:
        session.say(N_("The decision is kept; nothing else follows from it."))
    else:
        session.say(N_("The decision is kept. Published as revision {number}."), number=published.number)


def _to_judgement(
    names: tuple[str, str], verdict: "Judged", said: tuple[str, str], opened: "GraphStore"
) -> "Judgement":
    """Return the decision; both cities must be in the graph."""
    from graph.identity.described import read_places
    from graph.identity.judgements import RULE, Judgement
    from ingest.judging import to_iri

    why, office = (" ".join(text.split()) for text in said)
    if not why or not office or office.casefold() == RULE:
        raise BadParameter(N_("A decision needs a reason and an office: --why TEXT --office TEXT."))
    one, other = sorted(to_iri(name, opened.iris) for name in names)
    if one == other:
        raise BadParameter(N_("These are two names of one address: there is nothing to decide."))
    if verdict != "withdrawn":
        # What was decided can be taken back even after its sources have gone.
        known = {place.key for place in read_places(opened.current(), {one, other})}
        for place in (one, other):
            if str(place) not in known:
                raise BadParameter(
                    N_("No source has the city '{value}'. 'kopru match list' shows ids."), value=place
                )
    judgement = Judgement(one, other, verdict, office, date.today())
    return replace(judgement, why={"tr": why, "en": why})


def _show(session: Session, waiting: "Sequence[Waiting]") -> None:
    headings = session.translate_all(N_("One"), N_("Other"), N_("Distance (km)"), N_("Why it is not sure"))
    rows = [
        (
            f"{pair.one.name} ({pair.one_id})",
            f"{pair.other.name} ({pair.other_id})",
            "–" if pair.distance is None else f"{pair.distance:.0f}",
            pair.why[session.language],
        )
        for pair in waiting
    ]
    session.table(headings, rows, right=(2,))


def _to_json(pair: "Waiting") -> dict[str, object]:
    return {
        "one": pair.one.key, "other": pair.other.key, "names": [pair.one.name, pair.other.name],
        "distance_km": None if pair.distance is None else round(pair.distance, 1), "why": dict(pair.why),
        "command": pair.command,
    }  # fmt: skip
