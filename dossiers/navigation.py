"""Entries of dossiers in the staff's and the public's navigation."""

from __future__ import annotations

from dossiers import permissions
from dossiers.rules.lifecycle import Command
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web import nav

GROUP = "Hồ sơ"
DELIVER = permissions.RIGHT_OF[Command.DELIVER]
REASSIGN = permissions.RIGHT_OF[Command.REASSIGN]
GUIDE = permissions.RIGHT_OF[Command.GUIDE]


def register() -> None:
    """Called once, when the app is ready."""
    for item in (
        nav.NavItem("Tiếp nhận", "dossiers:intake", "file-plus", permissions.RECEIVE, 110, group=GROUP, hotkey="F3"),
        nav.NavItem("Hồ sơ trực tuyến", "dossiers:filed-list", "inbox", permissions.FILED, 115, group=GROUP),
        nav.NavItem(
            "Sự cố, tính lại hạn", "dossiers:outages", "clock-exclamation", permissions.OUTAGE, 190, group=GROUP
        ),
        nav.NavItem("Phiếu tại quầy", "dossiers:counter-slips", "file-description", GUIDE, 140, group=GROUP),
        nav.NavItem("Việc cần làm", "dossiers:work-list", "list-check", permissions.READ, 120, group=GROUP),
        nav.NavItem("Trong ngày", "dossiers:day-view", "calendar-due", permissions.DAY_VIEW, 115, group=GROUP),
        nav.NavItem("Bộ quy tắc", "dossiers:rulesets", "scale", permissions.RULESETS, 180, group=GROUP),
        nav.NavItem("Bàn ký", "dossiers:signing-desk", "signature", permissions.SIGNING_DESK, 125, group=GROUP),
        nav.NavItem("Ý kiến phối hợp", "dossiers:opinion-list", "message-2", permissions.ANSWER_LIST, 128, group=GROUP),
        nav.NavItem("Bàn giao hồ sơ", "dossiers:deliveries", "files", DELIVER, 145, group=GROUP),
        nav.NavItem("Giao lại việc", "dossiers:reassign", "arrows-shuffle", REASSIGN, 150, group=GROUP),
        nav.NavItem("Trả kết quả", "dossiers:ready-list", "transfer", permissions.HAND_OVER, 130, group=GROUP),
        nav.NavItem("Nộp trực tuyến", "filing:index", "file-upload", PUBLIC, 15, area=nav.PUBLIC_AREA),
        nav.NavItem("Khoản chưa thu", "dossiers:unpaid", "cash", permissions.UNPAID, 160, group=GROUP),
        nav.NavItem("Đối soát cuối ngày", "dossiers:day-end", "lock", permissions.DAY_END, 165, group=GROUP),
        nav.NavItem(
            "Tài khoản thu", "dossiers:bank-accounts", "building-bank", permissions.BANK_ACCOUNTS, 190, group=GROUP
        ),
        nav.NavItem("Sổ theo dõi", "dossiers:register", "book", permissions.REGISTER, 170, group=GROUP),
        nav.NavItem("Giấy tờ của tôi", "own:papers", "folder", PUBLIC, 25, area=nav.PUBLIC_AREA),
        nav.NavItem("Tra cứu hồ sơ", "tracking:look-up", "file-search", PUBLIC, 20, area=nav.PUBLIC_AREA),
    ):
        nav.register(item)
