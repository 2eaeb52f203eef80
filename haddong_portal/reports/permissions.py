"""Rights of reports: act → (label, roles)."""

from __future__ import annotations

from haddong_portal.accounts.constants import Role

ACTS = {
    "report.overview": (
        "Xem tình hình giải quyết hồ sơ",
        (Role.DISTRICT_MANAGER, Role.ONE_STOP_HEAD, Role.INSPECTOR, Role.LEADER),
    ),
    "report.papers": (
        "Xem số liệu kho giấy tờ, báo cáo ngoại lệ",
        (Role.DISTRICT_MANAGER, Role.ONE_STOP_HEAD, Role.INSPECTOR),
    ),
}
