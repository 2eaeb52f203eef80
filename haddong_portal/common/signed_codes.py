"""Short signed values for printed links: tracking, survey, proof of a result.

`000.99.01.H26-240207-0001.QBKXV…`: the value as it is, a dot, 80 bits of a keyed hash in base32. One purpose's code is
worthless for another. Papers outlive keys, so SECRET_KEY_FALLBACKS are accepted when reading.
"""

from __future__ import annotations

import base64
import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from haddong_portal.common.errors import DomainError

SIGNATURE_BYTES = 10
CODE_LENGTH_MAX = 60
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def sign(purpose: str, value: str) -> str:
    """The signed, URL-safe code of `value` for `purpose`.

    `value` is made of letters, digits, dot, hyphen, underscore; ValueError otherwise or when the code would exceed
    60 characters (a small QR code).
    """
    code = f"{value}.{_signature(purpose, value, settings.SECRET_KEY)}"
    if not _VALUE.fullmatch(value) or len(code) > CODE_LENGTH_MAX:
        raise ValueError("a signed value is short and made of letters, digits, dot, hyphen, underscore")
    return code


def read(purpose: str, code: str) -> str:
    """The value that was signed for `purpose`; DomainError `codes.signature` (404) for anything else."""
    value, _, signature = code.strip()[: CODE_LENGTH_MAX + 1].rpartition(".")
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if value and constant_time_compare(signature.upper(), _signature(purpose, value, key)):
            return value
    raise DomainError("codes.signature", "Mã này không đúng hoặc không còn dùng được.", "code", status=404)


def _signature(purpose: str, value: str, key: str | bytes) -> str:
    mac = salted_hmac(f"haddong.signed_codes.{purpose}", value, secret=key, algorithm="sha256").digest()
    return base64.b32encode(mac[:SIGNATURE_BYTES]).decode()
