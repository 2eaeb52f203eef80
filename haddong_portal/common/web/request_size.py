"""What is too large is refused before a byte of it is read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.errors import Handler, render_error

MEGABYTE = 1024 * 1024


class RequestSizeMiddleware:
    """Stands before whatever reads the body. The server reads nothing beyond the length that a request states."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH")
        if length and length.isdecimal() and int(length) > settings.REQUEST_MAX_BYTES:
            return render_error(request, _too_large())
        return self.get_response(request)


def _too_large() -> DomainError:
    most = settings.REQUEST_MAX_BYTES // MEGABYTE
    return DomainError(
        "web.too_large",
        f"Nội dung gửi lên lớn hơn {most} MB nên không được nhận. Xin gửi từng tệp nhỏ hơn.",
        status=413,
    )
