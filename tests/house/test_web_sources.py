"""The browser's part keeps the same measure as the rest."""

import re
from pathlib import Path

WEB = Path(__file__).parents[2] / "viz" / "web" / "src"

#: What may hold braces without opening a block.
QUOTED = re.compile(
    r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`", re.DOTALL
)
OPENING = re.compile(r"function\b[^{;]*\{|=>\s*\{|^\s+(?:async\s+)?\w+\([^)]*\)[^{;=]*\{", re.MULTILINE)


def function_lengths(text: str) -> list[int]:
    """Return the lines of each function with a body in braces."""
    plain = QUOTED.sub(lambda quoted: re.sub(r"[^\n]", " ", quoted[0]), text)
    lengths = []
    for match in OPENING.finditer(plain):
        depth, end = 1, match.end()
        while depth and end < len(plain):
            depth += {"{": 1, "}": -1}.get(plain[end], 0)
            end += 1
        lengths.append(plain.count("\n", match.start(), end) + 1)
    return lengths


def test_lengths_are_counted_over_strings_and_nested_blocks() -> None:
    assert function_lengths('function a() {\n  if (x) { f("}"); }\n}\nconst b = () => {\n};\n') == [3, 2]


def test_no_typescript_function_is_longer_than_50_lines() -> None:
    files = sorted(WEB.rglob("*.ts"))
    assert len(files) >= 10
    lengths = {file.name: function_lengths(file.read_text("utf-8")) for file in files}
    assert sum(map(len, lengths.values())) > 40
    assert {name: max(found) for name, found in lengths.items() if found and max(found) > 50} == {}
