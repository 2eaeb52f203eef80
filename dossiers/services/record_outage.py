"""Record that a system stood still: domain.md §1.6, as each dossier's rule-set says (R4: NĐ 301/2026).

The head of a desk for their own unit, the administrator for one or all. Afterwards, when both ends are known. Writes
the outage, its run over the open dossiers and one audit row; a worker then stops the clocks it concerns.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from dossiers.constants import RecomputeCause
from dossiers.models import Outage, Recomputation
from dossiers.permissions import OUTAGE
from dossiers.services.recompute_due_dates import open_dossiers
from haddong_portal.accounts.selectors.calendar import current_calendar_version
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.dates import moment_text
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed
from haddong_portal.common.insert import insert_or_nothing
from haddong_portal.common.jobs import JobName, enqueue
from haddong_portal.common.text import clean_text


@dataclass(frozen=True, kw_only=True)
class OutageData:
    """One outage. `unit_id` None = the system stood still for every unit."""

    system: str
    started_at: datetime
    ended_at: datetime
    reason: str
    paper: str = ""
    unit_id: int | None = None


@transaction.atomic
def record_outage(*, actor: Actor, outage: OutageData, now: datetime | None = None) -> Recomputation:
    """The run that brings it to the dossiers. Raises NotAllowed outage.other_unit, DomainError outage.system_missing,
    .reason_missing, .order, .not_over, or Conflict outage.already_recorded."""
    actor.require(OUTAGE)
    moment = now or clock.now()
    _check(actor, outage, moment)
    row = Outage(
        system=clean_text(outage.system)[:120],
        unit_id=outage.unit_id,
        started_at=outage.started_at,
        ended_at=outage.ended_at,
        reason=outage.reason.strip()[:1000],
        paper=clean_text(outage.paper)[:300],
        recorded_by_id=actor.user_id or 0,
        recorded_at=moment,
    )
    if not insert_or_nothing(row):
        raise _known(row)
    run = Recomputation.objects.create(
        cause=RecomputeCause.OUTAGE,
        outage=row,
        calendar_version=current_calendar_version(),
        note=f"{row.system}: {row.reason}"[:300],
        started_at=moment,
        total=open_dossiers(unit_id=row.unit_id).count(),
    )
    record_access(
        actor=actor,
        action="outage.recorded",
        object_type="outage",
        object_id=row.pk,
        purpose=row.reason[:200],
        data={"run_id": run.pk, "unit_id": row.unit_id},
        now=moment,
    )
    enqueue(JobName.RECOMPUTE)
    return run


def _check(actor: Actor, outage: OutageData, now: datetime) -> None:
    if not actor.sees_all_units and outage.unit_id not in actor.unit_ids:
        raise NotAllowed("Chỉ ghi nhận được sự cố của đơn vị mình.", code="outage.other_unit")
    if not clean_text(outage.system):
        raise DomainError("outage.system_missing", "Phải ghi hệ thống nào gặp sự cố.", "system")
    if not outage.reason.strip():
        raise DomainError("outage.reason_missing", "Phải ghi lý do, diễn biến sự cố.", "reason")
    if outage.ended_at <= outage.started_at:
        raise DomainError("outage.order", "Lúc kết thúc phải sau lúc bắt đầu.", "ended_at")
    if outage.ended_at > now:
        raise DomainError("outage.not_over", "Chỉ ghi nhận sự cố khi đã khắc phục xong.", "ended_at")


def _known(row: Outage) -> Conflict:
    same = Q(unit_id=row.unit_id) if row.unit_id else Q(unit__isnull=True)
    rows = Outage.objects.select_related("recorded_by").filter(same, system=row.system)
    known = rows.get(started_at=row.started_at)
    who, when = known.recorded_by.full_name, moment_text(known.recorded_at)
    return Conflict(
        "outage.already_recorded",
        f"{who} đã ghi nhận sự cố này lúc {when}.",
        "started_at",
        data={"outage_id": known.pk},
    )
