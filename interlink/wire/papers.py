"""A paper on the wire: its bytes with their digest, checked before anybody looks at them, or only its number."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from interlink.wire.errors import WireError
from interlink.wire.reading import day, only, text

PAPER_BYTES_MAX = 10 * 1024 * 1024
CONTENT_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png"})
KEYS, EXTRAS = ("slot", "name", "type"), ("number", "date", "content_type", "sha256", "content")


@dataclass(frozen=True, slots=True)
class WirePaper:
    """`slot` is the receiver's name for it, `paper_type` the catalogue's code ("" when there is none).

    Without `content` the paper exists, but not as a file: its number and date say which it is.
    """

    slot: str
    name: str
    content: bytes = field(default=b"", repr=False)
    content_type: str = "application/pdf"
    paper_type: str = ""
    number: str = ""
    date: date | None = None

    def as_json(self) -> dict[str, str]:
        named = {"slot": self.slot, "name": self.name, "type": self.paper_type, "number": self.number}
        named["date"] = self.date.isoformat() if self.date else ""
        if not self.content:
            return named
        return named | {
            "content_type": self.content_type,
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "content": base64.b64encode(self.content).decode(),
        }


def read_paper(found: Mapping[str, Any]) -> WirePaper:
    """Raises WireError wire.bad_base64, wire.wrong_digest, wire.bad_content_type, and those of reading."""
    only(found, KEYS, EXTRAS)
    content, content_type = _content(found) if "content" in found else (b"", "application/pdf")
    return WirePaper(
        slot=text(found, "slot"),
        name=text(found, "name", most=300),
        content=content,
        content_type=content_type,
        paper_type=text(found, "type", empty=True),
        number=text(found, "number", most=120, empty=True),
        date=day(found, "date"),
    )


def _content(found: Mapping[str, Any]) -> tuple[bytes, str]:
    content = _bytes(text(found, "content", most=PAPER_BYTES_MAX * 4 // 3 + 4))
    if hashlib.sha256(content).hexdigest() != text(found, "sha256", most=64):
        raise WireError("wire.wrong_digest", "paper")
    content_type = text(found, "content_type")
    if content_type not in CONTENT_TYPES:
        raise WireError("wire.bad_content_type", content_type)
    return content, content_type


def _bytes(coded: str) -> bytes:
    try:
        return base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise WireError("wire.bad_base64") from error
