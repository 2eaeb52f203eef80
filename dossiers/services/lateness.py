"""Why a step ended after its hour: asked of whoever ends it late, kept with the run (domain.md §13.4).

A helper of the acts that end a step; nothing is asked of one that ends in time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dossiers.constants import LateReason
from dossiers.models import StepRun
from haddong_portal.common.dates import moment_text
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import clean_text

LATE_COLUMNS = ("late_reason", "late_note")
NOTE_LENGTH_MAX = 300


@dataclass(frozen=True, slots=True)
class Lateness:
    """What is said about a late step: a LateReason and, where there is more to say, a note."""

    reason: str = ""
    note: str = ""


NOT_SAID = Lateness()


def say_why_late(run: StepRun, late: Lateness, *, now: datetime) -> None:
    """Put the reason on a run that ends late; DomainError step.late_reason_missing (422). Does not save."""
    if now <= run.step_due_at:
        return
    if late.reason not in LateReason.values:
        raise DomainError(
            "step.late_reason_missing",
            f"Bước “{run.name}” đã quá hạn lúc {moment_text(run.step_due_at)}. Xin chọn lý do chậm.",
            "late_reason",
            status=422,
            data={"step_due_at": run.step_due_at.isoformat()},
        )
    run.late_reason, run.late_note = late.reason, clean_text(late.note)[:NOTE_LENGTH_MAX]
