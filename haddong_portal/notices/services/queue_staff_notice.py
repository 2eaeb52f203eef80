"""Tell a member of staff: always under the bell, and by e-mail, or by SMS where there is no address.

Any service may queue; one message a day per (reference, rule, person, channel). Writes one or two Notices; after
commit a worker is woken for the one that leaves the portal.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from haddong_portal.accounts.models import User
from haddong_portal.common import clock
from haddong_portal.common.identifiers.phones import is_mobile
from haddong_portal.common.insert import insert_or_nothing
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent, NoticeState
from haddong_portal.notices.models import Notice
from haddong_portal.notices.selectors.staff import staff_to_tell
from haddong_portal.notices.services.queue_notice import queue_notice
from haddong_portal.notices.services.wording import worded


def queue_staff_notice(
    *,
    user_id: int,
    reference: str,
    rule: str,
    event: NoticeEvent,
    facts: Mapping[str, str],
    unit_id: int | None = None,
    in_portal_only: bool = False,
    account: User | None = None,
    now: datetime | None = None,
) -> list[int]:
    """The new notices' ids; empty when this rule has told this person today, or when the account is closed.

    `account` is the answer of `staff_to_tell`, for callers that tell the same people often.
    `facts["link"]` is where the message under the bell leads; a path of this portal, or its full address.
    """
    user = account or staff_to_tell(user_id)
    if user is None:
        return []
    moment = now or clock.now()
    own_rule = f"{rule}:{user_id}"
    found = [_under_the_bell(user, reference, own_rule, event, facts, unit_id, moment)]
    channel, recipient = _way_to(user)
    if recipient and not in_portal_only:
        found.append(
            queue_notice(
                reference=reference,
                rule=own_rule,
                event=event,
                channel=channel,
                recipient=recipient,
                recipient_name=str(user),
                facts={**facts, "link": _full(facts["link"])},
                unit_id=unit_id,
                user_id=user_id,
                now=moment,
            )
        )
    return [notice_id for notice_id in found if notice_id is not None]


def _under_the_bell(
    user: User,
    reference: str,
    rule: str,
    event: NoticeEvent,
    facts: Mapping[str, str],
    unit_id: int | None,
    moment: datetime,
) -> int | None:
    """Needs no gateway: it is there as soon as the act commits."""
    words = worded(event, NoticeChannel.PORTAL, facts)
    notice = Notice(
        reference=reference,
        event=event,
        rule=rule,
        day=clock.local(moment).date(),
        channel=NoticeChannel.PORTAL,
        unit_id=unit_id,
        user=user,
        recipient_name=str(user),
        recipient="",
        subject=words.subject,
        body=words.body,
        link=_path(facts["link"]),
        state=NoticeState.SENT,
        first_due_at=moment,
        next_attempt_at=moment,
        created_at=moment,
        sent_at=moment,
    )
    return notice.pk if insert_or_nothing(notice) else None


def _way_to(user: User) -> tuple[NoticeChannel, str]:
    if user.email:
        return NoticeChannel.EMAIL, user.email
    return NoticeChannel.SMS, user.phone if is_mobile(user.phone) else ""


def _path(link: str) -> str:
    """The path inside this portal; empty for another address, which the bell never follows."""
    path = link.removeprefix(settings.PUBLIC_URL)
    return path if path.startswith("/") and not path.startswith("//") else ""


def _full(link: str) -> str:
    return f"{settings.PUBLIC_URL}{link}" if link.startswith("/") else link
