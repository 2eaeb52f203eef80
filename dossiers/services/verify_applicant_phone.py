"""At the dossier of somebody at the desk: their phone is verified, so that they can see their papers at home.

Right citizens.verify_phone, for a dossier that the actor may see; the act itself is citizens'. Nothing of the dossier
changes, its contact phone neither: that may be a relative's.
"""

from __future__ import annotations

from datetime import datetime

from dossiers.models import Dossier
from haddong_portal.citizens.constants import PhoneEnd
from haddong_portal.citizens.models import VerifiedPhone
from haddong_portal.citizens.permissions import VERIFY_PHONE
from haddong_portal.citizens.services.end_verified_phone import end_verified_phone
from haddong_portal.citizens.services.send_phone_code import SentCode
from haddong_portal.citizens.services.verify_phone import PhoneEvidence, send_verify_code, verify_phone
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError, NotFound


def verify_applicant_phone(
    *, actor: Actor, code: str, evidence: PhoneEvidence, now: datetime | None = None
) -> VerifiedPhone:
    """The open row. Raises NotAllowed, NotFound dossier.not_found, DomainError person.none, phone_code.*."""
    return verify_phone(actor=actor, person_id=_applicant(actor, code), evidence=evidence, now=now)


def send_applicant_code(*, actor: Actor, code: str, phone: str, now: datetime | None = None) -> SentCode:
    """A code to the phone that the applicant holds, to be read aloud. Raises as above."""
    return send_verify_code(actor=actor, person_id=_applicant(actor, code), phone=phone, now=now)


def end_applicant_phone(*, actor: Actor, code: str, reason: PhoneEnd, now: datetime | None = None) -> None:
    """Raises NotAllowed, NotFound dossier.not_found, Conflict citizen.no_phone."""
    end_verified_phone(actor=actor, person_id=_applicant(actor, code), reason=reason, now=now)


def _applicant(actor: Actor, code: str) -> int:
    actor.require(VERIFY_PHONE)
    rows = Dossier.objects.visible_to(actor).filter(code=code).values_list("person_id", flat=True)
    found = list(rows[:1])
    if not found:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    if found[0] is None:
        raise DomainError("person.none", "Người nộp là tổ chức, không có điện thoại cá nhân để xác nhận.", status=409)
    return found[0]
