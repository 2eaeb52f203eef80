"""The table of moves: every state with every command, and what the table says of each act."""

from __future__ import annotations

import importlib
from itertools import product

import pytest

from dossiers.constants import IN_PROGRESS, TERMINAL, Status
from dossiers.rules.lifecycle import (
    MOVES,
    ClockEffect,
    Command,
    check_move,
    check_step,
    finishing_command,
    stands_in,
    status_at,
)
from haddong_portal.accounts.constants import Role
from haddong_portal.common.errors import DomainError
from procedures.constants import StepAction

# The regulation, told a second time in another shape (domain.md §1.4): what may be done in each state.
_AT_WORK = (
    "finish_branch_step correct_mistake report_loss collect_fee reissue_receipt request_withdrawal extend_once "
    "confirm_on_time record_overdue reassign_work "
)
_HANDED_ROUND = "take_dossier forward_dossier hand_over_batch "
ACTS_IN: dict[Status, str] = {
    Status.SUBMITTED: "accept_submission return_submission refuse_submission withdraw_filing",
    Status.ACCEPTED: _AT_WORK + _HANDED_ROUND + "finish_step request_supplement",
    Status.REFUSED_INTAKE: "",
    Status.PROCESSING: (
        _AT_WORK
        + _HANDED_ROUND
        + "finish_step return_to_step verify_on_site request_opinion request_supplement request_payment "
        "decide_refusal record_result"
    ),
    Status.CONSULTING: _AT_WORK + "request_supplement answer_opinion close_consultation",
    Status.VERIFYING: _AT_WORK + "request_supplement finish_verification",
    Status.SIGNING: _AT_WORK + _HANDED_ROUND + "return_to_step decide_refusal sign_result",
    Status.WAIT_SUPPLEMENT: (
        "receive_supplement send_supplement resubmit_online withdraw_filing request_withdrawal stop_dossier "
        "correct_mistake report_loss collect_fee reassign_work"
    ),
    Status.WAIT_PAYMENT: (
        "confirm_payment extend_once request_withdrawal correct_mistake report_loss collect_fee reassign_work"
    ),
    Status.WITHDRAW_REQUESTED: "stop_dossier decline_withdrawal reassign_work",
    Status.STOPPED: "",
    Status.DONE: "hand_over_result correct_mistake report_loss collect_fee",
    Status.RETURNED: "correct_mistake",
}


def test_the_second_telling_knows_every_state_and_only_known_acts() -> None:
    assert set(ACTS_IN) == set(Status)
    assert {act for acts in ACTS_IN.values() for act in acts.split()} <= set(Command)


@pytest.mark.parametrize(("status", "command"), list(product(Status, Command)))
def test_each_act_is_allowed_exactly_in_its_states(status: Status, command: Command) -> None:
    if command in ACTS_IN[status].split():
        assert check_move(command, status) is MOVES[command]
        return
    with pytest.raises(DomainError) as refusal:
        check_move(command, status)
    assert (refusal.value.code, refusal.value.status) == ("dossier.illegal_move", 409)
    assert status.label in refusal.value.message
    assert MOVES[command].label in refusal.value.message


@pytest.mark.parametrize("command", Command)
def test_every_row_is_complete(command: Command) -> None:
    move = MOVES[command]
    assert move.command == command
    assert move.label
    assert move.roles or move.by_applicant
    assert move.must_exist
    assert move.legal_key


@pytest.mark.parametrize("status", TERMINAL)
def test_nothing_leads_out_of_an_end(status: Status) -> None:
    assert not [move for move in MOVES.values() if status in move.from_states and not move.keeps_state]


def test_an_act_that_keeps_the_state_leads_nowhere_else() -> None:
    assert all(move.from_states == move.to for move in MOVES.values() if move.keeps_state)


@pytest.mark.parametrize("status", Status)
def test_every_state_can_be_reached(status: Status) -> None:
    assert [move for move in MOVES.values() if status in move.to]


def test_the_clock_starts_once_and_ends_with_the_result() -> None:
    starting = {move.command for move in MOVES.values() if move.clock == ClockEffect.START}
    assert starting == {Command.RECEIVE, Command.ACCEPT_SUBMISSION}
    for move in MOVES.values():
        if Status.DONE in move.to and not move.keeps_state and move.from_states <= set(IN_PROGRESS):
            assert move.clock == ClockEffect.END


@pytest.mark.parametrize("move", [move for move in MOVES.values() if move.service], ids=lambda move: move.service)
def test_a_service_of_the_table_exists_under_the_acts_name(move: object) -> None:
    name = move.service  # type: ignore[attr-defined]
    module = importlib.import_module(f"dossiers.services.{name}")
    assert callable(getattr(module, name))


@pytest.mark.parametrize(
    ("action", "command", "status"),
    [
        (StepAction.TRANSFER, Command.FINISH_STEP, Status.PROCESSING),
        (StepAction.EXAMINE, Command.FINISH_STEP, Status.PROCESSING),
        (StepAction.VERIFY, Command.FINISH_STEP, Status.PROCESSING),
        (StepAction.SIGN, Command.SIGN, Status.SIGNING),
        (StepAction.RECORD_RESULT, Command.RECORD_RESULT, Status.PROCESSING),
        (StepAction.RETURN_RESULT, Command.RECORD_RESULT, Status.PROCESSING),
    ],
)
def test_a_step_has_its_act_and_its_state(action: str, command: Command, status: Status) -> None:
    assert finishing_command(action) == command
    assert status_at(action) == status
    assert status in MOVES[command].from_states
    check_step(command, action)
    other = Command.SIGN if command != Command.SIGN else Command.FINISH_STEP
    with pytest.raises(DomainError) as refusal:
        check_step(other, action)
    assert refusal.value.code == "dossier.wrong_step"
    assert MOVES[command].label in refusal.value.message


def test_only_the_head_of_the_desk_stands_in_for_another_role() -> None:
    pairs = {(held, wanted) for held, wanted in product(Role, Role) if held != wanted and stands_in(held, wanted)}
    assert pairs == {(Role.ONE_STOP_HEAD, Role.CLERK)}
    assert all(stands_in(role, role) for role in Role)
