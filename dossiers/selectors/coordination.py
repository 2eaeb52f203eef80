"""Verifications and opinions of one dossier as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from haddong_portal.common.web.looks import Look

VERIFICATION_FIELDS = (
    "id subject planned_on planned_minutes participants started_at minutes confirmed finished_at actual_minutes"
)


@dataclass(frozen=True)
class VerificationLine:
    """One verification: what was planned (a day, working minutes) and what became of it."""

    id: int
    subject: str
    planned_on: date | None
    planned_minutes: int | None
    participants: str
    started_at: datetime
    minutes: str
    confirmed: bool | None
    finished_at: datetime | None
    actual_minutes: int | None
    started_by_name: str

    @property
    def outcome(self) -> str:
        """In two words, with the colour's name beside it on screen."""
        if self.finished_at is None:
            return "đang xác minh"
        return {True: "đúng như hồ sơ", False: "không đúng như hồ sơ", None: "dừng, chưa có kết quả"}[self.confirmed]


def verifications_of(lines: list[dict[str, Any]]) -> list[VerificationLine]:
    return [
        VerificationLine(
            **{
                **line,
                "planned_on": date.fromisoformat(line["planned_on"]) if line["planned_on"] else None,
                "started_at": datetime.fromisoformat(line["started_at"]),
                "finished_at": datetime.fromisoformat(line["finished_at"]) if line["finished_at"] else None,
            }
        )
        for line in lines
    ]


OPINION_FIELDS = "id unit_id question asked_at due_at answer agrees declined answered_at late_minutes closed_at slip_id"


@dataclass(frozen=True)
class OpinionLine:
    """One unit's opinion: what was asked until when, and what came of it."""

    id: int
    unit_id: int
    question: str
    asked_at: datetime
    due_at: datetime
    answer: str
    agrees: bool | None
    declined: bool
    answered_at: datetime | None
    late_minutes: int | None
    closed_at: datetime | None
    slip_id: int | None
    unit_name: str
    answered_by_name: str

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.closed_at is None

    @property
    def look(self) -> Look:
        """In a word, a colour and an icon."""
        return opinion_look(
            agrees=self.agrees, declined=self.declined, is_closed=self.closed_at is not None and not self.answered_at
        )


DECLINED = Look("từ chối cho ý kiến", "circle-minus", "warn")
NO_ANSWER = Look("không trả lời", "circle-x", "late")


def opinion_look(*, agrees: bool | None, declined: bool, is_closed: bool) -> Look:
    """What an opinion came to."""
    if declined:
        return DECLINED
    if is_closed:
        return NO_ANSWER
    if agrees is None:
        return Look("chờ trả lời", "clock", "info")
    return Look("đồng ý", "circle-check", "ok") if agrees else Look("không đồng ý", "alert-triangle", "warn")


def opinions_of(lines: list[dict[str, Any]]) -> list[OpinionLine]:
    moments = ("asked_at", "due_at", "answered_at", "closed_at")
    return [
        OpinionLine(
            **{
                **line,
                **{name: datetime.fromisoformat(line[name]) if line[name] else None for name in moments},
                "answered_by_name": line["answered_by_name"] or "",
            }
        )
        for line in lines
    ]
