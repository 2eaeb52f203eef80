"""The one receipt of a linked case: on screen after the declaration, and as the PDF that is printed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haddong_portal.common import clock
from haddong_portal.common.web.views import PortalView
from interlink import permissions
from interlink.documents.linked_receipt import render_linked_receipt
from interlink.selectors.case_receipt import linked_receipt_data, receipt_name
from interlink.services.read_case import read_case


class CaseReceiptView(PortalView):
    permission = permissions.READ

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        case, page = read_case(actor=self.actor, code=code, purpose="xem giấy tiếp nhận", now=clock.now())
        return render(request, "interlink/receipt.html", {"page": page, "case": case})


class CaseReceiptPdfView(PortalView):
    permission = permissions.READ

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        case, _ = read_case(actor=self.actor, code=code, purpose="in giấy tiếp nhận", now=clock.now())
        pdf = render_linked_receipt(linked_receipt_data(case))
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{receipt_name(case)}"'
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Cache-Control"] = "private, no-store"
        return response
