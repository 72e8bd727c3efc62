"""The root of the error tree: a class writes its sentence, an instance keeps its facts."""

from typing import Protocol

from ontology.messages import N_, Language, translate

__all__ = ["HasSentence", "KopruError", "Several"]


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


class HasSentence(Protocol):
    """Anything that can say itself in both languages."""

    def sentence(self, language: Language) -> str:
        """Return the sentence in one language."""
        ...


class Several(KopruError):
    """Several things found in one run: a heading, then one line each; the first 20 are shown."""

    shown = 20
    found: tuple[HasSentence, ...]

    def sentence(self, language: Language) -> str:
        """Return heading and lines."""
        lines = [super().sentence(language), *(item.sentence(language) for item in self.found[: self.shown])]
        if len(self.found) > self.shown:
            lines.append(translate(N_("… and {more} more."), language, more=len(self.found) - self.shown))
        return "\n".join(lines)
