"""Rights of accounts: act → (label, roles)."""

from __future__ import annotations

from haddong_portal.accounts.constants import Role

_OVERSEERS = (Role.ONE_STOP_HEAD, Role.DISTRICT_MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR)

ACTS = {
    "accounts.read_units": ("Xem đơn vị và vị trí công tác", _OVERSEERS),
    "accounts.manage_posts": ("Giao và kết thúc vị trí công tác", (Role.ADMINISTRATOR,)),
    "accounts.manage_units": ("Sửa thông tin đơn vị", (Role.ADMINISTRATOR,)),
    "accounts.read_rights": ("Xem bảng quyền", (Role.DISTRICT_MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR)),
    "calendar.read": ("Xem lịch làm việc", tuple(Role)),
    "calendar.change": ("Sửa lịch làm việc", (Role.ADMINISTRATOR,)),
}
