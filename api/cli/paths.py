"""``kopru paths``: how two things are connected, step by step."""

from typing import Annotated

import typer

from api.cli.options import DayOption, FormOption, StoreOption, get_session, open_named_store, read_day
from api.cli.session import Session
from graph.connections import MAX_PATHS, Paths, PathTold
from graph.lookup import Lookup
from graph.recommendation.model import Step
from ontology.errors import NotFound
from ontology.messages import N_

__all__ = ["EXAMPLE", "HELP", "paths"]

HELP = N_("Show how two cities, networks or projects are connected, over ties in force.")
EXAMPLE = N_("Example: kopru paths antalya izmir --max 3")

EndArgument = N_("A name, a city's slug, or network/… or project/….")
_WHICH = N_("'{name}' may be any of these: {nearest}. Name one of them.")


def paths(  # noqa: PLR0913 (the options of a command)
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar=N_("FROM"), help=EndArgument)],
    target: Annotated[str, typer.Argument(metavar=N_("TO"), help=EndArgument)],
    most: Annotated[
        int, typer.Option("--max", min=1, max=MAX_PATHS, metavar="N", help=N_("How many ways."))
    ] = 5,
    as_of: DayOption = None,
    form: FormOption = "table",
    store: StoreOption = None,
) -> None:
    """Show the ways."""
    from graph.connections import tell_paths
    from graph.lookup import look_up
    from graph.projection import project_ties

    session = get_session(ctx)
    _, opened = open_named_store(session, store)
    revision, day = opened.current(), read_day(as_of)
    projection = project_ties(revision, day)
    ends = [_meant(look_up(revision, projection, text)) for text in (source, target)]
    found = tell_paths(revision, projection, ends[0], ends[1], most)
    if form == "json":
        from api.models_connections import to_paths

        session.write_json(to_paths(found, as_of=day, revision=revision.number).model_dump(mode="json"))
    else:
        _show(session, found)


def _meant(found: Lookup) -> str:
    """Return the IRI of what was named.

    Raises
    ------
    NotFound
        Nothing bears the name, or several things do.
    """
    from graph.lookup import slug_path

    if found.meant:
        return found.meant.iri
    if found.offered:
        names = ", ".join(slug_path(one) for one in found.offered)
        raise NotFound(_WHICH, kind="", name=found.text, nearest=names)
    raise NotFound(kind=N_("city, network or project"), name=found.text)


def _show(session: Session, found: Paths) -> None:
    """Write through whom the target is reached, then the ways."""
    language = session.language
    if not found.paths:
        session.say(N_("Nothing recorded connects the two. That says nothing of ties that nobody recorded."))
        return
    if found.through:
        names = ", ".join(one.label.get(language) for one in found.through)
        session.say(N_("Reached through: {names}."), names=names)
    headings = session.translate_all(N_("From"), N_("Tie"), N_("To"), N_("Since"), N_("Grade"))
    for number, path in enumerate(found.paths, start=1):
        session.say(N_("Way {number}, cost {cost}"), number=number, cost=f"{path.cost:g}")
        session.table(headings, _rows(session, path))


def _rows(session: Session, path: PathTold) -> list[tuple[str, ...]]:
    language = session.language
    rows: list[tuple[str, ...]] = []
    for place, steps in enumerate(path.hops):
        one, other = path.nodes[place].label.get(language), path.nodes[place + 1].label.get(language)
        rows += [(one, step.relation.label.get(language), other, *_dates(session, step)) for step in steps]
    return rows


def _dates(session: Session, step: Step) -> tuple[str, str]:
    from viz.formats import format_date_text
    from viz.kinds import GRADE_LABELS

    start = format_date_text(step.start, session.language) if step.start else "–"
    grade = next((word for value, word in GRADE_LABELS.items() if value == step.grade), step.grade)
    return start, session.translate(grade)
