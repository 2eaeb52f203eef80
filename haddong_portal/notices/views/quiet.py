"""When a channel is silent, and who said so."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView
from haddong_portal.notices.constants import NoticeChannel
from haddong_portal.notices.forms import QuietHoursForm
from haddong_portal.notices.selectors.quiet import CHANNELS, QuietRow, quiet_history, quiet_rows
from haddong_portal.notices.services.set_quiet_hours import set_quiet_hours


class QuietHoursView(PortalView):
    permission = "notice.set_quiet_hours"

    def get(self, request: HttpRequest) -> HttpResponse:
        return _page(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        channel = request.POST.get("channel", "")
        if channel not in CHANNELS:
            raise NotFound("Không có kênh này.", code="quiet.channel")
        form = QuietHoursForm(request.POST, prefix=channel)
        if form.is_valid():
            try:
                set_quiet_hours(actor=self.actor, channel=NoticeChannel(channel), **form.cleaned_data)
            except DomainError as error:
                add_domain_error(form, error)
            else:
                messages.success(request, "Đã lưu giờ yên tĩnh.")
                return redirect("notices:quiet-hours")
        return _page(request, {channel: form}, status=422)


def _page(request: HttpRequest, typed: dict[str, QuietHoursForm] | None = None, *, status: int = 200) -> HttpResponse:
    given = typed or {}
    rows = [(row, given.get(row.channel) or _form(row)) for row in quiet_rows()]
    return render(request, "notices/quiet_hours.html", {"rows": rows, "history": quiet_history()}, status=status)


def _form(row: QuietRow) -> QuietHoursForm:
    initial = {"is_on": row.is_on, "starts": row.window.starts, "ends": row.window.ends}
    return QuietHoursForm(initial=initial, prefix=row.channel)
