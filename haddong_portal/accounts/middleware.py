"""Puts the actor (a person in one of their posts) on the request."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from haddong_portal.accounts.selectors.actors import actor_for_request

Handler = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """`request.actor` is resolved on first use, so public pages cost no query."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex  # type: ignore[attr-defined]  # carried into audit rows
        request.actor = SimpleLazyObject(lambda: actor_for_request(request))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)
