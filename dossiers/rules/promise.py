"""The promise made at intake: which limit, which process, which day, and why; how long each step may take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.clock_start import clock_starts_at, told_from
from dossiers.rules.due_date import compute_due
from dossiers.rules.routing import ProcessPlan, choose_process, fit_minutes
from haddong_portal.common.errors import DomainError
from haddong_portal.common.limits import LimitUnit, TimeLimit
from haddong_portal.common.worktime import MINUTES_PER_DAY, WorkCalendar

QUARTER_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Commitment:
    """A due date with its limit, its process and its reasons. `limit_minutes` are working minutes to the due date."""

    due_at: datetime
    limit: TimeLimit
    limit_text: str
    explanation: tuple[str, ...]
    plan: ProcessPlan
    limit_minutes: int

    def step_minutes(self, planned_minutes: int) -> int:
        """A step's minutes, fitted to this limit where the process is a default one."""
        total = self.plan.total_minutes
        return fit_minutes(planned_minutes, total, self.limit_minutes, specific=self.plan.specific)


def commit(
    *,
    limit: TimeLimit | None,
    plans: Sequence[ProcessPlan],
    handling_kind: str,
    accepted_at: datetime,
    submitted_at: datetime | None = None,
    calendar: WorkCalendar,
    policy: ClockPolicy,
) -> Commitment:
    """The promise for a limit, or, for a case whose limit needs review, for the sum of its process's steps.

    Raises DomainError dossier.no_process, or dossier.no_limit when neither gives any time.
    """
    plan = choose_process(plans, same_day=_within_a_day(limit), handling_kind=handling_kind)
    chosen, reason = (limit, ()) if limit else _limit_of(plan)
    started_at = clock_starts_at(policy.acts, accepted_at=accepted_at, submitted_at=submitted_at)
    due = compute_due(limit=chosen, accepted_at=started_at, calendar=calendar, policy=policy)
    told = told_from(due.explanation, started_at=started_at, accepted_at=accepted_at)
    return Commitment(
        due_at=due.due_at,
        limit=chosen,
        limit_text=chosen.to_text(),
        explanation=(*reason, *(line.text for line in told)),
        plan=plan,
        limit_minutes=calendar.working_minutes_between(due.deemed_accepted_at, due.due_at),
    )


def _within_a_day(limit: TimeLimit | None) -> bool:
    if limit is None:
        return False
    minutes = limit.working_minutes
    return limit.unit == LimitUnit.SAME_DAY or (minutes is not None and minutes <= MINUTES_PER_DAY)


def _limit_of(plan: ProcessPlan) -> tuple[TimeLimit, tuple[str, ...]]:
    if not plan.total_minutes:
        raise DomainError(
            "dossier.no_limit",
            "Thời hạn của trường hợp này đang chờ rà soát và quy trình không có thời gian các bước, nên chưa thể hẹn "
            "ngày trả. Xin báo người biên tập thủ tục.",
            "case_id",
        )
    quarters = -(-plan.total_minutes // QUARTER_MINUTES)
    limit = TimeLimit(Decimal(quarters * QUARTER_MINUTES) / 60, LimitUnit.WORKING_HOUR)
    text = (
        f"Thời hạn công bố của trường hợp này đang chờ rà soát; hẹn theo tổng thời gian các bước của quy trình "
        f"{plan.code}: {limit.to_text()}."
    )
    return limit, (text,)
