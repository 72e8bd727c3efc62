"""``kopru export``: the published revision as files."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from api.cli.options import StoreOption, get_session, open_named_store
from api.tables import CITIES, NETWORKS, PROJECTS, RELATIONS, THEMES, Columns, to_csv
from api.tables_plan import ACTIVITIES, INDICATORS, STAGES
from graph.revision import Revision
from ontology.errors import StoreNotWritable
from ontology.messages import N_
from ontology.reasons import reason_of

__all__ = ["export"]

HELP = N_(
    "Write the published revision to a file: nq has every named graph, ttl, nt and jsonld the merge, "
    "csv is a folder with one table a list."
)
EXAMPLE = N_("Example: kopru export --format ttl --out antalya.ttl")

Form = Literal["nq", "nt", "ttl", "jsonld", "csv"]
_RDFLIB = {"nt": "nt", "ttl": "turtle", "jsonld": "json-ld"}


def export(
    ctx: typer.Context,
    form: Annotated[Form, typer.Option("--format", help=N_("Form of the file."))],
    out: Annotated[
        Path, typer.Option("--out", readable=False, metavar=N_("FILE"), help=N_("File; a folder for csv."))
    ],
    store: StoreOption = None,
) -> None:
    """Write the published revision to a file."""
    session = get_session(ctx)
    settings, opened = open_named_store(session, store)
    revision = opened.current()
    try:
        _write(revision, settings.city, form, out)
    except OSError as error:
        raise StoreNotWritable(
            N_("{path} can't be written ({reason}). Choose another place with --out."),
            path=out, reason=reason_of(error),
        ) from error  # fmt: skip
    session.say(N_("Revision {number} was written to {path}."), number=revision.number, path=out)


def _write(revision: Revision, city: str, form: Form, out: Path) -> None:
    if form == "csv":
        _write_tables(revision, city, out)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    if form == "nq":
        out.write_text("".join(_to_nquads(revision)), encoding="utf-8")
    else:
        from api.rdf import serialize

        out.write_bytes(serialize(revision.default_graph(), _RDFLIB[form]))


def _to_nquads(revision: Revision) -> Iterator[str]:
    """Yield the statements of every named graph, sorted within each."""
    names = [source.graph for source in revision.info.sources.values()]
    names += [str(revision.iris.graph(own)) for own in ("ontology", "derived")]
    for name in sorted(names):
        lines = revision.named_graph(name).serialize(format="nt").splitlines()
        for line in sorted(line for line in lines if line):
            yield f"{line.removesuffix('.')}<{name}> .\n"


def _write_tables(revision: Revision, city: str, folder: Path) -> None:
    from datetime import date

    from graph.questions import Questions

    questions, today = Questions(revision), date.today()
    plan = questions.plan(city)
    tables: dict[str, tuple[Callable[..., Any], Columns, dict[str, Any]]] = {
        "cities": (questions.cities, CITIES, {}),
        "agreements": (questions.agreements, RELATIONS, {"as_of": today}),
        "networks": (questions.networks, NETWORKS, {"as_of": today}),
        "projects": (questions.projects, PROJECTS, {}),
        "funding": (questions.funding, RELATIONS, {"as_of": today}),
        "themes": (questions.themes, THEMES, {}),
        "plan-stages": (plan.stages, STAGES, {"as_of": today}),
        "plan-activities": (plan.activities, ACTIVITIES, {"as_of": today}),
        "plan-indicators": (plan.indicators, INDICATORS, {"as_of": today}),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, (find, columns, options) in tables.items():
        rows = _all_rows(find, options)
        (folder / f"{name}.csv").write_text("".join(to_csv(columns, rows)), encoding="utf-8", newline="")


def _all_rows(find: Callable[..., Any], options: dict[str, Any]) -> Iterator[object]:
    cursor = None
    while True:
        page = find(**options, limit=1000, cursor=cursor)
        yield from page
        if (cursor := page.next) is None:
            return
