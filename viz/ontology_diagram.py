"""A drawing of the core classes, made on the server from the ontology.

Where a box stands and how a line runs is laid out here by hand, for a drawing that can be read;
which names, sub-classes, individuals and numbers the boxes carry, and how the lines are called, comes
from the ontology. A test holds the lines against the domains and ranges that it states.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from ontology.terms import DCTERMS, EURIO, KP, ORG, PPLAN, PROV, RDF, RDFS, SCHEMA, SKOS, SOSA
from viz.terms import Link, TermReader

__all__ = ["BOXES", "HEIGHT", "LINES", "WIDTH", "Box", "Diagram", "DrawnBox", "DrawnLine", "Line", "draw"]

WIDTH, HEIGHT = 1270, 890
_TITLE, _ROW = 26, 20


@dataclass(frozen=True)
class Box:
    """Where a class stands; ``listed`` tells what its lines are: sub-classes, or its individuals."""

    titles: tuple[URIRef, ...]
    family: str
    x: int
    y: int
    width: int = 214
    listed: str = ""


@dataclass(frozen=True)
class Line:
    """Properties that lead from one class to another, the way of the line, and where its name stands.

    ``path`` is SVG's, with ``{bottom}`` for the lower edge of the box that it ends at; it may begin
    inside a box, which hides it. ``anchor`` is SVG's ``text-anchor`` for the name.
    """

    properties: tuple[URIRef, ...]
    source: URIRef
    target: URIRef
    path: str
    x: int
    y: int
    anchor: str = "middle"


BOXES = (
    Box((SCHEMA.Country,), "place", 20, 60),
    Box((SCHEMA.City,), "place", 330, 60),
    Box((ORG.Organization,), "body", 20, 230, 262, "classes"),
    Box((KP.Relation,), "relation", 520, 180, 270, "classes"),
    Box((KP.DeclaredCount,), "evidence", 1040, 60),
    Box((KP.Evidence,), "evidence", 1040, 230, 214, "grades"),
    Box((SCHEMA.CreativeWork,), "evidence", 1040, 440),
    Box((PPLAN.Plan,), "plan", 190, 540),
    Box((SCHEMA.Project,), "work", 576, 540),
    Box((EURIO.FundingScheme,), "work", 1040, 540),
    Box((KP.Call,), "work", 1080, 640, 174),
    Box((SKOS.Concept,), "theme", 846, 640, 190, "themes"),
    Box((KP.Objective, KP.ExpectedResult, KP.StageRole), "plan", 20, 700, 190),
    Box((KP.PlanStage,), "plan", 330, 700, 180),
    Box((KP.Activity,), "plan", 620, 700, 170),
    Box((KP.Indicator,), "plan", 620, 820, 170),
    Box((KP.Measurement,), "plan", 960, 820, 190),
)

LINES = (
    Line((SCHEMA.containedInPlace,), SCHEMA.City, SCHEMA.Country, "M330 77H234", 282, 69),
    Line((DCTERMS.spatial,), ORG.Organization, SCHEMA.City, "M140 230V160H400V94", 270, 152),
    Line((KP.city,), KP.Relation, SCHEMA.City, "M600 180V77H544", 608, 130, "start"),
    Line((KP.party, ORG.member, KP.recipient), KP.Relation, ORG.Organization, "M520 260H282", 401, 252),
    Line((ORG.organization,), KP.Relation, ORG.Organization, "M520 320H282", 401, 312),
    Line((SCHEMA.funder, KP.awardedBy), KP.Relation, ORG.Organization, "M520 380H282", 401, 372),
    Line((KP.countedIn,), KP.Relation, KP.DeclaredCount, "M720 180V77H1040", 880, 69),
    Line((KP.hasEvidence,), KP.Relation, KP.Evidence, "M790 260H1040", 915, 252),
    Line((PROV.hadPrimarySource,), KP.Evidence, SCHEMA.CreativeWork, "M1147 300V440", 1139, 394, "end"),
    Line((KP.project,), KP.Relation, SCHEMA.Project, "M660 400V540", 668, 500, "start"),
    Line((KP.theme,), KP.Relation, SKOS.Concept, "M790 430H930V640", 922, 422, "end"),
    Line((KP.programme,), SCHEMA.Project, EURIO.FundingScheme, "M790 557H1040", 985, 549),
    Line((KP.programme,), KP.Call, EURIO.FundingScheme, "M1167 640V574", 1175, 612, "start"),
    Line((KP.servesPlan,), SCHEMA.Project, PPLAN.Plan, "M576 557H404", 512, 549),
    Line((KP.planOwner,), PPLAN.Plan, ORG.Organization, "M230 540V{bottom}", 238, 500, "start"),
    Line((PPLAN.isStepOfPlan,), KP.PlanStage, PPLAN.Plan, "M370 700V574", 378, 642, "start"),
    Line((KP.stage,), KP.Objective, KP.PlanStage, "M210 717H330", 270, 709),
    Line((KP.stage,), KP.Activity, KP.PlanStage, "M620 717H510", 565, 709),
    Line((KP.objective,), KP.Activity, KP.Objective, "M660 734V762H210", 420, 754),
    Line((KP.objective,), KP.Indicator, KP.Objective, "M620 837H120V{bottom}", 420, 829),
    Line((KP.lead,), KP.Activity, ORG.Organization, "M640 700V612H440V410H282", 448, 470, "start"),
    Line((KP.theme,), KP.Activity, SKOS.Concept, "M790 717H940V{bottom}", 868, 733),
    Line((SOSA.observedProperty,), KP.Measurement, KP.Indicator, "M960 837H790", 875, 829),
)


@dataclass(frozen=True)
class DrawnLine:
    """A line with its names."""

    links: tuple[Link, ...]
    source: Link
    target: Link
    path: str
    x: int
    y: int
    anchor: str


@dataclass(frozen=True)
class Row:
    """One line of text in a box; ``level`` indents it."""

    link: Link
    y: int
    level: int = 0
    is_title: bool = False
    number: int | None = None


@dataclass(frozen=True)
class DrawnBox:
    """A box with its lines of text."""

    family: str
    x: int
    y: int
    width: int
    height: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Diagram:
    """The drawing; sizes are units of its own."""

    width: int
    height: int
    boxes: tuple[DrawnBox, ...]
    lines: tuple[DrawnLine, ...]


def draw(reader: TermReader, numbers: dict[str, int]) -> Diagram:
    """Return the drawing in the reader's language; ``numbers`` are things by class."""
    boxes = {box.titles[0]: _draw_box(box, reader, numbers) for box in BOXES}
    lines = tuple(_draw_line(line, reader, boxes[line.target]) for line in LINES)
    return Diagram(WIDTH, HEIGHT, tuple(boxes.values()), lines)


