"""``kopru rank``: the ranker on plain tables, without a store."""

import csv
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import get_session
from api.cli.session import Session
from ontology.errors import BadParameter, KopruError, StoreNotWritable
from ontology.messages import N_, Phrase
from ontology.reasons import reason_of

if TYPE_CHECKING:
    from graph.ranking.ranker import Ranking
    from graph.ranking.tables import WorldTables

__all__ = [
    "CitiesOption",
    "MembershipsOption",
    "OutOption",
    "ProjectsOption",
    "TwinsOption",
    "rank",
    "tell_notes",
]

HELP = N_(
    "Rank possible partners for many cities from plain tables (CSV or CSV.gz), without a store. "
    "The answer has query_id, rank, city_id and score, best first, without known partners."
)
EXAMPLE = N_(
    "Example: kopru rank --twins twins.csv --cities cities.csv --queries who.csv --top 20 --out next.csv"
)

_FILE = N_("FILE")
TwinsOption = Annotated[
    Path, typer.Option("--twins", readable=False, metavar=_FILE, help=N_("Ties: city_a_id, city_b_id."))
]
MembershipsOption = Annotated[
    Path | None,
    typer.Option("--memberships", readable=False, metavar=_FILE, help=N_("Networks: city_id, network.")),
]
CitiesOption = Annotated[
    Path | None,
    typer.Option(
        "--cities", readable=False, metavar=_FILE,
        help=N_("Cities: city_id and any of country, lat, lon, population, continent, admin1, name."),
    ),
]  # fmt: skip
ProjectsOption = Annotated[
    Path | None,
    typer.Option("--projects", readable=False, metavar=_FILE, help=N_("Projects: project_id, city_id.")),
]
ParametersOption = Annotated[
    Path | None,
    typer.Option(
        "--parameters",
        readable=False,
        metavar=_FILE,
        help=N_("From 'kopru train'. Default: the shipped ones."),
    ),
]
OutOption = Annotated[
    Path, typer.Option("--out", readable=False, metavar=_FILE, help=N_("The file to write."))
]
#: A line on progress for every so many cities.
_EVERY = 1_000
#: From so many cities on a second process is worth its start.
_MANY = 1_000
_SHOWN = 5


def rank(  # noqa: PLR0913 (one for each option)
    ctx: typer.Context,
    twins: TwinsOption,
    queries: Annotated[
        Path, typer.Option("--queries", readable=False, metavar=_FILE, help=N_("Whom to rank for: city_id."))
    ],
    top: Annotated[int, typer.Option("--top", min=1, metavar="N", help=N_("Candidates for each city."))],
    out: OutOption,
    memberships: MembershipsOption = None,
    cities: CitiesOption = None,
    projects: ProjectsOption = None,
    parameters: ParametersOption = None,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help=N_("Accepted for scripts: nothing here is random."))
    ] = 0,
    plain: Annotated[bool, typer.Option("--plain", help=N_("The linear model only, without trees."))] = False,
) -> None:
    """Rank candidates for the cities of a list."""
    del seed
    from graph.ranking.batch import iter_rankings
    from graph.ranking.parameters_file import load_parameters, shipped_parameters
    from graph.ranking.ranker import Ranker, is_thin
    from graph.ranking.tables import read_tables

    session = get_session(ctx)
    tables = read_tables(twins, memberships, cities, projects)
    tell_notes(session, tables)
    wanted = _read_queries(session, queries, tables)
    found = shipped_parameters() if parameters is None else load_parameters(parameters)
    if is_thin(tables):
        session.note(
            N_("The tables have few ties for their cities: only size, country and distance are asked.")
        )
    places = [tables.index[city] for city in wanted]
    rankings = iter_rankings(
        partial(Ranker, tables, found, plain=plain), places, top, processes=_processes(len(places))
    )
    _write(out, _rows(session, tables.city_ids, wanted, rankings))
    session.note(N_("{path}: {count} cities were ranked for."), path=out, count=len(wanted))


def _processes(cities: int) -> int:
    """Return how many processes to start: many cities are worth a second one, and its memory."""
    return min(2, os.cpu_count() or 1) if cities >= _MANY else 1


def tell_notes(session: Session, tables: "WorldTables") -> None:
    """Say what was left out of the tables."""
    for note in tables.notes:
        session.note(note.template, file=note.file, count=note.count)


def _read_queries(session: Session, path: Path, tables: "WorldTables") -> list[str]:
    """Return the ids asked for, each once; those that no table has are named, with ids like them.

    Raises
    ------
    KopruError
        None of them is in the tables.
    """
    from graph.ranking.columns import find_column, iter_rows

    rows = iter_rows(path)
    place = find_column(path, header := next(rows), "city_id")
    del header
    asked = list(dict.fromkeys(row.cells[place] for row in rows if row.cells[place]))
    known = [city for city in asked if city in tables.index]
    unknown = [city for city in asked if city not in tables.index]
    for city in unknown[:_SHOWN]:
        session.warn(_unknown_sentence(session, city, tables.city_ids))
    if len(unknown) > _SHOWN:
        session.warn(session.translate(N_("… and {more} more."), more=len(unknown) - _SHOWN))
    if unknown and not known:
        raise KopruError(
            N_("None of the {count} cities in {path} is in the tables. Compare how ids are written."),
            count=len(unknown), path=path.name,
        )  # fmt: skip
    if not asked:
        session.warn(session.translate(N_("{path} asks for no city."), path=path.name))
    return known


def _unknown_sentence(session: Session, city: str, ids: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(city, ids, n=3, cutoff=0.7)
    if near:
        return session.translate(
            N_("No table has the city '{city}'. Ids like it: {near}."), city=city, near=", ".join(near)
        )
    return session.translate(N_("No table has the city '{city}'."), city=city)


def _write(out: Path, rows: Iterator[Sequence[object]]) -> None:
    """Write the answer beside its place, then put it there: a run that breaks off leaves nothing half done.

    Raises
    ------
    BadParameter
        The place is a folder.
    StoreNotWritable
        It can't be written.
    """
    if out.is_dir():
        raise BadParameter(name="--out", value=out, remedy=Phrase(N_("write the name of a file")))
    unfinished = out.with_name(out.name + ".part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(("query_id", "rank", "city_id", "score"))
            writer.writerows(rows)
        unfinished.replace(out)
    except OSError as error:
        raise StoreNotWritable(
            N_("{path} can't be written ({reason}). Choose another place with --out."),
            path=out, reason=reason_of(error),
        ) from error  # fmt: skip
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _rows(
    session: Session, ids: Sequence[str], wanted: Sequence[str], rankings: "Iterator[Ranking]"
) -> Iterator[tuple[str, int, str, str]]:
    for number, (query, found) in enumerate(zip(wanted, rankings, strict=True), 1):
        for place, (city, score) in enumerate(zip(found.cities, found.scores, strict=True), 1):
            yield query, place, ids[city], f"{score:.6f}"
        if number % _EVERY == 0:
            session.note(N_("{done} of {count} cities …"), done=number, count=len(wanted))
