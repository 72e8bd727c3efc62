"""Records of a plan to statements: stages and their items, activities, indicators, measurements."""

from rdflib import Literal, URIRef

from ingest.plan_items import COLUMNS, ITEM_CLASSES, Column, item_iri
from ingest.records import models
from ingest.records.claims import add_claim, add_evidence, to_decimal
from ingest.records.directory import Tie
from ingest.records.fields import Text
from ingest.records.identity import find_iri
from ingest.records.parsing import Place
from ingest.records.plan_models import (
    Activity,
    Indicator,
    Measurement,
    Stage,
    StageItem,
    StageRole,
    YearValue,
)
from ingest.records.reading import Folder
from ingest.records.statements import Statements
from ontology.dates import DateBounds
from ontology.terms import KP, PPLAN, PROV, RDF, RDFS, SCHEMA, SKOS, SOSA, XSD

__all__ = ["add_plan_records"]

_DIRECTIONS = {"higher": KP.higherIsBetter, "lower": KP.lowerIsBetter}


def add_plan_records(into: Statements, folder: Folder) -> None:
    """State the records of a folder's plan."""
    positions: dict[str, int] = {}
    for stage in folder.stages:
        positions[stage.plan] = positions.get(stage.plan, 0) + 1
        _add_stage(into, stage, positions[stage.plan], folder)
    for activity in folder.activities:
        _add_activity(into, activity, folder)
    for indicator in folder.indicators:
        _add_indicator(into, indicator)
    for measurement in folder.measurements:
        _add_measurement(into, measurement)


def _begin(into: Statements, kind: str, cls: URIRef, record: models.Thing) -> URIRef:
    thing = into.iris.thing(kind, record.id)
    into.begin(thing, cls, record.place)
    into.add_text(thing, RDFS.label, record.name)
    into.add_text(thing, SKOS.note, record.note)
    add_evidence(into, thing, cls, record.evidence)
    return thing


def _published(into: Statements, document_id: str) -> DateBounds | None:
    document = into.directory.find("documents", document_id)
    return document.published if isinstance(document, models.Document) else None


def _add_document(into: Statements, about: URIRef, cls: URIRef, document_id: str, place: Place) -> URIRef:
    """State that a document, on the day it was published, says that a thing is there."""
    day = _published(into, document_id)
    return add_claim(into, about, (RDF.type, cls), document_id, place, date=day)


def _add_stage(into: Statements, record: Stage, position: int, folder: Folder) -> None:
    stage = _begin(into, "stage", KP.PlanStage, record)
    into.add_things(stage, PPLAN.isStepOfPlan, "plan", [record.plan])
    into.add(stage, KP.position, Literal(position))
    into.add_things(stage, PPLAN.isPrecededBy, "stage", [record.after])
    into.add_things(stage, KP.loopsBackTo, "stage", [record.loops_back_to])
    _add_document(into, stage, KP.PlanStage, record.document, record.place)
    for column in COLUMNS:
        items: list[StageItem] = getattr(record, column)
        for place, item in enumerate(items, start=1):
            iri = item_iri(into.iris, record.id, column, place)
            into.add_things(iri, KP.stage, "stage", [record.id])
            into.add(iri, KP.position, Literal(place))
            _add_item(into, iri, column, item)
            node = _add_document(
                into, iri, ITEM_CLASSES[column], item.document or record.document, item.place
            )
            into.add(node, KP.letterColumn, Literal(column))
            into.add(node, KP.position, Literal(place))
            if isinstance(item, StageRole):
                _add_bodies(into, iri, item, folder)
                into.add_things(iri, PROV.hadPlan, "plan", [record.plan])


def _add_item(into: Statements, iri: URIRef, column: Column, item: StageItem) -> None:
    into.begin(iri, ITEM_CLASSES[column], item.place)
    into.add_text(iri, RDFS.label, item.text)
    into.add_text(iri, SKOS.note, item.note)
    add_evidence(into, iri, ITEM_CLASSES[column], item.evidence)


