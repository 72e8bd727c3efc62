"""``kopru consortia``: who could apply for a call together with a city."""

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
from graph.consortium.model import Consortia, Member, Role
from ontology.messages import N_

__all__ = ["EXAMPLE", "HELP", "consortia"]

HELP = N_("Propose consortia that meet the conditions of a call, the best first, each half new.")
EXAMPLE = N_("Example: kopru consortia antalya --size 5 --countries 3 --theme tourism")

#: A gap below it is none.
_PROVEN = 1e-6

PartnersOption = Annotated[
    int | None,
    typer.Option("--partners", min=1, max=100, metavar="N", help=N_("Partners at least, the city included.")),
]
CountriesOption = Annotated[
    int | None,
    typer.Option(
        "--countries", min=1, max=100, metavar="N", help=N_("Countries at least, our own included.")
    ),
]
EligibleOption = Annotated[
    list[str] | None,
    typer.Option(
        "--eligible", metavar="ISO", help=N_("A country that may apply; may be repeated. None: all.")
    ),
]
ThemesOption = Annotated[
    list[str] | None, typer.Option("--theme", metavar="T", help=N_("A wanted theme; may be repeated."))
]
SizeOption = Annotated[
    int | None, typer.Option("--size", min=2, max=50, metavar="N", help=N_("Members, the city included."))
]
PerCountryOption = Annotated[
    int | None,
    typer.Option(
        "--most-per-country", min=1, max=50, metavar="N", help=N_("Members of one country at most.")
    ),
]


def consortia(  # noqa: PLR0913 (the options of a command)
    ctx: typer.Context,
    city: CityArgument,
    call: Annotated[
        str | None, typer.Option("--call", metavar="C", help=N_("Slug of a recorded call: its conditions."))
    ] = None,
    partners: PartnersOption = None,
    countries: CountriesOption = None,
    eligible: EligibleOption = None,
    themes: ThemesOption = None,
    all_themes: Annotated[
        bool, typer.Option("--all-themes", help=N_("Every theme has to be covered."))
    ] = False,
    role: Annotated[Role, typer.Option("--role", help=N_("What the city is itself."))] = "coordinator",
    size: SizeOption = None,
    most_per_country: PerCountryOption = None,
    proposals: Annotated[
        int, typer.Option("--proposals", min=1, max=10, metavar="N", help=N_("How many at most."))
    ] = 3,
    as_of: DayOption = None,
    form: FormOption = "table",
    store: StoreOption = None,
) -> None:
    """Propose consortia."""
    from api.models_consortia import ConsortiumRequest, to_consortia, to_terms
    from graph.consortium.service import propose
    from graph.questions.places import city_iri
    from graph.recommendation.service import Recommender

    session = get_session(ctx)
    _, opened = open_named_store(session, store)
    revision, day = opened.current(), read_day(as_of)
    city_iri(revision, city)
    wanted = ConsortiumRequest(
        city=city, call=call, minimum_partners=partners, minimum_countries=countries,
        eligible_countries=tuple(eligible or ()), themes=tuple(themes or ()), all_themes=all_themes,
        role=role, size=size, most_per_country=most_per_country, proposals=proposals, as_of=day,
    )  # fmt: skip
    found = propose(Recommender(revision, day), city, to_terms(revision, wanted), proposals)
    if form == "json":
        session.write_json(to_consortia(found, revision=revision.number).model_dump(mode="json"))
    else:
        _show(session, found)


def _show(session: Session, found: Consortia) -> None:
    """Write what would widen the view, then the proposals, or what stands in the way."""
    language = session.language
    for one in found.widen:
        session.say("{sentence} ({command})", sentence=one.text.get(language), command=one.command)
    for failure in found.failing:
        session.say(N_("In the way: {reason}"), reason=failure.text.get(language))
    headings = session.translate_all(N_("Member"), N_("Country"), N_("Why"), N_("What speaks against it"))
    for number, proposal in enumerate(found.proposals, start=1):
        sure = N_("Proposal {number}: value {value}; proven, none is better")
        unsure = N_("Proposal {number}: value {value}, at most {percent} % below the best")
        facts = {"number": number, "value": f"{proposal.value:.2f}", "percent": f"{100 * proposal.gap:.2g}"}
        session.say(sure if proposal.gap < _PROVEN else unsure, **facts)
        session.table(headings, [_row(session, member) for member in proposal.members])


def _row(session: Session, member: Member) -> tuple[str, ...]:
    language = session.language
    reasons = " ".join(reason.get(language) for reason in member.reasons)
    against = " ".join(remark.text.get(language) for remark in member.against)
    return member.label.get(language), member.country, reasons, against or "–"
