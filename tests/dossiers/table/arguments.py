"""What each act is called with, beside actor, dossier and clock: one small factory per command.

The table test calls every service that MOVES names. An act whose service wants more than `actor`, `dossier_id` and
`now` needs a factory here (docs/testing.md, "The table of moves"). A factory must work in every state, also in those
where the act is refused, so it looks things up with a fallback.
"""

from __future__ import annotations

import importlib
import inspect
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from dossiers.constants import ChargeKind, LateReason, Status, StepState
from dossiers.models import Charge, Dossier, OpinionRequest, SlipLine, StepRun
from dossiers.rules.asking import AskData, Stance
from dossiers.rules.lifecycle import MOVES, Command
from dossiers.services.correct_mistake import FieldChange
from dossiers.services.counter_data import GuidanceData, IntakeRefusalData
from dossiers.services.issue_slip import LineData
from dossiers.services.record_result import ResultData
from dossiers.services.request_payment import DutyLine
from dossiers.services.supplement_papers import add_asked_paper
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.dossiers.filed import IP, draft_of, pdf, proof_of
from tests.dossiers.table.situations import Scene
from tests.factories import citizen, intake_for

NOBODY = 0


@dataclass(frozen=True)
class Cell:
    """One try: who, on which dossier (None: there is none yet), when.

    `is_open`: the tables allow it, and everything is undone afterwards; only then may a factory make facts first.
    """

    scene: Scene
    actor: Actor
    dossier: Dossier | None
    now: datetime
    is_open: bool = False

    @property
    def at_hand(self) -> Dossier:
        """The dossier; acts that make one have none."""
        assert self.dossier is not None, "this act is tried on a dossier"
        return self.dossier


Factory = Callable[[Cell], dict[str, Any]]
FACTORIES: dict[Command, Factory] = {}


def arguments(command: Command) -> Callable[[Factory], Factory]:
    """Register the factory of a command."""

    def keep(factory: Factory) -> Factory:
        FACTORIES[command] = factory
        return factory

    return keep


def service_of(command: Command) -> Callable[..., Any]:
    """The act's service, by the name in the table."""
    name = MOVES[command].service
    found: Callable[..., Any] = getattr(importlib.import_module(f"dossiers.services.{name}"), name)
    return found


def arguments_for(command: Command, cell: Cell) -> dict[str, Any]:
    """Everything the service wants; fails with what to do when nobody said it."""
    wanted = inspect.signature(service_of(command)).parameters
    usual = {"actor": cell.actor, "dossier_id": cell.dossier.pk if cell.dossier else NOBODY, "now": cell.now}
    given = {name: value for name, value in usual.items() if name in wanted}
    if command in FACTORIES:
        given |= FACTORIES[command](cell)
    required = {name for name, one in wanted.items() if one.default is inspect.Parameter.empty}
    if missing := sorted(required - set(given)):
        pytest.fail(
            f"The table of moves has the service {MOVES[command].service}, which also wants {', '.join(missing)}: add "
            f"@arguments(Command.{command.name}) to tests/dossiers/table/arguments.py (docs/testing.md says how)."
        )
    return given


def run(command: Command, cell: Cell) -> Any:
    """Call the act."""
    return service_of(command)(**arguments_for(command, cell))


@arguments(Command.RECEIVE)
def _receive(cell: Cell) -> dict[str, Any]:
    intake = intake_for(cell.scene.story.procedure, person=citizen(number=77), confirmed_duplicate=True)
    return {"intake": intake, "idempotency_key": uuid.uuid4().hex}


@arguments(Command.GUIDE)
def _guide(cell: Cell) -> dict[str, Any]:
    published = cell.scene.story.procedure
    paper = published.papers[0]
    guidance = GuidanceData(
        procedure_id=published.procedure.pk,
        case_id=published.case.pk,
        lines=[LineData(name=paper.name, requirement_id=paper.pk)],
        checklist=published.answers("missing"),
        reason="Thiếu tờ khai",
    )
    return {"person": citizen(number=77), "guidance": guidance, "key": uuid.uuid4().hex}


