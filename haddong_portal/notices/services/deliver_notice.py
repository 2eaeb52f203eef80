"""Deliver one queued message: claim it, call the gateways outside any transaction, write what came of it.

Run by a worker, from the after-commit message or the sweeper, any number of times: a notice is claimed under a row
lock, so two workers never send it twice. The claim of a worker that died lapses (NOTICE_CLAIM_SECONDS); the same
gateway then gets the same key again and drops the repeat. Nothing is sent in quiet hours.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from haddong_portal.common import clock
from haddong_portal.notices.constants import NoticeState
from haddong_portal.notices.gateways import GatewayError, Message, gateway_named, gateway_names
from haddong_portal.notices.models import Notice
from haddong_portal.notices.rules.route import route
from haddong_portal.notices.selectors.attempts import failing_gateways
from haddong_portal.notices.selectors.quiet import earliest_sending
from haddong_portal.notices.services import delivery_outcome as outcome

DUE_STATES = (NoticeState.QUEUED, NoticeState.SENDING)
SKIPPED = "skipped"


def deliver_notice(*, notice_id: int, now: datetime | None = None) -> str:
    """The notice's state afterwards; "skipped" when it was not due or another worker has it."""
    notice = _claim(notice_id, now or clock.now())
    if notice is None:
        return SKIPPED
    names = _route(notice, now or clock.now())
    for name in names:
        if not outcome.ask(notice, name):
            return outcome.OVERTAKEN
        try:
            answer = gateway_named(name).send(_message(notice))
        except GatewayError as error:
            if not error.final:
                return outcome.failed(notice, error, now or clock.now())
            outcome.refused(notice, error, now or clock.now())
        else:
            return outcome.sent(notice, answer.text, now or clock.now())
    return outcome.gave_up(notice)


@transaction.atomic
def _claim(notice_id: int, moment: datetime) -> Notice | None:
    """The notice, this worker's until the claim lapses; None when there is nothing to do now."""
    due = Notice.objects.filter(pk=notice_id, state__in=DUE_STATES, next_attempt_at__lte=moment)
    notice = due.select_for_update(no_key=True, skip_locked=True).first()
    if notice is None:
        return None
    earliest = earliest_sending(notice.event, notice.channel, moment)
    if earliest > moment:
        Notice.objects.filter(pk=notice.pk).update(state=NoticeState.QUEUED, next_attempt_at=earliest)
        return None
    notice.state, notice.attempts = NoticeState.SENDING, notice.attempts + 1
    notice.next_attempt_at = moment + timedelta(seconds=settings.NOTICE_CLAIM_SECONDS)
    notice.save(update_fields=["state", "attempts", "next_attempt_at"])
    return notice


def _route(notice: Notice, moment: datetime) -> list[str]:
    names = gateway_names(notice.channel)
    return route(
        names,
        last=notice.gateway,
        doubts=notice.doubts,
        refused=notice.refused_by.split(),
        failing=failing_gateways(names, moment) if len(names) > 1 else (),
    )


def _message(notice: Notice) -> Message:
    return Message(key=f"notice-{notice.key}", recipient=notice.recipient, subject=notice.subject, body=notice.body)
