"""Where the built scripts and styles are: Vite names them by their content."""

import json
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from ontology.messages import Language

__all__ = ["Assets", "load_assets", "static_folder"]

#: Under which address the folder ``viz/static`` is served.
STATIC_URL = "/static/"


@dataclass(frozen=True)
class Assets:
    """Source name (``src/start.ts``) to the files it became."""

    scripts: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fonts: tuple[str, ...] = ()

    def script(self, name: str) -> str:
        """Return the address of an entry's script.

        Raises
        ------
        KeyError
            No such entry: the web files were not built, or the name is misspelt.
        """
        return self.scripts[f"src/{name}.ts"]

    def style(self, name: str) -> tuple[str, ...]:
        """Return the addresses of the style sheets of an entry, ``style`` or a script's own."""
        return self.styles.get(f"src/{name}.css") or self.styles.get(f"src/{name}.ts", ())

    def early_fonts(self, language: Language) -> tuple[str, ...]:
        """Return the fonts that a page fetches at once, so that they are there for its first picture.

        Letters beyond Western Europe's only for running Turkish text: a heading may have none of them,
        and the browser complains of a font that was fetched in vain.
        """
        return tuple(
            font
            for font in self.fonts
            if "-latin-ext-" not in font or (language == "tr" and "/source-sans-" in font)
        )


def static_folder() -> Path:
    """Return the folder of built and hand-written files."""
    return Path(str(files("viz") / "static"))


def load_assets(folder: Path | None = None) -> Assets:
    """Read Vite's manifest.

    Raises
    ------
    FileNotFoundError
        The web files were not built; the sentence says how.
    """
    path = (folder or static_folder()) / "build" / "manifest.json"
    if not path.is_file():
        raise FileNotFoundError(
            f"The web files are not built: {path} is missing. Run 'pip install .' or 'python hatch_build.py'."
        )
    entries = {
        name: entry
        for name, entry in json.loads(path.read_text(encoding="utf-8")).items()
        if entry.get("isEntry")
    }
    base = STATIC_URL + "build/"
    return Assets(
        scripts={name: base + entry["file"] for name, entry in entries.items() if name.endswith(".ts")},
        styles={name: _styles(base, entry) for name, entry in entries.items()},
        fonts=_fonts(base, entries),
    )


def _styles(base: str, entry: dict[str, object]) -> tuple[str, ...]:
    own = [str(entry["file"])] if str(entry["file"]).endswith(".css") else []
    listed = entry.get("css", [])
    return tuple(base + name for name in [*own, *(listed if isinstance(listed, list) else [])])


def _fonts(base: str, entries: dict[str, Any]) -> tuple[str, ...]:
    found = [str(name) for entry in entries.values() for name in entry.get("assets", [])]
    return tuple(base + name for name in found if name.endswith(".woff2"))
