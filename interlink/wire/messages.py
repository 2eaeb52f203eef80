"""The three kinds of messages: a request to an agency, its receipt, and its replies while it works."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from interlink.wire.errors import WireError
from interlink.wire.papers import WirePaper, read_paper
from interlink.wire.reading import TEXT_MAX, day, items, moment, number, only, read_object, text, texts

REQUEST_KINDS = ("request", "supplement", "correction", "cancel", "status")
REPLY_KINDS = ("accepted", "working", "supplement", "returned", "refused", "done", "id_number")
REQUEST_KEYS = ("message_id", "kind", "number", "case", "leg", "generation", "service", "issued_at")
REQUEST_EXTRAS = ("procedure", "group", "due_at")
RECEIPT_KEYS = ("message_id", "digest", "received_at")
REPLY_KEYS = ("message_id", "correlation", "sequence", "kind", "issued_at")
REPLY_EXTRAS = ("case", "leg", "generation", "facts", "papers", "reason", "outcome")
OUTCOME_KEYS = ("number", "date", "text")


@dataclass(frozen=True, slots=True)
class Request:
    """What an agency is asked. `message_id` is the same in every try; (case, leg, generation, kind, number) too.

    `procedure` and `group` are codes of the national catalogue, `due_at` is the leg's promised time.
    """

    message_id: str
    kind: str
    case: str
    leg: str
    generation: int
    service: str
    issued_at: datetime
    number: int = 1
    procedure: str = ""
    group: str = ""
    due_at: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    papers: tuple[WirePaper, ...] = ()

    def to_bytes(self) -> bytes:
        return _bytes(
            {
                **{key: getattr(self, key) for key in REQUEST_KEYS if key != "issued_at"},
                "issued_at": self.issued_at.isoformat(),
                **{key: getattr(self, key) for key in REQUEST_EXTRAS},
                "fields": dict(self.fields),
                "papers": [paper.as_json() for paper in self.papers],
            }
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """The agency has the message for good. `digest` is the SHA-256 of the payload it stored."""

    message_id: str
    digest: str
    received_at: datetime

    def to_bytes(self) -> bytes:
        return _bytes(
            {"message_id": self.message_id, "digest": self.digest, "received_at": self.received_at.isoformat()}
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """The number, date and words of a decision."""

    number: str = ""
    date: date | None = None
    text: str = ""

    def as_json(self) -> dict[str, str]:
        return {"number": self.number, "date": self.date.isoformat() if self.date else "", "text": self.text}


@dataclass(frozen=True, slots=True)
class Reply:
    """What an agency says about one request; `sequence` counts its replies to it from 1."""

    message_id: str
    correlation: str
    sequence: int
    kind: str
    issued_at: datetime
    case: str = ""
    leg: str = ""
    generation: int = 1
    facts: Mapping[str, str] = field(default_factory=dict)
    papers: tuple[WirePaper, ...] = ()
    reason: str = ""
    outcome: Outcome = field(default_factory=Outcome)

    def content(self) -> dict[str, Any]:
        """What the portal keeps of it: facts, papers, reason, outcome."""
        return {
            "facts": dict(self.facts),
            "papers": [paper.as_json() for paper in self.papers],
            "reason": self.reason,
            "outcome": self.outcome.as_json(),
        }

    def to_bytes(self) -> bytes:
        named = {key: getattr(self, key) for key in (*REPLY_KEYS, "case", "leg", "generation") if key != "issued_at"}
        return _bytes({**named, "issued_at": self.issued_at.isoformat(), **self.content()})


def read_request(raw: bytes) -> Request:
    found = read_object(raw)
    only(found, REQUEST_KEYS, ("fields", "papers", *REQUEST_EXTRAS))
    return Request(
        message_id=_uuid(found, "message_id"),
        kind=_one_of(found, "kind", REQUEST_KINDS),
        number=number(found, "number"),
        case=text(found, "case", most=40),
        leg=text(found, "leg", most=40),
        generation=number(found, "generation"),
        service=text(found, "service", most=80),
        issued_at=moment(found, "issued_at"),
        procedure=text(found, "procedure", most=40, empty=True),
        group=text(found, "group", most=40, empty=True),
        due_at=text(found, "due_at", most=40, empty=True),
        fields=texts(found, "fields"),
        papers=items(found, "papers", read_paper),
    )


def read_receipt(raw: bytes) -> Receipt:
    found = read_object(raw, bytes_max=10_000)
    only(found, RECEIPT_KEYS)
    return Receipt(_uuid(found, "message_id"), text(found, "digest", most=64), moment(found, "received_at"))


def read_reply(raw: bytes) -> Reply:
    found = read_object(raw)
    only(found, REPLY_KEYS, REPLY_EXTRAS)
    return Reply(
        message_id=text(found, "message_id", most=80),
        correlation=text(found, "correlation", most=80, empty=True),
        sequence=number(found, "sequence"),
        kind=_one_of(found, "kind", REPLY_KINDS),
        issued_at=moment(found, "issued_at"),
        case=text(found, "case", most=40, empty=True),
        leg=text(found, "leg", most=40, empty=True),
        generation=number(found, "generation") if "generation" in found else 1,
        facts=texts(found, "facts"),
        papers=items(found, "papers", read_paper),
        reason=text(found, "reason", most=1000, empty=True),
        outcome=read_outcome(found.get("outcome", {})),
    )


def read_outcome(found: Any) -> Outcome:
    if not isinstance(found, dict):
        raise WireError("wire.bad_value", "outcome")
    only(found, (), OUTCOME_KEYS)
    return Outcome(
        number=text(found, "number", most=120, empty=True),
        date=day(found, "date"),
        text=text(found, "text", most=TEXT_MAX // 4, empty=True),
    )


def _uuid(found: Mapping[str, Any], key: str) -> str:
    value = text(found, key, most=36)
    try:
        return str(UUID(value))
    except ValueError as error:
        raise WireError("wire.bad_value", key) from error


def _one_of(found: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
    value = text(found, key, most=20)
    if value not in allowed:
        raise WireError("wire.bad_value", key)
    return value


def _bytes(found: dict[str, Any]) -> bytes:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
