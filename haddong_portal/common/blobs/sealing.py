"""The sealed form of a file: AES-256-GCM in chunks under a data key of its own, which a field key wraps.

    "HDB1" | key id (4) | nonce (12) | wrapped data key (48) | chunk | chunk | … | last chunk

A chunk is at most CHUNK_BYTES of content and its tag. The mark is bound into the wrapped key, place and "last" into
each chunk: a chunk that is changed, moved, cut off or taken from another file does not open. Rotating the field keys
needs only the 64 bytes behind the magic to be written anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from haddong_portal.common.crypto.keys import KEY_ID_BYTES, keyring

MAGIC = b"HDB1"
NONCE_BYTES = 12
TAG_BYTES = 16
DATA_KEY_BYTES = 32
CHUNK_BYTES = 1024 * 1024
HEADER_BYTES = len(MAGIC) + KEY_ID_BYTES + NONCE_BYTES + DATA_KEY_BYTES + TAG_BYTES
SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES


class SealBroken(Exception):
    """The sealed bytes are not what was written: changed, cut, another file's, or a key that is not held."""


def seal(content: bytes, mark: str) -> bytes:
    """The sealed form of `content` under its mark."""
    keys, data_key, nonce = keyring(), AESGCM.generate_key(DATA_KEY_BYTES * 8), os.urandom(NONCE_BYTES)
    wrapped = keys.ciphers[keys.current_id].encrypt(nonce, data_key, _wrapping(mark))
    cipher = AESGCM(data_key)
    chunks = (cipher.encrypt(_nonce(number), chunk, _place(last)) for number, chunk, last in _cut(content))
    return b"".join((MAGIC, keys.current_id, nonce, wrapped, *chunks))


def unseal(sealed: bytes, mark: str) -> bytes:
    """The content that `seal` was given with the same mark; raises SealBroken."""
    cipher = AESGCM(_unwrapped(sealed, mark))
    body = memoryview(sealed)[HEADER_BYTES:]
    starts = range(0, max(len(body), 1), SEALED_CHUNK_BYTES)
    try:
        return b"".join(
            cipher.decrypt(_nonce(number), body[start : start + SEALED_CHUNK_BYTES], _place(start == starts[-1]))
            for number, start in enumerate(starts)
        )
    except (InvalidTag, ValueError) as error:
        raise SealBroken(mark) from error


def rewrap(sealed: bytes, mark: str) -> bytes:
    """The same sealed content under the current field key: its data key is wrapped anew, nothing else changes."""
    data_key, keys, nonce = _unwrapped(sealed, mark), keyring(), os.urandom(NONCE_BYTES)
    wrapped = keys.ciphers[keys.current_id].encrypt(nonce, data_key, _wrapping(mark))
    return b"".join((MAGIC, keys.current_id, nonce, wrapped, sealed[HEADER_BYTES:]))


def sealed_with(sealed: bytes) -> bytes:
    """The id of the field key that wraps the data key; raises SealBroken for bytes that are not of this form."""
    if len(sealed) < HEADER_BYTES + TAG_BYTES or sealed[: len(MAGIC)] != MAGIC:
        raise SealBroken("not a sealed file")
    return sealed[len(MAGIC) : len(MAGIC) + KEY_ID_BYTES]


def _unwrapped(sealed: bytes, mark: str) -> bytes:
    cipher = keyring().ciphers.get(sealed_with(sealed))
    if cipher is None:
        raise SealBroken(f"{mark}: FIELD_ENCRYPTION_KEYS does not hold its key")
    begins = len(MAGIC) + KEY_ID_BYTES
    nonce, wrapped = sealed[begins : begins + NONCE_BYTES], sealed[begins + NONCE_BYTES : HEADER_BYTES]
    try:
        return cipher.decrypt(nonce, wrapped, _wrapping(mark))
    except InvalidTag as error:
        raise SealBroken(mark) from error


def _cut(content: bytes) -> Iterator[tuple[int, memoryview, bool]]:
    """(number, chunk, whether it is the last); an empty content is one empty chunk."""
    view, starts = memoryview(content), range(0, max(len(content), 1), CHUNK_BYTES)
    for number, start in enumerate(starts):
        yield number, view[start : start + CHUNK_BYTES], start == starts[-1]


def _nonce(number: int) -> bytes:
    # A data key seals one file once, so counting is as good as chance.
    return number.to_bytes(NONCE_BYTES, "big")


def _place(last: bool) -> bytes:
    return b"last" if last else b"more"


def _wrapping(mark: str) -> bytes:
    return b"haddong.blobs.key\x00" + bytes.fromhex(mark)
