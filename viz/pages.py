"""Pages from templates: languages, dates, addresses and escaping in one place.

Every text of the graph is escaped by the environment; no template turns that off. What a
page shows is put together in the modules beside this one (``start``, ``explore`` …); this
one knows how a page is written, not what stands on it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from graph.model import City, CityNetwork, Document, Label, Project, Relation, Theme
from ontology.messages import LANGUAGES, Language, translate
from viz import formats, kinds
from viz.assets import STATIC_URL, Assets, load_assets
from viz.measures import MEASURES

__all__ = ["Pages", "Reader", "safe_url", "thing_path"]

# Things whose kind in an IRI is always the same.
_KIND_OF: dict[type, str] = {
    City: "city", CityNetwork: "network", Document: "document", Project: "project", Theme: "theme",
}  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """What the reader asked: address, language, and the day when one was given.

    ``query`` are the parameters of the address, the last of repeated ones; ``pairs`` are all, which a
    switch of the language keeps.
    """

    path: str
    language: Language
    as_of: date
    default_language: Language = "tr"
    query: Mapping[str, str] = field(default_factory=dict)
    pairs: tuple[tuple[str, str], ...] = ()

    def url(self, path: str, **parameters: str | Sequence[str]) -> str:
        """Return an address of ours that keeps the language and the day that were asked for."""
        kept = {name: self.query[name] for name in ("as_of",) if name in self.query}
        if self.language != self.default_language:
            kept["lang"] = self.language
        path, hash_mark, place = path.partition("#")
        query = urlencode({**kept, **parameters}, doseq=True)
        return path + (f"?{query}" if query else "") + hash_mark + place

    def switched(self, language: Language) -> str:
        """Return this very page in another language."""
        pairs = self.pairs or tuple(self.query.items())
        given = [(name, language if name == "lang" else value) for name, value in pairs]
        return f"{self.path}?{urlencode(given if 'lang' in self.query else [*given, ('lang', language)])}"

    def changed(self, **parameters: str | None) -> str:
        """Return this very page with some parameters replaced, or left out (``None``)."""
        kept = [pair for pair in self.pairs or tuple(self.query.items()) if pair[0] not in parameters]
        given = [(name, value) for name, value in parameters.items() if value is not None]
        query = urlencode([*kept, *given])
        return self.path + (f"?{query}" if query else "")

    def values(self, name: str) -> tuple[str, ...]:
        """Return all values of a parameter, in the order of the address; empty ones are left out."""
        return tuple(value for key, value in self.pairs if key == name and value)


class Pages:
    """Renders templates; made once for an application.

    Parameters
    ----------
    addresses
        Of the pages that there are: the menu shows no other. Empty: all of them.
    """

    def __init__(self, assets: Assets | None = None, addresses: Iterable[str] = ()) -> None:
        self._given_assets = assets
        self.addresses = frozenset(addresses)

    @cached_property
    def assets(self) -> Assets:
        """The built files; read at the first page, so that a program without pages runs without them."""
        return self._given_assets or load_assets()

    @cached_property
    def environment(self) -> Environment:
        """The templates with their filters."""
        environment = Environment(
            loader=PackageLoader("viz", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["safe_url"] = safe_url
        environment.globals.update(
            addresses=self.addresses,
            kinds=kinds,
            languages=LANGUAGES,
            measures=MEASURES,
            static_url=STATIC_URL,
            thing_path=thing_path,
        )
        return environment

    def render(self, template: str, reader: Reader, **context: Any) -> str:
        """Return one page.

        Parameters
        ----------
        template
            File name in ``viz/templates``.
        reader
            Language, day and address.
        context
            What the template shows.
        """
        page = self.environment.get_template(template)
        return page.render(reader=reader, assets=self.assets, **_helpers(reader), **context)


def _helpers(reader: Reader) -> dict[str, Callable[..., Any] | str]:
    """Return the functions of a page that depend on its reader."""
    language = reader.language
    return {
        "language": language,
        "t": partial(_marked, language),
        "url": reader.url,
        "name": partial(_name, language),
        "of": partial(_in_language, formats.genitive, language),
        "day": partial(_in_language, formats.format_day, language),
        "moment": partial(_in_language, formats.format_moment, language),
        "number": partial(_in_language, formats.format_number, language),
        "money": partial(_in_language, formats.format_money, language),
        "dates": partial(_in_language, formats.format_dates, language),
        "date_text": partial(_in_language, formats.format_date_text, language),
    }


def _in_language(form: Callable[..., str], language: Language, value: Any, *rest: str) -> str:
    return form(value, language, *rest)


def _name(language: Language, label: Label) -> str:
    return label.get(language)


def _marked(language: Language, message: str, **facts: object) -> Markup:
    """Translate a sentence; its facts are escaped unless they are markup of our own."""
    text = Markup(escape(translate(message, language)))  # noqa: S704 (escaped just here)
    return text.format(**facts) if facts else text


def safe_url(address: str | None) -> str | None:
    """Return an address that may be linked: http and https only."""
    return address if address and address.startswith(("https://", "http://")) else None


def thing_path(thing: Any) -> str | None:
    """Return where our page of a thing is; its own address when it is not ours.

    ``None`` when it is neither.
    """
    kind = _KIND_OF.get(type(thing)) or (thing.kind_slug if isinstance(thing, Relation) else thing.kind)
    if kind and thing.slug:
        return f"/id/{quote(kind)}/{quote(thing.slug, safe='/')}"
    return safe_url(thing.iri)
