"""Look residence or identity up instead of asking for a paper (ND104-2022-D14). Whoever may `citizens.look_up`.

Writes one ResidenceLookUp and one audit row each. No matter, no look-up: the reference must name one of the actor's.
The connected register is another app's (ports.py); what VNeID or a reader shows, the clerk states.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from haddong_portal.audit.services.record_access import Access, record_accesses
from haddong_portal.citizens.constants import LookUpData, LookUpMethod
from haddong_portal.citizens.models import ResidenceLookUp
from haddong_portal.citizens.permissions import LOOK_UP
from haddong_portal.citizens.ports import may_act_on, residence_register
from haddong_portal.citizens.rules.look_ups import checked_look_up
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotAllowed
from haddong_portal.common.insert import insert_rows

NAME_MAX = 300


@dataclass(frozen=True, slots=True)
class WantedLookUp:
    """One paper that a look-up stands for."""

    data: LookUpData
    requirement_name: str = ""


@transaction.atomic
def look_up_residence(
    *,
    actor: Actor,
    person_id: int,
    data: LookUpData,
    purpose: str,
    reference: str,
    requirement_name: str = "",
    now: datetime | None = None,
) -> ResidenceLookUp:
    """The look-up, with what it showed.

    Raises NotAllowed, DomainError look_up.method, look_up.reason_missing, look_up.note_missing, look_up.no_matter and
    look_up.not_connected.
    """
    actor.require(LOOK_UP)
    if not may_act_on(actor=actor, reference=reference):
        raise NotAllowed("Chỉ tra cứu được khi có hồ sơ đang giải quyết.", code="look_up.no_matter")
    return record_look_ups(
        actor=actor,
        person_id=person_id,
        wanted=[WantedLookUp(data, requirement_name)],
        purpose=purpose,
        reference=reference,
        now=now,
    )[0]


def record_look_ups(
    *,
    actor: Actor,
    person_id: int,
    wanted: Sequence[WantedLookUp],
    purpose: str,
    reference: str,
    now: datetime | None = None,
) -> list[ResidenceLookUp]:
    """Several at once, two statements, as part of an act that has checked the matter; in its transaction.

    Without the right nothing is written: NotAllowed. DomainError as `look_up_residence`.
    """
    if not wanted:
        return []
    actor.require(LOOK_UP)
    if not purpose or not reference:
        raise DomainError("look_up.no_matter", "Chỉ tra cứu được khi có hồ sơ đang giải quyết.")
    moment = now or clock.now()
    rows = [_row(actor, person_id, each, purpose, reference, moment) for each in wanted]
    insert_rows(rows)
    record_accesses(actor=actor, accesses=[_access(row) for row in rows], now=moment)
    return rows


def _row(
    actor: Actor, person_id: int, wanted: WantedLookUp, purpose: str, reference: str, now: datetime
) -> ResidenceLookUp:
    data = checked_look_up(wanted.data)
    shown, read_at = data.shown, now
    if data.method == LookUpMethod.CONNECTED:
        shown, read_at = _connected(actor, person_id, purpose, reference, now)
    return ResidenceLookUp(
        person_id=person_id,
        method=data.method,
        purpose=purpose,
        reference=reference,
        requirement_name=wanted.requirement_name[:NAME_MAX],
        fallback_reason=data.reason,
        fallback_note=data.note,
        shown=json.dumps(dict(shown), ensure_ascii=False) if shown else "",
        clerk_id=actor.user_id,
        unit_id=actor.unit_id,
        at=now,
        read_at=read_at,
    )


def _connected(
    actor: Actor, person_id: int, purpose: str, reference: str, now: datetime
) -> tuple[Mapping[str, str], datetime]:
    """What the register says, or said a moment ago: a result is used again no longer than the setting allows."""
    ask = residence_register()
    if ask is None:
        raise DomainError(
            "look_up.not_connected",
            "Chưa kết nối với cơ sở dữ liệu quốc gia về dân cư. Xin chọn cách tra cứu khác.",
            "look_up",
        )
    since = now - timedelta(minutes=settings.RESIDENCE_LOOK_UP_FRESH_MINUTES)
    known = ResidenceLookUp.objects.filter(
        person_id=person_id, method=LookUpMethod.CONNECTED, read_at__gte=since, read_at__lte=now, shown__filled=True
    )
    fresh = known.order_by("-read_at").first()
    if fresh is not None:
        return json.loads(fresh.shown), fresh.read_at
    answer = ask(person_id=person_id, purpose=purpose, reference=reference, clerk=actor.name, now=now)
    return checked_look_up(replace(LookUpData(LookUpMethod.CONNECTED), shown=answer)).shown, now


def _access(row: ResidenceLookUp) -> Access:
    return Access(
        action="residence.look_up",
        object_type="residence_look_up",
        object_id=row.pk,
        person_id=row.person_id,
        purpose=row.purpose,
        data={"method": row.method, "reference": row.reference, "fallback_reason": row.fallback_reason},
    )
