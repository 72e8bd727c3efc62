"""``kopru recommend``: whom a city could work with next, and why."""

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
from graph.recommendation.model import NetworkAdvice, Purpose, Recommendation, Recommendations
from ontology.messages import N_

__all__ = ["EXAMPLE", "HELP", "recommend"]

HELP = N_("Recommend partners for a city: best affinity first, with reasons and what speaks against them.")
EXAMPLE = N_("Example: kopru recommend antalya --purpose twinning --top 10")

ThemeOption = Annotated[
    str | None, typer.Option("--theme", metavar="T", help=N_("Theme that the checklist is about."))
]


def recommend(  # noqa: PLR0913 (the options of a command)
    ctx: typer.Context,
    city: CityArgument,
    theme: ThemeOption = None,
    purpose: Annotated[Purpose, typer.Option("--purpose", help=N_("What the partner is for."))] = "twinning",
    as_of: DayOption = None,
    top: Annotated[
        int, typer.Option("--top", min=1, max=1000, metavar="N", help=N_("How many candidates."))
    ] = 10,
    form: FormOption = "table",
    store: StoreOption = None,
) -> None:
    """Recommend partners."""
    from graph.questions.projects import theme_iri
    from graph.recommendation.service import Asked, Recommender

    session = get_session(ctx)
    _, opened = open_named_store(session, store)
    revision = opened.current()
    asked = Asked(theme=str(theme_iri(revision, theme)) if theme else None, limit=top)
    found = Recommender(revision, read_day(as_of)).recommend(city, asked, purpose=purpose)
    if form == "json":
        from api.models_recommendation import to_recommendations

        answer = to_recommendations(found, revision=revision.number).model_dump(mode="json")
        session.write_json(answer)
    else:
        _show(session, found)


def _show(session: Session, found: Recommendations) -> None:
    """Write the list, then the reasons of each place, then what would widen the view."""
    if not found.enough:
        session.say(
            N_("Not enough is known of {city} to recommend anyone."),
            city=found.city.label.get(session.language),
        )
    else:
        headings = session.translate_all(
            N_("Rank"), N_("Candidate"), N_("Country"), N_("Affinity"), N_("Known")
        )
        session.table(headings, [_row(session, item) for item in found.items], right=(0, 3, 4))
        for item in found.items:
            _show_one(session, item)
    for sentence in found.widen:
        session.note("{sentence}", sentence=sentence.get(session.language))


def _row(session: Session, item: Recommendation | NetworkAdvice) -> tuple[object, ...]:
    if isinstance(item, NetworkAdvice):
        return item.rank, item.network.label.get(session.language), "–", f"{item.affinity:.2f}", item.members
    country = item.city.country_label
    return (
        item.rank,
        item.city.label.get(session.language),
        country.get(session.language) if country else "–",
        f"{item.affinity:.2f}",
        f"{item.coverage:.0%}",
    )


def _show_one(session: Session, item: Recommendation | NetworkAdvice) -> None:
    label = item.network.label if isinstance(item, NetworkAdvice) else item.city.label
    session.say("{rank}. {name}", rank=item.rank, name=label.get(session.language))
    for reason in item.reasons:
        session.say(
            "   + {text} ({value:+.2f})", text=reason.text.get(session.language), value=reason.contribution
        )
    for remark in item.against:
        session.say("   - {text}", text=remark.text.get(session.language))
