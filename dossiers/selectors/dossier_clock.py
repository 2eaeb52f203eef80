"""The clock of one dossier's page: its bar with the stops in their true order, its flags, the printed promise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from dossiers.constants import IN_PROGRESS, Status
from dossiers.models import Dossier
from dossiers.selectors.clocks import STATES, clock_of
from dossiers.selectors.rulesets import policy_by_id
from dossiers.selectors.story_lines import PauseLine
from haddong_portal.common.dates import due_text, moment_text
from haddong_portal.common.web.looks import Deadline, Look, Segment
from haddong_portal.common.worktime import MINUTES_PER_HOUR, WorkCalendar
from haddong_portal.common.worktime.deadlines import deadline_state

WHOLE = 100.0
REAPPOINTED = Look("Đã hẹn lại", "calendar-event", "warn")
REFUSED = Look("Đã từ chối", "ban", "late")
UNPAID = Look("Chưa thu đủ", "cash", "warn")
SENT = Look("Người nộp đã gửi bổ sung", "file-import", "warn")
AWAITING_PAYMENT = Look("Chờ nộp nghĩa vụ tài chính", "cash", "paused")
AWAITING = Look("Chờ bổ sung", "file-plus", "paused")


def story_clock(dossier: Dossier, pauses: list[PauseLine], *, now: datetime, calendar: WorkCalendar) -> Deadline:
    """Like `clock_of`, with the stops drawn; while the clock stands it says since when."""
    told = clock_of(
        accepted_at=dossier.accepted_at,
        due_at=dossier.due_at,
        finished_at=dossier.finished_at,
        now=now,
        calendar=calendar,
    )
    if dossier.status == Status.SUBMITTED and dossier.check_due_at:
        reminders = policy_by_id(dossier.ruleset_id).reminders
        return check_deadline(dossier.check_due_at, now, calendar, reminders.submission_warning_working_hours)
    until = dossier.finished_at or now
    pauses = [pause for pause in pauses if not pause.is_counted]
    if pauses and dossier.accepted_at and dossier.due_at:
        told = replace(told, segments=list(_segments(dossier.accepted_at, dossier.due_at, until, pauses, calendar)))
    if dossier.paused_at and dossier.status in IN_PROGRESS:
        return replace(told, state="paused", text=f"từ {moment_text(dossier.paused_at)}")
    return told


def check_deadline(check_due_at: datetime, now: datetime, calendar: WorkCalendar, warning_hours: int) -> Deadline:
    """How the check of what was filed from home stands to its deadline; near it when the desk is reminded, so many
    working hours before."""
    soon_minutes = warning_hours * MINUTES_PER_HOUR
    state = deadline_state(check_due_at, now, calendar, due_soon_minutes=soon_minutes)
    return Deadline(STATES[state.kind], state.text)


def _segments(
    start: datetime, due: datetime, until: datetime, pauses: list[PauseLine], calendar: WorkCalendar
) -> Iterator[Segment]:
    """Running and standing stretches, in percent of the office time from acceptance to the promise (or to now)."""
    whole = calendar.working_minutes_between(start, max(due, until))
    if whole <= 0:
        return

    def place(at: datetime) -> float:
        return WHOLE * calendar.working_minutes_between(start, min(max(at, start), until)) / whole

    at = 0.0
    for pause in sorted(pauses, key=lambda each: each.started_at):
        begins, ends = max(at, place(pause.started_at)), place(pause.ended_at or until)
        if begins > at:
            yield Segment("run", at, begins - at)
        if ends > begins:
            yield Segment("pause", begins, ends - begins)
        at = max(at, ends)
    if place(until) > at:
        yield Segment("run", at, place(until) - at)


def flags_of(dossier: Dossier) -> list[Look]:
    """What a reader must know before anything else, each with its word and icon.

    Lateness and stops of the clock are told by the clock itself (`story_clock`), once.
    """
    waiting = dossier.status == Status.WAIT_SUPPLEMENT
    facts = (
        (waiting and dossier.check_due_at is not None, SENT),
        (waiting and dossier.check_due_at is None, AWAITING),
        (dossier.status == Status.WAIT_PAYMENT, AWAITING_PAYMENT),
        (dossier.is_reappointed, REAPPOINTED),
        (dossier.is_refused, REFUSED),
        (dossier.unpaid_vnd > 0, UNPAID),
    )
    return [look for holds, look in facts if holds]


def other_promise(dossier: Dossier) -> str:
    """What the paper in the citizen's hand says when the clock says otherwise; "" when they agree."""
    if dossier.recomputed_due_at:
        return f"Tính lại theo lịch làm việc: {due_text(dossier.recomputed_due_at)}; chờ cấp phiếu mới."
    printed = dossier.printed_due_at
    if printed and dossier.due_at and printed != dossier.due_at:
        return f"Phiếu người dân đang giữ ghi: {due_text(printed)}."
    return ""
