"""Entries of the paper store in the staff's and the public's navigation."""

from __future__ import annotations

from dossiers.papers import permissions
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web import nav


def register() -> None:
    """Called once, when the app is ready."""
    nav.register(nav.NavItem("Kho giấy tờ", "papers:store", "archive", permissions.SEE, 175, group="Hồ sơ"))
    nav.register(
        nav.NavItem("Xác thực giấy tờ", "verification:start", "shield-check", PUBLIC, 25, area=nav.PUBLIC_AREA)
    )
    nav.register(nav.NavItem("Số hóa sổ cũ", "scans:books", "book", permissions.DIGITISE, 176, group="Hồ sơ"))
