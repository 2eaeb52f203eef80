"""Operations: agencies, messages that cannot leave, legs that stand still, and the buttons that send them on."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.web.views import PortalView
from interlink import permissions
from interlink.selectors.message_log import GIVEN_UP
from interlink.selectors.operations import StandingRow, operations_page
from interlink.views.act_buttons import ActButton, leg_buttons, release_button

KINDS: Mapping[str, tuple[str, str, str]] = {
    "ngung-thu": ("dead", "Ngừng thử", "alert-triangle"),
    "dang-thu-lai": ("retry", "Đang thử lại", "refresh"),
    "dung-lai": ("held", "Việc đứng lại", "hand-stop"),
    "tre": ("late", "Việc trễ hạn", "clock-exclamation"),
    "chua-nhan": ("unacknowledged", "Chưa xác nhận tiếp nhận", "inbox"),
}
FIRST = "ngung-thu"


class OperationsView(PortalView):
    permission = permissions.OPERATE

    def get(self, request: HttpRequest) -> HttpResponse:
        word = request.GET.get("loc", "")
        kind = word if word in KINDS else FIRST
        cursor, now = request.GET.get("sau") or None, clock.now()
        page = operations_page(actor=self.actor, kind=KINDS[kind][0], cursor=cursor, now=now)
        context = {
            "page": page,
            "kind_label": KINDS[kind][1],
            "kind": KINDS[kind][0],
            "now": now,
            "row_acts": {row.key: _acts(self.actor, row) for row in page.rows},
            "chips": [
                {"label": label, "url": f"?loc={one}", "active": one == kind, "icon": icon, "count": page.counts[name]}
                for one, (name, label, icon) in KINDS.items()
            ],
            "next_url": f"?{urlencode({'loc': kind, 'sau': page.next_cursor})}" if page.next_cursor else "",
        }
        return render(request, "interlink/operations/page.html", context)


def _acts(actor: Actor, row: StandingRow) -> list[ActButton]:
    """The way on for one line: send the message again, or the leg's own acts."""
    if row.message is not None:
        given_up = row.message.state in GIVEN_UP and actor.has_right(permissions.RELEASE_MESSAGE)
        return [release_button(str(row.message.pk))] if given_up else []
    return leg_buttons(actor, row.leg.case, row.leg)
