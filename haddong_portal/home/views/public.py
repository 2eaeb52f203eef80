"""The public home."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.views import PortalView


class PublicHomeView(PortalView):
    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("home:start")