def _draw_box(box: Box, reader: TermReader, numbers: dict[str, int]) -> DrawnBox:
    rows = []
    y = box.y + 23
    for title in box.titles:
        rows.append(Row(reader.link(title), y, is_title=True, number=numbers.get(str(title))))
        y += _TITLE
    for iri, level in _listed(box, reader):
        rows.append(Row(reader.link(iri), y + 2, level, number=numbers.get(str(iri))))
        y += _ROW
    bottom = y - _TITLE + 11 if len(rows) == len(box.titles) else y - _ROW + 14
    return DrawnBox(box.family, box.x, box.y, box.width, bottom - box.y, tuple(rows))


def _listed(box: Box, reader: TermReader) -> Iterable[tuple[URIRef, int]]:
    if box.listed == "classes":
        for link in reader.links(reader.rdf.subjects(RDFS.subClassOf, box.titles[0])):
            yield URIRef(link.iri), 0
            for below in reader.links(reader.rdf.subjects(RDFS.subClassOf, URIRef(link.iri))):
                yield URIRef(below.iri), 1
    elif box.listed == "themes":
        yield reader.iris.thing("scheme", "themes"), 0
    elif box.listed == "grades":
        grades = reader.rdf.subjects(RDF.type, KP.EvidenceGrade)
        for grade in sorted(
            grades, key=lambda grade: str(reader.rdf.value(grade, KP.gradeRank)), reverse=True
        ):
            yield URIRef(str(grade)), 0


def _draw_line(line: Line, reader: TermReader, target: DrawnBox) -> DrawnLine:
    links = tuple(reader.link(prop) for prop in line.properties)
    ends = reader.link(line.source), reader.link(line.target)
    path = line.path.format(bottom=target.y + target.height)
    return DrawnLine(links, *ends, path, line.x, line.y, line.anchor)
