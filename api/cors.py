"""Which pages of others may ask from a browser (CORS), as the operator set it; by default none do.

Nothing here opens anything else: who asks without a browser never needed leave, and no
cookie and no password goes along.
"""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api.settings import Settings

__all__ = ["add_cors"]

#: Headers of ours that a page's script may read besides the usual ones.
_SHOWN = (
    "Content-Disposition", "Content-Language", "ETag", "Link", "Retry-After", "X-Kopru-Added-Prefixes",
    "X-Kopru-Cut", "X-Kopru-Revision", "X-Kopru-Rows",
)  # fmt: skip
_TAKEN = ("Accept", "Content-Type", "If-None-Match")
_DAY = 86_400


def add_cors(app: FastAPI, settings: Settings) -> None:
    """Let browsers hand answers to the pages of ``settings.cors_origins``; to be added last of all."""
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "HEAD", "POST"),
            allow_headers=_TAKEN,
            expose_headers=_SHOWN,
            max_age=_DAY,
        )
