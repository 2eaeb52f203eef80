"""People whose visit ends with a slip in the demo: guided and back with the missing paper, guided for now, refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dossiers.constants import FaultKind
from dossiers.services.counter_data import GuidanceData, IntakeRefusalData
from dossiers.services.guide_applicant import guide_applicant
from dossiers.services.intake_data import PersonData
from dossiers.services.issue_slip import LineData
from dossiers.services.refuse_intake import refuse_intake
from haddong_portal.common.actors import Actor
from haddong_portal.common.worktime import MINUTES_PER_DAY, WorkCalendar
from haddong_portal.home.demo.people import invent_citizen
from haddong_portal.home.demo.plan import PlannedVisit, dice_for
from procedures.models import PaperRequirement

GUIDED_SHARE, LEFT_WITH_A_SLIP_SHARE = 0.07, 0.08
REFUSALS = (
    ("Cấp hộ chiếu phổ thông", "Thủ tục thuộc thẩm quyền giải quyết của cơ quan quản lý xuất nhập cảnh."),
    ("Đổi giấy phép lái xe", "Thủ tục không thực hiện tại đây; nộp trên Cổng dịch vụ công quốc gia."),
    ("Đăng ký biến động đất đai", "Thửa đất nằm ngoài địa bàn của đơn vị."),
)


def back_at(visit: PlannedVisit, papers: Sequence[PaperRequirement], calendar: WorkCalendar) -> datetime | None:
    """When this visitor, sent home for a paper, is back with it; None for who brought everything."""
    dice = dice_for(visit.number, "guided")
    if dice.random() >= GUIDED_SHARE or not any(paper.required for paper in papers):
        return None
    return calendar.add_working_minutes(visit.at, int(dice.uniform(0.3, 1.5) * MINUTES_PER_DAY))


def guide(
    visit: PlannedVisit, *, clerk: Actor, person: PersonData, papers: Sequence[PaperRequirement], key: str
) -> None:
    """Mẫu 02 naming every required paper of the case."""
    lines = [
        LineData(name=paper.name, requirement_id=paper.pk, fault=FaultKind.MISSING, originals=paper.originals)
        for paper in papers
        if paper.required
    ]
    guidance = GuidanceData(
        procedure_id=visit.procedure_id,
        case_id=visit.case_id,
        lines=lines,
        reason="Hồ sơ chưa đủ, chưa đúng thành phần đã công bố.",
    )
    guide_applicant(actor=clerk, person=person, guidance=guidance, key=key, now=visit.at)


def next_in_line(visit: PlannedVisit, *, clerk: Actor, papers: Sequence[PaperRequirement], key: str) -> None:
    """Now and then somebody behind this visitor leaves with a slip: guided and not back yet, or refused."""
    dice = dice_for(visit.number, "next in line")
    if dice.random() >= LEFT_WITH_A_SLIP_SHARE:
        return
    citizen = invent_citizen(dice, visit.desk.name)
    person = PersonData(full_name=citizen.full_name, personal_id=citizen.personal_id, address=citizen.address)
    if dice.random() < 0.5 and any(paper.required for paper in papers):
        guide(visit, clerk=clerk, person=person, papers=papers, key=key)
        return
    request, reason = dice.choice(REFUSALS)
    refusal = IntakeRefusalData(request=request, reason=reason)
    refuse_intake(actor=clerk, person=person, refusal=refusal, key=key, now=visit.at)
