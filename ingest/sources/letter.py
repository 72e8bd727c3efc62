"""The official letter that asks for an internationalisation plan: text or Markdown, HTML inside is fine.

Read are number, date, subject, units, legal basis, themes, action plans, declared counts, and the
tables of stages in its annex. What is not read is listed; names of signatories are never kept.
"""

from ingest.batch import Batch, Context, Fetched, Notice, RawFile
from ingest.letter.blocks import Block
from ingest.letter.known import Known
from ingest.letter.parse import Letter, parse_letter
from ingest.letter.stages import add_stages
from ingest.letter.statements import LetterStatements
from ontology.errors import RecordError, SourceError
from ontology.messages import N_
from ontology.vocabulary import load_themes

__all__ = ["read"]

#: Words of a block that are shown, so that a person recognises it.
_SHOWN = 60
_NO_PLAN = Notice(
    N_(
        "The letter names no plan with its years, or no sender was found, so the tables of stages "
        "in its annex were left out."
    )
)
#: How files that are often taken for text begin.
_OTHER_KINDS = {b"%PDF": "PDF", b"PK\x03\x04": "Word (.docx)", b"\xd0\xcf\x11\xe0": "Word (.doc)"}


def read(fetched: Fetched, context: Context) -> Batch:
    """Return the statements of one letter.

    Raises
    ------
    RecordError
        It is not UTF-8, has no number or date, or its sender is not recorded.
    SourceError
        More than one file was given.
    """
    if len(fetched.files) != 1:
        raise SourceError(N_("One letter is read at a time; name the file, not its folder."))
    file = fetched.files[0]
    letter = parse_letter(_decode(file), file.name)
    known = Known(context.graph_of("records"), load_themes(context.iris.base))
    _check_sender(letter, known, file.name)
    statements = LetterStatements(letter, file.name, context.iris, known)
    has_stages = add_stages(statements)
    return Batch(
        rdf=statements.rdf,
        part=letter.number.text,
        counts={
            "letters": 1,
            "units": len(letter.units),
            "themes": len(letter.themes) + len(letter.plans) - len(statements.unmatched),
            "declared_counts": len(letter.counts) if statements.authority else 0,
            "stages": len(letter.tables) if has_stages else 0,
            "stage_items": sum(len(table.items) for table in letter.tables) if has_stages else 0,
        },
        unread=[_unread(block) for block in letter.unread],
        notes=[*_notes(letter, statements), *([] if has_stages else [_NO_PLAN])],
    )


def _check_sender(letter: Letter, known: Known, file: str) -> None:
    """Raise when the sender is unknown: what a letter declares would belong to no city."""
    sender = letter.authority
    if sender and known.find_authority(sender.text) is None:
        raise RecordError(
            N_(
                "the sender '{name}' is not among the recorded authorities. "
                "Add it with its city to authorities.yml, run 'kopru ingest records', then try again."
            ),
            file=file, line=sender.line, name=sender.text,
        )  # fmt: skip


def _decode(file: RawFile) -> str:
    kind = next((kind for mark, kind in _OTHER_KINDS.items() if file.content.startswith(mark)), None)
    if kind:
        raise RecordError(
            N_(
                "this is a {kind} file, but a letter is read as text. Copy the text of the letter "
                "into a file in UTF-8 (.md or .txt), and name that file."
            ),
            file=file.name, line=None, kind=kind,
        )  # fmt: skip
    try:
        return file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.content.count(b"\n", 0, error.start) + 1
        raise RecordError(
            N_("this is not UTF-8 text. Save the file as UTF-8, then try again."), file=file.name, line=line
        ) from error


def _unread(block: Block) -> Notice:
    shown = block.text if len(block.text) <= _SHOWN else block.text[:_SHOWN].rsplit(" ", 1)[0] + " …"
    facts: dict[str, object] = {"first": block.line, "last": block.last_line, "text": shown.lstrip("# ")}
    if block.is_table:
        return Notice(N_("lines {first}–{last}, a table of the annex: {text}"), facts)
    if block.line == block.last_line:
        return Notice(N_("line {first}: {text}"), facts)
    return Notice(N_("lines {first}–{last}: {text}"), facts)


def _notes(letter: Letter, statements: LetterStatements) -> list[Notice]:
    notes = [
        Notice(
            N_("line {line}: the theme '{name}' is not in the scheme of themes, so it was left out."),
            {"line": mention.line, "name": mention.text},
        )
        for mention in statements.unmatched
    ]
    notes += [
        Notice(
            N_("line {line}: '{text}' contradicts an earlier number; the first one was taken."),
            {"line": mention.line, "text": mention.text},
        )
        for mention in letter.conflicts
    ]
    if statements.authority is None:
        notes.append(
            Notice(N_("The sender was not found in the head, so the declared counts were left out."))
        )
    if any("signature" in block.roles for block in letter.left_out):
        notes.append(Notice(N_("Signatures were left out on purpose: natural persons are not recorded.")))
    return notes
