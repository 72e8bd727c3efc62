"""Where a SPARQL server answers, and who asks it."""

import json
from dataclasses import asdict, dataclass, field
from urllib.parse import urljoin, urlsplit

from ontology.errors import BadParameter
from ontology.messages import N_, Phrase
from ontology.text import slugify

__all__ = ["SCHEMES", "ServerAddress", "is_server", "make_folder_name", "read_address"]

#: What the name of a store begins with that is a server.
SCHEMES = {"sparql+http": "http", "sparql+https": "https"}

_NO_ADDRESS = N_("write the address of a SPARQL server as sparql+http://host:port/")
_NO_SECRET = N_("leave out name and password: KOPRU_STORE_USER and KOPRU_STORE_PASSWORD are for them")


@dataclass(frozen=True)
class ServerAddress:
    """The three addresses of a server.

    Parameters
    ----------
    base
        How it is named to people.
    query, update, graphs
        Where queries, updates and the graph store protocol are answered.
    user, password
        Both empty: it is asked without.
    seconds
        How long it may be silent.
    """

    base: str
    query: str
    update: str
    graphs: str
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = 60.0

    def to_json(self) -> str:
        """Return all of it, the password too, for a process of ours."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "ServerAddress":
        """Return what ``to_json`` wrote."""
        return cls(**json.loads(text))


def is_server(store: str) -> bool:
    """Tell whether the name of a store is the address of a server."""
    return store.partition(":")[0] in SCHEMES


def read_address(  # noqa: PLR0913 (one for each setting)
    store: str, query: str = "query", update: str = "update", graphs: str = "store", *,
    user: str = "", password: str = "", seconds: float = 60.0,
) -> ServerAddress:  # fmt: skip
    """Return the addresses that a store's name and the settings give.

    Parameters
    ----------
    store
        Such as ``sparql+http://localhost:7878/``.
    query, update, graphs
        Addresses, or names below that of the store.
    user, password, seconds
        As in ``ServerAddress``.

    Raises
    ------
    BadParameter
        It is no address, or has a password in it.

    Examples
    --------
    >>> read_address("sparql+http://localhost:8890", query="sparql").query
    'http://localhost:8890/sparql'
    """
    scheme, _, rest = store.partition(":")
    base = f"{SCHEMES[scheme]}:{rest}".rstrip("/") + "/"
    try:
        parts = urlsplit(base)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole:
        raise BadParameter(name="--store", value=store, remedy=Phrase(_NO_ADDRESS))
    if "@" in parts.netloc:
        raise BadParameter(name="--store", value=f"{scheme}://…", remedy=Phrase(_NO_SECRET))
    addresses = (urljoin(base, query), urljoin(base, update), urljoin(base, graphs))
    return ServerAddress(base, *addresses, user, password, seconds)


def make_folder_name(store: str) -> str:
    """Return a name for the folder of what is no knowledge.

    Examples
    --------
    >>> make_folder_name("sparql+http://localhost:7200/repositories/a/")
    'localhost-7200-repositories-a'
    """
    return slugify(store.partition("://")[2])
