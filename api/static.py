"""Files that the pages need: scripts, styles, pictures.

A file whose name carries a digest of its content never changes and may be kept for a
year; all others are asked for again each time.
"""

import os
import re
from importlib.resources import files
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

__all__ = ["CachedStaticFiles", "static_folder"]

_HASHED = re.compile(r"[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$")


class CachedStaticFiles(StaticFiles):
    """Static files with ``Cache-Control`` by the kind of their name."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return one file."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        kept = "public, max-age=31536000, immutable" if _HASHED.search(str(full_path)) else "no-cache"
        response.headers["Cache-Control"] = kept
        return response


def static_folder() -> Path:
    """Return the folder of the built and the hand-written files."""
    return Path(str(files("viz") / "static"))
