"""Themes: which kinds of tie are not recorded, where there is money and no project, and the plan."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rdflib import URIRef

from graph.gaps.model import Gap
from graph.gaps.view import View, join_all
from graph.library import load_query
from graph.model import Label, Status
from graph.questions.reading import Fact, read_facts
from graph.recommendation.wording import say
from ontology.messages import N_
from ontology.terms import KP, SKOS

__all__ = ["find_money_without_project", "find_projects_without_plan", "find_theme_gaps"]

#: What may tie a city to a theme, as it is called in a row.
_KINDS: Mapping[str, Label] = {
    "partner": Label("ortak", "partner"),
    "project": Label("proje", "project"),
    "funding": Label("fon", "funding"),
    "indicator": Label("gösterge", "indicator"),
}
_OVER: tuple[Status, ...] = ("ended", "planned")
_MISSING = Label("kayıtlı olmayan bağ türü", "kinds of tie not recorded")

Ties = Mapping[str, Mapping[str, list[str]]]


def find_theme_gaps(view: View) -> Iterator[Gap]:
    """Yield a gap for each theme that lacks a kind of tie; the plan's priorities first.

    Of the other themes those without any tie at all are told, and only the broadest of them.
    """
    ties = _ties_by_theme(view)
    rows = view.revision.select(load_query("themes_of_scheme").bind(city=URIRef(view.city)))
    broader = {str(row["theme"]): str(row["broader"]) for row in rows if "broader" in row}
    themes = {str(row["theme"]): row for row in rows}
    view.learn(themes)
    found = []
    for theme, row in themes.items():
        mine = dict(ties.get(theme, {}))
        if str(row["indicator"]) == "true":
            mine["indicator"] = []
        missing = tuple(kind for kind in _KINDS if kind not in mine)
        is_priority = str(row["priority"]) == "true"
        if missing and (is_priority or (len(mine.keys() - {"indicator"}) == 0 and theme not in broader)):
            found.append(_tell(view, theme, mine, missing, is_priority))
    yield from sorted(found, key=lambda gap: (not gap.priority, -gap.size, gap.subject))


def _tell(
    view: View, theme: str, mine: Mapping[str, list[str]], missing: tuple[str, ...], is_priority: bool
) -> Gap:
    there = [kind for kind in _KINDS if kind in mine]
    text = say(N_("Not recorded: {missing}."), missing=join_all(_KINDS[kind] for kind in missing))
    if there:
        text = say(
            N_("Not recorded: {missing}. Recorded: {found}."),
            missing=join_all(_KINDS[kind] for kind in missing),
            found=join_all(_count(kind, mine[kind]) for kind in there),
        )
    return Gap(
        kind="theme",
        subject=theme,
        title=view.name(theme),
        text=text,
        size=float(len(missing)),
        unit=_MISSING,
        query=view.query("theme_ties", theme=URIRef(theme)),
        evidence=tuple(sorted({iri for found in mine.values() for iri in found})),
        missing=missing,
        priority=is_priority,
    )


def _count(kind: str, relations: list[str]) -> Label:
    name = _KINDS[kind]
    return Label(f"{name.tr} ({len(relations)})", f"{name.en} ({len(relations)})") if relations else name


def _ties_by_theme(view: View) -> Ties:
    """Return for each theme the kinds of tie with their relations."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind, relation, themes in _themed(view):
        for theme in themes:
            found[theme][kind].append(relation)
    return found


def _themed(view: View) -> Iterator[tuple[str, str, Iterable[str]]]:
    for fact in view.own_of(KP.Agreement, KP.Cooperation, without=_OVER):
        yield "partner", fact.iri, fact.iris_of(KP.theme)
    for fact in view.own_of(KP.ProjectParticipation):
        yield "project", fact.iri, _themes_of(view.named(fact, KP.project))
    for fact in view.own_of(KP.Funding):
        yield "funding", fact.iri, _funded_themes(view, fact)


def _themes_of(things: Iterable[Fact]) -> set[str]:
    return {theme for thing in things for theme in thing.iris_of(KP.theme)}


def _funded_themes(view: View, fact: Fact) -> set[str]:
    named = [*view.named(fact, KP.project), *view.named(fact, KP.programme)]
    return set(fact.iris_of(KP.theme)) | _themes_of(named)


def find_money_without_project(view: View) -> Iterator[Gap]:
    """Yield themes for which a grant or a loan is recorded, and no project.

    A broader theme with the same money as a narrower one is left out.
    """
    ties = _ties_by_theme(view)
    money = {theme: sorted(set(mine["funding"])) for theme, mine in ties.items() if "funding" in mine}
    themes = read_facts(view.revision, money)
    same = {
        broader
        for theme, grants in money.items()
        for broader in themes.of(theme).iris_of(SKOS.broader)
        if money.get(broader) == grants and "project" not in ties[theme]
    }
    for theme, grants in sorted(money.items()):
        if "project" not in ties[theme] and theme not in same:
            yield Gap(
                kind="money_without_project",
                subject=theme,
                title=view.name(theme),
                text=say(
                    N_("Grants or loans recorded: {count}; no project recorded that has this theme."),
                    count=len(grants),
                ),
                size=float(len(grants)),
                unit=Label("hibe ve kredi", "grants and loans"),
                query=view.query("theme_ties", theme=URIRef(theme)),
                evidence=tuple(grants),
            )


def find_projects_without_plan(view: View) -> Iterator[Gap]:
    """Yield projects that go on, and for which no plan is recorded that they serve."""
    for fact in view.own_of(KP.ProjectParticipation, without=_OVER):
        for project in view.named(fact, KP.project):
            if not project.iris_of(KP.servesPlan):
                yield Gap(
                    kind="project_without_plan",
                    subject=project.iri,
                    title=view.name(project.iri),
                    text=say(N_("The plan that this project serves is not recorded.")),
                    size=1.0,
                    unit=Label("proje", "project"),
                    query=view.query("projects_and_plans"),
                    evidence=(fact.iri,),
                )
