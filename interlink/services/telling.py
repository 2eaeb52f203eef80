"""Tell the requester, through the outbox: by SMS where there is a mobile number, else by e-mail, else not at all."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from haddong_portal.common.dates import due_text
from haddong_portal.common.identifiers.phones import is_mobile
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent
from haddong_portal.notices.services.queue_notice import queue_notice
from interlink.models import Leg
from interlink.services.locking import LockedCase

REASON_TOLD_MAX = 200
NAME_LENGTH_MAX = 120
TRACKING_PATH = "/tra-cuu/lien-thong/"


def case_link(token: str) -> str:
    """The citizen's own page of the case, as messages and the receipt's QR carry it."""
    return f"{settings.PUBLIC_URL}{TRACKING_PATH}{token}/"


def tell(locked: LockedCase, event: NoticeEvent, *, rule: str = "", more: Mapping[str, str] | None = None) -> None:
    """Queue one message in the act's transaction; nothing when the requester left no way to be told."""
    channel, recipient = _way(locked)
    if not recipient:
        return
    case = locked.case
    queue_notice(
        reference=f"linked:{case.pk}",
        rule=rule or event,
        event=event,
        channel=channel,
        recipient=recipient,
        recipient_name=case.requester.full_name[:NAME_LENGTH_MAX],
        facts={
            "code": case.code,
            "name": case.requester.full_name,
            "procedure": case.version.group.name,
            "due": due_text(case.group_due_at) if case.group_due_at else "theo ngày hẹn của từng việc",
            "unit": case.receiving_unit.name,
            "link": case_link(case.tracking_token),
            **(more or {}),
        },
        unit_id=case.receiving_unit_id,
        now=locked.now,
    )


def tell_leg(locked: LockedCase, event: NoticeEvent, leg: Leg, reason: str) -> None:
    """The same about one leg: once per leg, generation and day."""
    more = {"part": leg.name, "reason": reason[:REASON_TOLD_MAX] or "xin xem chi tiết tại địa chỉ kèm theo"}
    tell(locked, event, rule=f"{event}:{leg.key}:{leg.generation}", more=more)


def tell_end(locked: LockedCase) -> None:
    tell(locked, NoticeEvent.LINKED_ENDED)


def _way(locked: LockedCase) -> tuple[NoticeChannel, str]:
    fields, who = locked.declared.fields, locked.template.requester
    phone = fields.get(f"{who}.phone", "")
    if is_mobile(phone):
        return NoticeChannel.SMS, phone
    return NoticeChannel.EMAIL, fields.get(f"{who}.email", "")
