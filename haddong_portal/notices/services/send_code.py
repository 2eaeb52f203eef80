"""Take a one-time code to a phone (the port of citizens). Writes one Notice, which forgets its words once sent."""

from __future__ import annotations

from datetime import datetime

from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.services.queue_notice import queue_notice

RULE = "phone_code"


def send_code(*, phone: str, code: str, minutes: int, reference: str, now: datetime) -> None:
    """Queue the message with the code in two groups of three, as people read it."""
    queue_notice(
        reference=reference,
        rule=RULE,
        event=NoticeEvent.PHONE_CODE,
        channel=NoticeChannel.SMS,
        recipient=phone,
        recipient_name="",
        facts={"code_digits": f"{code[:3]} {code[3:]}", "minutes": str(minutes)},
        now=now,
    )
