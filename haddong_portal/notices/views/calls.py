"""The phone call list: dial, then press one digit for what came of it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.views import PortalView
from haddong_portal.notices.constants import CallOutcome
from haddong_portal.notices.forms import CallForm
from haddong_portal.notices.selectors.calls import CLOSED, DUE, LATER, STUCK, call_page
from haddong_portal.notices.services.record_call import record_call
from haddong_portal.notices.services.reveal_call import reveal_call

SHOWN, AFTER = "muc", "sau"
PARTS = ((DUE, "Cần gọi hôm nay"), (LATER, "Hẹn gọi sau"), (STUCK, "Gọi nhiều lần không được"), (CLOSED, "Đã xong"))


class CallListView(PortalView):
    permission = "call.record"

    def get(self, request: HttpRequest) -> HttpResponse:
        shown = request.GET.get(SHOWN, DUE)
        page = call_page(actor=self.actor, shown=shown, after=request.GET.get(AFTER, ""))
        context = {
            "page": page,
            "shown": shown,
            "is_closed": shown == CLOSED,
            "chips": [
                {"label": label, "url": f"?{SHOWN}={name}", "active": shown == name, "count": page.counts.get(name)}
                for name, label in PARTS
            ],
            "next_url": f"?{urlencode({SHOWN: shown, AFTER: page.after})}" if page.after else "",
            "today": clock.today(),
        }
        return render(request, "notices/calls.html", context)


class CallDialView(PortalView):
    """The whole number, for the one who dials; every look is in the audit log."""

    permission = "call.record"

    def post(self, request: HttpRequest, task_id: int) -> HttpResponse:
        task = reveal_call(actor=self.actor, task_id=task_id)
        return render(request, "notices/_call_number.html", {"task": task})


class CallRecordView(PortalView):
    permission = "call.record"

    def post(self, request: HttpRequest, task_id: int) -> HttpResponse:
        form = CallForm(request.POST)
        if not form.is_valid():
            raise DomainError("call.shape", "Xin chọn kết quả cuộc gọi và ngày hẹn đúng dạng ngày.", "outcome")
        outcome = CallOutcome(form.cleaned_data["outcome"])
        task = record_call(
            actor=self.actor,
            task_id=task_id,
            outcome=outcome,
            promised_on=form.cleaned_data["promised_on"] if outcome == CallOutcome.PROMISED else None,
            note=form.cleaned_data["note"],
        )
        if request.headers.get("HX-Request") == "true":
            return render(
                request, "notices/_call_done.html", {"task": task, "outcome": outcome, "today": clock.today()}
            )
        messages.success(request, f"Đã ghi: {task.recipient_name}, {outcome.label.lower()}.")
        return redirect(reverse("notices:calls"))
