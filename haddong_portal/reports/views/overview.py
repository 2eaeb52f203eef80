"""The manager's five numbers, then the units sorted by trouble."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haddong_portal.common import clock
from haddong_portal.common.web.views import PortalView
from haddong_portal.reports.selectors.overview import overview


class OverviewView(PortalView):
    permission = "report.overview"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "reports/overview.html", {"report": overview(actor=self.actor, now=clock.now())})
