"""The second half of a citizen's sign-in: who reads the code back is the person whose number was typed.

Anybody with a challenge. Opens one CitizenSession and leaves an audit row, as a refused try for a known person does.
The session gives no right of staff whatever (`citizen_actor`).
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.models import CitizenSession, PhoneChallenge, VerifiedPhone
from haddong_portal.citizens.services.confirm_phone_code import ConfirmedPhone, confirm_phone_code
from haddong_portal.citizens.services.send_sign_in_code import PURPOSE
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.errors import DomainError

NAME = "Công dân"


def citizen_actor(person_id: int, *, client_ip: str = "", request_id: str = "") -> Actor:
    """The person as one who acts: no account, no post, no right; services look at `person_id` alone."""
    return Actor(name=NAME, channel="public", ip=client_ip or None, request_id=request_id, person_id=person_id)


def sign_in_citizen(
    *, challenge_id: uuid.UUID, code: str, client_ip: str, now: datetime | None = None
) -> CitizenSession:
    """The open session. Raises phone_code.*; never inside a transaction, since a wrong code must count."""
    moment = now or clock.now()
    try:
        proven = confirm_phone_code(challenge_id=challenge_id, purpose=PURPOSE, code=code, now=moment)
    except DomainError as error:
        _note_refusal(challenge_id, error.code, client_ip, moment)
        raise
    return _open(proven, client_ip, moment)


@transaction.atomic
def _open(proven: ConfirmedPhone, client_ip: str, now: datetime) -> CitizenSession:
    """The phone may have been ended, or given to the person anew, since the code was sent."""
    open_ones = VerifiedPhone.objects.select_for_update(no_key=True, of=("self",))
    verified = open_ones.filter(
        person__personal_id_index=proven.reference,
        phone_index=blind_index(proven.phone, "phone"),
        ended_at__isnull=True,
    ).first()
    if verified is None:
        raise DomainError("phone_code.expired", "Mã đã hết hạn. Xin yêu cầu mã khác.", "code")
    session = CitizenSession(person_id=verified.person_id, verified_phone=verified, started_at=now, seen_at=now)
    session.save(force_insert=True)
    _audit("citizen.signed_in", verified.person_id, client_ip, now, {})
    return session


@transaction.atomic
def _note_refusal(challenge_id: uuid.UUID, code: str, client_ip: str, now: datetime) -> None:
    """The person sees that somebody tried; tries on numbers of nobody here leave nothing."""
    challenge = PhoneChallenge.objects.filter(pk=challenge_id, purpose=PURPOSE).first()
    if challenge is None:
        return
    open_ones = VerifiedPhone.objects.filter(person__personal_id_index=challenge.reference, ended_at__isnull=True)
    person_id = open_ones.values_list("person_id", flat=True).first()
    if person_id is not None:
        _audit("citizen.sign_in_refused", person_id, client_ip, now, {"code": code})


def _audit(action: str, person_id: int, client_ip: str, now: datetime, data: dict[str, object]) -> None:
    record_access(
        actor=citizen_actor(person_id, client_ip=client_ip),
        action=action,
        object_type="person",
        object_id=person_id,
        person_id=person_id,
        data=data,
        now=now,
    )
