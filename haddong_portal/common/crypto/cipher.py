"""AES-256-GCM for one short value: version, key id, random nonce, then ciphertext with its tag."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag

from haddong_portal.common.crypto.keys import KEY_ID_BYTES, keyring

VERSION = b"\x01"
NONCE_BYTES = 12
HEADER_BYTES = len(VERSION) + KEY_ID_BYTES


class DecryptionError(RuntimeError):
    """The stored bytes cannot be opened: unknown key, another column's value, or tampering."""


def encrypt(text: str, context: str) -> bytes:
    """Seal `text` for one column; `context` (app.model.field) is bound in, so a value cannot be moved elsewhere."""
    keys = keyring()
    nonce = os.urandom(NONCE_BYTES)
    sealed = keys.ciphers[keys.current_id].encrypt(nonce, text.encode(), context.encode())
    return VERSION + keys.current_id + nonce + sealed


def decrypt(stored: bytes, context: str) -> str:
    """Open what `encrypt` sealed for the same `context`; raises DecryptionError, never shows any content."""
    cipher = keyring().ciphers.get(used_key_id(stored))
    if cipher is None:
        raise DecryptionError(f"{context}: sealed with a key that FIELD_ENCRYPTION_KEYS does not hold")
    nonce, sealed = stored[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES], stored[HEADER_BYTES + NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, sealed, context.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise DecryptionError(f"{context}: the value does not belong here or was changed") from error


def used_key_id(stored: bytes) -> bytes:
    """Which key sealed a value; tells a key rotation what is still to be sealed again."""
    if stored[:1] != VERSION or len(stored) <= HEADER_BYTES + NONCE_BYTES:
        raise DecryptionError("not a sealed value")
    return stored[1:HEADER_BYTES]
