"""What came of asking a gateway, written where the next attempt and the delivery log find it. For deliver_notice."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from haddong_portal.notices.constants import SECRET_EVENTS, NoticeState
from haddong_portal.notices.gateways import GatewayError
from haddong_portal.notices.models import Notice, NoticeAttempt
from haddong_portal.notices.rules.backoff import is_spent, wait_after
from haddong_portal.notices.selectors.quiet import earliest_sending

FORGOTTEN = "(nội dung không được lưu)"


def ask(notice: Notice, gateway: str) -> None:
    """Before the call: should this worker die now, the next one knows whom it had asked, and that it cannot know."""
    notice.gateway, notice.doubts = gateway, notice.doubts + 1
    notice.save(update_fields=["gateway", "doubts"])


@transaction.atomic
def sent(notice: Notice, answer: str, moment: datetime) -> str:
    """The provider has it; the log says which one."""
    notice.state, notice.sent_at, notice.last_error, notice.doubts = NoticeState.SENT, moment, "", 0
    return _closed(notice, answer, moment)


@transaction.atomic
def failed(notice: Notice, error: GatewayError, moment: datetime) -> str:
    """Not now: again after a wait, or never when the budget of tries is spent."""
    notice.state = NoticeState.GAVE_UP if _is_spent(notice, moment) else NoticeState.QUEUED
    wait = moment + wait_after(notice.attempts)
    notice.next_attempt_at = earliest_sending(notice.event, notice.channel, wait)
    notice.last_error = str(error)[:300]
    notice.doubts = notice.doubts if error.unsure else 0
    notice.save(update_fields=["state", "next_attempt_at", "last_error", "doubts"])
    _log(notice, moment, ok=False, answer=str(error))
    return notice.state


@transaction.atomic
def refused(notice: Notice, error: GatewayError, moment: datetime) -> None:
    """This provider never will; the next one is asked at once."""
    notice.refused_by = " ".join([*notice.refused_by.split(), notice.gateway])
    notice.last_error, notice.doubts = str(error)[:300], 0
    notice.save(update_fields=["refused_by", "last_error", "doubts"])
    _log(notice, moment, ok=False, answer=str(error), is_final=True)


def gave_up(notice: Notice) -> str:
    """Every provider has refused for good."""
    notice.state = NoticeState.GAVE_UP
    notice.save(update_fields=["state"])
    return notice.state


def _closed(notice: Notice, answer: str, moment: datetime) -> str:
    columns = ["state", "sent_at", "last_error", "doubts"]
    if notice.event in SECRET_EVENTS:
        notice.body = FORGOTTEN
        columns.append("body")
    notice.save(update_fields=columns)
    _log(notice, moment, ok=True, answer=answer)
    return notice.state


def _is_spent(notice: Notice, moment: datetime) -> bool:
    hours = settings.NOTICE_GIVE_UP_HOURS
    age_max = (
        timedelta(minutes=settings.NOTICE_CODE_MINUTES) if notice.event in SECRET_EVENTS else timedelta(hours=hours)
    )
    return is_spent(
        attempts=notice.attempts,
        age=moment - notice.first_due_at,
        attempts_max=settings.NOTICE_ATTEMPTS_MAX,
        age_max=age_max,
    )


def _log(notice: Notice, moment: datetime, *, ok: bool, answer: str, is_final: bool = False) -> None:
    NoticeAttempt.objects.create(
        notice=notice, at=moment, gateway=notice.gateway, ok=ok, is_final=is_final, answer=answer[:500]
    )
