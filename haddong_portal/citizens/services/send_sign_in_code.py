"""The first half of a citizen's sign-in: a code to the phone that a clerk verified for the person of this number.

Anybody, within limits. The answer is the same for a known number, an unknown one and one without a verified phone:
the limits count by the number that was typed, and what cannot be sent is only pretended. Nothing says which.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from haddong_portal.citizens.models import PhoneChallenge, VerifiedPhone
from haddong_portal.citizens.services.send_phone_code import HOUR, SentCode, one_at_a_time, send_phone_code
from haddong_portal.common import clock
from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.personal_id import check_personal_id

PURPOSE = "citizen-sign-in"


@transaction.atomic
def send_sign_in_code(*, personal_id: str, client_ip: str, now: datetime | None = None) -> SentCode:
    """Raises identifiers.id_* for what is no number, phone_code.too_soon and phone_code.too_many (429)."""
    moment = now or clock.now()
    reference = blind_index(check_personal_id(personal_id).number, "personal_id")
    one_at_a_time(reference)
    _check_pace(reference, moment)
    earlier = PhoneChallenge.objects.filter(purpose=PURPOSE, reference=reference)
    earlier.filter(used_at__isnull=True, ended_at__isnull=True).update(ended_at=moment)
    phone = _phone_of(reference, moment)
    return send_phone_code(
        phone=phone or _nobodys(reference, moment),
        purpose=PURPOSE,
        reference=reference,
        client_ip=client_ip,
        now=moment,
        is_known=bool(phone),
    )


def _check_pace(reference: str, now: datetime) -> None:
    """By the typed number alone, so that people who share a phone do not show it."""
    asked = PhoneChallenge.objects.filter(purpose=PURPOSE, reference=reference, created_at__gt=now - HOUR)
    moments = sorted(asked.values_list("created_at", flat=True))
    again_from = moments[-1] + timedelta(seconds=settings.PHONE_CODE_RESEND_SECONDS) if moments else now
    if now < again_from:
        wait_s = int((again_from - now).total_seconds()) + 1
        text = f"Mã vừa được gửi. Xin chờ {wait_s} giây rồi hãy yêu cầu mã khác."
        raise DomainError("phone_code.too_soon", text, status=429, data={"wait_s": wait_s})
    if len(moments) >= settings.PHONE_CODE_PER_PHONE_MAX:
        raise DomainError("phone_code.too_many", "Đã gửi quá nhiều mã. Xin thử lại sau một giờ.", status=429)


def _phone_of(reference: str, now: datetime) -> str:
    """The open verified phone of the person with this number, "" without one or while the phone has had its fill."""
    open_ones = VerifiedPhone.objects.filter(person__personal_id_index=reference, ended_at__isnull=True)
    verified = open_ones.first()
    if verified is None:
        return ""
    to_phone = PhoneChallenge.objects.filter(phone_index=verified.phone_index, created_at__gt=now - HOUR)
    sent = list(to_phone.values_list("created_at", flat=True))
    pause = timedelta(seconds=settings.PHONE_CODE_RESEND_SECONDS)
    is_free = len(sent) < settings.PHONE_CODE_PER_PHONE_MAX and all(now >= at + pause for at in sent)
    return verified.phone if is_free else ""


def _nobodys(reference: str, now: datetime) -> str:
    """A number that stands for nobody in the row of a pretended code; another one every time, so it meets no limit."""
    digest = blind_index(f"{reference}{now.isoformat()}", "nobodys_phone")
    return f"09{int(digest[:12], 16) % 10**8:08d}"
