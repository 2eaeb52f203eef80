"""What the holder of the receipt may know of a linked case (TT 01/2018 art. 16-17): never names, never results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from dossiers.constants import Delivery
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from interlink.constants import CaseState
from interlink.models import Leg, LinkedCase
from interlink.selectors.case_page import what_is_needed
from interlink.selectors.leg_lines import CASE_LOOKS, LegLine, leg_line

COLLECT = {
    Delivery.DESK: "Quý ông/bà đến {desk} nhận kết quả, mang theo giấy tiếp nhận và giấy tờ tùy thân. "
    "Việc nào xong trước nhận trước.",
    Delivery.POSTAL: "Kết quả được gửi qua bưu chính công ích đến địa chỉ đã đăng ký.",
    Delivery.ELECTRONIC: "Bản điện tử của từng việc được gửi khi việc đó xong; có thể nhận bản giấy tại {desk}.",
}


@dataclass(frozen=True, slots=True)
class CaseProgress:
    """The one page of the citizen. `needs` are sentences of what is wanted of them."""

    code: str
    state_label: str
    group_name: str
    group_due_at: datetime | None
    needs: list[str]
    legs: list[LegLine]
    explanation: list[str]
    how_to_collect: str


def tracked_case(**columns: str) -> LinkedCase | None:
    """The case of a token or a code, with what progress needs."""
    legs = Leg.objects.select_related("agency").defer("result").order_by("position")
    joined = ("group", "receiving_unit", "requester")
    rows = LinkedCase.objects.select_related(*joined).defer("declaration", "subject", "delivery_address")
    return rows.prefetch_related(Prefetch("legs", queryset=legs), "confirmations").filter(**columns).first()


def case_progress(case: LinkedCase, *, now: datetime) -> CaseProgress:
    """The progress of a case from `tracked_case`."""
    legs, calendar = list(case.legs.all()), work_calendar_for(case.receiving_unit_id)
    unit = case.receiving_unit
    return CaseProgress(
        code=case.code,
        state_label=CASE_LOOKS[case.state].word,
        group_name=case.group.name,
        group_due_at=case.group_due_at,
        needs=what_is_needed(case, legs),
        legs=[leg_line(leg, now=now, calendar=calendar, unit_name=unit.short_name) for leg in legs],
        explanation=list(case.due_explanation),
        how_to_collect="" if case.state == CaseState.STOPPED else _how_to_collect(case),
    )


def _how_to_collect(case: LinkedCase) -> str:
    unit = case.receiving_unit
    return COLLECT[Delivery(case.delivery)].format(desk=unit.desk_name or unit.name)
