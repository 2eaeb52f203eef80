"""What the public may know of a dossier (TT 01/2018 art. 16-17; domain.md §1.10): never names, never notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dossiers.constants import Delivery, Status
from dossiers.models import Dossier
from dossiers.rules.act_policy import TrackingField
from dossiers.selectors.asked_papers import asked_papers
from dossiers.selectors.payment_codes import Owed, owed_by
from dossiers.selectors.rulesets import policy_of
from dossiers.selectors.story_lines import AskedLine
from haddong_portal.common import clock
from procedures.models import IsoStep

WAYPOINTS = ("Tiếp nhận", "Giải quyết", "Có kết quả", "Đã trả")
REACHED = {Status.DONE: 3, Status.RETURNED: 4}
COLLECT = {
    Delivery.DESK: "Quý ông/bà đến {desk}{address} nhận kết quả, mang theo giấy tiếp nhận và giấy tờ tùy thân.",
    Delivery.POSTAL: "Kết quả được gửi qua bưu chính công ích đến địa chỉ đã đăng ký.",
    Delivery.ELECTRONIC: "Bản điện tử được gửi đến địa chỉ đã đăng ký; có thể nhận bản giấy tại {desk}.",
}


@dataclass(frozen=True)
class PublicProgress:
    """What the rule-set lets anybody with the code see; everything here only for the receipt's holder. Empty or None is
    what is not shown; `percent` None when the degree is not."""

    code: str
    state_label: str
    steps_done: int
    steps_total: int
    percent: int | None
    updated_at: datetime
    track: list[dict[str, str]]
    due_at: datetime | None = None
    check_due_at: datetime | None = None
    asked: list[AskedLine] = field(default_factory=list)
    asked_until: datetime | None = None
    sent_at_desk: bool = False
    how_to_collect: str = ""
    explanation: list[str] = field(default_factory=list)
    owed: Owed | None = None


def tracked_dossier(code: str) -> Dossier | None:
    """The dossier behind a code, with what progress needs; None when there is none."""
    joined = ("receiving_unit", "ruleset")
    return Dossier.objects.filter(code=code).select_related(*joined).first()


def progress_of(dossier: Dossier, *, full: bool) -> PublicProgress:
    """The progress; without `full` only what the dossier's rule-set shows to anybody who knows its code."""
    shown = frozenset(TrackingField) if full else policy_of(dossier.ruleset).acts.shown_by_code
    done, total = _steps(dossier) if TrackingField.DEGREE in shown else (0, 0)
    last = dossier.events.order_by("-id").values_list("at", flat=True).first()
    return PublicProgress(
        code=dossier.code if TrackingField.CODE in shown else "",
        state_label=Status(dossier.status).label if TrackingField.STATE in shown else "",
        steps_done=done,
        steps_total=total,
        percent=(100 * done // total if total else 0) if TrackingField.DEGREE in shown else None,
        updated_at=last or dossier.accepted_at or clock.now(),
        track=_track(dossier) if TrackingField.DEGREE in shown else [],
        due_at=dossier.due_at if TrackingField.DUE in shown else None,
        **(_waiting_for(dossier) if full else {}),
        how_to_collect=_how_to_collect(dossier) if TrackingField.COLLECT in shown else "",
        explanation=list(dossier.due_explanation) if full else [],
        owed=_owed(dossier) if full else None,
    )


def _waiting_for(dossier: Dossier) -> dict[str, Any]:
    """What the desk or the citizen still owes: the check's deadline, or the papers asked for."""
    if dossier.status == Status.SUBMITTED:
        return {"check_due_at": dossier.check_due_at}
    if dossier.status != Status.WAIT_SUPPLEMENT:
        return {}
    lines = asked_papers(dossier).lines
    asked = [AskedLine(line.pk, line.name, line.get_fault_display(), line.note) for line in lines]
    sent = dossier.check_due_at is not None
    return {"asked": asked, "asked_until": dossier.supplement_until, "sent_at_desk": sent}


def _owed(dossier: Dossier) -> Owed | None:
    """What a message asked to pay, while there is somebody to pay it to."""
    if dossier.accepted_at is None or dossier.closed_at is not None:
        return None
    owed = owed_by(dossier, on=clock.today())
    return owed if owed.lines else None


def _steps(dossier: Dossier) -> tuple[int, int]:
    lead = dossier.iso_process.steps.filter(branch=0).order_by() if dossier.iso_process else IsoStep.objects.none()
    sequences = sorted(lead.values_list("sequence", flat=True))
    total = len(sequences)
    if dossier.accepted_at is None:
        return 0, total
    if dossier.current_run_no is None:
        return total, total
    run = dossier.steps.filter(run_no=dossier.current_run_no).values_list("step__sequence", flat=True).first()
    return sum(sequence < (run or 1) for sequence in sequences), total


def _track(dossier: Dossier) -> list[dict[str, str]]:
    reached = REACHED.get(Status(dossier.status), 1) if dossier.accepted_at else 0
    marks = ["done" if at < reached else "now" if at == reached else "next" for at in range(len(WAYPOINTS))]
    return [{"label": label, "state": mark} for label, mark in zip(WAYPOINTS, marks, strict=True)]


def _how_to_collect(dossier: Dossier) -> str:
    if dossier.status == Status.RETURNED:
        return "Kết quả đã được trả."
    if dossier.accepted_at is None or dossier.status == Status.STOPPED:
        return ""
    desk = dossier.receiving_unit
    address = f" ({desk.address})" if desk.address else ""
    return COLLECT[Delivery(dossier.delivery)].format(desk=desk.desk_name or desk.name, address=address)
