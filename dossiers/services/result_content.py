"""What a file brought to a dossier may be: what the portal's one checker accepts (common.files), told by its bytes.

The checker's codes come out under the name of the act that brought the file: `file.encrypted` is `result.encrypted`
or `filing.encrypted`; whatever is no whole PDF, JPEG or PNG is `.bad_type`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from haddong_portal.common.errors import DomainError
from haddong_portal.common.files.check import check_file
from haddong_portal.common.files.policy import default_policy
from haddong_portal.common.files.verdict import FileVerdict, Verdict

NO_WHOLE_FILE = frozenset({"bad_type", "type_mismatch", "heic", "office", "archive", "truncated", "damaged"})


class UploadedResult(Protocol):
    """What is needed of an uploaded file."""

    @property
    def size(self) -> int | None: ...

    def chunks(self) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class ResultContent:
    """A checked file. `size_bytes` and `sha256` are of the original, `shown` is what people see; None while held."""

    content_type: str
    suffix: str
    size_bytes: int
    sha256: str
    original: bytes
    shown: bytes | None
    name: str = ""
    check_code: str = "file.clean"

    @property
    def kept_original(self) -> bytes | None:
        """The original where people see a copy of it."""
        return self.original if self.shown is not None and self.shown != self.original else None


def checked_result(file: UploadedResult) -> ResultContent:
    """Read and check a result's file. Raises DomainError result.empty, .too_large, .bad_type, .scan_unavailable (409),
    .signed_active and the checker's other codes."""
    content = checked_upload(file, prefix="result")
    if content.shown is None:
        message = "Máy quét mã độc đang dừng nên chưa nhận được tệp kết quả. Xin thử lại sau ít phút."
        raise DomainError("result.scan_unavailable", message, "file", status=409)
    return content


def checked_upload(
    file: UploadedResult, *, prefix: str, field: str = "file", who: str = "Tệp kết quả"
) -> ResultContent:
    """Read no more than the limit and check it. Raises DomainError `prefix`.*; a file whose virus scan must wait comes
    back with `shown` None. `who` begins the sentence."""
    raw = _read(file)
    verdict = check_file(raw, name=str(getattr(file, "name", "") or ""))
    if verdict.verdict == Verdict.REFUSED:
        code = verdict.code.removeprefix("file.")
        code = f"{prefix}.{'bad_type' if code in NO_WHOLE_FILE else code}"
        raise DomainError(code, _sentence(who, verdict), field, status=verdict.status)
    if prefix == "result" and verdict.signed and verdict.shown not in (None, raw):
        message = "Tệp kết quả đã ký số nhưng có nội dung tự chạy. Xin xuất lại PDF, ký lại rồi gửi."
        raise DomainError("result.signed_active", message, field)
    return content_of(raw, verdict)


def content_of(raw: bytes, verdict: FileVerdict) -> ResultContent:
    """An accepted or quarantined file with its verdict."""
    return ResultContent(
        content_type=verdict.content_type,
        suffix=verdict.suffix,
        size_bytes=verdict.size_bytes,
        sha256=verdict.sha256,
        original=raw,
        shown=verdict.shown,
        name=verdict.safe_name,
        check_code=verdict.code,
    )


def _read(file: UploadedResult) -> bytes:
    most = default_policy().max_bytes
    parts, size = [], 0
    for chunk in file.chunks():
        parts.append(chunk)
        size += len(chunk)
        if size > most:
            break
    return b"".join(parts)


def _sentence(who: str, verdict: FileVerdict) -> str:
    """The checker's sentence about this file; one that begins with "the file" is made to name it."""
    said = verdict.sentence
    return f"{who}{said.removeprefix('Tệp')}" if said.startswith("Tệp ") else f"{who}: {said[0].lower()}{said[1:]}"
