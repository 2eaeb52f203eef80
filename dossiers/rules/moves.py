"""The words of the table of moves: every act of the regulation, what it does to the clock, one row of the table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dossiers.constants import Status
from haddong_portal.accounts.constants import Role


class Command(StrEnum):
    """Every act of the regulation on a dossier, named with its verb."""

    RECEIVE = "receive_dossier"
    GUIDE = "guide_applicant"
    REFUSE_INTAKE = "refuse_intake"
    SUBMIT = "submit_online"
    RETURN_SUBMISSION = "return_submission"
    RESUBMIT = "resubmit_online"
    WITHDRAW_FILING = "withdraw_filing"
    ACCEPT_SUBMISSION = "accept_submission"
    REFUSE_SUBMISSION = "refuse_submission"
    TAKE = "take_dossier"
    FINISH_STEP = "finish_step"
    FORWARD = "forward_dossier"
    RETURN_TO_STEP = "return_to_step"
    FINISH_BRANCH_STEP = "finish_branch_step"
    REASSIGN = "reassign_work"
    DELIVER = "hand_over_batch"
    VERIFY = "verify_on_site"
    FINISH_VERIFICATION = "finish_verification"
    CONSULT = "request_opinion"
    ANSWER_OPINION = "answer_opinion"
    CLOSE_CONSULTATION = "close_consultation"
    REQUEST_SUPPLEMENT = "request_supplement"
    SEND_SUPPLEMENT = "send_supplement"
    RECEIVE_SUPPLEMENT = "receive_supplement"
    REQUEST_PAYMENT = "request_payment"
    CONFIRM_PAYMENT = "confirm_payment"
    COLLECT_FEE = "collect_fee"
    DECIDE_REFUSAL = "decide_refusal"
    CONFIRM_ON_TIME = "confirm_on_time"
    RECORD_OVERDUE = "record_overdue"
    EXTEND = "extend_once"
    REISSUE_RECEIPT = "reissue_receipt"
    SIGN = "sign_result"
    RECORD_RESULT = "record_result"
    HAND_OVER = "hand_over_result"
    REQUEST_WITHDRAWAL = "request_withdrawal"
    DECLINE_WITHDRAWAL = "decline_withdrawal"
    STOP = "stop_dossier"
    CORRECT = "correct_mistake"
    REPORT_LOSS = "report_loss"


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
    With `keeps_state` the dossier stays in the state it is in; `by_applicant` acts are open to the citizen, too.
    A move whose `service` is empty is law already written down, whose act is not part of the portal yet.
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
    keeps_state: bool = False
    by_applicant: bool = False


DESK = frozenset({Role.CLERK, Role.ONE_STOP_HEAD})
AGENCY = frozenset({Role.OFFICER, Role.LEADER})
STAFF = DESK | AGENCY
NEW: frozenset[Status] = frozenset()
AT_WORK = frozenset({Status.ACCEPTED, Status.PROCESSING, Status.SIGNING})
BEFORE_RESULT = AT_WORK | {Status.CONSULTING, Status.VERIFYING, Status.WAIT_SUPPLEMENT, Status.WAIT_PAYMENT}


RESUMED = AT_WORK | {Status.CONSULTING, Status.VERIFYING}


def only(*states: Status) -> frozenset[Status]:
    return frozenset(states)
