"""A doubt about a number that may still be right: shown to the clerk, never a refusal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Remark:
    """A warning with a stable code and a Vietnamese sentence."""

    code: str
    message: str

    def __str__(self) -> str:
        return self.message
