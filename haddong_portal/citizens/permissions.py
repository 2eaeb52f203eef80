"""Rights of citizens: act → (label, roles)."""

from __future__ import annotations

from haddong_portal.accounts.constants import Role

LOOK_UP = "citizens.look_up"
VERIFY_PHONE = "citizens.verify_phone"
RECORD_CONSENT = "citizens.record_consent"

DESK = (Role.CLERK, Role.ONE_STOP_HEAD)

ACTS = {
    LOOK_UP: ("Tra cứu thông tin cư trú, giấy tờ tùy thân", (*DESK, Role.OFFICER, Role.LEADER)),
    VERIFY_PHONE: ("Xác nhận điện thoại của công dân", DESK),
    RECORD_CONSENT: ("Ghi nhận sự đồng ý của công dân", DESK),
}
