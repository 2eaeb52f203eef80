"""Which act may move a dossier from which state to which: the regulation's table as data (domain.md §1.4, T1–T16).

`MOVES` is read by the services, by the screens (allowed acts) and by the test that walks every state and command.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dossiers.constants import Status
from dossiers.rules import moves_clock, moves_ending, moves_intake, moves_work
from dossiers.rules.moves import AGENCY, AT_WORK, BEFORE_RESULT, DESK, STAFF, ClockEffect, Command, Move
from haddong_portal.accounts.constants import Role
from haddong_portal.common.errors import DomainError
from procedures.constants import StepAction

__all__ = ["AGENCY", "AT_WORK", "BEFORE_RESULT", "DESK", "MOVES", "STAFF", "ClockEffect", "Command", "Move"]

_ROWS = (*moves_intake.ROWS, *moves_work.ROWS, *moves_clock.ROWS, *moves_ending.ROWS)

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
