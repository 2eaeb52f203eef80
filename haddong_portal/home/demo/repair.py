"""What goes wrong in the demo and is put right: a mistyped word, a wrong result, lost papers; each once per case."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from dossiers.constants import MistakeBy, Status
from dossiers.models import Correction, Dossier, LossReport, ResultFile
from dossiers.services.correct_mistake import FieldChange, ResultChange, correct_mistake
from dossiers.services.report_loss import report_loss
from dossiers.services.result_rows import ResultData
from haddong_portal.accounts.constants import Role
from haddong_portal.common.actors import Actor
from haddong_portal.home.demo.cast import Cast
from haddong_portal.home.demo.next_act import NextAct
from haddong_portal.home.demo.plan import PlannedVisit, dice_for

MISTYPED_SHARE, WRONG_RESULT_SHARE, LOST_SHARE = 0.04, 0.02, 0.01
AT_HAND = (Status.ACCEPTED, Status.PROCESSING)


def repair_act(dossier: Dossier, visit: PlannedVisit, cast: Cast, *, at: datetime) -> NextAct | None:
    """The act at `at`, None for a case in which nothing goes wrong or all is put right already."""
    fall = dice_for(visit.number, "repair").random()
    clerk = cast.one(dossier.receiving_unit_id, Role.CLERK, visit.number)
    head = cast.one(dossier.receiving_unit_id, Role.ONE_STOP_HEAD, visit.number)
    leader = head or cast.one(dossier.receiving_unit_id, Role.LEADER, visit.number)
    if clerk is None or leader is None:
        return None
    if dossier.status in AT_HAND and fall < MISTYPED_SHARE and not Correction.objects.filter(dossier=dossier).exists():
        return NextAct(at, partial(_correct_note, clerk, dossier.pk, at))
    lost = MISTYPED_SHARE < fall < MISTYPED_SHARE + LOST_SHARE
    if dossier.status in AT_HAND and lost and not LossReport.objects.filter(dossier=dossier).exists():
        return NextAct(at, partial(_lose, leader, dossier.pk, at), tells=True)
    results = list(ResultFile.objects.filter(dossier=dossier)) if dossier.status == Status.DONE else []
    if len(results) == 1 and fall > 1 - WRONG_RESULT_SHARE:
        return NextAct(at, partial(_right_result, leader, results[0], at), tells=True)
    return None


def _correct_note(clerk: Actor, dossier_id: int, now: datetime) -> None:
    correct_mistake(
        actor=clerk,
        dossier_id=dossier_id,
        change=FieldChange("request_note", "Xin cấp thêm một bản"),
        mistake_by=MistakeBy.APPLICANT,
        reason="Người nộp nói rõ thêm yêu cầu",
        now=now,
    )


def _lose(leader: Actor, dossier_id: int, now: datetime) -> None:
    report_loss(
        actor=leader,
        dossier_id=dossier_id,
        what="Bản chụp giấy tờ kèm theo",
        reason="Thất lạc khi chuyển hồ sơ",
        remedy="Cơ quan chụp lại từ bản chính",
        now=now,
    )


def _right_result(leader: Actor, wrong: ResultFile, now: datetime) -> None:
    """A result on paper replaces the one with a slip of the pen."""
    right = ResultData(name=wrong.name, number=f"{wrong.number}-ĐC"[:60], signer_name=wrong.signer_name)
    correct_mistake(
        actor=leader,
        dossier_id=wrong.dossier_id,
        change=ResultChange(wrong.pk, right),
        mistake_by=MistakeBy.AGENCY,
        reason="Sai số nhà trên bản kết quả",
        now=now,
    )
