"""One DomainError becomes a page, an htmx fragment or plain text: same code, same sentence."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

from haddong_portal.common.errors import DomainError

UNREADABLE: dict[type[Exception], tuple[str, str]] = {
    TooManyFilesSent: ("web.too_many_files", "Gửi quá nhiều tệp một lần. Xin gửi từng nhóm nhỏ."),
    TooManyFieldsSent: ("web.too_many_fields", "Biểu mẫu gửi lên có quá nhiều ô nên không được nhận."),
    RequestDataTooBig: ("web.too_many_words", "Phần chữ của biểu mẫu quá dài nên không được nhận. Xin rút gọn."),
    MultiPartParserError: ("web.broken_upload", "Tệp gửi lên bị đứt đoạn. Xin gửi lại."),
}

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


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django's own reader refuses before a view sees it: too many files, fields or words, broken parts."""
    for kind, (code, message) in UNREADABLE.items():
        if isinstance(exception, kind):
            return render_error(request, DomainError(code, message))
    return render_error(request, DomainError("web.bad_request", "Yêu cầu gửi lên không đọc được. Xin tải lại trang."))


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
