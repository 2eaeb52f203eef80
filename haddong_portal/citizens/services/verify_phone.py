"""A clerk verifies, with the person present, that a phone is theirs; from then on it opens their own papers.

Right citizens.verify_phone. Ends the person's earlier verified phone with its sessions, writes one VerifiedPhone and an
audit row. Other people's phones are never looked at: a family may share one.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.constants import PhoneEnd, PhoneProof
from haddong_portal.citizens.models import Person, VerifiedPhone
from haddong_portal.citizens.permissions import VERIFY_PHONE
from haddong_portal.citizens.services.confirm_phone_code import confirm_phone_code
from haddong_portal.citizens.services.end_verified_phone import end_phone
from haddong_portal.citizens.services.send_phone_code import SentCode, mobile_number, send_phone_code
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotFound

PURPOSE = "verify-phone"


@dataclass(frozen=True)
class PhoneEvidence:
    """What the clerk has: a phone seen at the desk, or the challenge whose code the person read aloud."""

    phone: str = ""
    challenge_id: uuid.UUID | None = None
    code: str = ""


def send_verify_code(*, actor: Actor, person_id: int, phone: str, now: datetime | None = None) -> SentCode:
    """A code to the phone, to be read aloud at the desk. Raises NotAllowed, phones.invalid, phone_code.*."""
    actor.require(VERIFY_PHONE)
    return send_phone_code(
        phone=phone, purpose=PURPOSE, reference=_reference(person_id), client_ip=actor.ip or "", now=now
    )


def verify_phone(
    *, actor: Actor, person_id: int, evidence: PhoneEvidence, now: datetime | None = None
) -> VerifiedPhone:
    """The open row. Raises NotAllowed, phone_code.*, phones.invalid and DomainError person.no_number.

    With a challenge the call stands outside any transaction, since a wrong code must count.
    """
    actor.require(VERIFY_PHONE)
    moment = now or clock.now()
    if evidence.challenge_id is None:
        return _write(actor, person_id, mobile_number(evidence.phone), PhoneProof.SEEN, moment)
    proven = confirm_phone_code(challenge_id=evidence.challenge_id, purpose=PURPOSE, code=evidence.code, now=moment)
    if proven.reference != _reference(person_id):
        raise DomainError("phone_code.expired", "Mã này gửi cho người khác. Xin gửi lại mã.", "code")
    return _write(actor, person_id, proven.phone, PhoneProof.CODE, moment)


@transaction.atomic
def _write(actor: Actor, person_id: int, phone: str, how: PhoneProof, now: datetime) -> VerifiedPhone:
    person = Person.objects.select_for_update(no_key=True).filter(pk=person_id).first()
    if person is None:
        raise NotFound("Không tìm thấy người này.", code="person.not_found")
    if not person.personal_id:
        raise DomainError(
            "person.no_number", "Người này chưa có số định danh nên chưa đăng nhập được.", "personal_id", status=409
        )
    assert actor.user_id is not None and actor.unit_id is not None, "the right belongs to posts"
    end_phone(person.pk, PhoneEnd.REPLACED, now)
    verified = VerifiedPhone(
        person=person,
        phone=phone,
        how=how,
        verified_by_id=actor.user_id,
        unit_id=actor.unit_id,
        verified_at=now,
    )
    verified.save(force_insert=True)
    record_access(
        actor=actor,
        action="citizen.phone_verified",
        object_type="person",
        object_id=person.pk,
        person_id=person.pk,
        purpose="đăng nhập xem giấy tờ của mình",
        data={"how": how},
        now=now,
    )
    return verified


def _reference(person_id: int) -> str:
    return f"person/{person_id}"
