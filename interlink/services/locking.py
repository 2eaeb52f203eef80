"""Lock a linked case for an act: the case first, then nothing else of it can move (its legs follow the case's lock)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, NotFound
from interlink.constants import OPEN_CASES
from interlink.models import Confirmation, Leg, LinkedCase
from interlink.rules.clocks import Clockwork
from interlink.rules.engine import CaseView
from interlink.rules.template import LegPlan, Template
from interlink.selectors.case_view import Declared, clockwork_of, declared_in, view_of
from interlink.selectors.templates import template_of

NOT_FOUND = "linked.not_found"


@dataclass
class LockedCase:
    """A case under lock with everything an act reads. `actor` and `now` are the act's."""

    case: LinkedCase
    template: Template
    legs: dict[str, Leg]
    confirmations: list[Confirmation]
    declared: Declared
    work: Clockwork
    actor: Actor
    now: datetime

    def view(self) -> CaseView:
        return view_of(self.case, self.template, self.legs.values(), self.confirmations)

    def plan(self, key: str) -> LegPlan:
        return self.template.leg(key)

    def leg(self, key: str) -> Leg:
        """Raises NotFound linked.no_leg."""
        if key not in self.legs:
            raise NotFound("Hồ sơ liên thông không có bước này.", code="linked.no_leg")
        return self.legs[key]


def lock_case(*, case_id: int, actor: Actor, now: datetime, row_version: int | None = None) -> LockedCase:
    """The case and its legs, locked until the transaction ends. Raises NotFound linked.not_found, Conflict
    linked.stale when somebody else was faster than the form."""
    rows = LinkedCase.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    case = rows.select_related("version__group", "receiving_unit", "requester").filter(pk=case_id).first()
    if case is None:
        raise NotFound("Không tìm thấy hồ sơ liên thông này.", code=NOT_FOUND)
    if row_version is not None and row_version != case.row_version:
        raise Conflict("linked.stale", "Hồ sơ vừa có thay đổi khác. Xin xem lại rồi làm tiếp.")
    return _locked(case, actor, now)


def _locked(case: LinkedCase, actor: Actor, now: datetime) -> LockedCase:
    legs = Leg.objects.filter(case=case).select_related("agency").order_by("position")
    return LockedCase(
        case=case,
        template=template_of(case.version),
        legs={leg.key: leg for leg in legs},
        confirmations=list(Confirmation.objects.filter(case=case).order_by("pk")),
        declared=declared_in(case),
        work=clockwork_of(case),
        actor=actor,
        now=now,
    )


def need_open(locked: LockedCase) -> None:
    """Conflict linked.ended for a case that has ended or was stopped."""
    if locked.case.state not in OPEN_CASES:
        raise Conflict("linked.ended", "Hồ sơ liên thông đã kết thúc.")
