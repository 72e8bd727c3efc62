"""What is wrong in files that people and sources bring."""

from collections.abc import Sequence

from ontology.errors.base import HasSentence, KopruError, Several
from ontology.messages import N_, Language, translate

__all__ = [
    "BackupError",
    "InvalidBatch",
    "RecordError",
    "RecordErrors",
    "SheetError",
    "SheetErrors",
    "SourceError",
    "WorkbookError",
]


class RecordError(KopruError):
    """A place in a file that a person wrote is wrong.

    ``file`` and ``line`` (1-based, or ``None``) are always among the facts; the template
    says what is wrong and what to write instead, without the place.
    """

    def __init__(self, template: str, /, *, file: str, line: int | None, **facts: object) -> None:
        super().__init__(template, file=file, line=line, **facts)

    def sentence(self, language: Language) -> str:
        """Return place and sentence."""
        place = (
            translate(N_("{file}, line {line}: "), language, **self.facts)
            if self.facts["line"]
            else translate(N_("{file}: "), language, **self.facts)
        )
        return place + super().sentence(language)


class RecordErrors(Several):
    """Everything that is wrong in the records, so that a person can put it right in one go.

    Parameters
    ----------
    errors
        The places, in the order of the files; kept whole as ``errors``.
    """

    sentence_template = N_("The records have {count} errors, so nothing was published.")

    def __init__(self, errors: Sequence[RecordError]) -> None:
        self.found = self.errors = tuple(errors)
        super().__init__(count=len(self.errors))

    def sentence(self, language: Language) -> str:
        """Return all of it; a single error needs no heading."""
        return self.errors[0].sentence(language) if len(self.errors) == 1 else super().sentence(language)


class WorkbookError(KopruError):
    """A spreadsheet can't be read or written as a whole."""


class SheetError(KopruError):
    """A place in a spreadsheet is wrong.

    ``sheet``, ``row`` (from 1, or 0 when the whole sheet is meant), ``column`` (its letters) and ``heading``
    (both empty when the whole row is meant) are always among the facts.
    """

    def __init__(
        self, template: str, /, *, sheet: str, row: object = 0, column: object = "", heading: object = "",
        **facts: object,
    ) -> None:  # fmt: skip
        super().__init__(template, sheet=sheet, row=row, column=column, heading=heading, **facts)

    def sentence(self, language: Language) -> str:
        """Return place and sentence."""
        template = N_("sheet '{sheet}': ")
        if self.facts["row"]:
            template = N_("sheet '{sheet}', row {row}: ")
        if self.facts["row"] and self.facts["column"]:
            template = N_("sheet '{sheet}', row {row}, column {column} ({heading}): ")
        return translate(template, language, **self.facts) + super().sentence(language)


class SheetErrors(Several):
    """Everything that is wrong in a workbook, so that a person can put it right in one go.

    Parameters
    ----------
    errors
        The places, in the order of the sheets; kept whole as ``errors``.
    """

    sentence_template = N_("The workbook has {count} errors, so nothing was changed.")

    def __init__(self, errors: Sequence[KopruError]) -> None:
        self.found = self.errors = tuple(errors)
        super().__init__(count=len(self.errors))

    def sentence(self, language: Language) -> str:
        """Return all of it; a single error needs no heading."""
        return self.errors[0].sentence(language) if len(self.errors) == 1 else super().sentence(language)


class BackupError(KopruError):
    """A backup can't be written, read or restored."""


class SourceError(KopruError):
    """A source could not be read, or is not known."""


class InvalidBatch(Several):
    """The shapes were violated; nothing was published.

    Parameters
    ----------
    violations
        What breaks a rule, each with its place in the records; kept whole as ``violations``.
    """

    sentence_template = N_("{count} statements break the rules of the model, so nothing was published.")

    def __init__(self, violations: Sequence[HasSentence]) -> None:
        self.found = self.violations = tuple(violations)
        super().__init__(count=len(self.violations))
