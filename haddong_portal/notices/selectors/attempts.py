"""Which providers are down just now, as the attempt log remembers it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from haddong_portal.notices.models import NoticeAttempt
from haddong_portal.notices.rules.route import FAILURES_OPEN, Tried, is_failing


def failing_gateways(names: Iterable[str], now: datetime) -> list[str]:
    """Those whose latest attempts all failed. One short indexed statement each."""
    return [name for name in names if is_failing(_latest(name), now)]


def _latest(name: str) -> list[Tried]:
    rows = NoticeAttempt.objects.filter(gateway=name).order_by("-id").values_list("at", "ok", "is_final")
    return [Tried(at, failed=not ok and not is_final) for at, ok, is_final in rows[:FAILURES_OPEN]]
