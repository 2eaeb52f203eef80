"""Stops of a dossier's clock as values: why, from when, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dossiers.constants import IntervalKind

__all__ = ["Extension", "Interval", "IntervalKind", "in_time_order"]


@dataclass(frozen=True, slots=True)
class Interval:
    """One stop with aware bounds, open while `ended_at` is None; ValueError when it ends before it starts.

    What it does to the clock is not its own affair: the rule-set says so by its kind (`IntervalPolicy`). Where it
    leaves that to the sector's law, `said_to_pause` is what that law said when the stop began (None: not asked).
    """

    kind: IntervalKind
    started_at: datetime
    ended_at: datetime | None = None
    said_to_pause: bool | None = None

    def __post_init__(self) -> None:
        if self.started_at.tzinfo is None or (self.ended_at is not None and self.ended_at.tzinfo is None):
            raise ValueError("naive datetime")
        if self.ended_at is not None and self.ended_at < self.started_at:
            raise ValueError("an interval ends before it starts")

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class Extension:
    """A re-appointment: the new due date and when the authority decided it (NĐ 61/2018 art. 19.9)."""

    new_due_at: datetime
    decided_at: datetime


def in_time_order(intervals: Iterable[Interval]) -> list[Interval]:
    """The same stops by start, end (open ones last) and kind: how they are handed in never matters."""
    return sorted(
        intervals, key=lambda each: (each.started_at, each.is_open, each.ended_at or each.started_at, each.kind)
    )
