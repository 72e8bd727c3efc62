"""Turkish and English sentences for people.

Sentences are written in English in the code and translated in one gettext catalogue
(``locale/tr/LC_MESSAGES/kopru.po``), from which the build makes ``kopru.mo`` for
Python and a table for the browser. The language is passed down; nothing here is global.
"""

import gettext
from functools import cache
from importlib.resources import files
from typing import Literal

__all__ = ["LANGUAGES", "N_", "Language", "Phrase", "catalogue", "translate"]

Language = Literal["tr", "en"]
LANGUAGES: tuple[Language, ...] = ("tr", "en")


def N_(message: str) -> str:  # noqa: N802 (gettext's own name: marks a sentence, translates later)
    """Mark a sentence for the catalogue and return it as it is."""
    return message


class Phrase(str):
    """A fact that may itself be in the catalogue, and then is translated with its sentence."""

    __slots__ = ()


@cache
def catalogue(language: Language) -> gettext.NullTranslations:
    """Return the translations of one language; English is the text itself.

    Raises
    ------
    FileNotFoundError
        The catalogue was not compiled: the program was not built.
    """
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("kopru", str(files("ontology") / "locale"), languages=[language])


def translate(message: str, language: Language, /, **facts: object) -> str:
    """Return ``message`` in ``language`` with ``{facts}`` filled in; a ``Phrase`` is translated too.

    Examples
    --------
    >>> translate("{n} open places", "en", n=2)
    '2 open places'
    """
    text = catalogue(language).gettext(message)
    if not facts:
        return text
    spoken = {
        name: catalogue(language).gettext(fact) if isinstance(fact, Phrase) and fact else fact
        for name, fact in facts.items()
    }
    return text.format(**spoken)
