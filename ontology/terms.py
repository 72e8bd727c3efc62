"""Namespaces and the closed list of our own terms.

A misspelt term fails at import or at first use. What a term means stands in the Turtle files
beside this module, to which a test holds this list equal; ``kopru.ttl`` says which is where.
"""

from rdflib import Namespace, URIRef
from rdflib.namespace import (
    DCAT,
    DCTERMS,
    OWL,
    PROV,
    RDF,
    RDFS,
    SH,
    SKOS,
    SOSA,
    TIME,
    VOID,
    XSD,
    DefinedNamespace,
)

__all__ = [
    "DCAT", "DCTERMS", "EURIO", "GEO", "KP", "M8G", "ORG", "OWL", "PPLAN", "PREFIXES",
    "PROV", "RDF", "RDFS", "SCHEMA", "SH", "SKOS", "SOSA", "TIME", "VOID", "XSD",
]  # fmt: skip

EURIO = Namespace("http://data.europa.eu/s66#")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
M8G = Namespace("http://data.europa.eu/m8g/")
ORG = Namespace("http://www.w3.org/ns/org#")
PPLAN = Namespace("http://purl.org/net/p-plan#")
SCHEMA = Namespace("https://schema.org/")


class KP(DefinedNamespace):
    """Our own terms, https://w3id.org/kopru/ontology#."""

    _NS = Namespace("https://w3id.org/kopru/ontology#")
    _fail = True

    # Relations: a node of its own for whatever ties two parties together.
    Relation: URIRef
    Agreement: URIRef
    TwinningAgreement: URIRef
    CooperationProtocol: URIRef
    Memorandum: URIRef
    LetterOfIntent: URIRef
    GoodwillProtocol: URIRef
    FriendshipProtocol: URIRef
    NetworkMembership: URIRef
    ProjectParticipation: URIRef
    Funding: URIRef
    Grant: URIRef
    Loan: URIRef
    Cooperation: URIRef
    Event: URIRef
    Award: URIRef

    # What a city can be a member of.
    CityNetwork: URIRef
    Campaign: URIRef
    ReportingScheme: URIRef
    NationalUnion: URIRef

    # The plan as data.
    PlanStage: URIRef
    Objective: URIRef
    ExpectedResult: URIRef
    StageRole: URIRef
    Activity: URIRef
    Indicator: URIRef
    Measurement: URIRef
    Direction: URIRef
    higherIsBetter: URIRef
    lowerIsBetter: URIRef
    stage: URIRef
    position: URIRef
    loopsBackTo: URIRef
    priorityThemes: URIRef
    letterColumn: URIRef
    spanStart: URIRef
    spanEnd: URIRef
    lead: URIRef
    partner: URIRef
    objective: URIRef
    budget: URIRef
    funding: URIRef
    activityState: URIRef
    unit: URIRef
    direction: URIRef
    baseline: URIRef
    baselineYear: URIRef
    target: URIRef
    targetYear: URIRef
    period: URIRef
    computedBy: URIRef
    value: URIRef
    periodStart: URIRef
    periodEnd: URIRef

    # Who says so.
    Evidence: URIRef
    EvidenceGrade: URIRef
    DeclaredCount: URIRef
    confirmed: URIRef
    reported: URIRef
    unverified: URIRef

    # Whether two descriptions mean one place.
    Judgement: URIRef
    judges: URIRef
    verdict: URIRef
    judgedBy: URIRef
    judgedOn: URIRef
    mergedInto: URIRef

    # Whether a relation holds on a day.
    RelationStatus: URIRef
    holds: URIRef
    mayHold: URIRef
    planned: URIRef
    ended: URIRef
    statusUnknown: URIRef

    # Parties.
    party: URIRef
    partnerIdentified: URIRef
    city: URIRef
    project: URIRef
    recipient: URIRef
    programme: URIRef
    via: URIRef
    endedBy: URIRef
    awardedBy: URIRef
    intendedOnly: URIRef
    twinnedWith: URIRef
    partnerOf: URIRef

    # Dates as bounds, and the text as given.
    startDate: URIRef
    startEarliest: URIRef
    startLatest: URIRef
    startText: URIRef
    startUnknown: URIRef
    endDate: URIRef
    endEarliest: URIRef
    endLatest: URIRef
    endText: URIRef

    # Evidence.
    about: URIRef
    hasEvidence: URIRef
    acceptedClaim: URIRef
    claimedProperty: URIRef
    claimedValue: URIRef
    claimedEarliest: URIRef
    claimedLatest: URIRef
    claimedCurrency: URIRef
    evidenceDate: URIRef
    evidenceDateText: URIRef
    missingSince: URIRef
    evidenceGrade: URIRef
    assessedGrade: URIRef
    gradeReason: URIRef
    gradeRank: URIRef
    recordRef: URIRef
    retrievedOn: URIRef
    contentDigest: URIRef

    # Declared against recorded.
    declaredKind: URIRef
    declaredNumber: URIRef
    declaredOn: URIRef
    declaredBy: URIRef
    countedIn: URIRef
    countedBy: URIRef
    countingReason: URIRef

    # Calls.
    Call: URIRef
    opening: URIRef
    deadline: URIRef
    minimumPartners: URIRef
    minimumCountries: URIRef

    # Attributes of things.
    isoCode: URIRef
    population: URIRef
    designationNote: URIRef
    foundedText: URIRef
    seat: URIRef
    memberCount: URIRef
    totalCost: URIRef
    fundingAmount: URIRef
    ownShare: URIRef
    planState: URIRef
    planOwner: URIRef
    servesPlan: URIRef
    theme: URIRef
    legalBasis: URIRef
    searchKey: URIRef
    sortKey: URIRef


#: The prefixes every query of ours and every Turtle answer may use.
PREFIXES: dict[str, str] = {
    "kp": str(KP._NS),
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "eurio": str(EURIO),
    "eurovoc": "http://eurovoc.europa.eu/",
    "geo": str(GEO),
    "m8g": str(M8G),
    "org": str(ORG),
    "owl": str(OWL),
    "p-plan": str(PPLAN),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "sdg": "http://metadata.un.org/sdg/",
    "sdgo": "http://metadata.un.org/sdg/ontology#",
    "sh": str(SH),
    "skos": str(SKOS),
    "sosa": str(SOSA),
    "time": str(TIME),
    "void": str(VOID),
    "xsd": str(XSD),
}
