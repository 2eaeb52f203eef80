"""The browser's side of a citizen's session: a signed cookie with its key and nothing else.

It is another cookie than the staff's, so the two never mix in one browser.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from haddong_portal.common.web.signed_cookies import SignedCookie

COOKIE = SignedCookie("portal_citizen")


def session_key(request: HttpRequest) -> uuid.UUID | None:
    """The key of this browser's session, None without one or when it was tampered with."""
    text = COOKIE.read(request, max_age_s=settings.CITIZEN_SESSION_HOURS * 3600)
    return uuid.UUID(text) if text else None


def remember(response: HttpResponse, key: uuid.UUID) -> HttpResponse:
    """Until the browser is closed; the server ends it sooner."""
    return COOKIE.write(response, key.hex, max_age_s=None)


def forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE.name, samesite="Lax")
    return response
