"""Send a one-time code to a phone. Anybody, within the limits per phone and per address.

The answer is the same for every phone. A caller that found no phone to send to passes `is_known=False` (with any
number): the answer looks alike, nothing is sent, and no code fits. Writes one PhoneChallenge and ends the open one
before it; the sending is another app's (ports.py). Neither log nor audit sees the code.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from haddong_portal.citizens.models import PhoneChallenge
from haddong_portal.citizens.ports import code_sender
from haddong_portal.citizens.services.code_digest import CODE_LENGTH, code_digest
from haddong_portal.common import clock
from haddong_portal.common.crypto.blind_index import blind_index
from haddong_portal.common.errors import DomainError
from haddong_portal.common.identifiers.phones import is_mobile, normalise_phone

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class SentCode:
    """What the page needs: the challenge to answer, until when, and from when another code may be asked for."""

    challenge_id: uuid.UUID
    expires_at: datetime
    resend_from: datetime


@transaction.atomic
def send_phone_code(
    *, phone: str, purpose: str, reference: str, client_ip: str, now: datetime | None = None, is_known: bool = True
) -> SentCode:
    """Raises DomainError phones.invalid, phone_code.not_mobile, phone_code.too_soon and phone_code.too_many (429)."""
    moment, number = now or clock.now(), mobile_number(phone)
    phone_index, address_index = blind_index(number, "phone"), blind_index(client_ip, "address")
    one_at_a_time(phone_index, address_index)
    _check_limits(phone_index, address_index, moment)
    open_ones = PhoneChallenge.objects.filter(phone_index=phone_index, purpose=purpose, reference=reference)
    open_ones.filter(used_at__isnull=True, ended_at__isnull=True).update(ended_at=moment)
    challenge, code = _made(number, purpose, reference, address_index, moment, is_known=is_known)
    if is_known:
        minutes = settings.PHONE_CODE_MINUTES
        code_sender()(phone=number, code=code, minutes=minutes, reference=f"phone-code/{challenge.pk}", now=moment)
    resend_from = moment + timedelta(seconds=settings.PHONE_CODE_RESEND_SECONDS)
    return SentCode(challenge.pk, challenge.expires_at, resend_from)


def _made(
    phone: str, purpose: str, reference: str, address_index: str, now: datetime, *, is_known: bool
) -> tuple[PhoneChallenge, str]:
    code = f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}d}"
    challenge = PhoneChallenge(
        phone=phone,
        purpose=purpose,
        reference=reference,
        address_index=address_index,
        created_at=now,
        expires_at=now + timedelta(minutes=settings.PHONE_CODE_MINUTES),
    )
    # The same work for an unknown phone, whose digest no six digits reach.
    challenge.code_digest = code_digest(challenge_id=challenge.pk, code=code if is_known else secrets.token_hex())
    challenge.save(force_insert=True)
    return challenge, code


def mobile_number(phone: str) -> str:
    """The number as stored. Raises phones.invalid, phone_code.not_mobile."""
    number = normalise_phone(phone)
    if not is_mobile(number):
        raise DomainError("phone_code.not_mobile", "Số này không nhận được tin nhắn. Xin nhập số di động.", "phone")
    return number


def one_at_a_time(*indexes: str) -> None:
    """Locks until the transaction ends: two requests at once would each see the other's code not sent yet."""
    with connection.cursor() as cursor:
        for index in sorted(index for index in indexes if index):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(index[:15], 16)])


def _check_limits(phone_index: str, address_index: str, now: datetime) -> None:
    recent = PhoneChallenge.objects.filter(created_at__gt=now - HOUR)
    of_phone = sorted(recent.filter(phone_index=phone_index).values_list("created_at", flat=True))
    pause = timedelta(seconds=settings.PHONE_CODE_RESEND_SECONDS)
    if of_phone and now < of_phone[-1] + pause:
        wait = int((of_phone[-1] + pause - now).total_seconds()) + 1
        raise DomainError(
            "phone_code.too_soon",
            f"Mã vừa được gửi. Xin chờ {wait} giây rồi hãy yêu cầu mã khác.",
            status=429,
            data={"wait_s": wait},
        )
    too_many_to_phone = len(of_phone) >= settings.PHONE_CODE_PER_PHONE_MAX
    of_address = recent.filter(address_index=address_index).count() if address_index else 0
    if too_many_to_phone or of_address >= settings.PHONE_CODE_PER_ADDRESS_MAX:
        raise DomainError("phone_code.too_many", "Đã gửi quá nhiều mã. Xin thử lại sau một giờ.", status=429)
