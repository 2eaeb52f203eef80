"""A share code: ten characters that nobody guesses, of which only a keyed hash is kept."""

from __future__ import annotations

import secrets

from django.utils.crypto import salted_hmac

# Crockford's letters: none is mistaken for another when it is read aloud. 32^10 codes, 50 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_code() -> str:
    """ "7KQ4M-2XB9D"."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{text[:5]}-{text[5:]}"


def tidy(code: str) -> str:
    """A code as it was meant: small letters, spaces, dashes and letters that look like digits do not count."""
    return "".join(letter for letter in code.upper().translate(_READ_AS) if letter.isalnum())[: LENGTH + 1]


def share_digest(code: str) -> str:
    """64 hexadecimal characters; without SECRET_KEY nobody can try codes against a stolen table."""
    return salted_hmac("haddong.share_code", tidy(code), algorithm="sha256").hexdigest()
