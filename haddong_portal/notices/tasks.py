"""Doors of the queue: ids in, one service call."""

from __future__ import annotations

from celery import shared_task

from haddong_portal.common.jobs import JobName
from haddong_portal.notices.services.deliver_notice import deliver_notice
from haddong_portal.notices.services.sweep_notices import sweep_notices


@shared_task(name=JobName.DELIVER_NOTICE.value, ignore_result=True)
def deliver(notice_id: int) -> str:
    """Retries are rows with a time, found by the sweeper; the task itself never retries."""
    return deliver_notice(notice_id=notice_id)


@shared_task(name="notices.sweep", ignore_result=True)
def sweep() -> int:
    return sweep_notices()
