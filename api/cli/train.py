"""``kopru train``: parameters of the ranker from plain tables."""

from typing import Annotated

import typer

from api.cli.options import get_session
from api.cli.rank import CitiesOption, MembershipsOption, OutOption, ProjectsOption, TwinsOption, tell_notes
from api.cli.session import Session
from ontology.errors import StoreNotWritable
from ontology.messages import N_
from ontology.reasons import reason_of

__all__ = ["train"]

HELP = N_(
    "Train the ranker on plain tables (CSV or CSV.gz); takes minutes. The same tables and seed give the "
    "same parameters. Ties that are to test it must not be in the tables."
)
EXAMPLE = N_("Example: kopru train --twins twins.csv --cities cities.csv --out parameters.json")

_STEPS = {
    "sample": N_("Taking ties out and sampling choices: {done} of {count} …"),
    "fit": N_("Fitting the linear model …"),
    "grow": N_("Growing trees: {done} of {count} …"),
    "measure": N_("Measuring on ties that were not learnt from …"),
}


def train(  # noqa: PLR0913 (one for each option)
    ctx: typer.Context,
    twins: TwinsOption,
    out: OutOption,
    memberships: MembershipsOption = None,
    cities: CitiesOption = None,
    projects: ProjectsOption = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help=N_("Of everything random."))] = 0,
) -> None:
    """Train the ranker and write its parameters."""
    from graph.ranking.tables import read_tables
    from graph.ranking.training import train as train_on

    session = get_session(ctx)
    tables = read_tables(twins, memberships, cities, projects)
    tell_notes(session, tables)
    found = train_on(tables, seed=seed, on_step=lambda step: _tell(session, step))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        found.save(out)
    except OSError as error:
        raise StoreNotWritable(
            N_("{path} can't be written ({reason}). Choose another place with --out."),
            path=out, reason=reason_of(error),
        ) from error  # fmt: skip
    session.say(
        N_("{path}: parameters from {ties} ties of data {data}."),
        path=out, ties=len(tables.twins), data=found.data,
    )  # fmt: skip


def _tell(session: Session, step: str) -> None:
    name, *numbers = step.split()
    done, count = numbers or ("", "")
    session.note(_STEPS[name], done=done, count=count)
