"""What changed, in words: headings, and one sentence for each value, grade and source that differs."""

from graph.changes.model import Change, Comparison, FieldChange, GroupKey, ThingChange
from graph.model import Label
from ontology.messages import LANGUAGES, N_, Language, translate
from viz.formats import format_date_text, format_moment, format_number
from viz.kinds import GRADE_LABELS

__all__ = ["CHANGE_LABELS", "CHANGE_WORDS", "GROUP_LABELS", "describe_change", "describe_field", "name_of"]

CHANGE_LABELS: dict[Change, str] = {
    "came": N_("Came"),
    "went": N_("Went"),
    "changed": N_("Changed"),
    "stronger": N_("Better evidence"),
    "weaker": N_("Weaker evidence"),
}
CHANGE_WORDS: dict[Change, str] = {
    "came": N_("It is recorded now and was not before."),
    "went": N_("It was recorded before and is no longer."),
    "changed": N_("A value that the graph goes by differs."),
    "stronger": N_("The values are the same; more or better sources speak for them."),
    "weaker": N_("The values are the same; fewer or weaker sources speak for them."),
}
GROUP_LABELS: dict[GroupKey, str] = {
    "twinning": N_("Sister cities"),
    "protocol": N_("Cooperation protocols"),
    "membership": N_("Memberships in networks"),
    "participation": N_("Parts in projects"),
    "funding": N_("Grants and loans"),
    "cooperation": N_("Other cooperation, events and awards"),
    "project": N_("Projects, programmes and calls"),
    "network": N_("Networks"),
    "plan": N_("The plan: stages, activities, declared numbers"),
    "indicator": N_("Indicators and measurements"),
    "body": N_("Authorities, departments and organisations"),
    "place": N_("Cities and countries"),
    "document": N_("Sources"),
}
_MOST_VALUES = 12


def name_of(comparison: Comparison, language: Language) -> str:
    """Return what is compared, in one line."""
    return translate(
        N_("Revision {before} ({day_before}) and revision {after} ({day_after})"), language,
        before=comparison.before.number, after=comparison.after.number,
        day_before=format_moment(comparison.before.created_at, language),
        day_after=format_moment(comparison.after.created_at, language),
    )  # fmt: skip


def describe_field(field: FieldChange, language: Language) -> str:
    """Return a value before and after, such as "start: not known → 2011"."""
    label = field.label.get(language)
    before, after = (_values(side, language) for side in (field.before, field.after))
    if before == after:  # only the text in the other language differs
        other = next(one for one in LANGUAGES if one != language)
        label = f"{label} ({other})"
        before, after = (_values(side, other) for side in (field.before, field.after))
    if before and after:
        return translate(N_("{label}: {before} → {after}"), language, label=label, before=before, after=after)
    if after:
        return translate(N_("{label}: {after} (new)"), language, label=label, after=after)
    return translate(N_("{label}: {before} (gone)"), language, label=label, before=before)


def _values(values: tuple[Label, ...], language: Language) -> str:
    texts = [_value(value.get(language), language) for value in values[:_MOST_VALUES]]
    return ", ".join([*texts, *(["…"] if len(values) > _MOST_VALUES else [])])


def _value(text: str, language: Language) -> str:
    """Return a value as people write it: dates in words, large numbers with their groups."""
    if text.isdecimal() and len(text) > 4:
        return format_number(int(text), language)
    return format_date_text(text, language) if text[:4].isdecimal() and len(text) > 4 else text


def describe_change(change: ThingChange, language: Language) -> list[str]:
    """Return what differs, line by line: values, then the grade, then the sources."""
    lines = [describe_field(field, language) for field in change.fields]
    before, after = change.grades
    if before and after and before != after:
        lines.append(
            translate(
                N_("grade: {before} → {after}"), language,
                before=translate(GRADE_LABELS[before], language),
                after=translate(GRADE_LABELS[after], language),
            )
        )  # fmt: skip
    elif before or after:
        grade = after or before
        if grade and change.change in ("came", "went"):
            lines.append(
                translate(N_("grade: {grade}"), language, grade=translate(GRADE_LABELS[grade], language))
            )
    return lines
