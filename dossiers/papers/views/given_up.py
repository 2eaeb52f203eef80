"""Scans that a worker gave up on, with a button that has them read once more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dossiers.papers.permissions import FILES
from dossiers.papers.selectors.given_up import given_up_scans
from dossiers.papers.services.rerun_scan import rerun_scan
from dossiers.papers.views.store import store_tabs
from haddong_portal.common.web.views import PortalView


class GivenUpScansView(PortalView):
    permission = FILES

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"scans": given_up_scans(self.actor), "tabs": store_tabs(self, "papers:given-up")}
        return render(request, "papers/given_up.html", context)


class RerunScanView(PortalView):
    permission = FILES

    def post(self, request: HttpRequest, attempt_id: int) -> HttpResponse:
        if rerun_scan(actor=self.actor, attempt_id=attempt_id):
            messages.success(request, "Đã xếp bản quét vào hàng chờ đọc lại.")
        else:
            messages.info(request, "Bản quét này đã được xử lý ở nơi khác, không cần đọc lại.")
        return redirect("papers:given-up")
