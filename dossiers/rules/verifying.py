"""When a verification may be planned: inside the dossier's own time, which runs on (NĐ 61/2018 art. 19.3)."""

from __future__ import annotations

from datetime import date, datetime

from haddong_portal.common.clock import local
from haddong_portal.common.dates import long_date
from haddong_portal.common.errors import DomainError
from haddong_portal.common.worktime import WorkCalendar

HOURS_MAX = 240


def check_plan(
    *,
    planned_on: date | None,
    planned_hours: int | None,
    now: datetime,
    due_at: datetime | None,
    calendar: WorkCalendar,
) -> None:
    """Refuse a day that is past, off, or after the promise, and hours that are none.

    DomainError verification.planned_past, .planned_day_off, .planned_late or .planned_hours. A promise that has gone
    by limits nothing any more.
    """
    if planned_hours is not None and not 1 <= planned_hours <= HOURS_MAX:
        raise DomainError(
            "verification.planned_hours", f"Thời gian dự kiến từ 1 đến {HOURS_MAX} giờ làm việc.", "planned_hours"
        )
    if planned_on is None:
        return
    if planned_on < local(now).date():
        raise DomainError("verification.planned_past", "Ngày dự kiến xác minh đã qua.", "planned_on")
    if not calendar.is_working_day(planned_on):
        raise DomainError(
            "verification.planned_day_off", f"{long_date(planned_on).capitalize()} là ngày nghỉ.", "planned_on"
        )
    if due_at is not None and due_at >= now and planned_on > local(due_at).date():
        raise DomainError(
            "verification.planned_late",
            f"Việc xác minh nằm trong thời hạn giải quyết, phải trước ngày hẹn trả {long_date(local(due_at).date())}.",
            "planned_on",
        )