@arguments(Command.REFUSE_INTAKE)
def _refuse_intake(cell: Cell) -> dict[str, Any]:
    refusal = IntakeRefusalData(reason="Không thuộc thẩm quyền", request="Cấp hộ chiếu")
    return {"person": citizen(number=77), "refusal": refusal, "key": uuid.uuid4().hex}


@arguments(Command.SUBMIT)
def _submit(cell: Cell) -> dict[str, Any]:
    return {"key": draft_of(cell.scene.online, cell.scene.ward, now=cell.now), "client_ip": IP}


def _asked(cell: Cell) -> list[LineData]:
    """The first paper of the dossier's case."""
    line = cell.at_hand.checklist.order_by("pk").first()
    assert line is not None, "every dossier has a checklist"
    return [LineData(name=line.name, requirement_id=line.requirement_id)]


@arguments(Command.RETURN_SUBMISSION)
@arguments(Command.REQUEST_SUPPLEMENT)
def _papers(cell: Cell) -> dict[str, Any]:
    return {"lines": _asked(cell), "reason": "Tờ khai chưa ký"}


@arguments(Command.RECEIVE_SUPPLEMENT)
def _brought(cell: Cell) -> dict[str, Any]:
    asked = SlipLine.objects.filter(dossier=cell.dossier, received_at=None)
    return {"line_ids": list(asked.values_list("pk", flat=True))}


@arguments(Command.RESUBMIT)
@arguments(Command.SEND_SUPPLEMENT)
def _from_home(cell: Cell) -> dict[str, Any]:
    """The papers come first, one by one, where any are awaited from home."""
    dossier, proof = cell.at_hand, proof_of(cell.at_hand, now=cell.now)
    if dossier.status == Status.WAIT_SUPPLEMENT:
        for line in _asked(cell):
            add_asked_paper(proof=proof, requirement_id=line.requirement_id or NOBODY, file=pdf(), now=cell.now)
    return {"proof": proof}


@arguments(Command.WITHDRAW_FILING)
def _take_back(cell: Cell) -> dict[str, Any]:
    return {"proof": proof_of(cell.at_hand, now=cell.now)}


@arguments(Command.REFUSE_SUBMISSION)
@arguments(Command.DECIDE_REFUSAL)
@arguments(Command.DECLINE_WITHDRAWAL)
def _reason(cell: Cell) -> dict[str, Any]:
    return {"reason": "Không thuộc đối tượng giải quyết"}


@arguments(Command.FORWARD)
def _colleague(cell: Cell) -> dict[str, Any]:
    role = Role(cell.at_hand.current_role or Role.OFFICER)
    return {"officer_id": cell.scene.colleagues[role].user_id}


@arguments(Command.REASSIGN)
def _given_to_another(cell: Cell) -> dict[str, Any]:
    dossier = cell.at_hand
    other = cell.scene.colleagues[Role(dossier.current_role or Role.OFFICER)]
    return {"from_user_id": dossier.officer_id, "to_user_id": other.user_id, "reason": "Nghỉ thai sản"}


@arguments(Command.DELIVER)
def _list(cell: Cell) -> dict[str, Any]:
    """From here to next door, or the other way round."""
    next_door = cell.scene.neighbours[Role.OFFICER].unit_id
    to_unit_id = next_door if cell.actor.unit_id != next_door else cell.scene.ward.pk
    return {"to_unit_id": to_unit_id, "dossier_ids": [cell.at_hand.pk]}


@arguments(Command.RETURN_TO_STEP)
def _earlier_step(cell: Cell) -> dict[str, Any]:
    done = StepRun.objects.filter(dossier=cell.dossier, branch=0, state=StepState.DONE).order_by("-run_no").first()
    return {"step_run_id": done.pk if done else NOBODY, "reason": "Thiếu chữ ký nháy"}


@arguments(Command.FINISH_BRANCH_STEP)
def _branch(cell: Cell) -> dict[str, Any]:
    beside = StepRun.objects.filter(dossier=cell.dossier, branch__gt=0).order_by("-run_no").first()
    return {"step_run_id": beside.pk if beside else NOBODY}


@arguments(Command.VERIFY)
def _verify(cell: Cell) -> dict[str, Any]:
    return {"subject": "Nơi ở thực tế"}


