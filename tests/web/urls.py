"""The addresses that tests of the frame need: the style page, and one page with a form sent by a scan."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from haddong_portal.common.errors import Conflict

BENCH = Path(__file__).with_name("bench.html")
sent: list[str] = []
refused: list[str] = []


def bench(request: HttpRequest) -> HttpResponse:
    """A staff page with what the browser modules work on."""
    page = engines["django"].from_string(BENCH.read_text(encoding="utf-8"))
    return HttpResponse(page.render({}, request))


def take(request: HttpRequest) -> HttpResponse:
    """Answers a form; remembers what came."""
    sent.append(request.GET.get("payload") or request.GET.get("name", ""))
    return HttpResponse("đã nhận")


def refuse(request: HttpRequest) -> HttpResponse:
    """Refuses, and remembers that it was asked."""
    refused.append(request.path)
    raise Conflict("dossier.moved_on", "Hồ sơ đã được người khác chuyển bước.")


urlpatterns = [
    path("bench/", bench),
    path("take/", take),
    path("refuse/", refuse),
    path("tai-khoan/", include("haddong_portal.accounts.urls")),
    path("", include("haddong_portal.home.urls")),
]
