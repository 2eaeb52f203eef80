"""Until when a dossier may be asked back, and which paper ends it (NĐ 118/2025 art. 21; by letter before it)."""

from __future__ import annotations

from dossiers.constants import Status
from dossiers.rules.act_policy import ActPolicy, WithdrawalPaper, WithdrawalUntil
from procedures.constants import StepAction

_AFTER_SIGNING = frozenset({StepAction.RECORD_RESULT, StepAction.RETURN_RESULT})


def may_withdraw(policy: ActPolicy, *, status: str, action: str) -> bool:
    """Whether a dossier in a state that the table of moves allows may still be asked back.

    `action` is what the open step is for: once the signature is there, the step of recording waits.
    """
    if policy.withdrawal_until == WithdrawalUntil.RESULT_RECORDED:
        return True
    if action in _AFTER_SIGNING:
        return False
    sent_to_sign = status == Status.SIGNING or action == StepAction.SIGN
    return not (policy.withdrawal_until == WithdrawalUntil.SENT_TO_SIGN and sent_to_sign)


def is_ended_by_notice(policy: ActPolicy, *, is_withdrawn: bool) -> bool:
    """Whether the office writes a notice of its own: always but for a withdrawal that the applicant's letter ends."""
    return not (is_withdrawn and policy.withdrawal_paper == WithdrawalPaper.LETTER)
