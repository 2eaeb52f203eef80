"""Order that work be given to others: a person's whole open work in the unit, or chosen dossiers.

A leader or head of the desk of the unit. Writes the order with one line per dossier, shared out evenly; a worker
moves each in a transaction of its own (`run_reassignment`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from dossiers.constants import STEP_OPEN
from dossiers.models import Reassignment, ReassignmentLine, StepRun
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.rules.sharing import share_out
from haddong_portal.accounts.models import Post
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError
from haddong_portal.common.jobs import JobName, enqueue

LINES_MAX = 2000
Held = tuple[int, str, int | None]


def order_reassignment(
    *,
    actor: Actor,
    to_user_ids: Sequence[int],
    reason: str,
    from_user_id: int | None = None,
    dossier_ids: Sequence[int] = (),
    now: datetime | None = None,
) -> Reassignment:
    """The order. Without `dossier_ids` everything that `from_user_id` holds. Raises DomainError
    reassign.reason_missing, .nobody, .same_person, .not_colleague, .nothing, .too_many, Conflict reassign.going_on."""
    actor.require(RIGHT_OF[Command.REASSIGN])
    moment = clock.local(now or clock.now())
    if not reason.strip():
        raise DomainError("reassign.reason_missing", "Phải ghi lý do giao lại việc.", "reason")
    people = _people(actor, to_user_ids, from_user_id, moment)
    work = _work(actor, from_user_id, dossier_ids)
    shared = share_out([(dossier_id, role) for dossier_id, role, _ in work], people)
    try:
        with transaction.atomic():
            order = Reassignment.objects.create(
                unit_id=actor.unit_id or 0,
                from_user_id=from_user_id,
                ordered_by_id=actor.user_id or 0,
                ordered_in_id=actor.post_id or 0,
                reason=reason.strip()[:500],
                total=len(work),
                created_at=moment,
                touched_at=moment,
            )
            ReassignmentLine.objects.bulk_create(
                ReassignmentLine(
                    reassignment=order, dossier_id=dossier_id, from_user_id=holder, to_user_id=shared[dossier_id]
                )
                for dossier_id, _, holder in work
            )
            enqueue(JobName.REASSIGN_WORK, order.pk)
    except IntegrityError as error:
        if "reassignment_one_open_per_person" not in str(error):
            raise
        raise Conflict("reassign.going_on", "Việc của người này đang được giao lại; xin chờ lượt ấy xong.") from None
    return order


def _people(
    actor: Actor, to_user_ids: Sequence[int], from_user_id: int | None, now: datetime
) -> dict[int, frozenset[str]]:
    """The chosen colleagues with the roles they hold in the unit today, in the order chosen."""
    wanted = list(dict.fromkeys(to_user_ids))
    if not wanted:
        raise DomainError("reassign.nobody", "Chưa chọn người nhận việc.", "to_user_ids")
    if from_user_id in wanted:
        raise DomainError("reassign.same_person", "Người bàn giao không thể là người nhận.", "to_user_ids")
    held = Post.objects.held_on(now.date()).filter(unit_id=actor.unit_id or 0, user_id__in=wanted, user__is_active=True)
    roles: dict[int, set[str]] = {}
    for user_id, role in held.values_list("user_id", "role"):
        roles.setdefault(user_id, set()).add(role)
    if len(roles) < len(wanted):
        raise DomainError("reassign.not_colleague", "Người nhận không giữ vị trí nào trong đơn vị.", "to_user_ids")
    return {user_id: frozenset(roles[user_id]) for user_id in wanted}


def _work(actor: Actor, from_user_id: int | None, dossier_ids: Sequence[int]) -> list[Held]:
    """Dossier, role it waits for, who holds it: one line a dossier, most urgent first."""
    runs = StepRun.objects.filter(unit_id=actor.unit_id or 0, state__in=STEP_OPEN)
    if dossier_ids:
        runs = runs.filter(dossier_id__in=list(dossier_ids))
    if from_user_id is not None or not dossier_ids:
        runs = runs.filter(officer_id=from_user_id, officer_id__isnull=False)
    rows = runs.order_by("step_due_at", "branch", "id").values_list("dossier_id", "role", "officer_id")[: LINES_MAX + 1]
    work: dict[int, Held] = {}
    for row in rows:
        work.setdefault(row[0], row)
    if not work:
        raise DomainError("reassign.nothing", "Không có việc đang mở nào để giao lại.", "from_user_id")
    if len(work) > LINES_MAX:
        raise DomainError("reassign.too_many", f"Mỗi lượt giao lại nhiều nhất {LINES_MAX} hồ sơ.", "from_user_id")
    return list(work.values())
