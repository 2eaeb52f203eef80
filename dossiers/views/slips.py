"""The forms of a dossier as PDF, drawn from what was stored when they were issued."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from dossiers import permissions
from dossiers.rules.lifecycle import Command
from dossiers.selectors.fee_slip_pdf import fee_slip_pdf
from dossiers.selectors.slip_pdf import slip_pdf
from haddong_portal.common import clock
from haddong_portal.common.web.views import PortalView


class SlipPdfView(PortalView):
    permission = "dossier.read"

    def get(self, request: HttpRequest, code: str, slip_id: int) -> HttpResponse:
        pdf = slip_pdf(actor=self.actor, code=code, slip_id=slip_id, now=clock.now())
        return _shown(pdf, f"phieu-{code}-{slip_id}.pdf")


class FeeSlipPdfView(PortalView):
    """The slip for money that was paid at the desk."""

    permission = permissions.RIGHT_OF[Command.COLLECT_FEE]

    def get(self, request: HttpRequest, code: str, payment_id: int) -> HttpResponse:
        pdf = fee_slip_pdf(actor=self.actor, code=code, payment_id=payment_id, now=clock.now())
        return _shown(pdf, f"phieu-thu-{code}-{payment_id}.pdf")


def _shown(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    return response
