"""Sentences in both languages, from one template and facts."""

from graph.model import Label
from ontology.messages import Language, translate

__all__ = ["join_names", "say", "spell_number"]


def say(template: str, **facts: Label | str | int) -> Label:
    """Return a sentence of the catalogue in both languages, each with its own names.

    Examples
    --------
    >>> say("{n} open places", n=2).en
    '2 open places'
    """
    return Label(_in("tr", template, facts), _in("en", template, facts))


def _in(language: Language, template: str, facts: dict[str, Label | str | int]) -> str:
    spoken = {name: one.get(language) if isinstance(one, Label) else one for name, one in facts.items()}
    return translate(template, language, **spoken)


def join_names(names: list[Label], most: int = 3) -> Label:
    """Return names in a row; of more than ``most`` the number of the others.

    Examples
    --------
    >>> join_names([Label("Varna", "Varna"), Label("Köln", "Cologne")]).en
    'Varna, Cologne'
    """
    shown = names[:most]
    rest = len(names) - len(shown)
    tail = ("", "") if rest <= 0 else (f" ve {rest} tane daha", f" and {rest} more")
    return Label(
        ", ".join(name.tr for name in shown) + tail[0], ", ".join(name.en for name in shown) + tail[1]
    )


def spell_number(number: float) -> Label:
    """Return a whole number with the separators of each language.

    Examples
    --------
    >>> spell_number(1234567.0)
    Label(tr='1.234.567', en='1,234,567')
    """
    english = f"{number:,.0f}"
    return Label(english.replace(",", "."), english)