def _add_bodies(into: Statements, role: URIRef, item: StageRole, folder: Folder) -> None:
    for body in item.who:
        into.add_party(role, PROV.agent, into.directory.get_body(body, folder))


def _add_purpose(into: Statements, thing: URIRef, record: Activity | Indicator) -> None:
    """State stage, themes, objectives and results that something serves."""
    into.add_things(thing, KP.stage, "stage", [record.stage])
    into.add_things(thing, KP.theme, "theme", record.themes)
    into.add_things(thing, KP.objective, "objective", record.objectives)
    into.add_things(thing, KP.objective, "result", record.results)


def _add_activity(into: Statements, record: Activity, folder: Folder) -> None:
    activity = _begin(into, "activity", KP.Activity, record)
    _add_purpose(into, activity, record)
    if record.lead:
        into.add_party(activity, KP.lead, into.directory.get_body(record.lead, folder))
    for partner in record.partners:
        into.add_party(activity, KP.partner, into.directory.get_body(partner, folder))
    if record.budget:
        into.add(activity, KP.budget, to_decimal(record.budget.amount))
        into.add(activity, SCHEMA.currency, Literal(record.budget.currency))
    for id_ in record.funding:
        _add_funding(into, activity, id_)
    into.add_things(activity, KP.activityState, "activity-state", [record.state])


def _add_funding(into: Statements, activity: URIRef, id_: str) -> None:
    """State the programme with this id, else the grants and loans of the project with this id."""
    if into.directory.find("programmes", id_):
        into.add_things(activity, KP.funding, "programme", [id_])
        return
    for folder in into.directory.folders:
        for section in ("grants", "loans"):
            for money in getattr(folder, section):
                if money.project == id_:
                    into.add(activity, KP.funding, find_iri(Tie(section, money, folder), into.directory))


def _add_indicator(into: Statements, record: Indicator) -> None:
    indicator = _begin(into, "indicator", KP.Indicator, record)
    _add_document(into, indicator, KP.Indicator, record.document, record.place)
    _add_purpose(into, indicator, record)
    into.add_text(indicator, SKOS.definition, record.definition)
    into.add_text(indicator, KP.unit, record.unit)
    into.add(indicator, KP.direction, _DIRECTIONS[record.direction])
    into.add(indicator, KP.period, Literal(record.period))
    _add_year_value(into, indicator, (KP.baseline, KP.baselineYear), record.baseline)
    _add_year_value(into, indicator, (KP.target, KP.targetYear), record.target)


def _add_year_value(
    into: Statements, indicator: URIRef, terms: tuple[URIRef, URIRef], given: YearValue | None
) -> None:
    if given:
        into.add(indicator, terms[0], to_decimal(given.value))
        into.add(indicator, terms[1], Literal(given.year))


def _unit_of(into: Statements, record: Measurement) -> Text | None:
    indicator = into.directory.find("indicators", record.indicator)
    return record.unit or (indicator.unit if isinstance(indicator, Indicator) else None)


def _add_measurement(into: Statements, record: Measurement) -> None:
    measurement = into.iris.thing("measurement", f"{record.indicator}-{record.period.text}")
    into.begin(measurement, KP.Measurement, record.place)
    into.add_things(measurement, SOSA.observedProperty, "indicator", [record.indicator])
    value = to_decimal(record.value)
    into.add(measurement, KP.value, value)
    into.add_text(measurement, KP.unit, _unit_of(into, record))
    into.add(measurement, KP.periodStart, Literal(str(record.period.earliest), datatype=XSD.date))
    into.add(measurement, KP.periodEnd, Literal(str(record.period.latest), datatype=XSD.date))
    into.add_text(measurement, SKOS.note, record.note)
    add_claim(
        into, measurement, (KP.value, value), record.document, record.place, record.grade, date=record.date
    )
