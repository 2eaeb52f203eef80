"""The outbox: what was sent, what waits, what gave up (with a button)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from haddong_portal.common.web.views import PortalView
from haddong_portal.notices.constants import NoticeState
from haddong_portal.notices.selectors.notices import notice_page
from haddong_portal.notices.services.resend_notice import resend_notice


class OutboxView(PortalView):
    permission = "notice.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        state = request.GET.get("trang-thai", "")
        before = request.GET.get("sau", "")
        page = notice_page(actor=self.actor, state=state, before=int(before) if before.isdecimal() else None)
        context = {"page": page, "state": state, "states": NoticeState.choices}
        return render(request, "notices/outbox.html", context)


class ResendView(PortalView):
    permission = "notice.resend"

    def post(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        resend_notice(actor=self.actor, notice_id=notice_id)
        messages.success(request, "Đã đưa thông báo vào hàng đợi gửi lại.")
        return redirect("notices:outbox")
