"""Files that the pages need: scripts, styles, pictures.

The bundler puts a digest of its content into the name of each of its files: such a one never
changes and may be kept for a year. All others are asked for again each time.
"""

import os
from importlib.resources import files
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

__all__ = ["CachedStaticFiles", "static_folder"]

#: Where the bundler puts its files.
_BUNDLED = ("build", "assets")


class CachedStaticFiles(StaticFiles):
    """Static files with ``Cache-Control`` by who made them."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return one file."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        is_bundled = Path(full_path).parts[-3:-1] == _BUNDLED
        kept = "public, max-age=31536000, immutable" if is_bundled else "no-cache"
        response.headers["Cache-Control"] = kept
        return response


def static_folder() -> Path:
    """Return the folder of the built and the hand-written files."""
    return Path(str(files("viz") / "static"))
