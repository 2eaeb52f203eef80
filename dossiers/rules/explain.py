"""Explain a due date from what a person types: a limit, a moment, "same day or not", stops, an end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dossiers.rules.clock import legal_due_at
from dossiers.rules.clock_policy import DEFAULT_POLICY, ClockPolicy
from dossiers.rules.elapsed import elapsed_excl_pauses
from dossiers.rules.typed_intervals import YEARS, read_intervals
from haddong_portal.common.dates import parse_rfc3339_local
from haddong_portal.common.errors import DomainError
from haddong_portal.common.limits import ParsedLimit, TimeLimit, parse_limit_text
from haddong_portal.common.worktime import WorkCalendar


def explain(
    limit_text: str | None,
    accepted_text: str | None,
    same_day: bool,
    *,
    calendar: WorkCalendar,
    policy: ClockPolicy = DEFAULT_POLICY,
    interval_texts: Sequence[str] = (),
    payment_pauses: bool = False,
    finished_text: str | None = None,
) -> dict[str, object]:
    """`limit`, `accepted_at`, `deemed_accepted_at`, `due_at` (RFC 3339, +07:00), `explanation` (sentences), `ruleset`,
    `is_running`, `frozen_since`; with `finished_text` also `finished_at`, `elapsed_excl_pauses` (working minutes).

    `same_day` says that the procedure is due the same day with the 15:00 rule; it outweighs the limit's
    text, which may then be left out. While the clock stands `due_at` is the last date there was.
    Raises DomainError `limit.*`, `time.*` or `interval.*` for what cannot be read.
    """
    limit = TimeLimit.same_day() if same_day else _read_limit(limit_text)
    accepted_at = _read_accepted(accepted_text)
    intervals = read_intervals(interval_texts)
    found = legal_due_at(
        limit=limit,
        accepted_at=accepted_at,
        intervals=intervals,
        calendar=calendar,
        policy=policy,
        payment_pauses=payment_pauses,
    )
    answer: dict[str, object] = {
        "ruleset": policy.rule_set,
        "limit": limit.to_text(),
        "accepted_at": _stamp(accepted_at),
        "deemed_accepted_at": _stamp(found.deemed_accepted_at),
        "due_at": _stamp(found.due_at),
        "is_running": found.is_running,
        "frozen_since": _stamp(found.frozen_since) if found.frozen_since else None,
        "explanation": found.lines,
    }
    if finished_text is None:
        return answer
    finished_at = _read_finished(finished_text, accepted_at)
    elapsed = elapsed_excl_pauses(
        accepted_at=accepted_at, ended_at=finished_at, intervals=intervals, calendar=calendar, policy=policy
    )
    return {**answer, "finished_at": _stamp(finished_at), "elapsed_excl_pauses": elapsed}


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _read_limit(text: str | None) -> TimeLimit:
    if not (text or "").strip():
        raise DomainError("limit.missing", "Cần nêu thời hạn, ví dụ “3 ngày làm việc”.", "limit")
    parsed = parse_limit_text(text or "")
    if parsed.limit is None:
        raise _unread(parsed)
    return parsed.limit


def _unread(parsed: ParsedLimit) -> DomainError:
    why = parsed.reason.text if parsed.reason else ""
    seen = "; ".join(case.limit.to_text() for case in parsed.alternatives)
    hint = f" Các thời hạn đọc thấy: {seen}." if seen else ""
    message = f"Không xác định được một thời hạn từ “{parsed.text.strip()[:80]}”: {why}; cần rà soát.{hint}"
    return DomainError(f"limit.{parsed.reason_code}", message, "limit")


def _read_accepted(text: str | None) -> datetime:
    if not (text or "").strip():
        raise DomainError("time.missing", "Cần nêu lúc tiếp nhận, ví dụ 2024-02-07T09:00.", "accepted_at")
    moment = parse_rfc3339_local(text or "")
    _check_year(moment, "tiếp nhận", "accepted_at")
    return moment


def _read_finished(text: str, accepted_at: datetime) -> datetime:
    try:
        moment = parse_rfc3339_local(text)
    except DomainError as error:
        raise DomainError(error.code, error.message, "finished_at") from error
    _check_year(moment, "xử lý xong", "finished_at")
    if moment < accepted_at:
        message = "Lúc xử lý xong phải sau lúc tiếp nhận."
        raise DomainError("time.finished_before_accepted", message, "finished_at")
    return moment


def _check_year(moment: datetime, what: str, field: str) -> None:
    if moment.year not in YEARS:
        message = f"Năm {what} phải từ {YEARS[0]} đến {YEARS[-1]}."
        raise DomainError("time.out_of_range", message, field)
