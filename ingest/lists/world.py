"""Rows of the world's tables to statements: cities, twins, memberships, URBACT."""

from dataclasses import dataclass

from rdflib import Literal

from ingest.lists.places import PlaceHint
from ingest.lists.reading import BAD_DATE, NO_CITY, Skipped, geonames_of
from ingest.lists.statements import ListDocument, ListStatements
from ingest.lists.words import country_code
from ingest.tables.rows import Row
from ontology.messages import N_
from ontology.text import slugify

__all__ = ["Cities", "Memberships", "Twins", "Urbact"]

_RING = N_(
    "{count} pairs lie in rings of eight or more cities, which are networks and no twinnings, and were "
    "left out (first: {places})."
)
_NO_NETWORK = N_("{count} rows name no network in Latin letters, and were left out (first: {places}).")


def _wikipedia(year: str) -> ListDocument:
    return ListDocument(
        f"wikipedia-twin-towns-{year}", f"Vikipedi, kardeş kent listeleri, {year}",
        f"Wikipedia, lists of twin towns, {year}", "Wikimedia Foundation", year,
    )  # fmt: skip


def _wikidata(year: str) -> ListDocument:
    return ListDocument(
        f"wikidata-p190-{year}", f"Wikidata, kardeş idari birim, {year}",
        f"Wikidata, twinned administrative body, {year}", "Wikimedia Foundation", year,
    )  # fmt: skip


#: Column of the table of twins -> the list that it stands for.
_TWINS = {
    "in_wp2026": _wikipedia("2026"), "in_wp2023": _wikipedia("2023"), "in_wp_old": _wikipedia("2015"),
    "in_wd2022": _wikidata("2022"), "in_wd2018eu": _wikidata("2018"), "in_wd2016": _wikidata("2016"),
}  # fmt: skip
#: First word of the source of a membership -> its list.
_MEMBERSHIPS = {
    "ClimActor": ListDocument("climactor", "ClimActor", "ClimActor", "ClimActor", "2022"),
    "ETMUN": ListDocument("etmun", "ETMUN", "ETMUN", "ETMUN", "2019"),
    "DorobantuDiana/Creative-Cities_UNESCO-Network": ListDocument(
        "unesco-creative-cities", "UNESCO Yaratıcı Kentler", "UNESCO Creative Cities", "UNESCO", "2024"
    ),
    "c-riq/city-vote": ListDocument(
        "city-vote", "2025'te derlenen üyelikler ve imzacılar", "Members and signatories collected in 2025",
        "city-vote", "2025",
    ),
}  # fmt: skip
_OTHER = ListDocument("list-of-members", "Başka üye listeleri", "Other lists of members", "–")
_URBACT = ListDocument("urbact-networks", "URBACT, ağlar", "URBACT, networks", "URBACT", "2020")
#: Name of a network in the lists -> the slug that the records have for it.
_NETWORKS = {
    "Covenant of Mayors (EU)": "covenant-of-mayors",
    "EAHTR": "heritage-europe",
    "Race to Zero": "cities-race-to-zero",
}


@dataclass
class _Table:
    into: ListStatements
    skipped: Skipped


class Cities(_Table):
    """The table of cities: further names and numbers of places that the other tables name by their id."""

    def add(self, row: Row) -> None:
        """Describe one city."""
        id_ = row.need("city_id")
        aliases = [name.strip() for name in row.take("aliases").split("|") if name.strip()]
        qids = [qid.strip() for qid in row.take("wikidata_qids").replace(";", "|").split("|") if qid.strip()]
        population = row.take("population")
        hint = PlaceHint(
            row.take("name"), row.take("country"), row.ref, geonames_of(id_), qids[0] if qids else "",
            row.take("lat"), row.take("lon"), int(float(population)) if population else None,
            tuple(map(Literal, aliases)), "" if geonames_of(id_) else id_,
        )  # fmt: skip
        if self.into.places.city(hint) is None:
            self.skipped.add(NO_CITY, row)


class Twins(_Table):
    """The table of twinned pairs."""

    def add(self, row: Row) -> None:
        """State one pair, with each list that has it."""
        if row.take("in_clique8") == "1":
            self.skipped.add(_RING, row)
            return
        pair = (self._hint(row, "a"), self._hint(row, "b"))
        for column, document in _TWINS.items():
            if row.take(column) == "1" and self.into.twinning(pair, document, row.ref) is None:
                self.skipped.add(NO_CITY, row)
                return

    def _hint(self, row: Row, side: str) -> PlaceHint:
        id_ = row.need(f"city_{side}_id")
        return PlaceHint(
            row.take(f"name_{side}"), row.take(f"country_{side}"), row.ref, geonames_of(id_),
            latitude=row.take(f"lat_{side}"), longitude=row.take(f"lon_{side}"),
            local="" if geonames_of(id_) else id_,
        )  # fmt: skip


class Memberships(_Table):
    """The table of memberships of networks."""

    def add(self, row: Row) -> None:
        """State one membership."""
        id_, network = row.take("city_id"), row.take("network_norm") or row.take("network")
        slug = _NETWORKS.get(network) or slugify(network)
        if not slug:
            self.skipped.add(_NO_NETWORK, row)
            return
        iri = self.into.network(slug, row.take("network_full_name") or network, row.ref)
        hint = PlaceHint(
            row.take("city_matched") or row.take("city_given"), row.take("country"), row.ref,
            geonames_of(id_), latitude=row.take("lat"), longitude=row.take("lon"),
            local="" if geonames_of(id_) else id_,
        )  # fmt: skip
        document = _MEMBERSHIPS.get(row.take("source").partition(" ")[0], _OTHER)
        relation = self.into.membership(hint, iri, document, row.ref)
        if relation is None:
            self.skipped.add(NO_CITY, row)
        elif joined := row.take("year_joined").partition(".")[0]:
            try:
                self.into.claim_dates(relation, joined, "", document, row.ref)
            except ValueError:
                self.skipped.add(BAD_DATE, row)


class Urbact(_Table):
    """The table of URBACT's networks, which are projects."""

    def add(self, row: Row) -> None:
        """State one participation."""
        id_, name = row.take("city_id"), row.need("Network")
        hint = PlaceHint(
            row.take("NameCity"), country_code(row.take("Country")), row.ref, geonames_of(id_),
            latitude=row.take("lat_GN"), longitude=row.take("lng_GN"),
            local="" if geonames_of(id_) else id_,
        )  # fmt: skip
        if self.into.places.city(hint) is None:
            self.skipped.add(NO_CITY, row)
            return
        programme = self.into.programme("eu", "URBACT", row.ref)
        project = self.into.project(f"urbact-{name}", name, row.ref, programme)
        lead = row.take("City.Statut").startswith("Lead")
        self.into.participation(hint, project, _URBACT, row.ref, lead=lead)
        start, end = (row.take(column).partition(".")[0] for column in ("Start", "End"))
        try:
            self.into.claim_dates(project, start, end, _URBACT, row.ref)
        except ValueError:
            self.skipped.add(BAD_DATE, row)
