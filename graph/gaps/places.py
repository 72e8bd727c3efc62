"""Regions: neighbouring countries, continents and parts of continents in which no partner is recorded."""

from collections.abc import Iterator

from graph.gaps.model import Gap
from graph.gaps.regions import (
    CONTINENTS,
    RegionCount,
    continent_named,
    count_regions,
    countries_of,
    region_label,
)
from graph.gaps.view import View, join_all
from graph.model import Label
from graph.ranking.territories import neighbours_of
from graph.recommendation.wording import say
from ontology.messages import N_

__all__ = ["NEIGHBOURS", "find_region_gaps", "partner_regions"]

#: The subject of the gap about countries with a common border.
NEIGHBOURS = "neighbours"
_COUNTRIES, _AREAS = Label("ülke", "countries"), Label("ülke ve bölge", "countries and areas")


def find_region_gaps(view: View) -> Iterator[Gap]:
    """Yield where no partner is: neighbouring countries, continents, regions of the other continents.

    Without the city's own country there is no answer. The size is the number of countries; a continent
    without any partner is told as one, not region by region.
    """
    country = view.node.country
    if not country:
        return
    covered = {c for one in view.partners if (c := view.projection.cities[one].country)}
    neighbours = neighbours_of(country)
    if left := [one for one in neighbours if one not in covered]:
        there = [one for one in neighbours if one in covered]
        yield _gap(view, NEIGHBOURS, say(N_("Neighbouring countries")), _tell_neighbours(left, there), left)
    regions = partner_regions(view)
    empty = {code for code in CONTINENTS if not _partners_on(code, regions)}
    for code in sorted(empty, key=lambda one: (-len(countries_of(one)), one)):
        text = say(N_("No partner is recorded in any country of this continent."))
        yield _gap(view, code, continent_named(code), text, countries_of(code))
    rest = [one for one in regions if not one.partners and one.continent not in empty]
    for region in sorted(rest, key=lambda one: (-len(one.countries), one.code)):
        text = say(
            N_("No partner is recorded in any country of this region. Elsewhere in {continent}: {count}."),
            continent=continent_named(region.continent),
            count=_partners_on(region.continent, regions),
        )
        yield _gap(view, region.code, region.label, text, region.countries)


def partner_regions(view: View) -> tuple[RegionCount, ...]:
    """Return all regions with the number of partner cities in each."""
    return count_regions(view.projection.cities[one].country for one in view.partners)


def _partners_on(continent: str, regions: tuple[RegionCount, ...]) -> int:
    return sum(region.partners for region in regions if region.continent == continent)


def _tell_neighbours(left: list[str], there: list[str]) -> Label:
    names = join_all((region_label(one) for one in left), most=10)
    if not there:
        return say(N_("No partner is recorded in: {names}."), names=names)
    return say(
        N_("No partner is recorded in: {names}. Recorded in: {there}."),
        names=names,
        there=join_all((region_label(one) for one in there), most=10),
    )


def _gap(view: View, subject: str, title: Label, text: Label, countries: tuple[str, ...] | list[str]) -> Gap:
    return Gap(
        kind="region",
        subject=subject,
        title=title,
        text=text,
        size=float(len(countries)),
        unit=_COUNTRIES if subject == NEIGHBOURS else _AREAS,
        query=view.query("countries_covered"),
        things=tuple(countries),
    )
