"""The browser's side of a citizen's session: a signed cookie with its key and nothing else.

It is another cookie than the staff's, so the two never mix in one browser.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "portal_citizen"


def session_key(request: HttpRequest) -> uuid.UUID | None:
    """The key of this browser's session, None without one or when it was tampered with."""
    text = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=settings.CITIZEN_SESSION_HOURS * 3600)
    return uuid.UUID(str(text)) if text else None


def remember(response: HttpResponse, key: uuid.UUID) -> HttpResponse:
    """Until the browser is closed; the server ends it sooner."""
    response.set_signed_cookie(
        COOKIE,
        key.hex,
        salt=COOKIE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
