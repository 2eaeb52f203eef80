"""Rights of citizens: act → (label, roles)."""

from __future__ import annotations

from haddong_portal.accounts.constants import Role

LOOK_UP = "citizens.look_up"

ACTS = {
    LOOK_UP: (
        "Tra cứu thông tin cư trú, giấy tờ tuỳ thân",
        (Role.CLERK, Role.ONE_STOP_HEAD, Role.OFFICER, Role.LEADER),
    ),
}
