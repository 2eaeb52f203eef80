"""Puts the actor (a person in one of their posts) on the request, and guards the session of whoever is signed in."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from haddong_portal.accounts import sessions
from haddong_portal.accounts.guards import answer_locked, answer_second_factor, reopen_with_password
from haddong_portal.accounts.models import User
from haddong_portal.accounts.selectors.actors import actor_for_request, held_posts
from haddong_portal.accounts.selectors.second_factor import second_factor_missing
from haddong_portal.common import clock
from haddong_portal.common.rights import CITIZEN, PUBLIC

Handler = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """`request.actor` and `request.held_posts` are resolved on first use, so public pages cost no query."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex  # type: ignore[attr-defined]  # carried into audit rows
        request.held_posts = SimpleLazyObject(lambda: held_posts(request))  # type: ignore[attr-defined]  # ours
        request.actor = SimpleLazyObject(lambda: actor_for_request(request))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)


class SessionGuardMiddleware:
    """The one place that demands the second factor and locks an idle session. Public pages pass untouched.

    A view that is part of signing in carries `open_while_locked = True`.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if getattr(request.resolver_match, "view_name", "") == "admin:login":
            # One door only: the admin's own form knows no second factor and no choice of post.
            return redirect_to_login(request.GET.get("next", ""))
        if not _is_guarded(request, view):
            return None
        now = clock.now()
        if sessions.is_locked(request.session, now) and not reopen_with_password(request, now):
            return answer_locked(request)
        if second_factor_missing(request):
            return answer_second_factor(request)
        sessions.touch(request.session, now)
        return None


def _is_guarded(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Pages of the staff, unless public or part of signing in. Tokens and citizens carry no such session, no guard."""
    view_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
    is_open = getattr(view_class, "permission", "") in {PUBLIC, CITIZEN} or getattr(
        view_class, "open_while_locked", False
    )
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return has_session and not is_open and isinstance(request.user, User)
