"""Digitising a dossier's papers: the lines, the scan at hand, what was read beside its pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dossiers.papers.forms.scans import ConfirmScanForm, first_words, typed_words
from dossiers.papers.permissions import DIGITISE
from dossiers.papers.selectors.scans import ScanView, scan_view, twin_of, type_choices
from dossiers.papers.services.scan_confirmation import ScanConfirmation
from dossiers.papers.services.scan_signing import ONLY_A_PICTURE, can_sign
from dossiers.selectors.digitising import DigitisePage, digitise_page
from dossiers.services.digitise_line import digitise_line, scan_line
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.text import plain_number
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class DigitiseView(PortalView):
    """The page; asked by htmx it is the scan at hand alone (progress, changed pages)."""

    permission = DIGITISE

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        part = request.headers.get("HX-Request") == "true"
        line_id = plain_number(request.GET.get("dong", ""))
        page = digitise_page(actor=self.actor, code=code, line_id=line_id, now=clock.now(), read=not part)
        scan = self._scan(page, read=not part)
        form = self._form(request, scan) if scan and scan.reading is not None else None
        template = "dossiers/digitise_part.html" if part else "dossiers/digitise.html"
        return render(request, template, scan_context(self, page, scan, form))

    def _scan(self, page: DigitisePage, *, read: bool) -> ScanView | None:
        if page.current is None or page.current.scan is None:
            return None
        return scan_view(actor=self.actor, item_id=page.current.scan.public_id, now=clock.now(), read=read)

    def _form(self, request: HttpRequest, scan: ScanView) -> ConfirmScanForm:
        typed = typed_words(request.GET.dict()) if "type_code" in request.GET else {}
        words = {**first_words(scan.reading, expected=scan.item.type_code), **typed}
        return ConfirmScanForm(type_choices(), initial=words, reading=scan.reading)


class ScanUploadView(PortalView):
    """One file for one line; the answer is JSON, for the page's own script."""

    permission = DIGITISE

    def post(self, request: HttpRequest, code: str, line_id: int) -> HttpResponse:
        file = request.FILES.get("file")
        try:
            pages = scan_line(
                actor=self.actor,
                code=code,
                line_id=line_id,
                content=_content(file),
                name=file.name or "" if file else "",
                by_camera=bool(request.POST.get("camera")),
            )
        except DomainError as error:
            return _refused(request, error, code, line_id)
        if request.POST.get("plain"):
            return redirect(line_url(code, line_id))
        return JsonResponse({"pages": len(pages)})


class ConfirmScanView(PortalView):
    """What is printed is right, the original was compared: into the store, then the next line."""

    permission = DIGITISE

    def post(self, request: HttpRequest, code: str, item_id: UUID) -> HttpResponse:
        scan = scan_view(actor=self.actor, item_id=item_id, now=clock.now(), read=False)
        form, twin_id, status = ConfirmScanForm(type_choices(), request.POST, reading=scan.reading), None, 422
        if form.is_valid():
            try:
                said = ScanConfirmation(**form.said())
                confirmed = digitise_line(actor=self.actor, code=code, item_id=item_id, said=said)
            except DomainError as error:
                add_domain_error(form, error)
                twin_id, status = error.data.get("paper_id"), error.status
            else:
                self._tell(request, scan, confirmed.why_not_signed)
                return redirect("dossiers:digitise", code=code)
        page = digitise_page(actor=self.actor, code=code, line_id=scan.item.line_id, now=clock.now(), read=False)
        context = scan_context(self, page, scan, form) | {"twin": twin_of(int(str(twin_id)) if twin_id else None)}
        return render(request, "dossiers/digitise.html", context, status=status)

    def _tell(self, request: HttpRequest, scan: ScanView, why_not_signed: str) -> None:
        messages.success(request, f"Đã số hóa “{scan.item.name}”, giấy tờ nằm trong kho của người có giấy.")
        if why_not_signed:
            messages.warning(request, why_not_signed)


def scan_context(
    view: PortalView, page: DigitisePage, scan: ScanView | None, form: ConfirmScanForm | None
) -> dict[str, Any]:
    """What both the page and its part are drawn from."""
    code, current = page.dossier.code, page.current
    return {
        "page": page,
        "dossier": page.dossier,
        "current": current,
        "scan": scan,
        "form": form,
        "part_url": line_url(code, current.line.pk) if current else "",
        "upload_url": reverse("dossiers:scan-upload", args=[code, current.line.pk]) if current else "",
        "confirm_url": reverse("dossiers:confirm-scan", args=[code, scan.item.public_id]) if scan else "",
        "why_not_signed": "" if can_sign(view.actor, page.dossier.receiving_unit) else ONLY_A_PICTURE,
    }


def line_url(code: str, line_id: int) -> str:
    """The page with this line at hand."""
    return f"{reverse('dossiers:digitise', args=[code])}?dong={line_id}"


def _content(file: UploadedFile[Any] | None) -> bytes:
    """No further than the checker reads: a byte more is enough to be too large."""
    return bytes(file.read(settings.UPLOAD_MAX_BYTES + 1)) if file is not None else b""


def _refused(request: HttpRequest, error: DomainError, code: str, line_id: int) -> HttpResponse:
    if isinstance(error, NotFound):
        raise error
    if request.POST.get("plain"):
        messages.error(request, f"{error.message} Mã: {error.code}")
        return redirect(line_url(code, line_id))
    return JsonResponse({"code": error.code, "message": error.message}, status=error.status)
