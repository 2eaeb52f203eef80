"""Say how long a kind of data is kept, from a day on. Right retention.edit; writes RetentionRule with history, audit.

Yesterday's keep-time stays on record: a rule is never changed backwards.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.text import clean_text
from haddong_portal.plumbing.models import RetentionRule
from haddong_portal.plumbing.selectors.retention import rule_in_force

KEEP_DAYS_MAX = 36_500


@transaction.atomic
def save_retention_rule(
    *,
    actor: Actor,
    code: str,
    keep_days: int,
    source: str,
    is_active: bool,
    valid_from: date,
    now: datetime | None = None,
) -> None:
    """Refusals: retention.unknown, .too_short, .too_long, .source_missing, .in_the_past."""
    actor.require("retention.edit")
    moment = clock.local(now or clock.now())
    rule = rule_in_force(code, moment.date())
    if rule is None:
        raise NotFound("Không có thời hạn lưu này.", code="retention.unknown")
    _check(keep_days, rule.min_days, clean_text(source), valid_from, moment.date())
    row = RetentionRule.objects.select_for_update(no_key=True).filter(code=code, valid_from=valid_from).first()
    row = row or RetentionRule(code=code, valid_from=valid_from)
    row.keep_days, row.source, row.is_active = keep_days, clean_text(source), is_active
    row.save()
    record_access(
        actor=actor,
        action="retention.rule_saved",
        object_type="retention",
        object_id=code,
        data={"keep_days": keep_days, "was": rule.keep_days, "is_active": is_active, "from": valid_from.isoformat()},
        now=moment,
    )


def _check(keep_days: int, min_days: int, source: str, valid_from: date, today: date) -> None:
    if keep_days < min_days:
        raise DomainError("retention.too_short", f"Phải giữ ít nhất {min_days} ngày.", "keep_days")
    if keep_days > KEEP_DAYS_MAX:
        raise DomainError("retention.too_long", "Nhiều nhất 36.500 ngày (một trăm năm).", "keep_days")
    if not source:
        raise DomainError("retention.source_missing", "Chưa ghi căn cứ của thời hạn này.", "source")
    if valid_from < today:
        raise DomainError("retention.in_the_past", "Ngày áp dụng không được ở trước hôm nay.", "valid_from")
