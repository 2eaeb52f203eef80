"""Verifications of one dossier as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

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
