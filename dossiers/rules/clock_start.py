"""From when the limit of a filing from home is counted: acceptance, or the filing itself (domain.md §4.1 rule 8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dossiers.rules.act_policy import ActPolicy, ClockStart
from dossiers.rules.due_lines import ExplanationLine, LineCode
from haddong_portal.common.clock import local
from haddong_portal.common.dates import moment_text


def clock_starts_at(policy: ActPolicy, *, accepted_at: datetime, submitted_at: datetime | None) -> datetime:
    """The moment counting rests on; at the counter it is always the acceptance."""
    if submitted_at is None or policy.clock_start != ClockStart.SUBMITTED:
        return accepted_at
    return submitted_at


def told_from(
    lines: Sequence[ExplanationLine], *, started_at: datetime, accepted_at: datetime
) -> tuple[ExplanationLine, ...]:
    """The explanation with its first line, the acceptance, told as what it is when counting began earlier."""
    if started_at == accepted_at:
        return tuple(lines)
    text = (
        f"Nộp trực tuyến lúc {moment_text(local(started_at))}, tiếp nhận lúc {moment_text(local(accepted_at))}: "
        "thời hạn tính từ lúc nộp."
    )
    return (ExplanationLine(LineCode.ACCEPTED, text, local(started_at).date()), *lines[1:])
