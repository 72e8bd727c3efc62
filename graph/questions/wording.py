"""How classes of the graph are called outside, and how a relation is called by its parties.

Relations have no stored names: they are made here from kind and parties, so that they read
alike everywhere. Names of roles, themes and other things come from the graph itself.
"""

from rdflib import URIRef

from graph.model import DeclaredKind, Grade, Label, NetworkKind, Part, RelationKind, Status
from ontology.terms import EURIO, KP, M8G, ORG, PPLAN, SCHEMA

__all__ = [
    "CLAIM_LABELS", "CLASS_OF_KIND", "DECLARED_CLASSES", "DECLARED_LABELS", "GRADES_BY_IRI", "KIND_LABELS",
    "NETWORK_CLASSES", "NETWORK_LABELS", "PARTS", "RELATION_CLASSES", "STATUS_BY_IRI", "THING_CLASSES",
    "make_relation_label",
]  # fmt: skip

RELATION_CLASSES: dict[RelationKind, URIRef] = {
    "twinning": KP.TwinningAgreement,
    "protocol": KP.CooperationProtocol,
    "memorandum": KP.Memorandum,
    "letter_of_intent": KP.LetterOfIntent,
    "goodwill_protocol": KP.GoodwillProtocol,
    "friendship_protocol": KP.FriendshipProtocol,
    "membership": KP.NetworkMembership,
    "participation": KP.ProjectParticipation,
    "grant": KP.Grant,
    "loan": KP.Loan,
    "cooperation": KP.Cooperation,
    "event": KP.Event,
    "award": KP.Award,
}
NETWORK_CLASSES: dict[NetworkKind, URIRef] = {
    "city_network": KP.CityNetwork,
    "campaign": KP.Campaign,
    "reporting_scheme": KP.ReportingScheme,
    "national_union": KP.NationalUnion,
}
DECLARED_CLASSES: dict[DeclaredKind, URIRef] = {
    "city_network": KP.CityNetwork,
    "sister_city": KP.TwinningAgreement,
    "cooperation_protocol": KP.CooperationProtocol,
}

STATUS_BY_IRI: dict[str, Status] = {
    str(KP.holds): "holds",
    str(KP.mayHold): "may_hold",
    str(KP.planned): "planned",
    str(KP.ended): "ended",
    str(KP.statusUnknown): "unknown",
}
GRADES_BY_IRI: dict[str, Grade] = {
    str(KP.confirmed): "confirmed",
    str(KP.reported): "reported",
    str(KP.unverified): "unverified",
}
PARTS: dict[str, Part] = {
    str(KP.party): "party",
    str(ORG.member): "member",
    str(ORG.organization): "network",
    str(KP.project): "project",
    str(KP.recipient): "recipient",
    str(SCHEMA.funder): "funder",
    str(KP.programme): "programme",
    str(KP.awardedBy): "awarded_by",
}

