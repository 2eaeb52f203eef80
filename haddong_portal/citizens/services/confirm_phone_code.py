"""A person reads back the code they were sent. Anybody who holds the challenge; a code is good once.

Writes `attempts` or `used_at` of the PhoneChallenge in a transaction of its own: a wrong try must count even when the
caller gives up, so the call stands outside any transaction (`durable`). The confirmed phone counts for a while:
selectors/phone_codes.py.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from haddong_portal.citizens.models import PhoneChallenge
from haddong_portal.citizens.services.code_digest import is_right_code
from haddong_portal.common import clock
from haddong_portal.common.errors import Conflict, DomainError


@dataclass(frozen=True)
class ConfirmedPhone:
    """Whose phone it is was proven for this purpose and matter."""

    challenge_id: uuid.UUID
    phone: str
    purpose: str
    reference: str


def confirm_phone_code(
    *, challenge_id: uuid.UUID, purpose: str, code: str, now: datetime | None = None
) -> ConfirmedPhone:
    """The proven phone.

    Raises DomainError phone_code.wrong (with `data["left"]`), phone_code.expired (too old, replaced, unknown or of
    another purpose), phone_code.locked (429, too many wrong tries) and Conflict phone_code.used.
    """
    outcome = _tried(challenge_id, purpose, code, now or clock.now())
    if isinstance(outcome, DomainError):
        raise outcome  # here, outside the transaction, so that the count of tries stays
    return outcome


@transaction.atomic(durable=True)
def _tried(challenge_id: uuid.UUID, purpose: str, code: str, now: datetime) -> ConfirmedPhone | DomainError:
    locked = PhoneChallenge.objects.select_for_update(no_key=True)
    challenge = locked.filter(pk=challenge_id, purpose=purpose).first()
    refusal = _refusal(challenge, now)
    if challenge is None or refusal is not None:
        return refusal or _expired()
    if not is_right_code(challenge.pk, code, challenge.code_digest):
        challenge.attempts += 1
        challenge.save(update_fields=["attempts"])
        return _wrong(settings.PHONE_CODE_ATTEMPTS_MAX - challenge.attempts)
    challenge.used_at = now
    challenge.save(update_fields=["used_at"])
    return ConfirmedPhone(challenge.pk, challenge.phone, challenge.purpose, challenge.reference)


def _refusal(challenge: PhoneChallenge | None, now: datetime) -> DomainError | None:
    if challenge is None or challenge.ended_at is not None:
        return _expired()
    if challenge.used_at is not None:
        return Conflict("phone_code.used", "Mã này đã được dùng. Xin yêu cầu mã khác.", "code")
    if now > challenge.expires_at:
        return _expired()
    if challenge.attempts >= settings.PHONE_CODE_ATTEMPTS_MAX:
        return _locked()
    return None


def _expired() -> DomainError:
    return DomainError(
        "phone_code.expired", "Mã đã hết hạn hoặc đã được thay bằng mã mới. Xin yêu cầu mã khác.", "code"
    )


def _locked() -> DomainError:
    return DomainError(
        "phone_code.locked", "Đã nhập sai quá nhiều lần. Xin yêu cầu mã khác.", "code", status=429, data={"left": 0}
    )


def _wrong(left: int) -> DomainError:
    if left <= 0:
        return _locked()
    return DomainError("phone_code.wrong", f"Mã không đúng. Còn {left} lần thử.", "code", data={"left": left})
