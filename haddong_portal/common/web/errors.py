"""One DomainError becomes a page, an htmx fragment or plain text: same code, same sentence."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haddong_portal.common.errors import DomainError

Handler = Callable[[HttpRequest], HttpResponse]
PAGES = {400, 403, 404, 409, 429, 503}


def render_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The error page for people, or the message fragment when htmx asked."""
    context = {"error": error, "error_code": error.code, "error_message": error.message}
    if request.headers.get("HX-Request") == "true":
        response = render(request, "components/error_message.html", context, status=error.status)
        response["HX-Reswap"] = "none"
        return response
    page = error.status if error.status in PAGES else 400
    return render(request, f"errors/{page}.html", context, status=error.status)


class DomainErrorMiddleware:
    """Turns a refusal that a view let pass into its page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return render_error(request, exception) if isinstance(exception, DomainError) else None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that waited too long, or came from elsewhere."""
    return render_error(
        request,
        DomainError(
            "web.csrf",
            "Trang này đã mở quá lâu nên không gửi được. Xin tải lại trang; những gì đã lưu vẫn còn.",
            status=403,
        ),
    )
