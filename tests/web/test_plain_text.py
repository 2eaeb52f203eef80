"""A NUL byte in an address, a query or a form breaks nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from haddong_portal.common.web.plain_text import PlainTextMiddleware


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [("/nop-ho-so/%00/", 404), ("/api/v1/verification/%00/", 404), ("/thu-tuc/?q=khai%00sinh", 200), ("/%00", 404)],
)
def test_no_address_breaks(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def seen_by_a_view(request: Any) -> Any:
    """The request as a view gets it."""
    seen: list[Any] = []

    def respond(one: Any) -> HttpResponse:
        seen.append(one)
        return HttpResponse()

    middleware = PlainTextMiddleware(respond)
    middleware(request)
    middleware.process_view(seen[0], respond)
    return seen[0]


def test_the_rest_stays_as_it_was() -> None:
    request = seen_by_a_view(
        RequestFactory().post("/a%00b/?q=x%00y&q=%2500&z=", {"lý do": "sai\x00 rồi", "số": ["1", "2"]})
    )
    assert (request.path, request.path_info) == ("/a\ufffdb/", "/a\ufffdb/")
    assert dict(request.GET.lists()) == {"q": ["xy", "%00"], "z": [""]}
    assert dict(request.POST.lists()) == {"lý do": ["sai rồi"], "số": ["1", "2"]}


def test_a_body_that_a_rest_view_reads_is_left_alone() -> None:
    request: Any = RequestFactory().post("/", "a=%00", content_type="application/x-www-form-urlencoded")

    def rest(one: Any) -> HttpResponse:
        return HttpResponse()

    rest.csrf_exempt = True  # type: ignore[attr-defined]
    PlainTextMiddleware(rest).process_view(request, rest)
    assert request._read_started is False
