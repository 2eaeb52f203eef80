"""Begin to scan a paper that was brought to the counter: clerks of the unit that holds the dossier's desk.

Asked twice for the same line it gives the same scan, so a page that is opened again goes on where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from dossiers.papers.constants import OwnerRef, ScanKind, ScanState
from dossiers.papers.models import ScanBatch, ScanItem
from dossiers.papers.permissions import DIGITISE
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotAllowed

NAME_LENGTH_MAX = 500


@dataclass(frozen=True, slots=True)
class ScanLine:
    """The line of the upper app's list that a paper answers, and the types it may be."""

    line_id: int
    name: str
    type_code: str = ""


@transaction.atomic
def open_scan(
    *, actor: Actor, reference: str, owner: OwnerRef, unit_id: int, line: ScanLine, now: datetime | None = None
) -> ScanItem:
    """The scan of this line, begun or found. Raises NotAllowed outside the actor's units."""
    actor.require(DIGITISE)
    if unit_id not in actor.unit_ids or actor.user_id is None:
        raise NotAllowed("Chỉ bộ phận Một cửa đã nhận giấy tờ được số hóa.", code="scan.other_unit")
    moment = now or clock.now()
    batch = _batch(actor, reference, owner, unit_id, moment)
    held = ScanItem.objects.filter(batch=batch, line_id=line.line_id).exclude(state=ScanState.DISCARDED).first()
    return held or new_item(batch, actor, name=line.name, line_id=line.line_id, type_code=line.type_code, now=moment)


def new_item(
    batch: ScanBatch,
    actor: Actor,
    *,
    name: str,
    line_id: int | None = None,
    type_code: str = "",
    now: datetime,
) -> ScanItem:
    """The next paper of a locked batch."""
    last = ScanItem.objects.filter(batch=batch).aggregate(last=Max("position"))["last"] or 0
    return ScanItem.objects.create(
        batch=batch,
        position=last + 1,
        name=name[:NAME_LENGTH_MAX],
        line_id=line_id,
        type_code=type_code,
        touched_at=now,
        created_by_id=actor.user_id or 0,
        created_at=now,
    )


def _batch(actor: Actor, reference: str, owner: OwnerRef, unit_id: int, now: datetime) -> ScanBatch:
    """The one batch of a reference, locked; two clerks who begin at once meet in the unique constraint."""
    ScanBatch.objects.bulk_create(
        [
            ScanBatch(
                kind=ScanKind.COUNTER,
                reference=reference,
                owner_person_id=owner.person_id,
                owner_organisation_id=owner.organisation_id,
                unit_id=unit_id,
                created_by_id=actor.user_id or 0,
                created_at=now,
            )
        ],
        ignore_conflicts=True,
    )
    return ScanBatch.objects.select_for_update(no_key=True).get(kind=ScanKind.COUNTER, reference=reference)
