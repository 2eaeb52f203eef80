"""The keys of this deployment, decoded once and checked."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
KEY_ID_BYTES = 4


@dataclass(frozen=True)
class Keyring:
    """The field keys: `current_id` encrypts, every key in `ciphers` decrypts."""

    current_id: bytes
    ciphers: Mapping[bytes, AESGCM]


def keyring() -> Keyring:
    """The keyring of FIELD_ENCRYPTION_KEYS; raises ImproperlyConfigured for a missing or malformed key."""
    return _build_keyring(tuple(settings.FIELD_ENCRYPTION_KEYS))


def blind_index_key() -> bytes:
    """The secret of the blind index; raises ImproperlyConfigured when it is malformed."""
    return decode_key(settings.BLIND_INDEX_KEY, "BLIND_INDEX_KEY")


@lru_cache(maxsize=8)
def decode_key(text: str, setting: str) -> bytes:
    """32 bytes from base64 (standard or URL-safe alphabet)."""
    try:
        key = base64.b64decode(text.strip().replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured(f"{setting}: a key is not base64") from error
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"{setting}: a key has {len(key)} bytes, {KEY_BYTES} are needed")
    return key


def key_id(key: bytes) -> bytes:
    """A short public name of a key, stored before each ciphertext to find the right one after a rotation."""
    return hashlib.sha256(b"haddong field key\x00" + key).digest()[:KEY_ID_BYTES]


@lru_cache(maxsize=8)
def _build_keyring(texts: tuple[str, ...]) -> Keyring:
    if not texts:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS is empty")
    keys = [decode_key(text, "FIELD_ENCRYPTION_KEYS") for text in texts]
    return Keyring(current_id=key_id(keys[0]), ciphers={key_id(key): AESGCM(key) for key in keys})
