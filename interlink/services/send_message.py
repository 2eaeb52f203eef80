"""Send one message of the outbox: claim it, post it outside any transaction, write what came of it. System.

Run by a worker after commit, or by the sweeper, any number of times. A worker that dies leaves a claim that lapses; the
next try carries the same message id and content, so the agency keeps it once and answers with the same receipt.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from interlink.connectors.base import ConnectorError
from interlink.connectors.choice import connector_of
from interlink.constants import MessageState, Transport
from interlink.models import AgencyMessage, LinkedCase
from interlink.rules.patience import has_given_up, wait_seconds
from interlink.services.agency_health import is_paused, note_failure, note_success
from interlink.services.note_sent import note_sent
from interlink.services.outgoing import request_of

DUE_STATES = (MessageState.PENDING, MessageState.SENT)
SKIPPED = "skipped"
ERROR_MAX = 1000
# A message for an agency without a line waits for a person; the sweeper need not look at it again soon.
BY_HAND_DAYS = 365


def send_message(*, message_id: UUID | str, now: datetime | None = None) -> str:
    """The message's state afterwards; "skipped" when it was not due, is another worker's, or the agency is paused."""
    message = _claim(message_id, now or clock.now())
    if message is None:
        return SKIPPED
    try:
        request = request_of(message, now or clock.now())
        receipt = connector_of(message.agency).post(message.agency, request, user=_user(message))
    except ConnectorError as error:
        return _failed(message, error, now or clock.now())
    except DomainError as error:  # a paper of ours cannot be read just now
        return _failed(message, ConnectorError(f"{error.code}: {error.message}", is_ours=True), now or clock.now())
    note_success(message.agency, now or clock.now())
    return _acknowledged(message, receipt, now or clock.now())


@transaction.atomic
def _claim(message_id: UUID | str, moment: datetime) -> AgencyMessage | None:
    """The message, this worker's until the claim lapses; None when there is nothing to do now."""
    rows = AgencyMessage.objects.filter(pk=message_id, state__in=DUE_STATES, next_attempt_at__lte=moment)
    message = rows.select_related("agency").select_for_update(no_key=True, skip_locked=True, of=("self",)).first()
    if message is None:
        return None
    if message.agency.transport == Transport.PAPER:
        _wait(message, moment + timedelta(days=BY_HAND_DAYS))
        return None
    if is_paused(message.agency, moment) and message.agency.paused_until is not None:
        _wait(message, message.agency.paused_until)
        return None
    message.state, message.attempts = MessageState.SENT, message.attempts + 1
    message.sent_at = message.sent_at or moment
    message.next_attempt_at = moment + timedelta(seconds=settings.INTERLINK_CLAIM_SECONDS)
    message.save(update_fields=["state", "attempts", "sent_at", "next_attempt_at"])
    return message


def _wait(message: AgencyMessage, until: datetime) -> None:
    message.next_attempt_at = until
    message.save(update_fields=["next_attempt_at"])


@transaction.atomic
def _acknowledged(message: AgencyMessage, receipt: str, now: datetime) -> str:
    """Case first, then leg, then message: the order of every act on a linked case."""
    note_sent(message_id=message.pk, now=now)
    AgencyMessage.objects.filter(pk=message.pk, state__in=DUE_STATES).update(
        state=MessageState.ACKNOWLEDGED, ack_at=now, receipt=receipt, last_error=""
    )
    return MessageState.ACKNOWLEDGED


def _failed(message: AgencyMessage, error: ConnectorError, now: datetime) -> str:
    """Later again, or never: `rejected` when the agency will not have it, `dead` after the last try."""
    if not error.is_final and not error.is_ours:
        note_failure(message.agency, now)
    state = MessageState.SENT
    if error.is_final:
        state = MessageState.REJECTED
    elif has_given_up(message.attempts, tries_max=settings.INTERLINK_TRIES_MAX):
        state = MessageState.DEAD
    wait = wait_seconds(
        message.attempts,
        first=settings.INTERLINK_FIRST_WAIT_SECONDS,
        most=settings.INTERLINK_WAIT_SECONDS_MAX,
    )
    rows = AgencyMessage.objects.filter(pk=message.pk, state=MessageState.SENT, attempts=message.attempts)
    rows.update(state=state, last_error=error.text[:ERROR_MAX] or "?", next_attempt_at=now + timedelta(seconds=wait))
    return state


def _user(message: AgencyMessage) -> str:
    """Who the agency is told is asking: the clerk's account, or the portal."""
    opened_by = LinkedCase.objects.filter(legs=message.leg_id).values_list("opened_by__username", flat=True).first()
    name = (opened_by or "portal").encode("ascii", "ignore").decode()
    return name or "portal"
