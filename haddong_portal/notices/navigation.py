"""Entries of notices in the staff's navigation."""

from __future__ import annotations

from haddong_portal.common.web import nav

GROUP = "Thông báo"


def register() -> None:
    """Called once, when the app is ready."""
    for item in (
        nav.NavItem("Sổ thông báo", "notices:outbox", "message", "notice.read", 310, group=GROUP),
        nav.NavItem("Mẫu thông báo", "notices:templates", "edit", "notice.edit_template", 320, group=GROUP),
    ):
        nav.register(item)
