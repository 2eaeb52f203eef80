"""The sentences of the clock beyond the first promise: started anew, paused, re-appointed, standing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dossiers.rules.due_changes import PauseInterval
from dossiers.rules.due_lines import ExplanationLine, LineCode, hours_text
from dossiers.rules.interval_policy import ClockRule, IntervalPolicy
from dossiers.rules.intervals import Extension, Interval
from haddong_portal.common.clock import local
from haddong_portal.common.dates import due_text, moment_text

_MINUTES_A_DAY = 24 * 60


def restarted_line(interval: Interval, legal_key: str) -> ExplanationLine:
    """A completed supplement: the limit starts anew."""
    ended_at = local(interval.ended_at or interval.started_at)
    text = (
        f"Yêu cầu bổ sung lúc {moment_text(interval.started_at)}, nhận đủ lúc {moment_text(ended_at)}: "
        "thời hạn tính lại từ đầu."
    )
    return ExplanationLine(LineCode.RESTARTED, text, ended_at.date(), legal_key)


def paused_line(pause: PauseInterval, stops: Sequence[Interval], minutes: int, moved_to: datetime) -> ExplanationLine:
    """A pause that moves the due date by `minutes` of office time, and where to; `on` is that day."""
    text = (
        f"{_upper(_kinds(stops))} {_span(pause.started_at, pause.ended_at)}: {hours_text(minutes)} làm việc không tính"
    )
    where = f", hẹn lùi đến {due_text(moved_to)}" if minutes else ""
    return ExplanationLine(LineCode.PAUSED, f"{text}{where}.", moved_to.date(), minutes=minutes)


def paused_days_line(pause: PauseInterval, stops: Sequence[Interval]) -> ExplanationLine:
    """A pause of a limit in calendar days: days and hours by the wall clock."""
    minutes = int((pause.ended_at - pause.started_at).total_seconds()) // 60
    days, rest = divmod(minutes, _MINUTES_A_DAY)
    parts = [f"{days} ngày"] if days else []
    spent = " ".join([*parts, hours_text(rest)] if rest or not days else parts)
    text = f"{_upper(_kinds(stops))} {_span(pause.started_at, pause.ended_at)}: {spent} không tính."
    return ExplanationLine(LineCode.PAUSED, text, local(pause.ended_at).date())


def paused_same_day_line(pause: PauseInterval, stops: Sequence[Interval], due_at: datetime) -> ExplanationLine:
    """A pause of a limit that ends with its day: the due date after it."""
    text = f"{_upper(_kinds(stops))} {_span(pause.started_at, pause.ended_at)}: hẹn trong {due_text(due_at)}."
    return ExplanationLine(LineCode.PAUSED, text, due_at.date())


def still_counted_line(interval: Interval, legal_key: str) -> ExplanationLine:
    """A stop during which the law lets the clock run."""
    text = f"{_upper(_kinds([interval]))} {_span(interval.started_at, interval.ended_at)}: vẫn tính vào thời hạn."
    on = local(interval.ended_at or interval.started_at).date()
    return ExplanationLine(LineCode.STILL_COUNTED, text, on, legal_key)


def extended_line(extension: Extension, old_due_at: datetime, legal_key: str) -> ExplanationLine:
    """The re-appointment: from which date to which."""
    text = (
        f"Đã xin lỗi và hẹn lại lúc {moment_text(extension.decided_at)}: "
        f"từ {due_text(old_due_at)} sang {due_text(extension.new_due_at)}."
    )
    return ExplanationLine(LineCode.EXTENDED, text, local(extension.new_due_at).date(), legal_key)


def frozen_line(frozen: Sequence[Interval], due_at: datetime, policy: IntervalPolicy) -> ExplanationLine:
    """Why the clock stands, what will follow, and the last due date there was; always the last line."""
    first = frozen[0]
    anew = any(policy.rule_of(each.kind).clock == ClockRule.RESTART for each in frozen)
    then = "khi nhận đủ sẽ tính lại từ đầu" if anew else "khi xong sẽ tính tiếp"
    kinds = _kinds(frozen)
    doing = kinds if kinds.startswith("chờ") else f"có {kinds}"
    text = (
        f"Đang {doing} từ {moment_text(first.started_at)}: thời hạn tạm dừng, {then}. "
        f"Ngày hẹn trước khi dừng: {due_text(due_at)}."
    )
    return ExplanationLine(LineCode.FROZEN, text, local(first.started_at).date(), policy.rule_of(first.kind).legal_key)


def _kinds(stops: Sequence[Interval]) -> str:
    """ "chờ xác nhận VNeID và sự cố hệ thống", each kind once."""
    return " và ".join(dict.fromkeys(str(each.kind.label) for each in stops))


def _span(started_at: datetime, ended_at: datetime | None) -> str:
    since = f"từ {moment_text(started_at)}"
    return since if ended_at is None else f"{since} đến {moment_text(ended_at)}"


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
