"""Erase or mask what has been kept long enough, one rule at a time. System only (nightly, or manage.py).

Batches, each with its audit row in a transaction of its own: an interrupted run leaves whole batches behind it, the
next one goes on with what is still due, and a second run at the same time takes other rows (SKIP LOCKED). Writes what
the registered source names, RetentionRun and AuditEntry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor, system_actor
from haddong_portal.common.errors import NotFound
from haddong_portal.plumbing.models import RetentionRun
from haddong_portal.plumbing.retention import RetentionSource
from haddong_portal.plumbing.selectors.retention import RuleInForce, rule_in_force

BATCH = 500


@dataclass(frozen=True)
class Applied:
    """What one run did; a rule that is not switched on does nothing and leaves no run."""

    code: str
    is_active: bool
    before: datetime
    done: int


def apply_retention(
    *, code: str, batch: int = BATCH, actor: Actor | None = None, now: datetime | None = None
) -> Applied:
    """NotFound retention.unknown for a code that no app registered."""
    moment = clock.local(now or clock.now())
    rule = rule_in_force(code, moment.date())
    if rule is None:
        raise NotFound("Không có thời hạn lưu này.", code="retention.unknown")
    before = rule.before(moment)
    if not rule.is_active:
        return Applied(code, False, before, 0)
    run = RetentionRun.objects.create(code=code, keep_days=rule.keep_days, before=before, started_at=moment)
    last_pk: Any = None
    while keys := _do_batch(run, rule, batch, last_pk, actor or system_actor(), moment):
        last_pk = keys[-1]
    run.finished_at = max(moment, clock.now()) if now is None else moment
    run.save(update_fields=["finished_at"])
    return Applied(code, True, before, run.done_count)


@transaction.atomic
def _do_batch(run: RetentionRun, rule: RuleInForce, batch: int, last_pk: Any, actor: Actor, now: datetime) -> list[Any]:
    """The keys of the rows that went; past `last_pk` only, so that a mask that left a row due cannot go round."""
    rows = rule.source.due(run.before).order_by("pk")
    rows = rows if last_pk is None else rows.filter(pk__gt=last_pk)
    keys = list(rows.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:batch])
    if not keys:
        return []
    _erase(rule.source, rows.model._base_manager.filter(pk__in=keys))
    run.done_count += len(keys)
    run.save(update_fields=["done_count"])
    record_access(
        actor=actor,
        action="retention.masked" if rule.source.mask else "retention.erased",
        object_type="retention",
        object_id=rule.source.code,
        purpose=rule.legal,
        data={"rows": len(keys), "keep_days": rule.keep_days, "run": run.pk},
        now=now,
    )
    return keys


def _erase(source: RetentionSource, rows: QuerySet[Any]) -> None:
    if source.let_go is not None:
        source.let_go(rows)
    if source.mask:
        rows.update(**source.mask)
    else:
        rows.delete()
