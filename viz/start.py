"""What the start page shows: declared against recorded, partners in the world, all lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from markupsafe import Markup

from graph.model import (
    AGREEMENT_KINDS,
    City,
    Declared,
    DeclaredKind,
    Document,
    Label,
    Project,
    Reconciliation,
    Relation,
    Theme,
)
from graph.questions import Questions
from graph.revision import RevisionInfo
from ontology.messages import N_, translate
from ontology.text import sort_key
from viz import charts
from viz.kinds import FAMILIES, FAMILY_OF, GRADE_LABELS, STATUS_LABELS, Family
from viz.pages import Reader, thing_path

__all__ = ["Block", "Card", "StartPage", "ask_start", "embed_json"]

_FAMILY: dict[DeclaredKind, Family] = {
    "city_network": "network",
    "sister_city": "twinning",
    "cooperation_protocol": "protocol",
}
#: The order in which a person asks: who are our sisters, what did we sign, where are we members.
_CARD_ORDER: tuple[DeclaredKind, ...] = ("city_network", "sister_city", "cooperation_protocol")
_STATUS_ORDER = ("holds", "may_hold", "unknown", "planned", "ended")


@dataclass(frozen=True)
class Card:
    """One declared number with its relations as rows, and what was not counted."""

    declared: Declared
    family: Family
    drawing: charts.Cells
    rows: tuple[Relation, ...]
    others: tuple[Relation, ...]
    full: dict[str, Relation]

    @property
    def cells(self) -> tuple[charts.Cell, ...]:
        """The squares of the card."""
        return self.drawing.cells

    @property
    def width(self) -> int:
        """Width of the drawing's box."""
        return self.drawing.width

    @property
    def height(self) -> int:
        """Height of the drawing's box."""
        return self.drawing.height

    def with_evidence(self, relation: Relation) -> Relation:
        """Return the same relation with its evidence when it was read."""
        return self.full.get(relation.iri, relation)


@dataclass(frozen=True)
class Block:
    """A list of relations of one family beside the three declared ones."""

    id: str
    title: str
    family: Family
    relations: tuple[Relation, ...]
    shown: int = 12

    @staticmethod
    def heading(relation: Relation) -> Label:
        """Return what such a relation is called in its list."""
        if relation.name or relation.kind == "cooperation":
            return relation.name or relation.label
        named = relation.party_in("project") or relation.party_in("programme")
        return named.label if named else _short(relation)


