"""What one browser is trusted to bring back: a signed cookie that no script reads and no other site gets."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class SignedCookie:
    """A cookie by name, sent to the addresses below `path` only."""

    name: str
    path: str = "/"

    def read(self, request: HttpRequest, *, max_age_s: int, salt: str = "") -> str:
        """The text written at most `max_age_s` seconds ago; "" without one, or when somebody tampered with it."""
        return str(request.get_signed_cookie(self.name, default="", salt=salt or self.name, max_age=max_age_s))

    def write(
        self, response: HttpResponse, text: str, *, max_age_s: int | None, salt: str = "", path: str = ""
    ) -> HttpResponse:
        """Keep `text` for so long; None: until the browser is closed. `salt` and `path` for cookies of one matter."""
        response.set_signed_cookie(
            self.name,
            text,
            salt=salt or self.name,
            max_age=max_age_s,
            path=path or self.path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response
