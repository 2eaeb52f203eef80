"""Each role's start page: the day, what waits, and where to go."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.selectors.calendar import opening_text
from haddong_portal.common import clock
from haddong_portal.common.dates import long_date
from haddong_portal.common.rights import SIGNED_IN
from haddong_portal.common.web import nav
from haddong_portal.common.web.views import PortalView
from haddong_portal.home.panels import panels_for

WORK = {
    Role.CLERK: "Tiếp nhận, hướng dẫn và trả kết quả cho người dân.",
    Role.OFFICER: "Hồ sơ gần hạn nhất nằm trên cùng danh sách việc.",
    Role.LEADER: "Xem hồ sơ đã thẩm định, ký hoặc trả lại kèm lý do.",
    Role.ONE_STOP_HEAD: "Theo dõi quầy, hồ sơ sắp trễ và các thông báo gửi người dân.",
    Role.CATALOGUE_EDITOR: "Biên tập, công bố thủ tục và rà soát phần còn thiếu.",
    Role.DISTRICT_MANAGER: "Nhìn toàn quận: nơi nào chậm, vì sao, cần quyết định gì.",
    Role.INSPECTOR: "Xem ai đã xem và đã làm gì với hồ sơ, dữ liệu cá nhân.",
    Role.ADMINISTRATOR: "Đơn vị, vị trí công tác, lịch làm việc và việc chạy nền.",
}
NO_POST = "Tài khoản này chưa được giao vị trí công tác nào nên chưa có quyền. Xin liên hệ quản trị hệ thống."


class StartView(PortalView):
    permission = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        now = clock.now()
        entries = [entry for entry in nav.items_for(request, self.actor) if not entry["active"]]
        context = {
            "greeting": greeting(now),
            "today": long_date(now.date()),
            "hours": opening_text(now.date(), self.actor.unit_id),
            "work": WORK[Role(self.actor.role)] if self.actor.role in Role.values else NO_POST,
            "entries": entries,
            "panels": panels_for(self.actor),
        }
        return render(request, "home/start.html", context)


def greeting(now: datetime) -> str:
    """By the time of day in Vietnam."""
    if now.hour < 11:
        return "Chào buổi sáng"
    if now.hour < 14:
        return "Chào buổi trưa"
    return "Chào buổi chiều" if now.hour < 18 else "Chào buổi tối"
