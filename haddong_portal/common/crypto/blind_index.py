"""Find an encrypted value by equality without storing it: a keyed hash, distinct for each purpose."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Mapping

from haddong_portal.common.crypto.keys import blind_index_key

# 128 bits as hexadecimal: no accidental collisions among a city's people, half the index size of the full hash.
INDEX_LENGTH = 32


def blind_index(value: str, purpose: str) -> str:
    """The 32-character index of `value` for `purpose`; "" when nothing is left after normalising.

    Purposes ("personal_id", "phone", …) separate the columns: equal numbers in two of them do not show.
    """
    normalised = _NORMALISERS.get(purpose, _letters_and_digits)(unicodedata.normalize("NFKC", value))
    if not normalised:
        return ""
    message = purpose.encode() + b"\x00" + normalised.encode()
    return hmac.new(blind_index_key(), message, hashlib.sha256).hexdigest()[:INDEX_LENGTH]


def _letters_and_digits(value: str) -> str:
    return "".join(char for char in value.casefold() if char.isalnum())


def _phone(value: str) -> str:
    digits = "".join(char for char in value if char.isdigit())
    return "0" + digits[2:] if digits.startswith("84") and len(digits) >= 11 else digits


def _email(value: str) -> str:
    return value.strip().casefold()


_NORMALISERS: Mapping[str, Callable[[str], str]] = {"phone": _phone, "email": _email}
