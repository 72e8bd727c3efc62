"""Names of parameters that a program misspelt: said, instead of a list that is not filtered.

Parameters that are like none of ours are ignored, as everywhere on the web.
"""

from difflib import get_close_matches

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from ontology.errors import BadParameter
from ontology.messages import N_

__all__ = ["check_parameter_names"]

_MISSPELT = N_("There is no parameter {name} here. Is it {similar}?")


def check_parameter_names(request: Request) -> None:
    """Refuse a parameter whose name is almost that of one of the route's.

    Raises
    ------
    BadParameter
        With the name that is probably meant.
    """
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    known = sorted(_names_of(route.dependant))
    for name in request.query_params:
        # Signs that people leave out or put in between: asof, as-of, AsOf.
        plain = {one.replace("_", ""): one for one in known}
        near = get_close_matches(name.replace("_", "").replace("-", "").lower(), plain, n=1, cutoff=0.8)
        if name not in known and near:
            raise BadParameter(_MISSPELT, name=name[:100], similar=plain[near[0]])


def _names_of(part: Dependant) -> set[str]:
    """Return the names of the query parameters of a route and of all that it depends on."""
    own = {field.alias for field in part.query_params}
    return own.union(*(_names_of(one) for one in part.dependencies))
