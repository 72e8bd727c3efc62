"""Which revisions stay: one rule, which people can read and set."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ontology.messages import N_, Language, translate

__all__ = ["Retention"]

_RULE = N_(
    "Kept are the current revision, the newest {newest} beside it, the last one of each of the last {months} "
    "months and the last one of each year."
)


@dataclass(frozen=True)
class Retention:
    """How many revisions stay.

    Parameters
    ----------
    newest
        How many of the newest stay besides the current one: enough to go back a week of daily runs, and
        for readers to finish on the one that they have opened.
    months
        Of how many months, this one included, the last one stays; that of each year stays always, for the
        yearly review. A revision costs what differs in it.
    """

    newest: int = 10
    months: int = 24

    def sentence(self, language: Language) -> str:
        """Return the rule in words."""
        return translate(_RULE, language, newest=self.newest, months=self.months)

    def choose(self, published: Iterable[tuple[int, date | None]], current: int, today: date) -> set[int]:
        """Return the numbers of the revisions that stay.

        Parameters
        ----------
        published
            Number and day of each; no day where the manifest is damaged.
        current
            Number of the one that is read.
        today
            The day from which the months are counted back.
        """
        days = dict(published)
        others = sorted(number for number in days if number != current)
        kept = {current, *others[max(len(others) - self.newest, 0) :]}
        last_of_month: dict[int, int] = {}
        last_of_year: dict[int, int] = {}
        for number in sorted(days):
            day = days[number]
            if day is not None:
                last_of_month[_month(day)] = number
                last_of_year[day.year] = number
        first = _month(today) - self.months
        kept |= {number for month, number in last_of_month.items() if month > first}
        return kept | set(last_of_year.values())


def _month(day: date) -> int:
    return day.year * 12 + day.month