@arguments(Command.FINISH_VERIFICATION)
def _verified(cell: Cell) -> dict[str, Any]:
    return {"minutes": "Công dân đang ở tại nhà số 5.", "confirmed": True}


@arguments(Command.CONSULT)
def _ask(cell: Cell) -> dict[str, Any]:
    asked = cell.scene.neighbours[Role.OFFICER].unit_id or NOBODY
    day = clock.local(cell.now).date() + timedelta(days=1)
    return {"asks": [AskData(unit_id=asked, question="Có đúng quy hoạch không?", answer_on=day)]}


@arguments(Command.ANSWER_OPINION)
def _answer(cell: Cell) -> dict[str, Any]:
    return {"stance": Stance.AGREE, "answer": "Phù hợp quy hoạch"}


@arguments(Command.CLOSE_CONSULTATION)
def _silence(cell: Cell) -> dict[str, Any]:
    asked = OpinionRequest.objects.filter(dossier=cell.dossier).order_by("-due_at").first()
    return {"reason": "Đơn vị được hỏi không trả lời", "now": asked.due_at + timedelta(hours=1) if asked else cell.now}


@arguments(Command.COLLECT_FEE)
def _owed(cell: Cell) -> dict[str, Any]:
    owed = Charge.objects.filter(dossier=cell.dossier, settled_at=None).exclude(kind=ChargeKind.TAX)
    return {"charge_ids": list(owed.values_list("pk", flat=True)) or [NOBODY]}


@arguments(Command.REQUEST_PAYMENT)
def _tax(cell: Cell) -> dict[str, Any]:
    tax = DutyLine(kind=ChargeKind.TAX, label="Lệ phí trước bạ", amount_vnd=500_000)
    return {"lines": [tax], "reason": "Thông báo thuế số 12"}


@arguments(Command.CONFIRM_PAYMENT)
def _tax_paid(cell: Cell) -> dict[str, Any]:
    return {"proof": "Giấy nộp tiền số 7"}


@arguments(Command.RECORD_OVERDUE)
def _overdue(cell: Cell) -> dict[str, Any]:
    due_at = cell.at_hand.due_at
    return {"reason": LateReason.WORKLOAD, "now": due_at + timedelta(days=1) if due_at else cell.now}


@arguments(Command.EXTEND)
def _new_date(cell: Cell) -> dict[str, Any]:
    day = clock.local(cell.at_hand.due_at or cell.now).date() + timedelta(days=1)
    while not work_calendar_for(cell.at_hand.receiving_unit_id).is_working_day(day):
        day += timedelta(days=1)
    return {"new_due_on": day, "reason": "Khối lượng hồ sơ lớn"}


@arguments(Command.REISSUE_RECEIPT)
def _reprint(cell: Cell) -> dict[str, Any]:
    """Where it may be done, the paper in the applicant's hand says another date than the clock."""
    if cell.is_open and cell.dossier is not None and cell.dossier.due_at is not None:
        earlier = cell.dossier.due_at - timedelta(days=1)
        Dossier.objects.filter(pk=cell.dossier.pk).update(printed_due_at=earlier)
    return {"reason": "lịch làm việc thay đổi"}


@arguments(Command.CORRECT)
def _mistake(cell: Cell) -> dict[str, Any]:
    return {"change": FieldChange("request_note", "Xin thêm một bản"), "mistake_by": "agency", "reason": "Ghi thiếu"}


@arguments(Command.REPORT_LOSS)
def _loss(cell: Cell) -> dict[str, Any]:
    return {"what": "Ảnh thẻ", "reason": "Thất lạc khi chuyển kho", "remedy": "Chụp lại tại quầy"}


@arguments(Command.STOP)
def _lapsed(cell: Cell) -> dict[str, Any]:
    until = cell.at_hand.supplement_until
    return {"now": until + timedelta(days=1) if until else cell.now}


@arguments(Command.RECORD_RESULT)
def _result(cell: Cell) -> dict[str, Any]:
    return {"result": ResultData(name="Giấy xác nhận")}


@arguments(Command.HAND_OVER)
def _collector(cell: Cell) -> dict[str, Any]:
    return {"collector_name": cell.at_hand.applicant_name}
