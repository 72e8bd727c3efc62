"""The questions that the API, the pages and the command line ask of a revision.

Each answer comes from a few ``.rq`` files of ``graph/queries``; what varies is bound into them
(``graph/library.py``), never formatted. ``status_on.rq`` alone decides what holds on a day.
Nothing here writes, and nothing is remembered between questions.
"""

from graph.questions.facade import Questions
from graph.questions.reading import Readable

__all__ = ["Questions", "Readable"]
