"""The one catalogue of sentences: complete, without leftovers, its facts the same in both languages."""

import ast
import os
import string
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "ontology" / "locale" / "tr" / "LC_MESSAGES" / "kopru.po"
KEYWORDS = dict.fromkeys(("N_", "translate", "_", "t"))
#: Fewer sentences than this means that the search for them is broken.
AT_LEAST = 300


@cache
def read_catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="tr")


def messages() -> list[Message]:
    return [message for message in read_catalogue() if message.id]


def _is_ours(folder: str | os.PathLike[str]) -> bool:
    name = Path(folder).name
    return not name.startswith((".", "_")) and name != "node_modules"


@cache
def sentences_in_the_code() -> frozenset[str]:
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(
        ROOT,
        methods,
        options,
        keywords=KEYWORDS,
        directory_filter=lambda folder: (
            Path(folder).name[0] not in "._" and Path(folder).name != "node_modules"
        ),
    )
    return frozenset(message if isinstance(message, str) else message[0] for _, _, message, _, _ in found)


def test_every_sentence_of_the_code_is_in_the_catalogue_and_no_other() -> None:
    listed = {str(message.id) for message in messages()}
    assert len(listed) >= AT_LEAST
    assert sentences_in_the_code() - listed == set()
    assert listed - sentences_in_the_code() == set()


def test_every_sentence_has_turkish() -> None:
    assert [message.id for message in messages() if not message.string] == []


def test_no_sentence_is_a_guess_or_a_leftover() -> None:
    assert [message.id for message in messages() if message.fuzzy] == []
    assert dict(read_catalogue().obsolete) == {}


def _facts(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_facts_are_the_same_in_both_languages() -> None:
    differing = [m.id for m in messages() if _facts(str(m.id)) != _facts(str(m.string))]
    assert differing == []


def _ending(text: str) -> str:
    return text[-1:] if text[-1:] in ".…:?!" else ""


def test_sentences_end_alike() -> None:
    uneven = [m.id for m in messages() if _ending(str(m.id)) != _ending(str(m.string))]
    assert uneven == []


def test_no_sentence_hides_in_an_f_string_where_extraction_does_not_look() -> None:
    hidden = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for room in ("ontology", "graph", "ingest", "api", "viz")
        for file in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []
