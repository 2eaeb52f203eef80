"""ISO processes to read: the list, one issue, its printed document, what changed, who changed what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from haddong_portal.common import clock
from haddong_portal.common.errors import NotFound
from haddong_portal.common.web.views import PortalView
from procedures.constants import ProcessState
from procedures.documents.process import render_process
from procedures.forms.processes import RetireForm
from procedures.permissions import EDIT_PROCESS, PUBLISH_PROCESS, SEE_PROCESSES
from procedures.selectors import process_pages
from procedures.selectors.processes import process_by_id
from procedures.services.process_sheet import process_document
from procedures.views.asked import asked, asked_number


class ProcessListView(PortalView):
    """Issues by where they stand."""

    permission = SEE_PROCESSES

    def get(self, request: HttpRequest) -> HttpResponse:
        standing, q, today = asked(request, "trang-thai"), asked(request, "q", 100), clock.today()
        standing = standing if standing in process_pages.STANDINGS else ""
        counts = process_pages.standing_counts(q=q, on=today)
        context = {
            "q": q,
            "lines": process_pages.process_lines(standing=standing, q=q, on=today),
            "chips": [_chip("", "Tất cả", q, standing, sum(counts.values()))]
            + [_chip(key, look[0], q, standing, counts[key]) for key, look in process_pages.STANDINGS.items()],
            "standings": process_pages.STANDINGS,
            "can_edit": self.actor.has_right(EDIT_PROCESS),
        }
        return render(request, "procedures/iso/list.html", context)


def _chip(key: str, label: str, q: str, standing: str, count: int) -> dict[str, object]:
    url = "?" + urlencode({name: value for name, value in (("trang-thai", key), ("q", q)) if value})
    return {"label": label, "url": url, "active": key == standing, "count": count}


class ProcessView(PortalView):
    """One issue: the line, the steps, the check; what may be done with it."""

    permission = SEE_PROCESSES

    def get(self, request: HttpRequest, process_id: int) -> HttpResponse:
        process = process_by_id(process_id)
        page = process_pages.process_page(process, on=clock.today())
        is_draft = process.state == ProcessState.DRAFT
        context = {
            "page": page,
            "process": process,
            "look": process_pages.STANDINGS[page.standing],
            "standings": process_pages.STANDINGS,
            "is_draft": is_draft,
            "can_edit": is_draft and self.actor.has_right(EDIT_PROCESS),
            "can_redraft": not is_draft and self.actor.has_right(EDIT_PROCESS),
            "can_publish": is_draft and self.actor.has_right(PUBLISH_PROCESS),
            "can_retire": process.state == ProcessState.PUBLISHED
            and page.standing != process_pages.ENDED
            and self.actor.has_right(PUBLISH_PROCESS),
            "retire_form": RetireForm(),
            "moved": (asked(request, "chieu", 8), asked_number(request, "buoc", 3)),
        }
        return render(request, "procedures/iso/process.html", context)


class ProcessPdfView(PortalView):
    """The printed document."""

    permission = SEE_PROCESSES

    def get(self, request: HttpRequest, process_id: int) -> HttpResponse:
        document = process_document(process_id)
        name = f'inline; filename="{document.code}-lan-{document.issue}.pdf"'
        return HttpResponse(
            render_process(document), content_type="application/pdf", headers={"Content-Disposition": name}
        )


class ProcessCompareView(PortalView):
    """What changed from another issue, by default the one before."""

    permission = SEE_PROCESSES

    def get(self, request: HttpRequest, process_id: int) -> HttpResponse:
        process = process_by_id(process_id)
        before = process_pages.issue_of_code(process, asked_number(request, "lan", 4))
        if before is None:
            raise NotFound("Chưa có lần ban hành nào khác để so sánh.", code="process.nothing_to_compare")
        context = {"process": process, "found": process_pages.comparison(before, process)}
        return render(request, "procedures/iso/compare.html", context)


class ProcessHistoryView(PortalView):
    """Who changed what."""

    permission = SEE_PROCESSES

    def get(self, request: HttpRequest, process_id: int) -> HttpResponse:
        process = process_by_id(process_id)
        context = {"process": process, "lines": process_pages.process_history(process)}
        return render(request, "procedures/iso/history.html", context)
