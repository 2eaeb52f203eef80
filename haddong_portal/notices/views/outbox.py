"""The outbox: what was sent, what waits, what gave up (with a button for one and for all that are shown)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from haddong_portal.accounts.selectors.units import units_on
from haddong_portal.common.text import plain_number
from haddong_portal.common.web.views import PortalView
from haddong_portal.notices.constants import NoticeEvent, NoticeState
from haddong_portal.notices.selectors.notices import NoticeFilter, notice_page
from haddong_portal.notices.services.resend_notice import resend_notice
from haddong_portal.notices.services.resend_notices import resend_notices

STATE, EVENT, UNIT, AFTER = "trang-thai", "su-kien", "don-vi", "sau"


class OutboxView(PortalView):
    permission = "notice.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = _filter(request)
        page = notice_page(actor=self.actor, wanted=wanted, before=plain_number(request.GET.get(AFTER, "")))
        context = {
            "page": page,
            "wanted": wanted,
            "chips": _chips(wanted, page.counts),
            "next_url": f"?{_query(wanted, sau=page.next_cursor)}" if page.next_cursor else "",
            "back": _query(wanted),
            "may_resend": self.actor.has_right("notice.resend"),
            "events": NoticeEvent.choices,
            "units": units_on() if self.actor.sees_all_units else [],
        }
        return render(request, "notices/outbox.html", context)


class ResendView(PortalView):
    permission = "notice.resend"

    def post(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        resend_notice(actor=self.actor, notice_id=notice_id)
        messages.success(request, "Đã đưa thông báo vào hàng đợi gửi lại.")
        return _back(request)


class ResendShownView(PortalView):
    permission = "notice.resend"

    def post(self, request: HttpRequest) -> HttpResponse:
        ids = [number for text in request.POST.getlist("notice") if (number := plain_number(text)) is not None]
        count = resend_notices(actor=self.actor, notice_ids=ids)
        messages.success(request, f"Đã đưa {count} thông báo vào hàng đợi gửi lại.")
        return _back(request)


def _filter(request: HttpRequest) -> NoticeFilter:
    return NoticeFilter(
        state=request.GET.get(STATE, ""),
        event=request.GET.get(EVENT, ""),
        unit_id=plain_number(request.GET.get(UNIT, "")),
    )


def _query(wanted: NoticeFilter, *, state: str | None = None, **more: object) -> str:
    asked = {STATE: wanted.state if state is None else state, EVENT: wanted.event, UNIT: wanted.unit_id, **more}
    return urlencode({name: value for name, value in asked.items() if value})


def _chips(wanted: NoticeFilter, counts: dict[str, int]) -> list[dict[str, object]]:
    every = [("", "Tất cả"), *NoticeState.choices]
    return [
        {
            "label": str(label)[:1].upper() + str(label)[1:],
            "url": f"?{_query(wanted, state=value)}",
            "active": wanted.state == value,
            "count": counts.get(value) or None,
        }
        for value, label in every
    ]


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was filtered; only a query string is taken from the form."""
    return redirect(f"{reverse('notices:outbox')}?{request.POST.get('back', '')}".rstrip("?"))
