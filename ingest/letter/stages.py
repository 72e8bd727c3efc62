"""The tables of a letter as statements: evidence for the stages of its plan and for their items.

What the records have restated is not stated again: only where the letter says it, by column, position
and characters. What they lack is stated here in the letter's own words, so that nothing of it is missing.
It then has no English name, and a role nobody whose it is: the records may say so, a guess may not.
"""

from rdflib import Literal, URIRef

from ingest.letter.statements import LetterStatements
from ingest.letter.tables import StageItem, StageTable
from ingest.plan_items import ITEM_CLASSES, item_iri
from ontology.terms import KP, PPLAN, PROV, RDF, RDFS

__all__ = ["add_stages"]


def add_stages(into: LetterStatements) -> bool:
    """State the stages of the letter's plan; return whether plan and sender, whose they are, are known."""
    if into.plan is None or into.authority is None:
        return not into.letter.tables
    previous: URIRef | None = None
    for position, table in enumerate(into.letter.tables, start=1):
        previous = _add_stage(into, table, position, into.plan, previous)
    return True


def _add_stage(
    into: LetterStatements, table: StageTable, position: int, plan: URIRef, previous: URIRef | None
) -> URIRef:
    slug = _slug(into, table.stage, plan)
    stage = into.iris.thing("stage", slug)
    is_new = not into.known.has(stage) and (stage, RDF.type, KP.PlanStage) not in into.rdf
    if is_new:
        into.begin(stage, KP.PlanStage, table.line)
        into.add(stage, RDFS.label, Literal(table.title, lang="tr"))
        into.add(stage, RDFS.label, Literal(_english(table.stage), lang="en"))
        into.add(stage, PPLAN.isStepOfPlan, plan)
        into.add(stage, KP.position, Literal(position))
        if previous:
            into.add(stage, PPLAN.isPrecededBy, previous)
    into.claim(stage, RDF.type, KP.PlanStage, table.line)
    for item in table.items:
        _add_item(into, slug, item)
    return stage


def _english(stage: str) -> str:
    return stage.replace("-", " ").capitalize()


def _slug(into: LetterStatements, stage: str, plan: URIRef) -> str:
    """Return the stage's slug; that of a plan that is not the recorded one's begins with the plan's."""
    recorded = into.known.plan_of(into.iris.thing("stage", stage))
    if recorded == plan or (recorded is None and into.known.has(plan)):
        return stage
    return f"{into.iris.parse(plan).slug}-{stage}"


def _add_item(into: LetterStatements, slug: str, item: StageItem) -> None:
    iri = item_iri(into.iris, slug, item.column, item.position)
    cls = ITEM_CLASSES[item.column]
    if not into.known.has(iri):
        into.begin(iri, cls, item.line)
        into.add(iri, RDFS.label, Literal(item.passage.text, lang="tr"))
        into.add(iri, KP.stage, into.iris.thing("stage", slug))
        into.add(iri, KP.position, Literal(item.position))
        if item.column == "roles" and into.plan:
            into.add(iri, PROV.hadPlan, into.plan)
    node = into.claim(iri, RDF.type, cls, item.line)
    into.add(node, KP.letterColumn, Literal(item.column))
    into.add(node, KP.position, Literal(item.position))
    into.add(node, KP.spanStart, Literal(item.passage.start))
    into.add(node, KP.spanEnd, Literal(item.passage.end))
