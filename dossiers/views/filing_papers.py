"""Files of an unfinished form from home: one component at a time, so that a refused file loses no other."""

from __future__ import annotations

import uuid

from csp.decorators import csp_replace
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator

from dossiers.selectors.filing import filing_page
from dossiers.services.filing_data import PaperUpload
from dossiers.services.filing_draft import add_paper, remove_paper
from dossiers.views.filing import draw_draft, wants_part
from dossiers.views.filing_start import private
from dossiers.views.slots import SHOWN_IN_OUR_FRAMES, drawn_slot, each_file, paper_response
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.views import PortalView, citizen_of


class SlotView(PortalView):
    """What answers with one component's line."""

    permission = PUBLIC

    def answer(
        self, request: HttpRequest, key: uuid.UUID, requirement_id: int, error: DomainError | None = None
    ) -> HttpResponse:
        page, status = filing_page(key, person_id=citizen_of(request).person_id), error.status if error else 200
        slot = page.slot(requirement_id)
        if slot is None:
            raise error or NotFound()
        if wants_part(request):
            context = {"slot": drawn_slot(key, slot), "missing": page.missing, "error": error, "changed": True}
            return private(render(request, "dossiers/filing/slot_swap.html", context, status=status))
        if error is None:
            return redirect(reverse("filing:draft", kwargs={"key": key}) + f"#giay-{requirement_id}")
        return draw_draft(request, page, status=status, refusal=error)


class UploadView(SlotView):
    def post(self, request: HttpRequest, key: uuid.UUID, requirement_id: int) -> HttpResponse:
        error = each_file(request, lambda file: add_paper(key=key, upload=PaperUpload(requirement_id, file)))
        return self.answer(request, key, requirement_id, error)


class RemoveView(SlotView):
    def post(self, request: HttpRequest, key: uuid.UUID, paper_id: int) -> HttpResponse:
        slots = filing_page(key, person_id=citizen_of(request).person_id).slots
        slot = next((slot for slot in slots if any(paper.pk == paper_id for paper in slot.files)), None)
        if slot is None:
            return redirect("filing:draft", key=key)
        remove_paper(key=key, paper_id=paper_id)
        return self.answer(request, key, slot.requirement_id)


class OwnFileView(PortalView):
    """What one uploaded, to look at once more."""

    permission = PUBLIC

    @method_decorator(csp_replace(SHOWN_IN_OUR_FRAMES))
    def get(self, request: HttpRequest, key: uuid.UUID, paper_id: int) -> FileResponse:
        slots = filing_page(key).slots
        papers = [paper for slot in slots for paper in slot.files if paper.pk == paper_id]
        if not papers:
            raise NotFound("Không tìm thấy tệp này.", code="filing.no_paper")
        return paper_response(papers[0])
