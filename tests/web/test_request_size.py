"""What is too large is refused in words, before anything reads it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from haddong_portal.common.web.request_size import RequestSizeMiddleware


@pytest.mark.django_db
def test_a_body_beyond_the_limit_gets_words_and_a_code(client: Client, settings: Any) -> None:
    settings.REQUEST_MAX_BYTES = 1000
    answer = client.post("/tra-cuu/", {"file": SimpleUploadedFile("phim.mp4", b"x" * 2000)})
    assert answer.status_code == 413
    assert "web.too_large" in answer.content.decode()
    part = client.post("/tra-cuu/", {"file": SimpleUploadedFile("a", b"x" * 2000)}, headers={"HX-Request": "true"})
    assert part.status_code == 413 and "<html" not in part.content.decode()
    assert client.post("/tra-cuu/", {"code": "x"}).status_code != 413


def test_the_body_is_not_read(settings: Any) -> None:
    settings.REQUEST_MAX_BYTES = 10
    request = RequestFactory().post("/", b"x" * 100, content_type="text/plain", headers={"HX-Request": "true"})
    request._read_started = False
    answer = RequestSizeMiddleware(lambda _: pytest.fail("went on"))(request)
    assert answer.status_code == 413
    assert request._read_started is False


@pytest.mark.parametrize("length", ["", "nhiều", "-1"])
def test_a_length_that_says_nothing_is_left_to_the_server(settings: Any, length: str) -> None:
    settings.REQUEST_MAX_BYTES = 0
    request = RequestFactory().get("/")
    request.META["CONTENT_LENGTH"] = length
    assert RequestSizeMiddleware(lambda _: "went on")(request) == "went on"  # type: ignore[arg-type,comparison-overlap]
