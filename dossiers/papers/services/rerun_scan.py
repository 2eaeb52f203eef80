"""Read a scan once more that a worker gave up on, from the list of what gave up. Staff who look after the store.

A scan that went its way meanwhile is left alone. Writes the scan and its attempt, and an audit row.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.papers.constants import ScanState
from dossiers.papers.models import ScanItem
from dossiers.papers.permissions import FILES
from dossiers.papers.selectors.given_up import READ_SCAN_JOB, mine
from dossiers.papers.services.finish_capture import queue_scan
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound
from haddong_portal.plumbing.models import JobAttempt


@transaction.atomic
def rerun_scan(*, actor: Actor, attempt_id: int, now: datetime | None = None) -> bool:
    """Whether it was queued. Raises NotAllowed, NotFound scan.no_attempt for what is not open or another unit's."""
    actor.require(FILES)
    attempt = JobAttempt.objects.filter(pk=attempt_id, job=READ_SCAN_JOB, resolved_at__isnull=True).first()
    rows = mine(actor, ScanItem.objects.select_for_update(no_key=True, of=("self",)))
    item = rows.filter(pk=attempt.arguments[0]).first() if attempt else None
    if attempt is None or item is None:
        raise NotFound("Việc này không còn trong danh sách.", code="scan.no_attempt")
    moment = now or clock.now()
    waits = item.state in (ScanState.READY, ScanState.GAVE_UP)
    if waits:
        queue_scan(item, now=moment)
    resolve_attempts(item, now=moment)
    record_access(
        actor=actor,
        action="paper.scan_rerun",
        object_type="scan",
        object_id=item.pk,
        data={"queued": waits},
        now=moment,
    )
    return waits


def resolve_attempts(item: ScanItem, *, now: datetime) -> None:
    """Whoever took the scan in hand again, here or at the counter, answers for what gave up before."""
    open_ones = JobAttempt.objects.filter(job=READ_SCAN_JOB, arguments=[item.pk], resolved_at__isnull=True)
    open_ones.update(resolved_at=now)
