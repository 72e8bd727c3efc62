"""The records format of a plan: its stages with their items, activities, indicators, measurements.

What nobody has given is left out: nearly every field is optional, and what is absent is shown as open.
"""

from typing import Annotated, Literal

from pydantic import Field

from ingest.records.fields import Amount, DayText, Id, Ids, Period, Quantity, Record, Text, Year
from ingest.records.models import Evidence, Grade, Thing

__all__ = ["Activity", "Indicator", "Measurement", "Stage", "StageItem", "StageRole", "YearValue"]


class StageItem(Record):
    """One item of a stage; its place in its list is its id.

    ``document`` is where it stands when that is not the stage's document; ``evidence`` are documents
    that show that it came about.
    """

    text: Text
    note: Text | None = None
    document: Id | None = None
    evidence: Annotated[list[Evidence], Field(default_factory=list)]


class StageRole(StageItem):
    """A role, and the bodies that it concerns."""

    who: Ids


class Stage(Thing):
    """A stage of a plan, or its recurring review; its place among the plan's stages is its position."""

    plan: Id
    document: Id
    after: Id | None = None
    loops_back_to: Id | None = None
    contents: Annotated[list[StageItem], Field(default_factory=list)]
    results: Annotated[list[StageItem], Field(default_factory=list)]
    roles: Annotated[list[StageRole], Field(default_factory=list)]


class Activity(Thing):
    """Work that carries a plan out; its dates stand in its evidence."""

    stage: Id
    lead: Id | None = None
    partners: Ids
    themes: Ids
    objectives: Ids
    results: Ids
    budget: Amount | None = None
    funding: Ids
    state: Literal["planned", "running", "done", "dropped"] | None = None
    evidence: Annotated[list[Evidence], Field(min_length=1)]


class YearValue(Record):
    """A value, and the year that it is of or to be reached by."""

    value: Quantity
    year: Year


class Indicator(Thing):
    """What is measured to see whether the plan makes headway."""

    definition: Text
    unit: Text
    direction: Literal["higher", "lower"]
    baseline: YearValue | None = None
    target: YearValue | None = None
    period: Literal["year", "quarter", "month"]
    stage: Id | None = None
    themes: Ids
    objectives: Ids
    results: Ids
    document: Id


class Measurement(Record):
    """The value of an indicator in one period, as a document gives it."""

    indicator: Id
    period: Period
    value: Quantity
    unit: Text | None = None
    document: Id
    date: DayText
    grade: Grade
    note: Text | None = None
