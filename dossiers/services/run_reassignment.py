"""Carry out an order to give work to others: each dossier in its own transaction, each refusal on its line.

Run by a worker, safe to run twice and at once: a line is claimed by its row lock. When no line waits the order ends
and each receiver hears how many dossiers came to them.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count
from django.urls import reverse

from dossiers.models import Reassignment, ReassignmentLine
from dossiers.services.reassign_work import reassign_work
from haddong_portal.accounts.selectors.actors import actor_in_post
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.jobs import JobName, enqueue
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.notices.services.queue_staff_notice import queue_staff_notice

State = ReassignmentLine.State
STALE_AFTER = timedelta(minutes=2)
UNEXPECTED = "Máy chủ gặp lỗi khi giao hồ sơ này; hồ sơ vẫn ở chỗ cũ."
logger = logging.getLogger("haddong.reassign")


def run_reassignment(*, reassignment_id: int, now: datetime | None = None) -> int:
    """How many lines this run settled."""
    order = Reassignment.objects.select_related("ordered_in__unit", "ordered_by").get(pk=reassignment_id)
    actor, settled = actor_in_post(order.ordered_in, order.ordered_by, channel="web"), 0
    while _settle_next(order, actor, now):
        settled += 1
    _finish(order, now or clock.now())
    return settled


@transaction.atomic
def _settle_next(order: Reassignment, actor: Actor, now: datetime | None) -> bool:
    """Move one waiting dossier, or write down why not; False when none waits that nobody else holds."""
    waiting = ReassignmentLine.objects.filter(reassignment=order, state=State.WAITING).order_by("id")
    line = waiting.select_for_update(skip_locked=True).first()
    if line is None:
        return False
    line.state, line.code, line.message = _move(order, line, actor, now)
    line.save(update_fields=["state", "code", "message"])
    Reassignment.objects.filter(pk=order.pk).update(touched_at=now or clock.now())
    return True


def _move(order: Reassignment, line: ReassignmentLine, actor: Actor, now: datetime | None) -> tuple[str, str, str]:
    try:
        reassign_work(
            actor=actor,
            dossier_id=line.dossier_id,
            from_user_id=line.from_user_id,
            to_user_id=line.to_user_id,
            reason=order.reason,
            now=now,
        )
    except DomainError as refusal:
        return State.REFUSED, refusal.code, refusal.message[:500]
    except Exception:
        logger.exception("reassignment %s: dossier %s", order.pk, line.dossier_id)
        return State.REFUSED, "reassign.failed", UNEXPECTED
    return State.MOVED, "", ""


@transaction.atomic
def _finish(order: Reassignment, now: datetime) -> None:
    """The end of the order, once; whoever received work is told."""
    lines = ReassignmentLine.objects.filter(reassignment=order)
    if lines.filter(state=State.WAITING).exists():
        return  # another worker is at it, or the sweeper comes back
    if not Reassignment.objects.filter(pk=order.pk, finished_at__isnull=True).update(finished_at=now, touched_at=now):
        return
    moved = lines.filter(state=State.MOVED).values("to_user_id").annotate(count=Count("id")).order_by("to_user_id")
    for row in moved:
        queue_staff_notice(
            user_id=row["to_user_id"],
            reference=f"reassignment:{order.pk}",
            rule="work_reassigned",
            event=NoticeEvent.WORK_REASSIGNED,
            facts={
                "count": str(row["count"]),
                "unit": order.ordered_in.unit.short_name,
                "link": f"{reverse('dossiers:work-list')}?pham-vi=cua-toi",
                "reason": order.reason,
            },
            unit_id=order.unit_id,
            now=now,
        )


def sweep_reassignments(*, now: datetime | None = None) -> int:
    """Wake a worker for orders whose message was lost or whose worker died; how many."""
    late = (now or clock.now()) - STALE_AFTER
    waiting = list(
        Reassignment.objects.filter(finished_at__isnull=True, touched_at__lt=late).values_list("pk", flat=True)[:50]
    )
    for reassignment_id in waiting:
        enqueue(JobName.REASSIGN_WORK, reassignment_id)
    return len(waiting)
