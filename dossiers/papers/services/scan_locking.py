"""The first step of every act on a scan: the right, the unit, the row locked, the state checked."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from dossiers.papers.constants import ScanState
from dossiers.papers.models import ScanItem
from dossiers.papers.permissions import DIGITISE
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, NotFound


def lock_scan(*, actor: Actor, item_id: UUID, states: Iterable[ScanState]) -> ScanItem:
    """The scan, locked, with its batch; inside a transaction.

    Raises NotAllowed, NotFound scan.not_found for what is not the actor's unit's, Conflict scan.wrong_state.
    """
    actor.require(DIGITISE)
    rows = ScanItem.objects.select_for_update(no_key=True, of=("self",)).select_related("batch", "batch__unit", "made")
    item = rows.filter(public_id=item_id, batch__unit_id__in=actor.unit_ids).first()
    if item is None:
        raise NotFound("Không tìm thấy giấy tờ đang quét này.", code="scan.not_found")
    if item.state not in set(states):
        raise Conflict("scan.wrong_state", f"Giấy tờ này {ScanState(item.state).label}, không làm được việc đó nữa.")
    return item
