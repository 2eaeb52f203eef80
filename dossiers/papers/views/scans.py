"""Acts on a paper that is being scanned: its pages, the way to the worker and back. For counter and books alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from dossiers.papers.imaging.pages import PREVIEW_WIDTH, preview
from dossiers.papers.permissions import DIGITISE
from dossiers.papers.selectors.scans import made_file, page_file
from dossiers.papers.services.arrange_scan import EARLIER, LATER, move_page, pair_page, remove_page, turn_page
from dossiers.papers.services.finish_capture import finish_capture
from dossiers.papers.services.reading import read_file
from dossiers.papers.services.reopen_scan import discard_scan, reopen_scan, retry_scan
from haddong_portal.common import clock
from haddong_portal.common.errors import NotFound
from haddong_portal.common.text import plain_number
from haddong_portal.common.web.views import PortalView

PAGE_ACTS: dict[str, Callable[..., object]] = {
    "earlier": partial(move_page, by=EARLIER),
    "later": partial(move_page, by=LATER),
    "turn": turn_page,
    "remove": remove_page,
    "pair": pair_page,
}
SCAN_ACTS: dict[str, Callable[..., object]] = {"reopen": reopen_scan, "retry": retry_scan, "discard": discard_scan}
CHANGED = "scan-changed"
PREVIEW_SECONDS = 600
THUMB_WIDTH = 260


def done(request: HttpRequest) -> HttpResponse:
    """The page draws its scan again; without a script the browser goes back to the page."""
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=204)
        response["HX-Trigger"] = CHANGED
        return response
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if safe else reverse("home:start"))


class ScanPageView(PortalView):
    """One page: moved, turned, thrown away, paired with the page before it."""

    permission = DIGITISE

    def post(self, request: HttpRequest, item_id: UUID, page_id: int) -> HttpResponse:
        act = PAGE_ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise NotFound()
        act(actor=self.actor, item_id=item_id, page_id=page_id)
        return done(request)


class ScanPictureView(PortalView):
    """A page's picture, made small for the screen: always a JPEG of our own making."""

    permission = DIGITISE

    def get(self, request: HttpRequest, item_id: UUID, page_id: int) -> HttpResponse:
        file, turned = page_file(actor=self.actor, item_id=item_id, page_id=page_id)
        small = request.GET.get("co") == "nho"
        picture = preview(read_file(file), turned=turned, width=THUMB_WIDTH if small else PREVIEW_WIDTH)
        response = HttpResponse(picture, content_type="image/jpeg")
        response["Cache-Control"] = f"private, max-age={PREVIEW_SECONDS}"
        return response


class ScanFileView(PortalView):
    """The file made of the pages, as a download."""

    permission = DIGITISE

    def get(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        item, file = made_file(actor=self.actor, item_id=item_id, now=clock.now())
        response = HttpResponse(read_file(file), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="ban-quet-{item.position}.pdf"'
        response["Cache-Control"] = "private, no-store"
        return response


class ScanActView(PortalView):
    """All pages are there; or back to the pages, once more to the worker, away."""

    permission = DIGITISE

    def post(self, request: HttpRequest, item_id: UUID) -> HttpResponse:
        act = request.POST.get("act", "")
        if act == "finish":
            self._finish(request, item_id)
        elif act in SCAN_ACTS:
            SCAN_ACTS[act](actor=self.actor, item_id=item_id)
        else:
            raise NotFound()
        return done(request)

    def _finish(self, request: HttpRequest, item_id: UUID) -> None:
        finish_capture(
            actor=self.actor,
            item_id=item_id,
            declared=plain_number(request.POST.get("declared", ""), digits_max=5) or 0,
            has_stamp=bool(request.POST.get("has_stamp")),
            scanner=request.POST.get("scanner", ""),
        )
