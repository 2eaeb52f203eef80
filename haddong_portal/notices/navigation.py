"""Entries of notices in the staff's navigation, and its words in the audit log."""

from __future__ import annotations

from haddong_portal.common.rights import SIGNED_IN
from haddong_portal.common.web import nav

GROUP = "Thông báo"

ACTIONS = {
    "call.dialled": "Xem số điện thoại để gọi",
    "notice.quiet_hours_set": "Đặt giờ yên tĩnh",
}


def register() -> None:
    """Called once, when the app is ready."""
    for item in (
        nav.NavItem("Tin cho tôi", "notices:messages", "bell", SIGNED_IN, 295, group=GROUP),
        nav.NavItem("Gọi điện báo", "notices:calls", "phone-call", "call.record", 300, group=GROUP),
        nav.NavItem("Sổ thông báo", "notices:outbox", "message", "notice.read", 310, group=GROUP),
        nav.NavItem("Mẫu thông báo", "notices:templates", "edit", "notice.edit_template", 320, group=GROUP),
        nav.NavItem("Giờ yên tĩnh", "notices:quiet-hours", "moon", "notice.set_quiet_hours", 330, group=GROUP),
    ):
        nav.register(item)
