"""Groups of terms in words. A test holds every group of the ranker to have its sentences."""

from graph.model import Label
from graph.recommendation.ways import WayKind
from ontology.messages import N_

__all__ = ["GROUP_LABELS", "HIGH", "LOW", "WAYS"]

#: Groups whose terms come from ties of the graph, with the kinds of way that are their statements.
WAYS: dict[str, frozenset[WayKind]] = {
    "paths": frozenset({"partner", "chain"}),
    "networks": frozenset({"network"}),
    "projects": frozenset({"project"}),
}

GROUP_LABELS: dict[str, Label] = {
    "paths": Label("bağlar üzerinden yollar", "ways over ties"),
    "size": Label("büyüklük", "size"),
    "popularity": Label("ortak sayısı", "number of partners"),
    "country": Label("ülke", "country"),
    "mix": Label("kentin ülke tercihi", "the city's own choice of countries"),
    "area": Label("bölge", "region"),
    "distance": Label("uzaklık", "distance"),
    "name": Label("ad benzerliği", "likeness of names"),
    "networks": Label("ortak ağlar", "shared networks"),
    "projects": Label("ortak projeler", "common projects"),
    "data": Label("bilgi eksikliği", "gaps in what is known"),
    "base": Label("ortak taban", "common base"),
}

#: Why a group lifts a candidate.
HIGH: dict[str, str] = {
    "size": N_("It is of a size that goes with {city}: {people} inhabitants."),
    "popularity": N_("It has many partners already."),
    "country": N_("Cities of {own_country} often choose {country}."),
    "mix": N_("{city} has chosen cities of this country, or of countries like it, before."),
    "area": N_("Its region and yours are tied more than others."),
    "distance": N_("It lies at a distance at which partners are often found."),
    "name": N_("The two have like names, which often brings cities together."),
}
#: What holds a candidate back, and what would change it.
LOW: dict[str, str] = {
    "paths": N_("No partner of yours is tied to it: a tie of one of them with it would lift it."),
    "size": N_("Its size differs from that of cities that become partners."),
    "popularity": N_("It has few partners so far: recorded ties of it would lift it."),
    "country": N_("The two countries have few ties between cities so far."),
    "mix": N_("The city has no partner in such a country so far."),
    "area": N_("The two regions have few ties between cities so far."),
    "distance": N_("It lies at a distance at which partners are seldom found."),
    "networks": N_("A network that both join would lift it a little."),
    "projects": N_("A project in common would lift it a little."),
    "data": N_("Little is known of it: its place, its size or its country."),
}
