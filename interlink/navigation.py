"""Entries of linked cases in the staff's navigation."""

from __future__ import annotations

from haddong_portal.common.web import nav
from interlink import permissions

GROUP = "Liên thông"


def register() -> None:
    """Called once, when the app is ready."""
    for item in (
        nav.NavItem("Hồ sơ liên thông", "interlink:list", "link", permissions.READ, 196, group=GROUP),
        nav.NavItem("Vận hành liên thông", "interlink:operations", "route", permissions.OPERATE, 197, group=GROUP),
        nav.NavItem("Nhóm liên thông", "interlink:groups", "settings", permissions.PUBLISH_GROUP, 198, group=GROUP),
    ):
        nav.register(item)