KIND_LABELS: dict[RelationKind, Label] = {
    "twinning": Label("kardeş şehir anlaşması", "sister-city agreement"),
    "protocol": Label("iş birliği protokolü", "cooperation protocol"),
    "memorandum": Label("mutabakat zaptı", "memorandum of understanding"),
    "letter_of_intent": Label("niyet mektubu", "letter of intent"),
    "goodwill_protocol": Label("iyi niyet protokolü", "goodwill protocol"),
    "friendship_protocol": Label("dostluk protokolü", "friendship protocol"),
    "membership": Label("ağ üyeliği", "network membership"),
    "participation": Label("proje katılımı", "project participation"),
    "grant": Label("hibe", "grant"),
    "loan": Label("kredi", "loan"),
    "cooperation": Label("iş birliği", "cooperation"),
    "event": Label("etkinlik", "event"),
    "award": Label("ödül", "award"),
}
NETWORK_LABELS: dict[NetworkKind, Label] = {
    "city_network": Label("kent ağı", "city network"),
    "campaign": Label("kampanya", "campaign"),
    "reporting_scheme": Label("raporlama programı", "reporting scheme"),
    "national_union": Label("ulusal birlik", "national union"),
}
DECLARED_LABELS: dict[DeclaredKind, Label] = {
    "city_network": Label("Kent ağı üyelikleri", "City network memberships"),
    "sister_city": Label("Kardeş şehirler", "Sister cities"),
    "cooperation_protocol": Label("İş birliği protokolleri", "Cooperation protocols"),
}
#: Claims whose property has no readable name of its own.
CLAIM_LABELS: dict[str, Label] = {
    "rdf:type": Label("ilişkinin varlığı ve türü", "that it exists, and its kind")
}
#: What the summary counts, in its order.
THING_CLASSES: dict[str, tuple[URIRef, Label]] = {
    "city": (SCHEMA.City, Label("kent", "cities")),
    "country": (SCHEMA.Country, Label("ülke", "countries")),
    "authority": (M8G.PublicOrganisation, Label("kamu idaresi", "public authorities")),
    "city_network": (KP.CityNetwork, Label("kent ağı", "city networks")),
    "campaign": (KP.Campaign, Label("kampanya", "campaigns")),
    "reporting_scheme": (KP.ReportingScheme, Label("raporlama programı", "reporting schemes")),
    "national_union": (KP.NationalUnion, Label("ulusal birlik", "national unions")),
    "project": (SCHEMA.Project, Label("proje", "projects")),
    "programme": (EURIO.FundingScheme, Label("fon programı", "funding programmes")),
    "call": (KP.Call, Label("çağrı", "calls")),
    "plan": (PPLAN.Plan, Label("plan", "plans")),
    "document": (SCHEMA.CreativeWork, Label("belge", "documents")),
    "evidence": (KP.Evidence, Label("kanıt", "pieces of evidence")),
}
#: The class of all things of a kind of IRI, where there is one: what is of a class is found quickly.
CLASS_OF_KIND: dict[str, URIRef] = {
    "city": SCHEMA.City,
    "country": SCHEMA.Country,
    "project": SCHEMA.Project,
    "evidence": KP.Evidence,
    "agreement": KP.Agreement,
    "membership": KP.NetworkMembership,
    "participation": KP.ProjectParticipation,
    "activity": KP.Activity,
    "indicator": KP.Indicator,
    "stage": KP.PlanStage,
}

# With a name before it Turkish puts the noun in the construct state: "MedCities üyeliği".
_NOUNS: dict[str, Label] = {
    **{str(kind): label for kind, label in KIND_LABELS.items()},
    "membership": Label("üyeliği", "membership"),
    "campaign": Label("katılımı", "participation"),
    "reporting_scheme": Label("raporlaması", "reporting"),
    "participation": Label("katılımı", "participation"),
    "grant": Label("hibesi", "grant"),
    "loan": Label("kredisi", "loan"),
    "cooperation": Label("iş birliği", "cooperation"),
    "event": Label("etkinliği", "event"),
    "award": Label("ödülü", "award"),
}


def make_relation_label(
    kind: RelationKind | NetworkKind, names: list[Label], open_number: str | None
) -> Label:
    """Return what a relation is called.

    Parameters
    ----------
    kind
        Its kind; for a membership in something that is no city network, the kind of that.
    names
        The parties as they are called in passing, in order.
    open_number
        The number of an open place, whose partner is not known.

    Examples
    --------
    >>> make_relation_label("twinning", [Label("Antalya", "Antalya"), Label("Nürnberg", "Nuremberg")], None)
    Label(tr='Antalya – Nürnberg kardeş şehir anlaşması', en='Antalya–Nuremberg sister-city agreement')
    """
    noun = _NOUNS.get(kind, _NOUNS["membership"])
    if open_number is not None:
        plain = KIND_LABELS["membership"] if kind in {*NETWORK_CLASSES, "membership"} else noun
        tr, en = (" – ".join(name.tr for name in names), "–".join(name.en for name in names))
        return Label(
            f"{tr} – adı bilinmeyen {plain.tr} ({open_number})", f"{en}: unnamed {plain.en} ({open_number})"
        )
    return Label(
        f"{' – '.join(name.tr for name in names)} {noun.tr}",
        f"{'–'.join(name.en for name in names)} {noun.en}",
    )
