"""Explain a due date from what a person types: a limit, a moment, "same day or not"."""

from __future__ import annotations

from datetime import datetime

from dossiers.rules.clock_policy import DEFAULT_POLICY, ClockPolicy
from dossiers.rules.due_date import compute_due
from haddong_portal.common.dates import parse_rfc3339_local
from haddong_portal.common.errors import DomainError
from haddong_portal.common.limits import ParsedLimit, TimeLimit, parse_limit_text
from haddong_portal.common.worktime import WorkCalendar

_YEARS = range(1990, 2101)


def explain(
    limit_text: str | None,
    accepted_text: str | None,
    same_day: bool,
    *,
    calendar: WorkCalendar,
    policy: ClockPolicy = DEFAULT_POLICY,
) -> dict[str, object]:
    """`limit`, `accepted_at`, `deemed_accepted_at`, `due_at` (RFC 3339, +07:00) and `explanation` (sentences).

    `same_day` says that the procedure is due the same day with the 15:00 rule; it outweighs the limit's
    text, which may then be left out. Raises DomainError `limit.*` or `time.*` for what cannot be read.
    """
    limit = TimeLimit.same_day() if same_day else _read_limit(limit_text)
    accepted_at = _read_moment(accepted_text)
    due = compute_due(limit=limit, accepted_at=accepted_at, calendar=calendar, policy=policy)
    return {
        "limit": limit.to_text(),
        "accepted_at": accepted_at.isoformat(timespec="seconds"),
        "deemed_accepted_at": due.deemed_accepted_at.isoformat(timespec="seconds"),
        "due_at": due.due_at.isoformat(timespec="seconds"),
        "explanation": due.lines,
    }


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


def _read_moment(text: str | None) -> datetime:
    if not (text or "").strip():
        raise DomainError("time.missing", "Cần nêu lúc tiếp nhận, ví dụ 2024-02-07T09:00.", "accepted_at")
    moment = parse_rfc3339_local(text or "")
    if moment.year not in _YEARS:
        message = f"Năm tiếp nhận phải từ {_YEARS[0]} đến {_YEARS[-1]}."
        raise DomainError("time.out_of_range", message, "accepted_at")
    return moment
