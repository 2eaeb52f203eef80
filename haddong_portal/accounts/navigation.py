"""Entries of accounts in the staff's navigation, and its words in the audit log."""

from __future__ import annotations

from haddong_portal.common.web import nav

ACTIONS = {
    "account.signed_in": "Đăng nhập",
    "account.signed_out": "Đăng xuất",
    "account.sign_in_failed": "Đăng nhập sai",
    "account.password_changed": "Đổi mật khẩu",
    "account.second_factor_set": "Cài xác thực hai lớp",
    "account.backup_codes_made": "Tạo mã dự phòng",
    "post.assigned": "Giao vị trí công tác",
    "post.ended": "Kết thúc vị trí công tác",
    "calendar.day_changed": "Sửa lịch làm việc",
    "calendar.hours_changed": "Sửa giờ làm việc",
    "unit.edited": "Sửa thông tin đơn vị",
}
"""Words of the audit log for what accounts records."""

GROUP = "Tổ chức"


def register() -> None:
    """Called once, when the app is ready."""
    for item in (
        nav.NavItem("Đơn vị", "accounts:units", "building-community", "accounts.read_units", 810, group=GROUP),
        nav.NavItem("Vị trí công tác", "accounts:staff", "id-badge-2", "accounts.read_units", 820, group=GROUP),
        nav.NavItem("Bảng quyền", "accounts:rights", "shield-check", "accounts.read_rights", 830, group=GROUP),
        nav.NavItem("Lịch làm việc", "accounts:calendar", "calendar", "calendar.read", 840, group=GROUP),
    ):
        nav.register(item)
