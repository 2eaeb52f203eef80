"""One linked case, and the papers it gave: opened through the store, with an audit row."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dossiers.papers.permissions import OPEN as OPEN_PAPER
from dossiers.papers.services.open_paper import SUFFIXES, open_paper
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.web.views import PortalView
from interlink import permissions
from interlink.selectors.case_receipt import subject_text
from interlink.selectors.case_view import declared_in
from interlink.selectors.matters import reference_of_case
from interlink.services.read_case import read_case
from interlink.views.act_buttons import buttons_of

PURPOSE = "giải quyết hồ sơ liên thông"


class CaseView(PortalView):
    permission = permissions.READ

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return show_case(self, request, code)


def show_case(
    view: PortalView, request: HttpRequest, code: str, *, refusal: DomainError | None = None, status: int = 200
) -> HttpResponse:
    """The page; after a refused act with what was refused."""
    case, page = read_case(actor=view.actor, code=code, purpose="xem hồ sơ liên thông", now=clock.now())
    context = {
        "page": page,
        "case": case,
        "subject": subject_text(declared_in(case).fields),
        "refusal": refusal,
        **buttons_of(view.actor, page),
    }
    return render(request, "interlink/case.html", context, status=status)


class CasePaperView(PortalView):
    permission = OPEN_PAPER

    def get(self, request: HttpRequest, code: str, paper: uuid.UUID) -> HttpResponse:
        _, page = read_case(actor=self.actor, code=code, purpose=PURPOSE, now=clock.now())
        issued = (one for leg in page.legs for one in leg.papers if one.public_id == paper)
        found = next(issued, None)
        if found is None:
            raise NotFound("Không tìm thấy giấy tờ này.", code="paper.not_found")
        opened = open_paper(actor=self.actor, paper_id=found.pk, purpose=PURPOSE, reference=reference_of_case(code))
        shown = opened.content_type in SUFFIXES
        kind = opened.content_type if shown else "application/octet-stream"
        response = HttpResponse(opened.content, content_type=kind)
        way = "inline" if shown else "attachment"
        response["Content-Disposition"] = f'{way}; filename="{opened.name}"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response
