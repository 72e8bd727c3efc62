"""What the questions about connections answer, field by field."""

from datetime import date as Day  # noqa: N812 (as in api/models.py)
from urllib.parse import urlencode

from api.models import Model, ReferenceModel, about
from api.models_recommendation import StepModel
from graph.communities import Circles
from graph.connections import Paths
from graph.model import Reference

__all__ = ["CirclesModel", "PathsModel", "to_circles", "to_paths"]


class PathModel(Model):
    """One way."""

    nodes: tuple[ReferenceModel, ...] = about("Nodes", "From the one end to the other.")
    hops: tuple[tuple[StepModel, ...], ...] = about("Steps", "For each step the relations that make it.")
    cost: float = about("Cost", "Steps, dearer over crowded nodes; see the documentation.", 3.4)
    query: str = about("Query", "Lists the statements of the way.", "/sparql?query=…")


class PathsModel(Model):
    """How two things are connected."""

    source: ReferenceModel = about("From", "The one end.")
    target: ReferenceModel = about("To", "The other end.")
    as_of: Day = about("Day", "Only ties in force on it count.", "2024-03-04")
    revision: int = about("Revision", "The published revision that was read.", 3)
    through: tuple[ReferenceModel, ...] = about("Through", "Through whom the target is reached, best first.")
    paths: tuple[PathModel, ...] = about(
        "Ways", "Cheapest first; none shares what stands between with another."
    )


class CircleModel(Model):
    """Cities that are tied to one another more than to the rest."""

    cities: tuple[ReferenceModel, ...] = about("Cities", "By address.")
    steadiness: float = about("Steadiness", "Share of the runs in which two of them are together.", 0.93)


class BrokerModel(Model):
    """A city that stands between others."""

    city: ReferenceModel = about("City", "Which.")
    betweenness: float = about("Betweenness", "Share of shortest ways that lead over it.", 0.21)


class CirclesModel(Model):
    """Circles and brokers of a partner network."""

    city: str = about("City", "Whose.", "antalya")
    as_of: Day = about("Day", "Only agreements in force on it count.", "2024-03-04")
    revision: int = about("Revision", "The published revision that was read.", 3)
    cities: int = about("Cities", "Within two agreements.", 40)
    ties: int = about("Ties", "Pairs of them with an agreement.", 61)
    seeds: int = about("Runs", "Of the search, each with a seed of its own.", 10)
    agreement: float = about("Agreement", "Of the runs; 1: all the same, 0: as by chance.", 0.9)
    estimated: bool = about("Estimated", "Whether betweenness was sampled.", False)
    circles: tuple[CircleModel, ...] = about("Circles", "The largest first.")
    brokers: tuple[BrokerModel, ...] = about("Brokers", "The strongest first.")


def to_paths(found: Paths, *, as_of: Day, revision: int) -> PathsModel:
    """Return the answer."""
    paths = [{**vars(path), "query": f"/sparql?{urlencode({'query': path.query})}"} for path in found.paths]
    return PathsModel.model_validate({**vars(found), "as_of": as_of, "revision": revision, "paths": paths})


def to_circles(
    found: Circles, names: dict[str, Reference], *, city: str, as_of: Day, revision: int
) -> CirclesModel:
    """Return the answer; ``names`` are those of all its cities."""
    circles = [
        {"cities": [names[iri] for iri in one.cities], "steadiness": one.steadiness} for one in found.circles
    ]
    brokers = [{"city": names[one.city], "betweenness": one.betweenness} for one in found.brokers]
    return CirclesModel.model_validate(
        {
            **vars(found), "city": city, "as_of": as_of, "revision": revision, "circles": circles,
            "brokers": brokers,
        }
    )  # fmt: skip
