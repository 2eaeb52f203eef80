"""What there is to do: mine, my unit's, due soon, overdue; most urgent first. Filters stand in the address."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dossiers.constants import Status
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.rules.work_filter import COUNTED, FLAGS, SCOPES, WorkFilter, read_filter
from dossiers.selectors.work_list import WorkPage, work_list
from haddong_portal.common import clock
from haddong_portal.common.dates import short_date
from haddong_portal.common.web.views import PortalView

AFTER = "sau"
BULK_FORM = "bulk-form"


class WorkListView(PortalView):
    permission = "dossier.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        wish = read_filter(request.GET.dict())
        page = work_list(
            actor=self.actor,
            scope=SCOPES[wish.scope][0],
            flag=FLAGS[wish.flag][0],
            q=wish.q or None,
            narrow=wish,
            cursor=request.GET.get(AFTER) or None,
            limit=int(wish.rows or 50),
            now=clock.now(),
        )
        first = next((line for line in page.saved if line.opens_first), None)
        if first and not request.GET:
            return redirect(f"{reverse('dossiers:work-list')}?{first.query}")
        bulk = {
            "bulk": BULK_FORM if self.actor.has_right(RIGHT_OF[Command.DELIVER]) else "",
            "may_reassign": self.actor.has_right(RIGHT_OF[Command.REASSIGN]),
        }
        return render(request, "dossiers/work_list.html", {**_context(wish, page), **bulk})


def _context(wish: WorkFilter, page: WorkPage) -> dict[str, object]:
    query = wish.query()
    return {
        "page": page,
        "query": wish.q,
        "tabs": _tabs(wish),
        "chips": _chips(wish, page.counts),
        "narrowed": _narrowed(wish, page),
        "saved": [{"line": line, "active": line.query == query} for line in page.saved],
        "filter_query": query,
        "next_url": f"?{query}&{urlencode({AFTER: page.next_cursor})}" if page.next_cursor else "",
    }


def _tabs(wish: WorkFilter) -> list[dict[str, object]]:
    return [
        {"label": label, "url": f"?{replace(wish, scope=key, flag='').query()}", "active": wish.scope == key}
        for key, (_, label) in SCOPES.items()
    ]


def _chips(wish: WorkFilter, counts: dict[str, int]) -> list[dict[str, object]]:
    """The usual flags with their counts, and the chosen one where it is another."""
    chips = []
    for key, (name, label, icon) in FLAGS.items():
        if key in COUNTED or key == wish.flag:
            url = f"?{replace(wish, flag=key).query()}"
            count = counts.get(name) if name else None
            chips.append({"label": label, "url": url, "active": key == wish.flag, "icon": icon, "count": count})
    return chips


def _narrowed(wish: WorkFilter, page: WorkPage) -> list[dict[str, str]]:
    """What else narrows the list, each with the address that drops it. Names come from the rows, else the code."""
    first = page.rows[0] if page.rows else None
    words = {
        "procedure": ("Thủ tục", first.procedure_name if first else wish.procedure),
        "status": ("Trạng thái", Status(wish.status).label if wish.status else ""),
        "officer": ("Người làm", (first.officer_name if first else "") or wish.officer),
        "received_by": ("Người tiếp nhận", wish.received_by),
        "desk": ("Quầy", wish.desk),
        "holder": ("Đơn vị đang giữ", (first.owner_unit_name if first else "") or wish.holder),
        "due_from": ("Hẹn từ", short_date(wish.due_from) if wish.due_from else ""),
        "due_to": ("Hẹn đến", short_date(wish.due_to) if wish.due_to else ""),
        "q": ("Tìm", wish.q),
    }
    return [
        {"label": f"{label}: {text}", "url": f"?{wish.without(name).query()}"}
        for name, (label, text) in words.items()
        if getattr(wish, name)
    ]
