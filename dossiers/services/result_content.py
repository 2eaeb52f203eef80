"""What a result file may be: a whole PDF, JPEG or PNG within the size limit, told by its bytes, not its name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from haddong_portal.common.errors import DomainError

TAIL_BYTES = 2048


class UploadedResult(Protocol):
    """What is needed of an uploaded file."""

    @property
    def size(self) -> int | None: ...

    def chunks(self) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file by its first bytes and a mark near its end."""

    content_type: str
    suffix: str
    head: bytes
    tail: bytes


KINDS = (
    FileKind("application/pdf", ".pdf", b"%PDF-", b"%%EOF"),
    FileKind("image/jpeg", ".jpg", b"\xff\xd8\xff", b"\xff\xd9"),
    FileKind("image/png", ".png", b"\x89PNG\r\n\x1a\n", b"IEND"),
)


@dataclass(frozen=True, slots=True)
class ResultContent:
    """A checked file: its true type, suffix, size and SHA-256."""

    content_type: str
    suffix: str
    size_bytes: int
    sha256: str


def checked_result(file: UploadedResult) -> ResultContent:
    """Read the file once. Raises DomainError result.empty, result.too_large or result.bad_type."""
    digest, size, head, tail = hashlib.sha256(), 0, b"", b""
    for chunk in file.chunks():
        size += len(chunk)
        if size > settings.UPLOAD_MAX_BYTES:
            limit = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
            raise DomainError("result.too_large", f"Tệp kết quả lớn hơn {limit} MB.", "file", status=413)
        head = head or chunk[:16]
        tail = (tail + chunk)[-TAIL_BYTES:]
        digest.update(chunk)
    if not size:
        raise DomainError("result.empty", "Tệp kết quả không có nội dung.", "file")
    for kind in KINDS:
        if head.startswith(kind.head) and kind.tail in tail:
            return ResultContent(kind.content_type, kind.suffix, size, digest.hexdigest())
    raise DomainError("result.bad_type", "Tệp kết quả phải là PDF, JPEG hoặc PNG còn nguyên vẹn.", "file")
