"""What came of asking a gateway, written where the next attempt and the delivery log find it. For deliver_notice.

Everything is written on condition that this worker still has the claim: one that took too long was taken for dead,
and another one has the message by now. Its answer then goes to the log alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from haddong_portal.common.identifiers.masking import mask_phones_in
from haddong_portal.notices.constants import FORGOTTEN, SECRET_EVENTS, NoticeState
from haddong_portal.notices.gateways import GatewayError
from haddong_portal.notices.models import Notice, NoticeAttempt
from haddong_portal.notices.rules.backoff import is_spent, wait_after
from haddong_portal.notices.selectors.quiet import earliest_sending

OVERTAKEN = "overtaken"


def ask(notice: Notice, gateway: str) -> bool:
    """Before the call: should this worker die now, the next one knows whom it had asked, and that it cannot know."""
    notice.gateway, notice.doubts = gateway, notice.doubts + 1
    return _write(notice, gateway=gateway, doubts=notice.doubts)


@transaction.atomic
def sent(notice: Notice, answer: str, moment: datetime) -> str:
    """The provider has it; the log says which one."""
    _log(notice, moment, ok=True, answer=answer)
    written = _write(notice, state=NoticeState.SENT, sent_at=moment, last_error="", doubts=0)
    return NoticeState.SENT if written else OVERTAKEN


@transaction.atomic
def failed(notice: Notice, error: GatewayError, moment: datetime) -> str:
    """Not now: again after a wait, or never when the budget of tries is spent."""
    state = NoticeState.GAVE_UP if _is_spent(notice, moment) else NoticeState.QUEUED
    wait = wait_after(notice.attempts, first=timedelta(seconds=settings.NOTICE_FIRST_WAIT_SECONDS))
    _log(notice, moment, ok=False, answer=str(error))
    written = _write(
        notice,
        state=state,
        next_attempt_at=earliest_sending(notice.event, notice.channel, moment + wait),
        last_error=mask_phones_in(str(error))[:300],
        doubts=notice.doubts if error.unsure else 0,
    )
    return state if written else OVERTAKEN


@transaction.atomic
def refused(notice: Notice, error: GatewayError, moment: datetime) -> None:
    """This provider never will; the next one is asked at once."""
    notice.refused_by = " ".join([*notice.refused_by.split(), notice.gateway])
    notice.doubts = 0
    _log(notice, moment, ok=False, answer=str(error), is_final=True)
    _write(notice, refused_by=notice.refused_by, last_error=mask_phones_in(str(error))[:300], doubts=0)


def gave_up(notice: Notice) -> str:
    """Every provider has refused for good."""
    return NoticeState.GAVE_UP if _write(notice, state=NoticeState.GAVE_UP) else OVERTAKEN


def _write(notice: Notice, **columns: object) -> bool:
    """Whether the claim still holds; each claim counts one attempt, so its number names the claim."""
    claimed = Notice.objects.filter(pk=notice.pk, state=NoticeState.SENDING, attempts=notice.attempts)
    if notice.event in SECRET_EVENTS and columns.get("state") in (NoticeState.SENT, NoticeState.GAVE_UP):
        columns["body"] = FORGOTTEN
    return bool(claimed.update(**columns))


def _is_spent(notice: Notice, moment: datetime) -> bool:
    if notice.event in SECRET_EVENTS:
        age_max = timedelta(minutes=settings.NOTICE_CODE_MINUTES)
    else:
        age_max = timedelta(hours=settings.NOTICE_GIVE_UP_HOURS)
    return is_spent(
        attempts=notice.attempts,
        age=moment - notice.first_due_at,
        attempts_max=settings.NOTICE_ATTEMPTS_MAX,
        age_max=age_max,
    )


def _log(notice: Notice, moment: datetime, *, ok: bool, answer: str, is_final: bool = False) -> None:
    """What the gateway said, without phone numbers: providers like to repeat the recipient."""
    said = mask_phones_in(answer)[:500]
    NoticeAttempt.objects.create(
        notice=notice, at=moment, gateway=notice.gateway, ok=ok, is_final=is_final, answer=said
    )
