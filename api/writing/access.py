"""May this request change something? Asked before its body is read.

Without a token set nobody may. A program shows the token in ``Authorization: Bearer``; a browser shows it
once in a form and gets a session: a cookie that no script can read and that no other site's page sends, and
beside it a second secret in each form. What comes from another site's page is refused in any case.
"""

import hmac
from hashlib import sha256

from fastapi import Request
from starlette.responses import Response

from api.writing.sessions import HOURS, Attempts, Session, Sessions
from ontology.errors import CrossSiteRequest, TooManyAttempts, WritingClosed, WrongToken

__all__ = ["COOKIE", "Access"]

COOKIE = "kopru_session"
_OWN_SITES = {"same-origin", "none"}


class Access:
    """Decides it for one server.

    Parameters
    ----------
    token
        The token; ``None`` or empty: nothing can be changed.
    """

    def __init__(self, token: str | None) -> None:
        self._digest = sha256(token.encode()).digest() if token else None
        self.sessions = Sessions()
        self.attempts = Attempts()

    @property
    def is_open(self) -> bool:
        """Whether a token is set."""
        return self._digest is not None

    def check(self, request: Request) -> Session | None:
        """Let a request pass, or raise; returns its session when it comes from a browser that has one.

        Raises
        ------
        WritingClosed, CrossSiteRequest, WrongToken, TooManyAttempts
        """
        self.check_open(request)
        header = request.headers.get("authorization")
        if header is not None:
            scheme, _, given = header.partition(" ")
            self.check_token(request, given.strip() if scheme.lower() == "bearer" else "")
            return None
        session = self.find_session(request)
        if session is None:
            raise WrongToken
        return session

    def check_open(self, request: Request) -> None:
        """Raise when nothing can be changed here, or the request comes from another site's page."""
        if self._digest is None:
            raise WritingClosed
        site = request.headers.get("sec-fetch-site")
        origin = request.headers.get("origin")
        own = f"{request.url.scheme}://{request.headers.get('host', '')}"
        # Behind a proxy that ends TLS the scheme is not ours to know: the host decides.
        is_own = origin is None or origin.partition("://")[2] == own.partition("://")[2]
        if (site is not None and site not in _OWN_SITES) or not is_own:
            raise CrossSiteRequest

    def check_token(self, request: Request, given: str) -> None:
        """Compare a token in constant time; count a wrong one.

        Raises
        ------
        WrongToken, TooManyAttempts
        """
        address = request.client.host if request.client else ""
        if seconds := self.attempts.wait(address):
            raise TooManyAttempts(seconds=seconds)
        if self._digest is None or not hmac.compare_digest(sha256(given.encode()).digest(), self._digest):
            self.attempts.add(address)
            raise WrongToken
        self.attempts.forget(address)

    def check_form(self, session: Session | None, given: str) -> None:
        """Compare the second secret of a session.

        Raises
        ------
        CrossSiteRequest
            The form is none of the session's.
        """
        if session is not None and not hmac.compare_digest(given.encode(), session.csrf.encode()):
            raise CrossSiteRequest

    def find_session(self, request: Request) -> Session | None:
        """Return the session of a request."""
        return self.sessions.find(request.cookies.get(COOKIE)) if self.is_open else None

    def begin(self, request: Request, response: Response) -> None:
        """Begin a session and give its cookie to the browser."""
        session = self.sessions.begin()
        response.set_cookie(
            COOKIE, session.id, max_age=HOURS * 3600, httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip
