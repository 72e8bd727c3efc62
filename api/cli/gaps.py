"""``kopru gaps``: what a city's relations leave unused, and who could close it."""

from typing import Annotated

import typer

from api.cli.options import (
    CityArgument,
    DayOption,
    FormOption,
    StoreOption,
    get_session,
    open_named_store,
    read_day,
)
from api.cli.session import Session
from graph.gaps.model import KIND_TITLES, Gap, GapKind, Gaps
from ontology.messages import N_

__all__ = ["EXAMPLE", "HELP", "gaps"]

HELP = N_("Show what a city's relations leave unused: each finding with its size and who would close it.")
EXAMPLE = N_("Example: kopru gaps antalya --as-of 2024-03-04 --kind dormant_partner")


def gaps(  # noqa: PLR0913 (the options of a command)
    ctx: typer.Context,
    city: CityArgument,
    as_of: DayOption = None,
    kind: Annotated[GapKind | None, typer.Option("--kind", help=N_("Only this kind of finding."))] = None,
    theme: Annotated[
        str | None, typer.Option("--theme", metavar="T", help=N_("Only findings about this theme."))
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=200, metavar="N", help=N_("How many of each kind."))
    ] = 10,
    form: FormOption = "table",
    store: StoreOption = None,
) -> None:
    """Show the gaps."""
    from graph.gaps.service import Wanted, find_gaps
    from graph.questions.places import city_iri
    from graph.questions.projects import theme_iri
    from graph.recommendation.service import Recommender

    session = get_session(ctx)
    _, opened = open_named_store(session, store)
    revision, day = opened.current(), read_day(as_of)
    city_iri(revision, city)
    wanted = Wanted((kind,) if kind else (), str(theme_iri(revision, theme)) if theme else None, limit)
    recommender = Recommender(revision, day)
    found = find_gaps(revision, recommender.projection, city, wanted, recommender)
    if form == "json":
        from api.models_gaps import to_gaps

        answer = to_gaps(found, revision=revision.number).model_dump(mode="json")
        session.write_json(answer)
    else:
        _show(session, found)


def _show(session: Session, found: Gaps) -> None:
    """Write what would widen the view, then a table for each kind."""
    for one in found.widen:
        session.say("{sentence} ({command})", sentence=one.text.get(session.language), command=one.command)
    if not found.items:
        session.say(N_("No gap was found. What is not recorded can't be looked for."))
    headings = session.translate_all(N_("About"), N_("Finding"), N_("Size"), N_("Who would close it"))
    for kind, total in found.totals.items():
        shown = [gap for gap in found.items if gap.kind == kind]
        session.say("{kind}: {total}", kind=KIND_TITLES[kind].get(session.language), total=total)
        session.table(headings, [_row(session, gap) for gap in shown])
    if found.hidden.pairs:
        session.note(
            N_(
                "Of {pairs} pairs of partners that share a network {hidden} are hidden, since chance "
                "explains what they share."
            ),
            pairs=found.hidden.pairs,
            hidden=found.hidden.hidden,
        )


def _row(session: Session, gap: Gap) -> tuple[str, ...]:
    language = session.language
    names = ", ".join(one.label.get(language) for one in gap.candidates) or "–"
    return (
        gap.title.get(language),
        gap.text.get(language),
        f"{gap.size:g} {gap.unit.get(language)}",
        names,
    )
