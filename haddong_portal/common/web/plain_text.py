"""A NUL byte says nothing, and the database takes none: it is left out of queries and forms, and unreadable in a path.

The REST API reads its bodies by shapes that refuse it in words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from haddong_portal.common.web.errors import Handler

NUL = "\x00"
UNREADABLE = "\ufffd"  # a part of a path must not vanish: that would be another address


class PlainTextMiddleware:
    """Stands before whatever reads an address."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path:
            request.path = request.path.replace(NUL, UNREADABLE)
            request.path_info = request.path_info.replace(NUL, UNREADABLE)
        if "%00" in (query := request.META.get("QUERY_STRING", "")) or NUL in query:
            request.GET = _without(request.GET)  # type: ignore[assignment]  # a copy like it
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any) -> None:
        """A form's words, where the body is a form that Django has read already to find its token."""
        if request.method == "POST" and not getattr(view, "csrf_exempt", False) and _holds_one(request.POST):
            request.POST = _without(request.POST)  # type: ignore[assignment]


def _holds_one(words: QueryDict) -> bool:
    return any(NUL in text for _, texts in words.lists() for text in texts if isinstance(text, str))


def _without(words: QueryDict) -> QueryDict:
    plain = QueryDict(mutable=True, encoding=words.encoding)
    for name, texts in words.lists():
        plain.setlist(name.replace(NUL, ""), [str(text).replace(NUL, "") for text in texts])
    plain._mutable = False
    return plain
