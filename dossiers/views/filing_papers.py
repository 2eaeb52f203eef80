"""Files of an unfinished form from home: one component at a time, so that a refused file loses no other."""

from __future__ import annotations

import uuid
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator

from dossiers.models import FiledPaper
from dossiers.selectors.filing import filing_page
from dossiers.services.filing_data import PaperUpload
from dossiers.services.filing_draft import add_paper, remove_paper
from dossiers.views.filing import draw_draft, wants_part
from dossiers.views.filing_start import private
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.views import PortalView

# The browser's own viewers: a PDF counts as an object of its document, a picture is fitted by a style of the browser's.
SHOWN_IN_OUR_FRAMES = {"frame-ancestors": [SELF], "object-src": [SELF], "style-src": [UNSAFE_INLINE]}


def paper_response(paper: FiledPaper) -> FileResponse:
    """A checked PDF or picture, shown and not run: its true type, a name of ours, kept by nobody."""
    try:
        content = paper.file.open("rb")
    except FileNotFoundError:
        raise NotFound("Tệp này không còn trên máy chủ. Xin báo quản trị hệ thống.", code="filing.no_paper") from None
    response = FileResponse(content, content_type=paper.content_type, filename=f"giay-to-{paper.pk}")
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    return response


class SlotView(PortalView):
    """What answers with one component's line."""

    permission = PUBLIC

    def answer(
        self, request: HttpRequest, key: uuid.UUID, requirement_id: int, error: DomainError | None = None
    ) -> HttpResponse:
        page, status = filing_page(key), error.status if error else 200
        slot = page.slot(requirement_id)
        if slot is None:
            raise error or NotFound()
        if wants_part(request):
            context = {"page": page, "slot": slot, "error": error, "changed": True}
            return private(render(request, "dossiers/filing/slot_swap.html", context, status=status))
        if error is None:
            return redirect(reverse("filing:draft", kwargs={"key": key}) + f"#giay-{requirement_id}")
        return draw_draft(request, page, status=status, refusal=error)


class UploadView(SlotView):
    def post(self, request: HttpRequest, key: uuid.UUID, requirement_id: int) -> HttpResponse:
        try:
            for file in _files(request):
                add_paper(key=key, upload=PaperUpload(requirement_id, file))
        except DomainError as error:
            return self.answer(request, key, requirement_id, error)
        return self.answer(request, key, requirement_id)


def _files(request: HttpRequest) -> list[UploadedFile[Any]]:
    files = request.FILES.getlist("file")
    if not files:
        raise DomainError("filing.no_file", "Chưa chọn tệp nào.", "file", status=422)
    return list(files)


class RemoveView(SlotView):
    def post(self, request: HttpRequest, key: uuid.UUID, paper_id: int) -> HttpResponse:
        slots = filing_page(key).slots
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
        papers = [paper for slot in filing_page(key).slots for paper in slot.files if paper.pk == paper_id]
        if not papers:
            raise NotFound("Không tìm thấy tệp này.", code="filing.no_paper")
        return paper_response(papers[0])
