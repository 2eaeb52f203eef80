"""Deliver one queued message: claim it, call the gateway outside any transaction, write what came of it.

Run by a worker, from the after-commit message or the sweeper, any number of times: a notice is claimed by a
conditional update, so two workers never send it twice. A worker that dies while sending leaves the claim to
lapse (CLAIM_LASTS); the gateway gets the same key again and may drop the repeat.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from haddong_portal.common import clock
from haddong_portal.notices.constants import NoticeState
from haddong_portal.notices.gateways import GatewayError, Message, gateway_for
from haddong_portal.notices.models import Notice, NoticeAttempt
from haddong_portal.notices.rules.backoff import wait_after

CLAIM_LASTS = timedelta(minutes=2)
DUE_STATES = (NoticeState.QUEUED, NoticeState.SENDING)


def deliver_notice(*, notice_id: int, now: datetime | None = None) -> str:
    """The notice's state afterwards; "skipped" when it was not due or another worker has it."""
    moment = now or clock.now()
    claimed = Notice.objects.filter(pk=notice_id, state__in=DUE_STATES, next_attempt_at__lte=moment).update(
        state=NoticeState.SENDING, attempts=F("attempts") + 1, next_attempt_at=moment + CLAIM_LASTS
    )
    if not claimed:
        return "skipped"
    notice = Notice.objects.get(pk=notice_id)
    gateway = gateway_for(notice.channel)
    message = Message(key=f"notice-{notice.pk}", recipient=notice.recipient, subject=notice.subject, body=notice.body)
    try:
        answer = gateway.send(message)
    except GatewayError as error:
        return _failed(notice, gateway.name, error, now)
    return _sent(notice, gateway.name, answer.text, now)


@transaction.atomic
def _sent(notice: Notice, gateway: str, answer: str, now: datetime | None) -> str:
    moment = now or clock.now()
    Notice.objects.filter(pk=notice.pk).update(state=NoticeState.SENT, sent_at=moment, last_error="")
    _log(notice, gateway, moment, ok=True, answer=answer)
    return NoticeState.SENT


@transaction.atomic
def _failed(notice: Notice, gateway: str, error: GatewayError, now: datetime | None) -> str:
    moment = now or clock.now()
    ended = error.final or notice.attempts >= settings.NOTICE_ATTEMPTS_MAX
    state = NoticeState.GAVE_UP if ended else NoticeState.QUEUED
    Notice.objects.filter(pk=notice.pk).update(
        state=state, next_attempt_at=moment + wait_after(notice.attempts), last_error=str(error)[:300]
    )
    _log(notice, gateway, moment, ok=False, answer=str(error))
    return state


def _log(notice: Notice, gateway: str, moment: datetime, *, ok: bool, answer: str) -> None:
    NoticeAttempt.objects.create(notice=notice, at=moment, gateway=gateway, ok=ok, answer=answer[:500])
