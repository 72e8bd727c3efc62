"""Points as GeoSPARQL wants them."""

from rdflib import Literal

from ontology.terms import GEO

__all__ = ["make_point"]


def make_point(longitude: object, latitude: object) -> Literal:
    """Return a point in degrees (WGS 84) as a WKT literal, longitude first.

    Examples
    --------
    >>> str(make_point("30.69556", "36.90812"))
    'POINT(30.69556 36.90812)'
    """
    return Literal(f"POINT({longitude} {latitude})", datatype=GEO.wktLiteral)
