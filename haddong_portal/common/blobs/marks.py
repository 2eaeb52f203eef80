"""The keyed mark of a content: HMAC-SHA-256 as hexadecimal, its name in the store and the way to find a twin."""

from __future__ import annotations

import hashlib
import hmac
import re

from haddong_portal.common.crypto.keys import blind_index_key

MARK_LENGTH = 64
_PURPOSE = b"haddong.blobs.mark\x00"
_MARK = re.compile(r"[0-9a-f]{64}")


def mark_of(content: bytes) -> str:
    """The mark of `content`; without the key nobody can compute it of a file they know."""
    key = hmac.new(blind_index_key(), _PURPOSE, hashlib.sha256).digest()
    return hmac.new(key, content, hashlib.sha256).hexdigest()


def is_mark(text: str) -> bool:
    """Whether `text` looks like a mark, so that nothing else is ever taken for a file of ours."""
    return _MARK.fullmatch(text) is not None


def path_of(mark: str) -> str:
    """Where a mark lies in the store: two folders deep, so that no folder holds millions of files."""
    assert is_mark(mark), "a mark is 64 hexadecimal digits"
    return f"{mark[:2]}/{mark[2:4]}/{mark}"


def lock_number(mark: str) -> int:
    """A signed 64-bit number for a database lock on this content."""
    return int.from_bytes(bytes.fromhex(mark[:16]), "big", signed=True)
