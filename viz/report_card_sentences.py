"""What the report card says in sentences."""

from ontology.messages import N_

__all__ = [
    "ANSWERED", "COMPARED", "FEWEST", "FOUND", "HIDDEN", "HOW", "LEGEND", "MADE", "SEEDS", "SIZE", "START",
    "TIMES", "TOLD", "WORST",
]  # fmt: skip

HIDDEN = N_(
    "We hid a tenth of the known sister-city ties and asked the program to find them again among {cities}"
    " cities."
)
FOUND = N_(
    "Of 100 true partners, {n} are among the first 50 that it names (95% interval: {low} to {high}), and "
    "{ten} among the first ten."
)
TIMES = N_(
    "By mean reciprocal rank (MRR) that is {ratio} times the best of NetworkX's five functions: {method}."
)
START = N_("Most true partners are not on a list of fifty: the list is the start of a search, not its end.")
SIZE = N_("{learnt} ties learnt from, {held} held out; {queries} queries over {cities} cities.")
SEEDS = N_("Köprü's MRR and Hits@50 of each draw: {figures}.")
LEGEND = N_(
    "Answers: share of queries for which the method tells cities apart at all. Popular: share of the "
    "hundredth of cities with most ties in its lists of ten (among the true partners: {truth}). Distinct:"
    " share of all cities that stand in one of its lists of ten."
)
COMPARED = N_(
    "Compared query by query with {methods} methods, over all queries, by continent and for Turkish "
    "cities: better in {better} of {all} comparisons, no difference shown in {open}, worse in {worse} "
    "(95% intervals after Holm's correction)."
)
FEWEST = N_("Only parts with at least {n} queries are shown.")
WORST = N_(
    "The parts in which fewest true partners are among the first 50. There a list says little; what "
    "speaks for a city should be looked at one by one."
)
TOLD = N_(
    "The scores are chances: for a city with one more partner than we know, how likely is each city to be"
    " it? If they are true, what was told and what came agree. Calibration error: {first} for the first "
    "of each list, {all} for all candidates (chance put into the wrong class, of one)."
)
ANSWERED = N_(
    "What is reached when an answer is given only to the cities whose first candidate has the largest chance."
)
MADE = N_("Made on {day} with version {version}; data: {data}, {ties} ties; {minutes} minutes.")
#: The protocol, sentence by sentence.
HOW = (
    N_(
        "Ties are held out by chance ({seeds} draws), so that both cities keep at least one. All models "
        "are trained anew without them, and no table that a method reads has them."
    ),
    N_(
        "Each tie is asked from both ends. Candidates are all cities with a known tie but the city "
        "itself, its known partners and its other held-out partners."
    ),
    N_(
        "MRR is the mean of 1 / place of the true partner; Hits@k the share of true partners among the "
        "first k. Where cities share a score, the mean over all their orders counts."
    ),
    N_(
        "AUC and AP with hard negatives: the true partner against {negatives} others, half of them of its"
        " country and with about as many ties."
    ),
    N_(
        "95% intervals: {resamples} resamples of ties, since the two queries of a tie are one fact; "
        "widened by what ties that share a city have in common (dyadic-robust error). The chance of "
        "training is seen in the draws."
    ),
)
