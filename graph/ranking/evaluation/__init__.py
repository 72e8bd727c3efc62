"""How good a ranking is: held-out ties, measures with intervals, other methods beside it in the same run."""
