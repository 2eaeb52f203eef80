"""The applicant asks for the dossier back: the first half of T14 (NĐ 118/2025 art. 21; by letter before it).

The receiving desk writes it down, or the citizen asks online, as long as the rule-set lets it (`may_withdraw`). Writes
the request, the stop of the clock, the dossier, one event and a message; `stop_dossier` or `decline_withdrawal`
answers it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind, IntervalKind, Status
from dossiers.models import Dossier, DossierEvent, WithdrawalRequest
from dossiers.rules.act_policy import WithdrawalUntil
from dossiers.rules.lifecycle import Command
from dossiers.rules.withdrawing import may_withdraw
from dossiers.selectors.act_rules import at_desk
from dossiers.selectors.rulesets import policy_by_id
from dossiers.services.locking import lock_where, refuse_stale
from dossiers.services.notifying import notify_applicant
from dossiers.services.own_dossier import Proof, lock_own
from dossiers.services.pausing import PAUSE_COLUMNS, stop_clock
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.constants import NoticeEvent

_UNTIL = {
    WithdrawalUntil.SENT_TO_SIGN: "trình ký",
    WithdrawalUntil.SIGNED: "được ký",
    WithdrawalUntil.RESULT_RECORDED: "có kết quả",
}


@transaction.atomic
def request_withdrawal(
    *,
    actor: Actor,
    dossier_id: int,
    reason: str = "",
    is_online: bool = False,
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. Raises DomainError withdrawal.not_accepted for a filing that nobody has received yet, and
    withdrawal.too_late."""
    dossier = lock_where(
        actor=actor,
        command=Command.REQUEST_WITHDRAWAL,
        dossier_id=dossier_id,
        fits=at_desk,
        refusal="Đề nghị rút hồ sơ gửi đến bộ phận Một cửa đã tiếp nhận.",
    )
    refuse_stale(dossier, row_version)
    return _request(dossier, actor=actor, reason=reason, is_online=is_online, moment=clock.local(now or clock.now()))


@transaction.atomic
def request_withdrawal_online(*, proof: Proof, reason: str = "", now: datetime | None = None) -> DossierEvent:
    """The same, asked from home by whoever has proven the dossier's phone, or by the system that filed it.

    Raises tracking.not_proven as well.
    """
    moment = clock.local(now or clock.now())
    dossier = lock_own(proof=proof, command=Command.REQUEST_WITHDRAWAL, now=moment)
    return _request(dossier, actor=proof.actor, reason=reason, is_online=True, moment=moment)


def _request(dossier: Dossier, *, actor: Actor, reason: str, is_online: bool, moment: datetime) -> DossierEvent:
    from_status = dossier.status
    if dossier.accepted_at is None:
        raise DomainError("withdrawal.not_accepted", "Hồ sơ chưa được tiếp nhận nên chưa cần rút.", status=409)
    policy = policy_by_id(dossier.ruleset_id).acts
    if not may_withdraw(policy, status=from_status, action=dossier.current_action):
        raise DomainError(
            "withdrawal.too_late", f"Hồ sơ đã {_UNTIL[policy.withdrawal_until]} nên không rút được nữa.", status=409
        )
    WithdrawalRequest(
        dossier=dossier,
        asked_at=moment,
        is_online=is_online,
        reason=reason.strip()[:1000],
        recorded_by_id=actor.user_id,
    ).save(force_insert=True)
    dossier.status, dossier.resume_status = Status.WITHDRAW_REQUESTED, from_status
    stop_clock(dossier, IntervalKind.WITHDRAWAL, reason=reason or "Người nộp đề nghị rút hồ sơ", slip=None, now=moment)
    save_columns(dossier, PAUSE_COLUMNS, now=moment)
    event = record_event(
        dossier=dossier,
        kind=EventKind.WITHDRAWAL_REQUESTED,
        actor=actor,
        at=moment,
        from_status=from_status,
        note=reason,
        data={"is_online": is_online},
    )
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.WITHDRAWAL_RECEIVED,
        now=moment,
    )
    return event
