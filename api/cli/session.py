"""What every command is given: the language, and where to write.

Sentences and tables go through here, so that no command formats text of its own.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from api.cli.progress import Progress
from ontology.errors import KopruError
from ontology.messages import N_, Language, translate
from ontology.reasons import reason_of

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Session"]

#: What a person is told of the steps of a run; the others are silent.
_STEPS = {
    "read": N_("Reading {source} …"),
    "derive": N_("Applying the rules …"),
    "check": N_("Checking …"),
    "publish": N_("Publishing …"),
}


#: Width of tables that nobody looks at on a screen.
_WIDE = 160


def _console(*, stderr: bool) -> "Console":
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False, soft_wrap=True)
    return (
        console
        if console.is_terminal
        else Console(stderr=stderr, highlight=False, soft_wrap=True, width=_WIDE)
    )


@contextmanager
def _output() -> Iterator[None]:
    """Say it when stdout takes no more; a reader that has seen enough is no error of ours."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is left in the buffer would be tried again at the very end, with a trace.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise KopruError(
            N_("The answer can't be written where it is sent ({reason}). Send it to another place."),
            reason=reason_of(error),
        ) from error  # fmt: skip


@dataclass(frozen=True)
class Session:
    """One run of the program, for one reader."""

    language: Language
    out: "Console" = field(default_factory=lambda: _console(stderr=False))
    err: "Console" = field(default_factory=lambda: _console(stderr=True))
    _progress: Progress = field(default_factory=Progress)

    def translate(self, message: str, /, **facts: object) -> str:
        """Return a sentence in the reader's language."""
        return translate(message, self.language, **facts)

    def translate_all(self, *messages: str) -> list[str]:
        """Return several sentences or headings in the reader's language."""
        return [self.translate(message) for message in messages]

    def say(self, message: str, /, **facts: object) -> None:
        """Write a sentence to stdout."""
        with _output():
            self.out.print(self.translate(message, **facts), markup=False)

    def show(self, text: str, style: str = "") -> None:
        """Write a finished text to stdout."""
        with _output():
            self.out.print(text, markup=False, style=style)

    def write(self, content: bytes) -> None:
        """Write bytes to stdout as they are."""
        with _output():
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()

    def write_json(self, answer: object) -> None:
        """Write an answer for programs to stdout, its letters as they are."""
        self.write((json.dumps(answer, ensure_ascii=False, indent=2) + "\n").encode())

    def note(self, message: str, /, **facts: object) -> None:
        """Write a sentence about the way of the work to stderr."""
        self.err.print(self.translate(message, **facts), markup=False, style="dim")

    def warn(self, sentence: str) -> None:
        """Write a finished sentence that asks for attention to stderr."""
        self.err.print(sentence, markup=False, style="yellow")

    def fail(self, sentence: str) -> None:
        """Write what went wrong to stderr, with the word *Error* before it."""
        word = self.translate(N_("Error"))
        self.err.print(f"[bold red]{word}:[/] ", end="")
        self.err.print(sentence, markup=False)

    def on_step(self, step: str) -> None:
        """Write a step of a run (``read geonames``) when it is one for people."""
        name, _, source = step.partition(" ")
        if name == "progress":
            self._progress.tell(self, source)
        elif name in _STEPS:
            self.note(_STEPS[name], source=source)

    def table(
        self, headings: Sequence[str], rows: Sequence[Sequence[object]], right: Sequence[int] = ()
    ) -> None:
        """Write a table to stdout; ``right`` are the places of the columns of numbers."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for place, heading in enumerate(headings):
            table.add_column(heading, justify="right" if place in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*(Text(str(cell)) for cell in row))
        with _output():
            self.out.print(table, soft_wrap=False)
