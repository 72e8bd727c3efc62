"""Regions: continents and neighbouring countries in which no partner is recorded."""

from collections.abc import Iterator

from graph.gaps.model import Gap
from graph.gaps.view import View, join_all
from graph.model import Label
from graph.ranking.territories import continent_of, neighbours_of
from graph.recommendation.wording import say
from ontology.messages import LANGUAGES, N_

__all__ = ["CONTINENTS", "find_region_gaps", "territory_label"]

#: GeoNames' code of each inhabited continent, and its number in UN M49, by which CLDR names it.
CONTINENTS = {"AF": "002", "AS": "142", "EU": "150", "NA": "003", "OC": "009", "SA": "005"}


def find_region_gaps(view: View) -> Iterator[Gap]:
    """Yield the neighbouring countries and the continents without a partner; none without a country.

    The size of a continent is 1, that of the neighbours how many of them have no partner recorded.
    """
    country = view.node.country
    if not country:
        return
    covered = {c for one in view.partners if (c := view.projection.cities[one].country)}
    neighbours = neighbours_of(country)
    if left := [one for one in neighbours if one not in covered]:
        there = [one for one in neighbours if one in covered]
        yield _gap(view, "neighbours", say(N_("Neighbouring countries")), _tell_neighbours(left, there), left)
    for code, number in CONTINENTS.items():
        if code not in {continent_of(one) for one in covered}:
            text = say(N_("No partner is recorded in any country of this continent."))
            yield _gap(view, code, territory_label(number), text, [])


def _tell_neighbours(left: list[str], there: list[str]) -> Label:
    names = join_all((territory_label(one) for one in left), most=10)
    if not there:
        return say(N_("No partner is recorded in: {names}."), names=names)
    return say(
        N_("No partner is recorded in: {names}. Recorded in: {there}."),
        names=names,
        there=join_all((territory_label(one) for one in there), most=10),
    )


def _gap(view: View, subject: str, title: Label, text: Label, countries: list[str]) -> Gap:
    return Gap(
        kind="region",
        subject=subject,
        title=title,
        text=text,
        size=float(len(countries) or 1),
        unit=Label("ülke", "countries") if countries else Label("kıta", "continent"),
        query=view.query("countries_covered"),
        things=tuple(countries),
    )


def territory_label(code: str) -> Label:
    """Return the name of a country (ISO code) or a continent (UN M49 number) as Unicode CLDR gives it."""
    from babel import Locale

    tr, en = (str(Locale(language).territories.get(code, code)) for language in LANGUAGES)
    return Label(tr, en)
