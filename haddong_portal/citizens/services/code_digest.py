"""The keyed hash of a one-time code, bound to its challenge."""

from __future__ import annotations

import hmac
import uuid

from django.utils.crypto import salted_hmac

CODE_LENGTH = 6


def code_digest(*, challenge_id: uuid.UUID, code: str) -> str:
    """64 hexadecimal characters; without SECRET_KEY the million codes cannot be tried against it."""
    return salted_hmac("haddong.phone_code", f"{challenge_id}:{code}", algorithm="sha256").hexdigest()


def is_right_code(challenge_id: uuid.UUID, code: str, stored: str) -> bool:
    """Whether `code` is the one of this challenge, compared in constant time; spaces in it do not count."""
    digits = "".join(code.split())
    return hmac.compare_digest(code_digest(challenge_id=challenge_id, code=digits[: CODE_LENGTH + 1]), stored)
