"""The words of the office's page: kinds of decisions, and what was decided."""

from ontology.messages import N_, Language, translate

__all__ = ["KIND_LABELS", "VERDICT_LABELS", "verdict_label"]

KIND_LABELS = {
    "partner": N_("Candidate city"),
    "sameness": N_("Same city or not"),
    "workbook": N_("Workbook"),
}
VERDICT_LABELS = {
    "accepted": N_("accepted"),
    "declined": N_("declined"),
    "in_talks": N_("in talks"),
    "same": N_("the same city"),
    "different": N_("different cities"),
    "withdrawn": N_("withdrawn: the rules decide again"),
    "unchanged": N_("nothing to change"),
}
_COUNTED = {
    "added": N_("added"), "changed": N_("changed"), "ended": N_("ended"), "removed": N_("removed"),
}  # fmt: skip


def verdict_label(verdict: str, language: Language) -> str:
    """Return what was decided; of a workbook how many records changed: "1 added, 2 changed".

    Examples
    --------
    >>> verdict_label("added 1, changed 2", "en")
    '1 added, 2 changed'
    """
    if verdict in VERDICT_LABELS:
        return translate(VERDICT_LABELS[verdict], language)
    parts = [part.partition(" ") for part in verdict.split(", ")]
    return ", ".join(
        f"{count} {translate(_COUNTED[word], language)}" if word in _COUNTED else f"{word} {count}".strip()
        for word, _, count in parts
    )
