"""The one error tree: a class writes its sentence, an instance keeps its facts.

::

    KopruError
    ├── RecordError          a place in a file that a person wrote: file, line, remedy
    ├── RecordErrors         all of them, found in one run
    ├── WorkbookError        a spreadsheet can't be read or written as a whole
    ├── SheetError           a place in a spreadsheet is wrong: sheet, row, column, remedy
    ├── SheetErrors          all of them, found in one run
    ├── BackupError          a backup can't be written, read or restored
    ├── SourceError          a source could not be read or is not known
    ├── InvalidBatch         SHACL found violations; nothing was published
    ├── StoreError
    │   ├── StoreInUse       another run is writing
    │   ├── StoreNotWritable no right to write, or a read-only medium
    │   ├── StoreFull        no room on the disk
    │   ├── StoreBroken      the folder is no store, or damaged
    │   ├── StoreEmpty       nothing published yet
    │   └── RevisionNotFound
    │       └── RevisionCollected  there was one, but it is no longer kept
    ├── QueryError
    │   ├── QuerySyntaxError line, column, what was expected
    │   ├── QueryRefused     updates, SERVICE, LOAD
    │   ├── QueryTooLong     too many characters
    │   ├── QueryOverLimit   too much for the limits; says how to narrow it
    │   │   ├── QueryTimeout
    │   │   └── QueryTooBig  memory limit
    │   ├── QueryFailed      it broke while it was evaluated: the engine's reason
    │   ├── QueryQueueFull   all processes are busy, and enough others wait
    │   ├── FormatNotOffered a table asked for as a graph, or an unknown format
    │   ├── MediaNotRead     a body in a media type that is not read
    │   └── WorkerDied
    ├── WriteError           nothing was changed over HTTP
    │   ├── WritingClosed    no token is set, so nobody may
    │   ├── WrongToken       the token is missing or wrong
    │   ├── CrossSiteRequest it comes from another site's page, or from no form of ours
    │   └── TooManyAttempts  too many wrong tokens in a short time
    ├── NotFound             no such thing
    ├── BadParameter
    ├── RequestTooLong       more bytes than an address takes
    ├── RequestTooSlow       a sender that has stopped sending
    ├── TooManyRequests      of a kind that is counted
    └── PortInUse

A sentence says what happened and what to do. ``api/problems.py`` has the one table
that turns a class into an HTTP status; the command line exits 1 (2 for ``BadParameter``).
"""

from collections.abc import Sequence
from typing import Protocol

from ontology.messages import N_, Language, Phrase, translate

__all__ = [
    "BackupError", "BadParameter", "CrossSiteRequest", "HasSentence", "InvalidBatch", "KopruError",
    "NotFound", "PortInUse", "QueryError", "QueryOverLimit", "QueryRefused", "QuerySyntaxError",
    "QueryTimeout", "QueryTooBig", "RecordError", "RecordErrors", "RequestTooLong", "RequestTooSlow",
    "RevisionCollected", "RevisionNotFound", "SheetError", "SheetErrors", "SourceError", "StoreBroken",
    "StoreEmpty", "StoreError", "StoreFull", "StoreInUse", "StoreNotWritable", "TooManyAttempts",
    "TooManyRequests",
    "WorkbookError", "WorkerDied", "WriteError", "WritingClosed", "WrongToken",
]  # fmt: skip


class KopruError(Exception):
    """Root of all errors that a person may see.

    Parameters
    ----------
    template
        The English sentence with ``{facts}``; must be marked with ``N_`` where it is written.
        A class that always says the same has it as ``sentence_template`` and takes facts only.
    facts
        What fills the sentence; kept for programs.
    """

    sentence_template = N_("Something went wrong.")

    def __init__(self, template: str | None = None, /, **facts: object) -> None:
        self.template = template or self.sentence_template
        self.facts = facts
        super().__init__(self.sentence("en"))

    def sentence(self, language: Language) -> str:
        """Return the sentence in one language."""
        return translate(self.template, language, **self.facts)


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


class HasSentence(Protocol):
    """Anything that can say itself in both languages."""

    def sentence(self, language: Language) -> str:
        """Return the sentence in one language."""
        ...


class _Several(KopruError):
    """Several things found in one run: a heading, then one line each; the first 20 are shown."""

    shown = 20
    found: tuple[HasSentence, ...]

    def sentence(self, language: Language) -> str:
        """Return heading and lines."""
        lines = [super().sentence(language), *(item.sentence(language) for item in self.found[: self.shown])]
        if len(self.found) > self.shown:
            lines.append(translate(N_("… and {more} more."), language, more=len(self.found) - self.shown))
        return "\n".join(lines)


class RecordErrors(_Several):
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


class SheetErrors(_Several):
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


class InvalidBatch(_Several):
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


class StoreError(KopruError):
    """The store folder can't be used as asked."""


class StoreInUse(StoreError):
    """Another run holds the writer's lock."""

    sentence_template = N_(
        "Another run is writing to {path} (process {pid}). Wait until it has finished, then try again."
    )


class StoreNotWritable(StoreError):
    """No right to write there, or a read-only medium."""

    sentence_template = N_(
        "The folder {path} can't be written to ({reason}). "
        "Give this user the right to write there, or choose another folder with --store."
    )


class StoreFull(StoreError):
    """No room left."""

    sentence_template = N_(
        "There is no room left on the disk of {path}. Nothing was published. Free some room, then try again."
    )


