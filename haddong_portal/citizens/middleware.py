"""Puts the signed-in citizen on the request, apart from the staff's actor; resolved on first use."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from haddong_portal.citizens.services.sign_in_citizen import citizen_actor
from haddong_portal.citizens.services.touch_citizen_session import touch_citizen_session
from haddong_portal.citizens.sessions import session_key
from haddong_portal.common.actors import PUBLIC_ACTOR, Actor

Handler = Callable[[HttpRequest], HttpResponse]


class CitizenMiddleware:
    """`request.citizen`: the person of the session cookie, the public actor otherwise. No cookie, no query."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.citizen = SimpleLazyObject(lambda: _citizen(request))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)


def _citizen(request: HttpRequest) -> Actor:
    key = session_key(request)
    session = touch_citizen_session(session_id=key) if key else None
    if session is None:
        return PUBLIC_ACTOR
    return citizen_actor(
        session.person_id,
        client_ip=request.META.get("REMOTE_ADDR", ""),
        request_id=getattr(request, "request_id", ""),
    )
