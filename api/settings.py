"""What an operator may set, and the only place where the environment is read.

Every name is ``KOPRU_`` and the field's name in capitals; an option of the command line
wins over the environment. Nothing here opens the store.
"""

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.logs import LogFormat
from api.remedies import ADDRESS_PATTERN, ORIGIN_PATTERN, to_remedy
from graph.remote.address import ServerAddress, is_server, make_folder_name, read_address
from graph.retention import Retention
from ontology.errors import BadParameter
from ontology.iris import BASE, Iris
from ontology.messages import LANGUAGES, N_, Language

__all__ = ["Settings", "find_language", "load_settings", "peek_language"]

#: The beginning of the name of every variable of ours.
PREFIX = "KOPRU_"


class Settings(BaseSettings):
    """All settings of one process; immutable once made."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    store: str = Field("var/store", description="Folder of the graph store, or sparql+http://host:port/.")
    store_folder: Path | None = Field(
        None,
        description="With a server as store: folder of what is no knowledge (records, raw files, state). "
        "Default: var/ and the server's name.",
    )
    store_query: str = Field("query", description="Where the server answers queries, below its address.")
    store_update: str = Field("update", description="Where it takes updates.")
    store_graphs: str = Field("store", description="Where it answers the graph store protocol.")
    store_user: str = Field("", description="Who asks the server; empty: nobody in particular.")
    store_password: SecretStr = Field(SecretStr(""), description="The password of that user.")
    store_timeout: float = Field(60.0, gt=0, description="Seconds for which the server may be silent.")
    records: Path | None = Field(None, description="Folder of the user's records; default: in the store.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    city: str = Field("antalya", description="The city whose relations are shown.")
    base_iri: str = Field(BASE, pattern=ADDRESS_PATTERN, description="Address of the things published.")
    lang: Language = Field("tr", description="Language when nothing else says one.")
    query_timeout: float = Field(10.0, gt=0, description="Seconds that a query may take.")
    query_memory_mb: int = Field(1024, ge=64, description="Memory that a query may take, in MB.")
    max_rows: int = Field(10_000, ge=1, description="Rows that a buffered answer may have.")
    query_workers: int = Field(
        5, ge=1, le=64, description="Processes that answer queries; all but one may be busy with long ones."
    )
    service_allow: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Beginnings of addresses that a query may call with SERVICE, separated by commas. "
        "Redirects are not followed. While it is set, the processes that answer queries have a network.",
    )
    cors_origins: Annotated[tuple[Annotated[str, Field(pattern=ORIGIN_PATTERN)], ...], NoDecode] = Field(
        (),
        description="Addresses of others' pages that may ask from a browser, separated by commas; * for all.",
    )
    log_format: LogFormat = Field("text", description="Lines of the log: text for people, json for programs.")
    access_log: bool = Field(False, description="Whether each answer gets a line in the log.")
    keep_revisions: int = Field(10, ge=1, le=1000, description="Newest revisions that stay.")
    keep_months: int = Field(24, ge=0, le=600, description="Months of which the last revision stays.")
    write_token: SecretStr | None = Field(None, description="Without it, nothing can be written over HTTP.")

    @field_validator("service_allow", "cors_origins", mode="before")
    @classmethod
    def _split_list(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip() for part in value.split(",") if part.strip())

    @property
    def records_folder(self) -> Path:
        """Where the user's records lie."""
        return self.records or self.folder / "records"

    @property
    def folder(self) -> Path:
        """Where the store lies, or, when that is a server, what is no knowledge."""
        if not is_server(self.store):
            return Path(self.store)
        return self.store_folder or Path("var") / make_folder_name(self.store)

    @property
    def server(self) -> ServerAddress | None:
        """The server that is the store, if it is one.

        Raises
        ------
        BadParameter
            The store's name begins like a server's and is no address.
        """
        if not is_server(self.store):
            return None
        return read_address(
            self.store, self.store_query, self.store_update, self.store_graphs, user=self.store_user,
            password=self.store_password.get_secret_value(), seconds=self.store_timeout,
        )  # fmt: skip

    @property
    def retention(self) -> Retention:
        """Which revisions stay."""
        return Retention(self.keep_revisions, self.keep_months)

    @property
    def iris(self) -> Iris:
        """The minter of IRIs under the base that was set."""
        return Iris(self.base_iri)


def load_settings(**options: Any) -> Settings:
    """Return the settings: options that are not ``None``, then the environment, then the defaults.

    Raises
    ------
    BadParameter
        A value can't be understood; the first one is named as its option or environment variable.
    """
    try:
        return Settings(**{name: value for name, value in options.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        name = PREFIX + field.upper() if options.get(field) is None else f"--{field}"
        raise BadParameter(
            N_("The setting {name} can't be '{value}': {remedy}."),
            name=name, value=first["input"], remedy=to_remedy(first, options.get("lang") or peek_language()),
        ) from error  # fmt: skip


class _LanguageOnly(BaseSettings):
    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore")

    lang: str | None = None


def find_language() -> str | None:
    """Return the language that the environment names, known or not; ``None`` when it names none."""
    return _LanguageOnly().lang


def peek_language() -> Language:
    """Return the language of the environment, or Turkish when there is none or it is unknown."""
    wanted = find_language()
    return next((language for language in LANGUAGES if language == wanted), "tr")
