"""Order a batch of posters of a unit: clerks, one-stop heads, catalogue editors. A worker prints it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from haddong_portal.accounts.models import Unit
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.jobs import JobName, enqueue
from haddong_portal.common.text import clean_text
from procedures.constants import BatchState
from procedures.models import PosterBatch, ProcedureVersion
from procedures.permissions import PRINT_POSTERS
from procedures.services.poster_sheets import COUNTER_LABEL_MAX

COUNTERS_MAX = 40


def order_posters(
    *, actor: Actor, unit_key: str, with_procedures: bool, counters: Sequence[str] = (), now: datetime | None = None
) -> PosterBatch:
    """A queued batch: the unit's own poster, one a counter, one a performed procedure.

    An open batch with the same content is given back instead. DomainError `posters.too_many_counters`.
    """
    actor.require(PRINT_POSTERS)
    now = now or clock.now()
    names = _names(counters)
    with transaction.atomic():
        unit = Unit.objects.select_for_update(no_key=True).filter(key=unit_key).first()
        if unit is None:
            raise NotFound("Không có đơn vị này.", code="unit.not_found")
        same = {"unit": unit, "with_procedures": with_procedures, "counters": names}
        waiting = PosterBatch.objects.filter(**same, state__in=[BatchState.QUEUED, BatchState.RUNNING]).first()
        if waiting is not None:
            return waiting
        performed = ProcedureVersion.objects.published().performed_at(unit.pk).count() if with_procedures else 0
        batch = PosterBatch.objects.create(
            **same, ordered_by_id=actor.user_id, total=1 + len(names) + performed, created_at=now, touched_at=now
        )
        enqueue(JobName.RENDER_POSTERS, batch.pk)
    return batch


def _names(counters: Sequence[str]) -> list[str]:
    names = list(dict.fromkeys(clean_text(name)[:COUNTER_LABEL_MAX] for name in counters if name.strip()))
    if len(names) > COUNTERS_MAX:
        raise DomainError("posters.too_many_counters", f"Mỗi lượt in nhiều nhất {COUNTERS_MAX} quầy.", "counters")
    return names
