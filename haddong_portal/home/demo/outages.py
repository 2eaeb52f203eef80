"""One outage in the demo, recorded by the head of a desk who has one, once; the open dossiers are gone through."""

from __future__ import annotations

from datetime import datetime, time

from dossiers.models import Outage
from dossiers.services.recompute_due_dates import recompute_due_dates
from dossiers.services.record_outage import OutageData, record_outage
from haddong_portal.accounts.constants import Role
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.worktime import WorkCalendar
from haddong_portal.home.demo.cast import Cast
from haddong_portal.home.demo.plan import Desk

BEGAN, ENDED = time(9, 20), time(10, 50)


def play_outage(desks: list[Desk], cast: Cast, calendar: WorkCalendar, *, now: datetime) -> None:
    """The last working day before `now` had an hour and a half without the national portal."""
    recompute_due_dates(now=now)
    if Outage.objects.exists():
        return
    head = next((found for desk in desks if (found := cast.one(desk.unit_id, Role.ONE_STOP_HEAD, 0))), None)
    if head is None:
        return
    on = calendar.previous_working_day(now.date())
    outage = OutageData(
        system="Cổng Dịch vụ công quốc gia",
        started_at=datetime.combine(on, BEGAN, tzinfo=VIETNAM),
        ended_at=datetime.combine(on, ENDED, tzinfo=VIETNAM),
        reason="Không đồng bộ được hồ sơ, đã khắc phục",
        unit_id=head.unit_id,
    )
    record_outage(actor=head, outage=outage, now=now)
    recompute_due_dates(now=now)
