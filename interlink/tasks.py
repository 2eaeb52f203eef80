"""Doors of the queue: one service call each."""

from __future__ import annotations

from celery import shared_task

from haddong_portal.common.jobs import JobName
from interlink.services.advance_case import advance_case
from interlink.services.apply_reply import apply_reply
from interlink.services.poll_agency import poll_agencies
from interlink.services.send_message import send_message
from interlink.services.sweep_clocks import sweep_clocks
from interlink.services.sweep_messages import sweep_messages
from interlink.services.sweep_replies import sweep_replies


@shared_task(name=JobName.ADVANCE_CASE.value, ignore_result=True)
def advance(case_id: int) -> int:
    """Moves a case on."""
    return advance_case(case_id=case_id)


@shared_task(name=JobName.APPLY_REPLY.value, ignore_result=True)
def apply(reply_id: int) -> None:
    """Applies one reply of an agency."""
    apply_reply(reply_id=reply_id)


@shared_task(name="interlink.sweep_clocks", ignore_result=True)
def sweep() -> int:
    """Late legs, missing acknowledgements, what was not answered in time."""
    return sweep_clocks()


@shared_task(name="interlink.sweep_replies", ignore_result=True)
def replies() -> int:
    """Replies that wait."""
    return sweep_replies()


@shared_task(name=JobName.SEND_AGENCY_MESSAGE.value, ignore_result=True)
def send(message_id: str) -> str:
    """Retries are rows with a time, found by the sweeper; the task itself never retries."""
    return send_message(message_id=message_id)


@shared_task(name="interlink.sweep_messages", ignore_result=True)
def messages() -> int:
    """Messages that are due."""
    return sweep_messages()


@shared_task(name="interlink.poll_agencies", ignore_result=True)
def poll() -> int:
    """Replies that agencies hold ready."""
    return poll_agencies()