@dataclass(frozen=True)
class StartPage:
    """Everything on the start page; templates only write it."""

    city: City
    reconciliation: Reconciliation
    relations: tuple[Relation, ...]
    cities: dict[str, City]
    countries: tuple[charts.Bar, ...]
    projects: tuple[Project, ...]
    themes: tuple[Theme, ...]
    info: RevisionInfo

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """The declared numbers."""
        by_kind = {declared.kind: declared for declared in self.reconciliation.declared}
        return tuple(self._card(by_kind[kind]) for kind in _CARD_ORDER if kind in by_kind)

    def _card(self, declared: Declared) -> Card:
        full = {relation.iri: relation for relation in self.relations}
        return Card(
            declared,
            _FAMILY[declared.kind],
            charts.declared_cells(declared),
            _in_order(full.get(relation.iri, relation) for relation in declared.relations),
            _in_order(full.get(relation.iri, relation) for relation in declared.not_counted),
            full,
        )

    @property
    def declared_source(self) -> Document | None:
        """The document that declares the numbers."""
        return next((declared.source for declared in self.reconciliation.declared if declared.source), None)

    @property
    def declared_on(self) -> date | None:
        """The day for which the numbers were declared."""
        return max((declared.declared_on for declared in self.reconciliation.declared), default=None)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Projects, money and other ties."""
        wanted: tuple[tuple[str, str, Family], ...] = (
            ("projects", N_("Projects"), "project"),
            ("funding", N_("Grants and loans"), "funding"),
            ("ties", N_("Other cooperation, events, awards"), "cooperation"),
        )
        made = (
            Block(id_, title, family, _in_order(r for r in self.relations if FAMILY_OF[r.kind] == family))
            for id_, title, family in wanted
        )
        return tuple(block for block in made if block.relations)

    @property
    def city_count(self) -> int:
        """How many partner cities have an agreement on record that holds or may hold."""
        return sum(len(bar.cities) for bar in self.countries)

    @property
    def network_count(self) -> int:
        """How many city networks with a name are on record, neither ended nor still to come."""
        past_or_future = ("ended", "planned")
        now = [r for r in self.relations if r.kind == "membership" and r.status not in past_or_future]
        return len({r.other.iri for r in now if r.other and r.other.sort == "CityNetwork"})

    @cached_property
    def map_points(self) -> tuple[Relation, ...]:
        """Relations whose partner has a place on the map; one for each city, the closest tie first."""
        order = list(dict.fromkeys(FAMILY_OF.values()))
        closest = sorted(
            (relation for relation in self.relations if self._is_own_tie(relation)),
            key=lambda r: (order.index(FAMILY_OF[r.kind]), _STATUS_ORDER.index(r.status)),
        )
        first: dict[str, Relation] = {}
        for relation in closest:
            place = self._place(relation)
            if place and place.slug != self.city.slug:
                first.setdefault(place.slug, relation)
        return tuple(first.values())

    def _is_own_tie(self, relation: Relation) -> bool:
        """Whether the municipality itself is tied to a partner: no event, award or other body's tie."""
        if not relation.identified or relation.kind not in (*AGREEMENT_KINDS, "cooperation"):
            return False
        return any(party.speaks_for_city and party.city == self.city.slug for party in relation.parties)

    def _place(self, relation: Relation) -> City | None:
        city = self.cities.get((relation.other.city if relation.other else None) or "")
        return city if city and city.latitude is not None and city.longitude is not None else None

    @property
    def map_families(self) -> tuple[Family, ...]:
        """The families that the map shows, for its key."""
        return tuple(dict.fromkeys(FAMILY_OF[relation.kind] for relation in self.map_points))

    def map_data(self, reader: Reader) -> dict[str, Any]:
        """Return home and partners as the map's script reads them (degrees, WGS 84)."""
        language = reader.language
        points = [self._point(relation, reader) for relation in self.map_points]
        home = {"name": self.city.label.get(language), "lat": self.city.latitude, "lon": self.city.longitude}
        return {"home": home, "points": points}

    def _point(self, relation: Relation, reader: Reader) -> dict[str, Any]:
        city, other, language = self._place(relation), relation.other, reader.language
        if not city or not other:
            raise ValueError(f"{relation.iri} has no place on the map")
        return {
            "name": city.label.get(language),
            "partner": other.short_label.get(language),
            "country": city.country.label.get(language) if city.country else "",
            "lat": city.latitude,
            "lon": city.longitude,
            "family": (family := FAMILY_OF[relation.kind]),
            "path": FAMILIES[family].path,
            "kind": relation.kind_label.get(language),
            "status": relation.status,
            "statusLabel": translate(STATUS_LABELS[relation.status], language),
            "grade": relation.grade,
            "gradeLabel": translate(GRADE_LABELS[relation.grade], language),
            "href": reader.url(thing_path(relation) or "/"),
        }


def ask_start(questions: Questions, info: RevisionInfo, city_slug: str, as_of: date) -> StartPage:
    """Ask the graph for all that the start page shows.

    Raises
    ------
    NotFound
        The city is not in the graph.
    """
    city = questions.city(city_slug)
    themes = questions.themes().items
    relations = tuple(questions.relations_of(city_slug, as_of=as_of, with_evidence=True))
    partners = {relation.other.city for relation in relations if relation.other}
    return StartPage(
        city=city,
        reconciliation=questions.reconciliation(city_slug, as_of=as_of),
        relations=relations,
        cities=questions.cities_of(slug for slug in partners if slug),
        countries=charts.country_bars(questions.partners_by_country(city_slug, as_of=as_of)),
        projects=questions.projects(city=city_slug, limit=500).items,
        themes=tuple(
            sorted(
                (theme for theme in themes if theme.relations + theme.networks + theme.projects),
                key=lambda theme: -(theme.relations + theme.networks + theme.projects),
            )
        ),
        info=info,
    )


def embed_json(value: object) -> Markup:
    """Return JSON for a data block of a page: no text in it can end the block."""
    from jinja2.utils import htmlsafe_json_dumps

    return htmlsafe_json_dumps(value, ensure_ascii=False)


def _short(relation: Relation) -> Label:
    return relation.other.short_label if relation.other else relation.label


def _in_order(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Sort by status, then by the Turkish alphabet."""
    return tuple(
        sorted(
            relations,
            key=lambda r: (_STATUS_ORDER.index(r.status), sort_key(_short(r).tr)),
        )
    )
