"""A leg as every screen shows it: its word, its bar, and whose clock runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dossiers.selectors.clocks import clock_of
from haddong_portal.common.web.looks import Deadline, Look
from haddong_portal.common.worktime import WorkCalendar
from interlink.constants import COUNTED_LEGS, ENDED_LEGS, CaseState, ClockOf, ConfirmationState, LegState
from interlink.models import Leg, LinkedCase

LEG_LOOKS: Mapping[str, Look] = {
    LegState.WAITING: Look("Chờ việc trước", "circle-dashed", "none"),
    LegState.HELD: Look("Tạm giữ", "hand-stop", "paused"),
    LegState.READY: Look("Sắp gửi", "send", "info"),
    LegState.SENT: Look("Đã gửi", "send", "info"),
    LegState.ACKNOWLEDGED: Look("Đã tiếp nhận", "inbox", "info"),
    LegState.WORKING: Look("Đang giải quyết", "player-play", "info"),
    LegState.SUPPLEMENT: Look("Cần bổ sung", "file-alert", "warn"),
    LegState.RETURNED: Look("Bị trả lại", "arrow-back-up", "warn"),
    LegState.REFUSED: Look("Bị từ chối", "circle-x", "late"),
    LegState.DONE: Look("Đã xong", "circle-check", "done"),
    LegState.SKIPPED: Look("Không phải làm", "circle-minus", "none"),
    LegState.CANCELLED: Look("Đã hủy", "circle-x", "none"),
}
CASE_LOOKS: Mapping[str, Look] = {
    CaseState.CONFIRMING: Look("Chờ ý kiến đồng ý", "user-check", "paused"),
    CaseState.RUNNING: Look("Đang giải quyết", "player-play", "info"),
    CaseState.HELD: Look("Tạm giữ", "hand-stop", "paused"),
    CaseState.ENDED: Look("Đã xong", "circle-check", "done"),
    CaseState.STOPPED: Look("Đã dừng", "circle-x", "late"),
}
CONFIRMATION_LOOKS: Mapping[str, Look] = {
    ConfirmationState.ASKED: Look("Đang chờ", "hourglass", "paused"),
    ConfirmationState.GIVEN: Look("Đã đồng ý", "user-check", "done"),
    ConfirmationState.DECLINED: Look("Không đồng ý", "circle-x", "late"),
    ConfirmationState.LAPSED: Look("Hết thời gian chờ", "clock-exclamation", "warn"),
}
PAUSED_LEGS = (LegState.HELD, LegState.SUPPLEMENT, LegState.RETURNED)


@dataclass(frozen=True, slots=True)
class LegLine:
    """One leg. `whose`: who everybody waits for now, "" for nobody; `is_late`: its date has passed and it is open."""

    key: str
    name: str
    agency: str
    state: str
    look: Look
    deadline: Deadline
    due_at: datetime | None
    is_open: bool
    is_late: bool
    whose: str
    explanation: list[str]


def leg_line(leg: Leg, *, now: datetime, calendar: WorkCalendar, unit_name: str) -> LegLine:
    """`leg` with its agency; `unit_name` is the ward that holds the case."""
    is_open = leg.state not in ENDED_LEGS
    return LegLine(
        key=leg.key,
        name=leg.name,
        agency=leg.agency.name,
        state=leg.state,
        look=LEG_LOOKS[leg.state],
        deadline=leg_deadline(leg, now=now, calendar=calendar),
        due_at=leg.due_at if leg.state not in (LegState.SKIPPED, LegState.CANCELLED) else None,
        is_open=is_open,
        is_late=leg.state in COUNTED_LEGS and leg.due_at is not None and leg.due_at < now,
        whose=whose_clock(leg, unit_name),
        explanation=list(leg.explanation),
    )


def leg_deadline(leg: Leg, *, now: datetime, calendar: WorkCalendar) -> Deadline:
    """The bar: not begun, running, standing, or how it ended."""
    if leg.state in (LegState.SKIPPED, LegState.CANCELLED) or leg.started_at is None:
        return Deadline("not_started")
    told = clock_of(accepted_at=leg.started_at, due_at=leg.due_at, finished_at=leg.done_at, now=now, calendar=calendar)
    return Deadline("paused", "", told.used_percent) if leg.state in PAUSED_LEGS else told


def whose_clock(leg: Leg, unit_name: str) -> str:
    """Who everybody waits for, in words."""
    words = {
        ClockOf.WARD: unit_name,
        ClockOf.AGENCY: leg.agency.name,
        ClockOf.CITIZEN: "người yêu cầu",
        ClockOf.CONFIRMER: "người phải đồng ý",
        ClockOf.UPSTREAM: "việc trước",
    }
    return "" if leg.state in ENDED_LEGS else words.get(ClockOf(leg.clock_of), "")


def case_deadline(case: LinkedCase, *, now: datetime, calendar: WorkCalendar) -> Deadline:
    """The clock of the whole group."""
    told = clock_of(
        accepted_at=case.deemed_at, due_at=case.group_due_at, finished_at=case.ended_at, now=now, calendar=calendar
    )
    if case.state == CaseState.STOPPED:
        return Deadline("not_started", "đã dừng")
    standing = case.state in (CaseState.CONFIRMING, CaseState.HELD) and told.state != "late"
    return Deadline("paused", "", told.used_percent) if standing else told
