"""The receipt (Mẫu 01): on screen after intake, and as the PDF that is printed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dossiers.documents.receipt import render_receipt
from dossiers.selectors.dossier_page import dossier_page
from dossiers.selectors.receipt_data import receipt_data
from haddong_portal.common import clock
from haddong_portal.common.web.views import PortalView


class ReceiptView(PortalView):
    permission = "dossier.read"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        page = dossier_page(actor=self.actor, code=code, now=clock.now())
        return render(request, "dossiers/receipt.html", {"page": page, "dossier": page.dossier})


class ReceiptPdfView(PortalView):
    permission = "dossier.read"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        page = dossier_page(actor=self.actor, code=code, now=clock.now())
        response = HttpResponse(render_receipt(receipt_data(page.dossier)), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="giay-tiep-nhan-{page.dossier.code}.pdf"'
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Cache-Control"] = "private, no-store"
        return response
