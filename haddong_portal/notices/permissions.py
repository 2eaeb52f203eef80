"""Rights of notices: act → (label, roles)."""

from __future__ import annotations

from haddong_portal.accounts.constants import Role

ACTS = {
    "notice.read": ("Xem sổ thông báo", (Role.CLERK, Role.ONE_STOP_HEAD, Role.DISTRICT_MANAGER, Role.ADMINISTRATOR)),
    "notice.resend": ("Gửi lại thông báo hỏng", (Role.ONE_STOP_HEAD, Role.ADMINISTRATOR)),
    "notice.edit_template": ("Sửa mẫu thông báo", (Role.ONE_STOP_HEAD, Role.CATALOGUE_EDITOR, Role.ADMINISTRATOR)),
    "notice.set_quiet_hours": ("Đặt giờ yên tĩnh", (Role.DISTRICT_MANAGER, Role.ADMINISTRATOR)),
    "call.record": ("Gọi điện báo người dân", (Role.CLERK, Role.ONE_STOP_HEAD)),
}
