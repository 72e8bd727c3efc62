"""The house keeps its own rules: imports, sizes, names, locks."""

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ["ontology", "graph", "ingest", "api", "viz"]


def tracked(*endings: str) -> list[Path]:
    """Return the files under version control (and new ones) with these endings."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    return [ROOT / name for name in listed if name.endswith(endings) and (ROOT / name).is_file()]


def test_imports_point_down_only() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as r; r()", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    kept = re.search(r"(\d+) kept, 0 broken", run.stdout)
    assert kept, run.stdout
    assert int(kept[1]) == 5


def test_no_source_file_is_longer_than_400_lines() -> None:
    files = tracked(".py", ".ts", ".css", ".html")
    assert len(files) > 50
    long = {str(f.relative_to(ROOT)): n for f in files if (n := len(f.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def python_functions() -> list[tuple[str, int]]:
    """Return name and length in lines of each Python function."""
    return [
        (f"{file.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for file in tracked(".py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_python_function_is_longer_than_50_lines() -> None:
    functions = python_functions()
    assert len(functions) > 300
    assert [(name, lines) for name, lines in functions if lines > 50] == []


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        str(file.relative_to(ROOT))
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        if re.search(r"os\.environ|os\.getenv|\bgetenv\(", file.read_text("utf-8"))
    ]
    assert readers in ([], ["api/settings.py"])


def test_no_dependency_brings_our_import_names() -> None:
    distributions = packages_distributions()
    assert "rdflib" in distributions
    assert {room: set(distributions.get(room, [])) - {"kopru"} for room in ROOMS} == {
        room: set() for room in ROOMS
    }


def test_no_sparql_stands_in_python_strings() -> None:
    pattern = re.compile(
        r"(SELECT\s+(DISTINCT\s+)?[?*]|CONSTRUCT\s*\{|INSERT\s+DATA|DELETE\s+WHERE)", re.IGNORECASE
    )
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and pattern.search(node.value)
        if "{line}" not in node.value  # a sentence that says how to write it
    ]
    assert found == []


@pytest.mark.parametrize("name", ["run.lock", "test.lock", "node.lock", "bench.lock", "evaluate.lock"])
def test_lock_files_carry_versions_and_hashes_but_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    packages = re.findall(r"^[a-z0-9].*==", text, re.MULTILINE)
    assert packages
    assert text.count("--hash=sha256:") >= len(packages)
    assert "://" not in text


def test_the_web_lock_file_names_no_registry() -> None:
    text = (ROOT / "viz" / "web" / "package-lock.json").read_text("utf-8")
    assert '"integrity"' in text
    assert '"resolved"' not in text


def test_nothing_built_is_tracked() -> None:
    names = [str(file.relative_to(ROOT)) for file in tracked("")]
    assert "pyproject.toml" in names
    assert [n for n in names if re.search(r"(^|/)(dist|node_modules|build)/|\.min\.(js|css)$|\.mo$", n)] == []
