"""The checklist beside a recommendation: what is recorded for and against working together now.

Each line is answered yes, no, or "not known": that nothing is recorded is never a no. Nothing here
enters the affinity.
"""

from collections.abc import Iterator

from graph.model import Label
from graph.projection import Projection
from graph.recommendation.background import Background
from graph.recommendation.model import Check
from graph.recommendation.universe import Candidate, is_acknowledged
from graph.recommendation.ways import direct_ties
from graph.recommendation.wording import join_names, say
from ontology.messages import N_

__all__ = ["check_fit"]


def check_fit(
    city: str, candidate: Candidate, projection: Projection, background: Background, theme: str | None = None
) -> tuple[Check, ...]:
    """Return the checklist of one candidate.

    Parameters
    ----------
    theme
        The theme asked for (IRI); without one, any theme that the city itself has a tie in.
    """
    return tuple(_checks(city, candidate, projection, background, theme))


def _checks(
    city: str, candidate: Candidate, projection: Projection, background: Background, theme: str | None
) -> Iterator[Check]:
    yield _theme(city, candidate, background, theme)
    yield _plan(candidate, background)
    yield _open_call(candidate, background, theme)
    yield _shared_network(city, candidate, projection, background)
    yield _capacity(candidate, projection)
    yield _existing_tie(city, candidate, projection)
    yield _not_in_talks(city, candidate, projection)


def _theme(city: str, candidate: Candidate, background: Background, theme: str | None) -> Check:
    theirs = background.themes.get(candidate.iri, {})
    wanted = {theme} if theme else set(background.themes.get(city, {}))
    shared = sorted(wanted & theirs.keys())
    if shared:
        names = join_names([background.label(iri) for iri in shared])
        evidence = tuple(sorted({relation for iri in shared for relation in theirs[iri]}))
        return Check(
            "theme", ok=True, text=say(N_("Has ties in: {themes}."), themes=names), evidence=evidence
        )
    if not theirs:
        return Check("theme", ok=None, text=say(N_("No tie with a theme is recorded of it.")))
    return Check("theme", ok=False, text=say(N_("Its recorded ties are in other themes.")))


def _plan(candidate: Candidate, background: Background) -> Check:
    """Tell whether the candidate has ties in a theme that the city's plan names as a priority."""
    theirs = background.themes.get(candidate.iri, {})
    if not background.priorities:
        return Check("plan", ok=None, text=say(N_("No priority themes are recorded of the city's plan.")))
    if not theirs:
        return Check("plan", ok=None, text=say(N_("No tie with a theme is recorded of it.")))
    shared = sorted(background.priorities & theirs.keys())
    if not shared:
        return Check(
            "plan", ok=False, text=say(N_("Its recorded ties are in no priority theme of the plan."))
        )
    names = join_names([background.label(iri) for iri in shared])
    evidence = tuple(sorted({relation for iri in shared for relation in theirs[iri]}))
    text = say(N_("Has ties in priority themes of the plan: {themes}."), themes=names)
    return Check("plan", ok=True, text=text, evidence=evidence)


def _open_call(candidate: Candidate, background: Background, theme: str | None) -> Check:
    calls = [call for call in background.calls if theme is None or theme in call.themes]
    if not calls:
        text = say(N_("No open call is recorded to which the city's country may apply."))
        return Check("open_call", ok=None, text=text)
    if not candidate.country:
        return Check("open_call", ok=None, text=say(N_("Its country is not known.")))
    fitting = [call for call in calls if candidate.country in call.countries]
    evidence = tuple(call.iri for call in fitting or calls)
    if fitting:
        names = join_names([call.label for call in fitting])
        text = say(N_("Its country may apply together with ours: {calls}."), calls=names)
    else:
        text = say(N_("Its country may apply to none of the open calls that are recorded."))
    return Check("open_call", ok=bool(fitting), text=text, evidence=evidence)


def _shared_network(city: str, candidate: Candidate, projection: Projection, background: Background) -> Check:
    ours, theirs = (projection.groups(one, "membership") for one in (city, candidate.iri))
    shared = sorted(ours.keys() & theirs.keys())
    if shared:
        names = join_names([background.label(iri) for iri in shared])
        text = say(N_("Is with us in: {networks}."), networks=names)
        return Check(
            "shared_network", ok=True, text=text, evidence=tuple(theirs[iri].relation for iri in shared)
        )
    if not theirs:
        return Check("shared_network", ok=None, text=say(N_("No network membership is recorded of it.")))
    return Check("shared_network", ok=False, text=say(N_("Its recorded networks are not ours.")))


def _capacity(candidate: Candidate, projection: Projection) -> Check:
    """Tell whether the candidate is seen at work abroad: in projects, networks or agreements."""
    ties = [tie for tie in projection.ties_of(candidate.iri) if tie.is_living]
    if not ties:
        text = say(N_("Nothing that it does abroad is recorded; ask it."))
        return Check("capacity", ok=None, text=text)
    projects = sum(tie.kind == "participation" for tie in ties)
    text = say(
        N_("Seen at work abroad: {ties} recorded ties, {projects} of them projects."),
        ties=len(ties), projects=projects,
    )  # fmt: skip
    return Check("capacity", ok=True, text=text, evidence=tuple(tie.relation for tie in ties))


def _existing_tie(city: str, candidate: Candidate, projection: Projection) -> Check:
    """Tell whether the two already work together in another form than the one sought."""
    ties = [t for t in direct_ties(projection, city, candidate.iri) if t.is_living and is_acknowledged(t)]
    if not ties:
        return Check("existing_tie", ok=None, text=say(N_("No tie with it is recorded so far.")))
    text = say(N_("You work with it already; the tie could be widened."))
    return Check("existing_tie", ok=True, text=text, evidence=tuple(tie.relation for tie in ties))


def _not_in_talks(city: str, candidate: Candidate, projection: Projection) -> Check:
    ties = projection.neighbours(city, living=False).get(candidate.iri, ())
    planned = tuple(tie.relation for tie in ties if tie.status == "planned")
    text: Label = (
        say(N_("A tie with it is planned already.")) if planned else say(N_("No talks with it are recorded."))
    )
    return Check("not_in_talks", ok=not planned, text=text, evidence=planned)
