"""The forms of a dossier as PDF, drawn from what was stored when they were issued."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from dossiers.selectors.slip_pdf import slip_pdf
from haddong_portal.common import clock
from haddong_portal.common.web.views import PortalView


class SlipPdfView(PortalView):
    permission = "dossier.read"

    def get(self, request: HttpRequest, code: str, slip_id: int) -> HttpResponse:
        pdf = slip_pdf(actor=self.actor, code=code, slip_id=slip_id, now=clock.now())
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="phieu-{code}-{slip_id}.pdf"'
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Cache-Control"] = "private, no-store"
        return response
