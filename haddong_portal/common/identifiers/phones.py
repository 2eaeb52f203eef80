"""Vietnamese phone numbers: one spelling for storing, another for reading, a third for showing masked.

Never validated by carrier (numbers are portable) and never an identity: a family shares one phone.
"""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

from haddong_portal.common.errors import DomainError

REGION = "VN"
_WRITTEN = re.compile(r"\+?[0-9 .()\-\u00a0]+")
_COUNTRY_CODE = re.compile(r"^(?:\+?84|0084)0?")
# Prefixes of 2018 on; not by carrier, and wider than a list of numbers that lags behind new blocks (055).
_MOBILE = re.compile(r"0[35789][0-9]{8}")


def normalise_phone(text: str) -> str:
    """`+84 912 345 678`, `84912345678`, `912345678` → `0912345678`; raises DomainError phones.invalid.

    Mobile numbers have 10 digits, Hà Nội landlines 11 (024 and 8 more).
    """
    written = unicodedata.normalize("NFKC", text).strip()
    if not _WRITTEN.fullmatch(written):
        raise _invalid()
    digits = re.sub(r"[^0-9+]", "", written)
    national = _COUNTRY_CODE.sub("", digits) if len(digits) >= 11 else digits
    phone = "0" + national.removeprefix("0")
    if is_mobile(phone) or _is_landline(phone):
        return phone
    raise _invalid()


def is_mobile(phone: str) -> bool:
    """Whether a normalised number can receive a text message."""
    return bool(_MOBILE.fullmatch(phone))


def _is_landline(phone: str) -> bool:
    try:
        number = phonenumbers.parse(phone, REGION)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) and (
        phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.FIXED_LINE
    )


def format_phone(phone: str) -> str:
    """A normalised number as people read it: `0912 345 678`, `024 3382 4567`."""
    if phone.startswith("02") and len(phone) == 11:
        return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    return f"{phone[:4]} {phone[4:7]} {phone[7:]}".strip()


def _invalid() -> DomainError:
    return DomainError(
        "phones.invalid",
        "Số điện thoại không đúng. Di động gồm 10 chữ số (ví dụ 0912 345 678), cố định Hà Nội 024 và 8 số.",
        "phone",
    )
