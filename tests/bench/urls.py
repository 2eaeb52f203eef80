"""The portal's addresses and, before them, the bare view that everything is compared with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from haddong_portal.urls import urlpatterns as portal_urlpatterns

BARE_BODY = b"bare"


def bare(request: HttpRequest) -> HttpResponse:
    """What any Django view costs on this server."""
    return HttpResponse(BARE_BODY)


urlpatterns: list[URLPattern | URLResolver] = [path("bare/", bare), *portal_urlpatterns]
