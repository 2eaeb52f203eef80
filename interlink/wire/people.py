"""Asking the residence register about one person: who asks, why, in which matter; answered at once and signed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from interlink.wire.reading import flag, moment, only, read_object, text, texts

QUERY_KEYS = ("message_id", "personal_id", "purpose", "reference", "clerk", "issued_at")
ANSWER_KEYS = ("message_id", "found", "values", "answered_at")


@dataclass(frozen=True, slots=True)
class PersonQuery:
    """`clerk` and `reference` go on record on both sides (NĐ 104/2022)."""

    message_id: str
    personal_id: str = field(repr=False)
    purpose: str
    reference: str
    clerk: str
    issued_at: datetime

    def to_bytes(self) -> bytes:
        named = {key: getattr(self, key) for key in QUERY_KEYS if key != "issued_at"}
        return json.dumps({**named, "issued_at": self.issued_at.isoformat()}, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """Label → value, as the register shows it; empty when it knows nobody of that number."""

    message_id: str
    found: bool
    answered_at: datetime
    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    def to_bytes(self) -> bytes:
        body = {"message_id": self.message_id, "found": self.found, "values": dict(self.values)}
        return json.dumps({**body, "answered_at": self.answered_at.isoformat()}, ensure_ascii=False).encode()


def read_query(raw: bytes) -> PersonQuery:
    found = read_object(raw, bytes_max=20_000)
    only(found, QUERY_KEYS)
    return PersonQuery(
        message_id=text(found, "message_id", most=80),
        personal_id=text(found, "personal_id", most=12),
        purpose=text(found, "purpose", most=500),
        reference=text(found, "reference", most=120),
        clerk=text(found, "clerk", most=200),
        issued_at=moment(found, "issued_at"),
    )


def read_answer(raw: bytes) -> PersonAnswer:
    found = read_object(raw, bytes_max=100_000)
    only(found, ANSWER_KEYS)
    return PersonAnswer(
        message_id=text(found, "message_id", most=80),
        found=flag(found, "found"),
        values=texts(found, "values"),
        answered_at=moment(found, "answered_at"),
    )
