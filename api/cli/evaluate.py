"""``kopru evaluate``: how good the ranking is, on ties that are held out."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.app import program_version
from api.cli.options import get_session
from api.cli.rank import CitiesOption, MembershipsOption, ProjectsOption
from api.cli.session import Session
from ontology.errors import BadParameter, KopruError, StoreNotWritable
from ontology.messages import N_
from ontology.reasons import reason_of

if TYPE_CHECKING:
    from graph.ranking.evaluation.card import ReportCard
    from graph.ranking.evaluation.evaluation import Step

__all__ = ["evaluate"]

HELP = N_(
    "Hold sister-city ties out, train on the rest, and say how many the ranking finds again, beside other "
    "methods. Without a table it shows the report card that comes with the program."
)
EXAMPLE = N_("Example: kopru evaluate --twins twins.csv.gz --cities cities.csv.gz --seeds 3 --out card.md")

_TABLE = N_("FILE")
_ENDINGS = (".json", ".md", ".html")


def evaluate(  # noqa: PLR0913 (the words of a command)
    ctx: typer.Context,
    twins: Annotated[
        Path | None,
        typer.Option(readable=False, metavar=_TABLE, help=N_("Ties: city_a_id, city_b_id.")),
    ] = None,
    memberships: MembershipsOption = None,
    cities: CitiesOption = None,
    projects: ProjectsOption = None,
    seeds: Annotated[int, typer.Option(min=1, max=20, help=N_("How often a tenth is drawn."))] = 3,
    rings: Annotated[
        Literal["keep", "drop", "both"],
        typer.Option(help=N_("Ties in rings of cities (column in_clique8): keep, drop, or both ways.")),
    ] = "keep",
    card: Annotated[
        Path | None,
        typer.Option(readable=False, metavar=_TABLE, help=N_("Show this report card (.json) made earlier.")),
    ] = None,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            readable=False,
            metavar=_TABLE,
            help=N_("Also write it to a file: .json, .md or .html. May be repeated."),
        ),
    ] = None,
) -> None:
    """Print the report card."""
    session = get_session(ctx)
    targets = [_check_ending(path) for path in out or []]
    if twins is not None:
        from graph.ranking.evaluation.evaluation import Plan
        from graph.ranking.evaluation.evaluation import evaluate as make_card
        from graph.ranking.tables import read_tables

        tables = read_tables(twins, memberships, cities, projects)
        for note in tables.notes:
            session.warn(session.translate(note.template, file=note.file, count=note.count))
        plan = Plan(seeds, rings)
        found = make_card(tables, twins, plan, version=program_version(), on_step=_teller(session))
    else:
        found = _find_card(card)
    for path in targets:
        _write(found, path, session)
    _print(found, session)


def _check_ending(path: Path) -> Path:
    if path.suffix not in _ENDINGS:
        raise BadParameter(name="--out", value=path.name, remedy=", ".join(_ENDINGS))
    return path


def _find_card(path: Path | None) -> "ReportCard":
    from graph.ranking.evaluation.card import load_card, shipped_card

    if path is not None:
        try:
            return load_card(path)
        except (OSError, UnicodeDecodeError) as error:
            raise KopruError(
                N_("{path} can't be read ({reason}). Give a report card made with 'kopru evaluate --out'."),
                path=path, reason=reason_of(error) if isinstance(error, OSError) else "UTF-8",
            ) from error  # fmt: skip
    found = shipped_card()
    if found is None:
        raise KopruError(N_("No report card comes with this version. 'kopru evaluate --twins F' makes one."))
    return found


def _teller(session: Session) -> "Callable[[Step], None]":
    """Return a listener that writes a line when training begins and at each quarter of the questions."""
    from viz.report_card_words import SETTING_LABELS

    said: set[tuple[str, int, int]] = set()

    def tell(step: "Step") -> None:
        quarter = 4 * step.done // step.all if step.all else -1
        if (key := (step.setting, step.seed, quarter)) in said:
            return
        said.add(key)
        session.note(
            N_("{setting}, draw {seed} of {seeds}: {share}% asked …")
            if step.all
            else N_("{setting}, draw {seed} of {seeds}: training …"),
            setting=session.translate(SETTING_LABELS[step.setting]), seed=step.seed, seeds=step.seeds,
            share=25 * quarter,
        )  # fmt: skip

    return tell


def _write(card: "ReportCard", path: Path, session: Session) -> None:
    from graph.ranking.evaluation.card import save_card
    from viz.report_card_file import to_html
    from viz.report_card_markdown import to_markdown

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".json":
            save_card(card, path)
        else:
            make = to_markdown if path.suffix == ".md" else to_html
            path.write_text(make(card, session.language), encoding="utf-8")
    except OSError as error:
        raise StoreNotWritable(
            N_("{path} can't be written ({reason}). Choose another place with --out."),
            path=path, reason=reason_of(error),
        ) from error  # fmt: skip


def _print(card: "ReportCard", session: Session) -> None:
    from viz.report_card import make_sections

    for section in make_sections(card, session.language):
        session.show(section.title, "bold")
        for sentence in section.sentences:
            session.show(sentence)
        if section.grid:
            session.table(section.grid.headings, section.grid.rows, right=section.grid.right)
        for remark in section.remarks:
            session.show(remark)
