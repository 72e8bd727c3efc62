"""YAML to plain Python, each mapping with its place in the file.

Built on ruamel.yaml's events rather than on its loaders: so every key keeps its line,
a repeated key names both lines, and what a record must not contain (anchors, tags,
a second document) is refused instead of half understood. What a field means is not known here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from ingest.records.broken import explain_broken_yaml
from ontology.errors import RecordError
from ontology.messages import N_

__all__ = ["PLACE", "Place", "parse_yaml"]

#: The key under which a mapping keeps its place; no YAML text can contain it.
PLACE = "\0place"

_INTEGER = re.compile(r"[-+]?\d+")
_DECIMAL = re.compile(r"[-+]?\d+\.\d+")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_DEEPEST = 20
#: Characters up to which a text that was parsed is kept: one import looks at each file five times or more.
_KEPT_UP_TO = 200_000


@dataclass(frozen=True)
class Place:
    """Where a mapping stands: the file, its first line, and the line of each key (from 1)."""

    file: str
    line: int
    keys: dict[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """Return the line of a key, else the first line of the mapping."""
        return self.keys.get(key, self.line)

    @property
    def ref(self) -> str:
        """Return file and line as one text, ``antalya/cities.yml:12``."""
        return f"{self.file}:{self.line}"


def parse_yaml(text: str, file: str) -> Any:
    """Return the content of a YAML text; mappings have their ``Place`` under ``PLACE``.

    Raises
    ------
    RecordError
        The text is not YAML, or uses what records don't need.
    """
    return _copy(_parse_kept(text, file)) if len(text) <= _KEPT_UP_TO else _parse(text, file)


def _parse(text: str, file: str) -> Any:
    try:
        return _Parser(file, iter(YAML(typ="safe", pure=True).parse(text))).parse()
    except MarkedYAMLError as error:
        raise explain_broken_yaml(error, text, file) from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise RecordError(
            N_("A character stands here that no text may contain (code {code}). Delete it."),
            file=file, line=line, code=f"U+{ord(text[error.position]):04X}",
        ) from error  # fmt: skip
    except YAMLError as error:
        raise RecordError(
            N_("This file can't be read as YAML: {reason}."), file=file, line=None, reason=error
        ) from error


_parse_kept = lru_cache(maxsize=100)(_parse)


def _copy(value: Any) -> Any:
    """Return the same with lists and mappings of its own; places are never changed."""
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


class _Parser:
    """Builds values from events."""

    def __init__(self, file: str, events: Iterator[Event]) -> None:
        self._file = file
        self._events = events
        self._depth = 0

    def parse(self) -> Any:
        """Return the one document of the stream; ``None`` when there is none."""
        value, documents = None, 0
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(
                        event, N_("A second document begins here ('---'). Keep one document a file.")
                    )
                value = self._value(next(self._events))
        return value

    def _value(self, event: Event) -> Any:
        self._refuse_extras(event)
        if isinstance(event, MappingStartEvent):
            return self._nested(event, self._mapping)
        if isinstance(event, SequenceStartEvent):
            return self._nested(event, self._sequence)
        assert isinstance(event, ScalarEvent)  # noqa: S101 (nothing else can begin a value)
        return _scalar(event)

    def _nested(self, event: Event, build: Any) -> Any:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error(
                event,
                N_("This is nested too deeply for a record. Compare the brackets with the lines before."),
            )
        value = build(event)
        self._depth -= 1
        return value

    def _sequence(self, _start: Event) -> list[Any]:
        items = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            items.append(self._value(event))
        return items

    def _mapping(self, start: Event) -> dict[str, Any]:
        place = Place(self._file, _line(start))
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._key(event, place)
            place.keys[key] = _line(event)
            mapping[key] = self._value(next(self._events))
        mapping[PLACE] = place
        return mapping

    def _key(self, event: Event, place: Place) -> str:
        self._refuse_extras(event)
        if not isinstance(event, ScalarEvent):
            raise self._error(event, N_("A field name must be one word, followed by a colon."))
        key = str(event.value)
        if key in place.keys:
            raise self._error(
                event,
                N_("'{field}' stands twice in one record, in lines {first} and {line}. Keep one of them."),
                field=key, first=place.keys[key],
            )  # fmt: skip
        return key

    def _refuse_extras(self, event: Event) -> None:
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            raise self._error(
                event,
                N_(
                    "'&' and '*' at the beginning of a value are references in YAML, which records "
                    "don't use. Write the value out, or put the text into quotation marks."
                ),
            )
        if getattr(event, "ctag", None) is not None:
            raise self._error(
                event,
                N_("'!' at the beginning of a value is a tag in YAML, which records don't use. Remove it."),
            )

    def _error(self, event: Event, template: str, **facts: object) -> RecordError:
        return RecordError(template, file=self._file, line=_line(event), **facts)


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


def _scalar(event: ScalarEvent) -> object:
    text = str(event.value)
    if event.style is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) < 20 else text
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
