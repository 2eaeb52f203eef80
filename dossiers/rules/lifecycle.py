"""Which act may move a dossier from which state to which: the regulation's table as data (domain.md §1.4, T1–T16).

`MOVES` is read by the services, by the screens (allowed acts) and by the test that walks every state and command.
A move whose `service` is empty is law already written down, whose act is not part of the portal yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dossiers.constants import Status
from haddong_portal.accounts.constants import Role
from haddong_portal.common.errors import DomainError
from procedures.constants import StepAction


class Command(StrEnum):
    """Every act of the regulation on a dossier, named with its verb."""

    RECEIVE = "receive_dossier"
    GUIDE = "guide_applicant"
    REFUSE_INTAKE = "refuse_intake"
    ACCEPT_SUBMISSION = "accept_submission"
    TAKE = "take_dossier"
    FINISH_STEP = "finish_step"
    FORWARD = "forward_dossier"
    RETURN_TO_STEP = "return_to_step"
    VERIFY = "verify_on_site"
    CONSULT = "request_opinion"
    REQUEST_SUPPLEMENT = "request_supplement"
    RECEIVE_SUPPLEMENT = "receive_supplement"
    DECIDE_REFUSAL = "decide_refusal"
    EXTEND = "extend_once"
    SIGN = "sign_result"
    RECORD_RESULT = "record_result"
    HAND_OVER = "hand_over_result"
    REQUEST_WITHDRAWAL = "request_withdrawal"
    STOP = "stop_dossier"
    CORRECT = "correct_result"


class ClockEffect(StrEnum):
    """What the act does to the legal time limit (domain.md §1.6)."""

    NONE = "none"
    START = "start"
    RUN = "run"
    STOP = "stop"
    RESTART = "restart"
    MOVE_DUE = "move_due"
    END = "end"


@dataclass(frozen=True)
class Move:
    """One row of the table.

    `to` holds the states the act may lead to; with more than one, the step it then stands at decides
    (`status_at`). `form` and `notice` are semantic kinds; `must_exist` says in Vietnamese what has to be there.
    """

    command: Command
    label: str
    from_states: frozenset[Status]
    to: frozenset[Status]
    roles: frozenset[Role]
    must_exist: str
    form: str
    notice: str
    clock: ClockEffect
    legal_key: str
    service: str = ""


DESK = frozenset({Role.CLERK, Role.ONE_STOP_HEAD})
AGENCY = frozenset({Role.OFFICER, Role.LEADER})
STAFF = DESK | AGENCY
NEW: frozenset[Status] = frozenset()
AT_WORK = frozenset({Status.ACCEPTED, Status.PROCESSING, Status.SIGNING})
BEFORE_RESULT = AT_WORK | {Status.CONSULTING, Status.VERIFYING, Status.WAIT_SUPPLEMENT, Status.WAIT_PAYMENT}


def _only(*states: Status) -> frozenset[Status]:
    return frozenset(states)


_ROWS = (
    Move(
        Command.RECEIVE,
        "Tiếp nhận",
        NEW,
        _only(Status.ACCEPTED),
        DESK,
        "đủ thành phần hồ sơ đã công bố",
        "receipt",
        "dossier_received",
        ClockEffect.START,
        "ND61-2018-D17",
        "receive_dossier",
    ),
    Move(
        Command.GUIDE,
        "Hướng dẫn bổ sung tại quầy",
        NEW,
        NEW,
        DESK,
        "nội dung hướng dẫn đầy đủ, một lần",
        "supplement_request",
        "",
        ClockEffect.NONE,
        "ND61-2018-D17",
    ),
    Move(
        Command.REFUSE_INTAKE,
        "Từ chối tiếp nhận",
        _only(Status.SUBMITTED),
        _only(Status.REFUSED_INTAKE),
        DESK,
        "lý do từ chối",
        "refusal",
        "intake_refused",
        ClockEffect.NONE,
        "ND61-2018-D17",
    ),
    Move(
        Command.ACCEPT_SUBMISSION,
        "Tiếp nhận hồ sơ trực tuyến",
        _only(Status.SUBMITTED),
        _only(Status.ACCEPTED),
        DESK,
        "hồ sơ trực tuyến đủ thành phần",
        "receipt",
        "dossier_received",
        ClockEffect.START,
        "ND45-2020-D11",
    ),
    Move(
        Command.TAKE,
        "Nhận việc",
        AT_WORK,
        AT_WORK - {Status.ACCEPTED},
        STAFF,
        "bước đang chờ người nhận",
        "control_sheet",
        "",
        ClockEffect.RUN,
        "ND61-2018-D18",
        "take_dossier",
    ),
    Move(
        Command.FINISH_STEP,
        "Chuyển bước",
        _only(Status.ACCEPTED, Status.PROCESSING),
        AT_WORK - {Status.ACCEPTED},
        STAFF,
        "bước thẩm định, xác minh hoặc chuyển hồ sơ đang mở",
        "control_sheet",
        "",
        ClockEffect.RUN,
        "ND61-2018-D19",
        "finish_step",
    ),
    Move(
        Command.FORWARD,
        "Chuyển người thụ lý",
        AT_WORK,
        AT_WORK,
        STAFF,
        "người nhận có vị trí trong đơn vị",
        "control_sheet",
        "",
        ClockEffect.RUN,
        "ND61-2018-D19",
        "forward_dossier",
    ),
    Move(
        Command.RETURN_TO_STEP,
        "Trả lại bước trước",
        _only(Status.PROCESSING, Status.SIGNING),
        AT_WORK - {Status.ACCEPTED},
        STAFF,
        "lý do và bước đã làm trước đó",
        "control_sheet",
        "",
        ClockEffect.RUN,
        "ND61-2018-D19",
        "return_to_step",
    ),
    Move(
        Command.VERIFY,
        "Thẩm tra, xác minh",
        _only(Status.PROCESSING),
        _only(Status.VERIFYING),
        AGENCY,
        "biên bản lưu trong hồ sơ",
        "",
        "",
        ClockEffect.RUN,
        "ND61-2018-D19",
    ),
    Move(
        Command.CONSULT,
        "Lấy ý kiến cơ quan phối hợp",
        _only(Status.PROCESSING),
        _only(Status.CONSULTING),
        AGENCY,
        "nội dung và thời hạn lấy ý kiến",
        "",
        "",
        ClockEffect.RUN,
        "ND61-2018-D19",
    ),
    Move(
        Command.REQUEST_SUPPLEMENT,
        "Yêu cầu bổ sung",
        _only(Status.ACCEPTED, Status.PROCESSING, Status.VERIFYING, Status.CONSULTING),
        _only(Status.WAIT_SUPPLEMENT),
        STAFF,
        "lý do bằng văn bản, chưa có yêu cầu nào đang mở",
        "supplement_request",
        "supplement_requested",
        ClockEffect.STOP,
        "ND61-2018-D19",
    ),
    Move(
        Command.RECEIVE_SUPPLEMENT,
        "Tiếp nhận bổ sung",
        _only(Status.WAIT_SUPPLEMENT),
        _only(Status.PROCESSING),
        DESK,
        "giấy tờ đã yêu cầu",
        "receipt",
        "dossier_received",
        ClockEffect.RESTART,
        "ND61-2018-D19",
    ),
    Move(
        Command.DECIDE_REFUSAL,
        "Từ chối giải quyết",
        _only(Status.PROCESSING, Status.SIGNING),
        _only(Status.DONE),
        frozenset({Role.LEADER}),
        "lý do, căn cứ pháp lý",
        "refusal",
        "result_ready",
        ClockEffect.END,
        "ND61-2018-D19",
    ),
    Move(
        Command.EXTEND,
        "Xin lỗi và hẹn lại",
        BEFORE_RESULT - {Status.WAIT_SUPPLEMENT},
        BEFORE_RESULT - {Status.WAIT_SUPPLEMENT},
        frozenset({Role.LEADER, Role.ONE_STOP_HEAD}),
        "chưa hẹn lại lần nào, còn ít nhất một ngày làm việc",
        "apology_letter",
        "due_date_moved",
        ClockEffect.MOVE_DUE,
        "ND61-2018-D19",
    ),
    Move(
        Command.SIGN,
        "Ký",
        _only(Status.SIGNING),
        _only(Status.PROCESSING),
        frozenset({Role.LEADER}),
        "bước ký duyệt đang mở",
        "control_sheet",
        "",
        ClockEffect.RUN,
        "ND61-2018-D19",
        "sign_result",
    ),
    Move(
        Command.RECORD_RESULT,
        "Ghi nhận kết quả",
        _only(Status.PROCESSING),
        _only(Status.DONE),
        STAFF,
        "các bước trước đã xong, kết quả đã ký",
        "control_sheet",
        "result_ready",
        ClockEffect.END,
        "ND61-2018-D20",
        "record_result",
    ),
    Move(
        Command.HAND_OVER,
        "Trả kết quả",
        _only(Status.DONE),
        _only(Status.RETURNED),
        DESK,
        "kết quả, người nhận đã ký nhận",
        "register",
        "dossier_returned",
        ClockEffect.NONE,
        "ND61-2018-D20",
        "hand_over_result",
    ),
    Move(
        Command.REQUEST_WITHDRAWAL,
        "Đề nghị rút hồ sơ",
        BEFORE_RESULT,
        _only(Status.WITHDRAW_REQUESTED),
        DESK,
        "đề nghị của người nộp, chưa có kết quả",
        "stop_notice",
        "",
        ClockEffect.STOP,
        "ND118-2025-D21",
    ),
    Move(
        Command.STOP,
        "Dừng giải quyết",
        _only(Status.WITHDRAW_REQUESTED, Status.WAIT_SUPPLEMENT),
        _only(Status.STOPPED),
        STAFF,
        "đề nghị rút, hoặc hết hạn bổ sung",
        "stop_notice",
        "dossier_stopped",
        ClockEffect.END,
        "ND118-2025-D21",
    ),
    Move(
        Command.CORRECT,
        "Đính chính kết quả",
        _only(Status.DONE),
        _only(Status.DONE),
        AGENCY,
        "sai sót thuộc cơ quan giải quyết",
        "apology_letter",
        "result_ready",
        ClockEffect.NONE,
        "ND61-2018-D21",
    ),
)

MOVES: Mapping[Command, Move] = MappingProxyType({move.command: move for move in _ROWS})

# The state a dossier is in while an open step of this kind waits or is worked on.
_STATUS_AT: Mapping[str, Status] = {StepAction.SIGN: Status.SIGNING}
# Acts that finish the step at hand, by the step's kind; every other kind is finished with FINISH_STEP.
_FINISHED_BY: Mapping[str, Command] = {
    StepAction.SIGN: Command.SIGN,
    StepAction.RECORD_RESULT: Command.RECORD_RESULT,
    StepAction.RETURN_RESULT: Command.RECORD_RESULT,
}


def stands_in(role: str, wanted: str) -> bool:
    """Whether `role` may do a step of role `wanted`: the same one, or the head of the desk for a clerk."""
    return role == wanted or (role == Role.ONE_STOP_HEAD and wanted == Role.CLERK)


def status_at(action: str) -> Status:
    """The state of a dossier whose open step is of kind `action`."""
    return _STATUS_AT.get(action, Status.PROCESSING)


def finishing_command(action: str) -> Command:
    """The act that finishes an open step of kind `action` before the result is recorded."""
    return _FINISHED_BY.get(action, Command.FINISH_STEP)


def check_move(command: Command, status: str) -> Move:
    """The row of `command` when a dossier in `status` may take it; DomainError dossier.illegal_move (409) if not."""
    move = MOVES[command]
    if status in move.from_states:
        return move
    raise DomainError(
        "dossier.illegal_move",
        f"Hồ sơ đang ở trạng thái “{Status(status).label}” nên không thực hiện được việc “{move.label}”.",
        status=409,
        data={"status": str(status), "command": command.value},
    )


def check_step(command: Command, action: str) -> None:
    """Refuse an act that does not finish the kind of step at hand: DomainError dossier.wrong_step (409)."""
    expected = finishing_command(action)
    if expected == command:
        return
    raise DomainError(
        "dossier.wrong_step",
        f"Bước hiện tại là “{StepAction(action).label}”: dùng chức năng “{MOVES[expected].label}”, "
        f"không phải “{MOVES[command].label}”.",
        status=409,
        data={"action": str(action), "command": command.value},
    )
