"""What the system says when a file or a connection fails, so that it can be said in the reader's language."""

import os

from ontology.messages import N_, Phrase

__all__ = ["reason_of"]

#: In the system's own words, which are English: marked for the catalogue and compared with nothing.
KNOWN = (
    N_("Address already in use"),
    N_("Bad file descriptor"),
    N_("Broken pipe"),
    N_("Cannot assign requested address"),
    N_("Connection refused"),
    N_("Connection reset by peer"),
    N_("Directory not empty"),
    N_("Disk quota exceeded"),
    N_("File exists"),
    N_("File name too long"),
    N_("Input/output error"),
    N_("Is a directory"),
    N_("Name or service not known"),
    N_("Network is unreachable"),
    N_("No route to host"),
    N_("No space left on device"),
    N_("No such file or directory"),
    N_("Not a directory"),
    N_("Operation not permitted"),
    N_("Permission denied"),
    N_("Read-only file system"),
    N_("Temporary failure in name resolution"),
    N_("Too many levels of symbolic links"),
    N_("Too many open files"),
)


def reason_of(error: BaseException) -> Phrase:
    """Return the reason that an error gives, without its number: translated where it is shown.

    Examples
    --------
    >>> reason_of(FileNotFoundError(2, "No such file or directory", "letter.md"))
    'No such file or directory'
    """
    if not isinstance(error, OSError):
        return Phrase(error)
    return Phrase(error.strerror or (os.strerror(error.errno) if error.errno else error))
