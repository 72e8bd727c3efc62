"""What is wrong with a query, or with answering it."""

from collections.abc import Sequence

from ontology.errors.base import HasSentence, KopruError
from ontology.messages import N_, Language

__all__ = [
    "FormatNotOffered",
    "MediaNotRead",
    "QueryError",
    "QueryFailed",
    "QueryOverLimit",
    "QueryQueueFull",
    "QueryRefused",
    "QuerySyntaxError",
    "QueryTimeout",
    "QueryTooBig",
    "QueryTooLong",
    "WorkerDied",
]


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
