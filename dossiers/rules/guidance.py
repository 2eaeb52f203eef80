"""Guidance at the counter is given once and completely (NĐ 61/2018 art. 15, 17): what it must name, when it may repeat.

How often, and for which reasons once more, is the rule-set's (`guidance_max`, `guidance_again_for`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from dossiers.constants import AgainReason, ChecklistState, FaultKind
from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.papers import ChecklistAnswer, PaperTerm
from haddong_portal.common.clock import local
from haddong_portal.common.dates import long_date
from haddong_portal.common.errors import Conflict, DomainError

LEGAL_KEY = "ND61-2018-D17"
NAMES_SHOWN_MAX = 3


@dataclass(frozen=True, slots=True)
class GivenGuidance:
    """The latest guidance of a person for the same case, and how many there were."""

    slip_id: int
    number: int
    issued_at: datetime
    issued_by: str
    version_id: int | None
    faults: frozenset[str]
    count: int = 1


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """One line of new guidance: which component, why, and the key of both."""

    requirement_id: int | None
    name: str
    fault: str
    fault_key: str


def check_complete(
    terms: Sequence[PaperTerm], answers: Sequence[ChecklistAnswer], asked: Collection[AskedPaper]
) -> None:
    """DomainError guidance.no_lines, dossier.paper_unpublished for a paper outside the published components, or
    guidance.incomplete when a required paper that is not there is not named."""
    if not asked:
        raise DomainError("guidance.no_lines", "Chưa chọn giấy tờ cần hoàn thiện.", "papers")
    published = {term.requirement_id for term in terms}
    for line in asked:
        if line.requirement_id not in published:
            raise DomainError(
                "dossier.paper_unpublished",
                f"“{line.name[:120]}” không có trong thành phần hồ sơ đã công bố nên không được yêu cầu.",
                "papers",
            )
    brought = {answer.requirement_id for answer in answers if answer.state != ChecklistState.MISSING}
    named = {line.requirement_id for line in asked}
    left_out = [term.name for term in terms if term.required and term.requirement_id not in brought | named]
    if left_out:
        names = "; ".join(name[:120] for name in left_out[:NAMES_SHOWN_MAX])
        raise DomainError(
            "guidance.incomplete", f"Phải hướng dẫn đầy đủ, một lần. Còn thiếu mà chưa ghi: {names}.", "papers"
        )


def check_once(
    *,
    given: GivenGuidance | None,
    again: str,
    asked: Collection[AskedPaper],
    version_id: int,
    policy: ClockPolicy,
) -> None:
    """Conflict guidance.already_given without a reason for repeating; DomainError guidance.reason_does_not_fit when the
    facts do not bear the reason out."""
    if given is None or given.count < policy.guidance_max:
        return
    if not again or again not in policy.guidance_again_for:
        raise Conflict(
            "guidance.already_given",
            f"{given.issued_by} đã hướng dẫn người này ngày {long_date(local(given.issued_at).date())} (phiếu số "
            f"{given.number:02d}). Chỉ được hướng dẫn một lần; muốn lập phiếu nữa phải chọn lý do.",
            "again",
            data={"slip_id": given.slip_id},
        )
    if not _holds(AgainReason(again), given, asked, version_id):
        raise DomainError(
            "guidance.reason_does_not_fit",
            f"Lý do “{AgainReason(again).label}” không đúng với nội dung phiếu này.",
            "again",
        )


def _holds(again: AgainReason, given: GivenGuidance, asked: Collection[AskedPaper], version_id: int) -> bool:
    if again == AgainReason.SAME_PAPERS:
        return {line.fault_key for line in asked} <= given.faults
    if again == AgainReason.CHANGED:
        return version_id != given.version_id
    return all(line.fault != FaultKind.MISSING or line.fault_key in given.faults for line in asked)
