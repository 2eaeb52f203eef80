"""Set up and check the second factor: an authenticator (TOTP) and ten backup codes. The person themselves.

Secrets lie in django-otp's tables; neither secrets nor codes ever reach the audit rows.
"""

from __future__ import annotations

import secrets

from django.db import transaction
from django_otp import match_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from haddong_portal.accounts.models import User
from haddong_portal.accounts.selectors.second_factor import pending_device
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError

BACKUP_CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def start_second_factor(*, user: User) -> TOTPDevice:
    """The device being set up (made once, so that a reload shows the same secret)."""
    return pending_device(user) or TOTPDevice.objects.create(user=user, name="Ứng dụng xác thực", confirmed=False)


@transaction.atomic
def confirm_second_factor(*, user: User, actor: Actor, code: str) -> tuple[TOTPDevice, list[str]]:
    """Confirm the pending device by its first code; an earlier device ends. DomainError `auth.wrong_code`.

    Returns the device and the backup codes, which are shown once and never again.
    """
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).order_by("-pk").first()
    if device is None or not device.verify_token(code):
        raise _wrong_code()
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    record_access(actor=actor, action="account.second_factor_set", object_type="account", object_id=user.pk)
    return device, _replace_backup_codes(user)


@transaction.atomic
def new_backup_codes(*, user: User, actor: Actor) -> list[str]:
    """Ten new backup codes; the old ones stop working."""
    record_access(actor=actor, action="account.backup_codes_made", object_type="account", object_id=user.pk)
    return _replace_backup_codes(user)


def check_second_factor(*, user: User, code: str) -> Device:
    """The device that this code belongs to; each code works once. DomainError `auth.wrong_code`.

    django-otp slows down guessing on each device by itself.
    """
    device = match_token(user, code)
    if device is None:
        raise _wrong_code()
    return device


def _replace_backup_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="Mã dự phòng", confirmed=True)
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(8)) for _ in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def _wrong_code() -> DomainError:
    return DomainError(
        "auth.wrong_code",
        "Mã chưa đúng hoặc đã hết hạn. Mã đổi sau mỗi 30 giây: xin chờ mã mới, và xem điện thoại có đúng giờ không.",
        "code",
    )
