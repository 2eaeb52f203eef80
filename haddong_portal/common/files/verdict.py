"""What the checker says of one file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from haddong_portal.common.files.sentences import sentence_of


class Verdict(StrEnum):
    CLEAN = "clean"  # shown as it came
    SANITISED = "sanitised"  # a copy is shown, the original kept as it came
    REFUSED = "refused"
    QUARANTINED = "quarantined"  # kept, shown to nobody until the virus scanner answers


@dataclass(frozen=True, slots=True, kw_only=True)
class FileVerdict:
    """One file's verdict with a stable code and a sentence for people.

    `shown` is what people may see: the original where it is clean, a copy without active content where sanitised, None
    where refused or quarantined. `sha256` and `size_bytes` are the original's. `safe_name` is a name without folders or
    control characters, with the ending of the true type. `removed` says what the copy lacks. `signed`: the original
    carries a PDF signature, which a copy cannot keep.
    """

    verdict: Verdict
    code: str
    sentence: str
    sha256: str
    size_bytes: int
    safe_name: str
    content_type: str = ""
    suffix: str = ""
    shown: bytes | None = None
    pages: int = 0
    images: int = 0
    signed: bool = False
    removed: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether people may see it (as it came, or its copy)."""
        return self.verdict in (Verdict.CLEAN, Verdict.SANITISED)

    @property
    def status(self) -> int:
        """The HTTP status of a refusal."""
        return 413 if self.code == "file.too_large" else 400

    def turned(self, verdict: Verdict, code: str) -> FileVerdict:
        """The same file, no longer to be shown."""
        return replace(self, verdict=verdict, code=code, sentence=sentence_of(code), shown=None)
