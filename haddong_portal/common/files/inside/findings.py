"""What the readers hand back, and how they say no."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class Refusal(Exception):
    """The file is not accepted; `code` is one of sentences.SENTENCES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Finding:
    """A readable file. `shown` is None where it may be shown as it came; `attachments` are for the virus scanner."""

    content_type: str
    code: str = "file.clean"
    shown: bytes | None = None
    pages: int = 0
    images: int = 0
    signed: bool = False
    removed: list[str] = field(default_factory=list)
    attachments: list[bytes] = field(default_factory=list)

    def head(self) -> dict[str, Any]:
        """All but the bytes."""
        facts = ("content_type", "code", "pages", "images", "signed", "removed")
        return {name: getattr(self, name) for name in facts}