class StoreBroken(StoreError):
    """The folder is no store of ours, or damaged."""

    sentence_template = N_(
        "The store in {path} can't be opened: {reason}. "
        "Go back with 'kopru rollback', or restore a backup into an empty folder."
    )


class StoreEmpty(StoreError):
    """Nothing has been published yet."""

    sentence_template = N_(
        "The store in {path} is still empty. Fill it with 'kopru ingest records' or start 'kopru serve'."
    )


class RevisionNotFound(StoreError):
    """No such revision."""

    sentence_template = N_("There is no revision {number}. 'kopru revisions' lists those that there are.")


class RevisionCollected(RevisionNotFound):
    """It was removed by the rule of what is kept."""

    sentence_template = N_(
        "Revision {number} is no longer kept. Kept are the current revision, the newest {newest} beside it, "
        "the last one of each of the last {months} months and the last one of each year. "
        "'kopru revisions' lists those that there are."
    )


class QueryError(KopruError):
    """A foreign query could not be answered."""


class QuerySyntaxError(QueryError):
    """The query is not SPARQL."""

    sentence_template = N_("The query can't be read at line {line}, column {column}: {reason}")


class QueryRefused(QueryError):
    """The query asks for what is not allowed here."""

    sentence_template = N_(
        "{form} is not allowed here: this address only answers questions about its own graph."
    )


class QueryTooLong(QueryError):
    """The text of the query is too long."""

    sentence_template = N_(
        "The query has {characters} characters; at most {limit} are read. "
        "Shorten it, or ask in several parts."
    )


class QueryFailed(QueryError):
    """The query could be read, but broke while it was evaluated."""

    sentence_template = N_(
        "The query could be read, but not evaluated. Check the functions and addresses that it uses."
    )


class QueryQueueFull(QueryError):
    """All processes that answer queries are busy."""

    sentence_template = N_("Too many queries are waiting at this moment. Try again in {seconds} seconds.")


class FormatNotOffered(QueryError):
    """The answer is not offered in the format that was asked for."""

    sentence_template = N_("A {form} query is not answered as {wanted}. Choose one of: {offered}.")


class MediaNotRead(QueryError):
    """The body of the request is in a media type that is not read here."""

    sentence_template = N_("A body of type '{media}' is not read here. Send one of: {offered}.")


class QueryOverLimit(QueryError):
    """The query took more than it may.

    ``advice`` says how to narrow it; what knows the query's text puts it there.
    """

    advice: Sequence[HasSentence] = ()

    def sentence(self, language: Language) -> str:
        """Return what happened and how to narrow the query."""
        return " ".join([super().sentence(language), *(one.sentence(language) for one in self.advice)])


class QueryTimeout(QueryOverLimit):
    """The deadline passed."""

    sentence_template = N_(
        "The query was stopped after {seconds} seconds, which is as long as one may take here; "
        "none of its rows was ready to be sent."
    )


class QueryTooBig(QueryOverLimit):
    """The memory limit was passed."""

    sentence_template = N_(
        "The query was stopped because it needed more than {megabytes} MB of memory, "
        "which is as much as one may take here."
    )


class WorkerDied(QueryError):
    """The process that answered the query broke."""

    sentence_template = N_(
        "The process that answered this query broke down and was replaced. "
        "The query may be nested too deeply: simplify it and try again."
    )


class WriteError(KopruError):
    """Nothing was changed over HTTP."""


class WritingClosed(WriteError):
    """No token is set."""

    sentence_template = N_(
        "Nothing can be changed over HTTP here. The operator allows it by setting KOPRU_WRITE_TOKEN."
    )


class WrongToken(WriteError):
    """The token is missing or wrong, or the session is over."""

    sentence_template = N_(
        "The token is missing or wrong, or the session is over; nothing was changed. Sign in again at "
        "/office, or send 'Authorization: Bearer' with the token."
    )


class CrossSiteRequest(WriteError):
    """It comes from another site's page, or from no form of ours."""

    sentence_template = N_(
        "This request does not come from a form of this site, so nothing was changed. Open /office and send "
        "it from there."
    )


class TooManyAttempts(WriteError):
    """Too many wrong tokens from one address."""

    sentence_template = N_("Too many wrong tokens came from this address. Try again in {seconds} seconds.")


class NotFound(KopruError):
    """No such thing in the graph."""

    sentence_template = N_("There is no {kind} '{name}' in the graph.")

    def __init__(self, template: str | None = None, /, *, kind: str, name: str, **facts: str) -> None:
        nameless = N_("The graph has nothing at {name}. Check how the address is written.")
        super().__init__(template or (None if kind else nameless), kind=Phrase(kind), name=name, **facts)


class BadParameter(KopruError):
    """A parameter can't be understood."""

    sentence_template = N_("'{value}' is no valid value for {name}: {remedy}.")


class RequestTooLong(KopruError):
    """The body of a request has more bytes than are read."""

    sentence_template = N_("The request is longer than {limit} bytes. Send less at a time.")


class RequestTooSlow(KopruError):
    """The body of a request has stopped coming."""

    sentence_template = N_("Nothing more of the request came for {seconds} seconds. Send it again, whole.")


class TooManyRequests(KopruError):
    """More of a kind than are taken in a minute; ``seconds`` says when to come again."""

    sentence_template = N_("Too much of this was asked for in a short time. Try again in {seconds} seconds.")


class PortInUse(KopruError):
    """Another program listens on the port."""

    sentence_template = N_(
        "Port {port} on {host} is used by another program. Choose another one with --port (make run PORT=…)."
    )
