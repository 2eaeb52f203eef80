"""A phone opens a person's papers no longer: lost, given away, verified for the wrong person, or asked for.

Right citizens.verify_phone, or the signed-in citizen for the own phone. Ends the open VerifiedPhone and every session
it opened; writes an audit row.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.constants import PhoneEnd
from haddong_portal.citizens.models import CitizenSession, Person, VerifiedPhone
from haddong_portal.citizens.permissions import VERIFY_PHONE
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict


@transaction.atomic
def end_verified_phone(*, actor: Actor, person_id: int, reason: PhoneEnd, now: datetime | None = None) -> None:
    """Raises NotAllowed and Conflict citizen.no_phone when none is open."""
    if actor.person_id != person_id:
        actor.require(VERIFY_PHONE)
    moment = now or clock.now()
    Person.objects.select_for_update(no_key=True).filter(pk=person_id).first()
    if not end_phone(person_id, reason, moment):
        raise Conflict("citizen.no_phone", "Người này không có điện thoại đã xác nhận.")
    record_access(
        actor=actor,
        action="citizen.phone_ended",
        object_type="person",
        object_id=person_id,
        person_id=person_id,
        data={"reason": reason},
        now=moment,
    )


def end_phone(person_id: int, reason: PhoneEnd, now: datetime) -> bool:
    """Whether there was an open one; its sessions end with it. Inside the caller's transaction, the person locked."""
    phone = VerifiedPhone.objects.filter(person=person_id, ended_at__isnull=True).first()
    if phone is None:
        return False
    phone.ended_at, phone.end_reason = now, reason
    phone.save(update_fields=["ended_at", "end_reason"])
    CitizenSession.objects.filter(verified_phone=phone, ended_at__isnull=True).update(ended_at=now)
    return True
