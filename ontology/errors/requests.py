"""What is wrong with a request or a command."""

from ontology.errors.base import KopruError
from ontology.messages import N_, Phrase

__all__ = [
    "BadParameter",
    "CrossSiteRequest",
    "DecidedMeanwhile",
    "NotFound",
    "PortInUse",
    "RequestTooLong",
    "RequestTooSlow",
    "StillPreparing",
    "TooManyAttempts",
    "TooManyRequests",
    "WriteError",
    "WritingClosed",
    "WrongToken",
]


class WriteError(KopruError):
    """Nothing was changed over HTTP."""


class WritingClosed(WriteError):
    """No token is set."""

    sentence_template = N_(
        "Nothing can be changed over HTTP here. The operator allows it by setting KOPRU_WRITE_TOKEN."
    )


class WrongToken(WriteError):
    """The token is missing or wrong, or the session is over."""

    sentence_template = N_(
        "The token is missing or wrong, or the session is over; nothing was changed. Sign in again at "
        "/office, or send 'Authorization: Bearer' with the token."
    )


class CrossSiteRequest(WriteError):
    """It comes from another site's page, or from no form of ours."""

    sentence_template = N_(
        "This request does not come from a form of this site, so nothing was changed. Open /office and send "
        "it from there."
    )


class DecidedMeanwhile(WriteError):
    """Somebody else decided in between on what was decided; ``one`` and ``other`` are the cities' ids."""

    sentence_template = N_(
        "Somebody else has decided meanwhile about '{one}' and '{other}', so nothing was written. Look at "
        "what was decided, then write down the rest."
    )


class TooManyAttempts(WriteError):
    """Too many wrong tokens from one address."""

    sentence_template = N_("Too many wrong tokens came from this address. Try again in {seconds} seconds.")


class NotFound(KopruError):
    """No such thing in the graph."""

    sentence_template = N_("There is no {kind} '{name}' in the graph.")

    def __init__(self, template: str | None = None, /, *, kind: str, name: str, **facts: str) -> None:
        nameless = N_("The graph has nothing at {name}. Check how the address is written.")
        super().__init__(template or (None if kind else nameless), kind=Phrase(kind), name=name, **facts)


class BadParameter(KopruError):
    """A parameter can't be understood."""

    sentence_template = N_("'{value}' is no valid value for {name}: {remedy}.")


class RequestTooLong(KopruError):
    """The body of a request has more bytes than are read."""

    sentence_template = N_("The request is longer than {limit} bytes. Send less at a time.")


class RequestTooSlow(KopruError):
    """The body of a request has stopped coming."""

    sentence_template = N_("Nothing more of the request came for {seconds} seconds. Send it again, whole.")


class TooManyRequests(KopruError):
    """More of a kind than are taken in a minute; ``seconds`` says when to come again."""

    sentence_template = N_("Too much of this was asked for in a short time. Try again in {seconds} seconds.")


class StillPreparing(KopruError):
    """An answer that takes long is being made in the background; ``seconds`` says when to ask again."""

    sentence_template = N_(
        "The cities of this graph are being put in order, once for each revision and day. The page asks "
        "again by itself in {seconds} seconds."
    )


class PortInUse(KopruError):
    """Another program listens on the port."""

    sentence_template = N_(
        "Port {port} on {host} is used by another program. Choose another one with --port (make run PORT=…)."
    )
