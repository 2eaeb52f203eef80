"""Old books typed in twice: how many, what differs, and how often the first clerk was wrong (domain.md §7.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from haddong_portal.common.text import clean_text


@dataclass(frozen=True, slots=True)
class DoubleEntry:
    """One paper of the sample: both entries as typed, and the decision where they differ (None: none yet)."""

    first: Mapping[str, str]
    second: Mapping[str, str]
    decided: Mapping[str, str] | None = None

    @property
    def differences(self) -> tuple[str, ...]:
        """The fields that differ, white space apart."""
        return differing(self.first, self.second)

    @property
    def is_settled(self) -> bool:
        """Whether it is known what is right."""
        return not self.differences or self.decided is not None

    @property
    def first_was_wrong(self) -> bool:
        """Whether what the first clerk typed is not what was found right."""
        right = self.decided if self.decided is not None else self.second
        return bool(differing(self.first, right))


def sample_size(count: int, percent: int) -> int:
    """How many of `count` are typed twice: the share rounded up, at least one, never more than there are."""
    return min(count, max(1, -(-count * percent // 100))) if count and percent else 0


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
    """The fields whose words differ; a missing field is an empty one."""
    names = sorted({*one, *other})
    return tuple(name for name in names if clean_text(one.get(name, "")) != clean_text(other.get(name, "")))


def error_percent(sample: Sequence[DoubleEntry]) -> float:
    """Papers of the settled sample that the first clerk typed wrong, in a hundred."""
    settled = [entry for entry in sample if entry.is_settled]
    return round(100 * sum(entry.first_was_wrong for entry in settled) / len(settled), 2) if settled else 0.0
