"""Ask for a financial duty before the work goes on: state WAIT_PAYMENT (national code 6, domain.md §1.3).

Whoever holds the open step, in the unit at work. Writes the charges, the stop, the dossier, one event and a message.
The clock stands only where the rule-set says that the sector's law does not count this time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dossiers.constants import ChargeKind, EventKind, IntervalKind, Status
from dossiers.models import Charge, Dossier, DossierEvent, Pause
from dossiers.rules.lifecycle import Command
from dossiers.services.charging import AMOUNT_MAX_VND, reckon_unpaid, told_reason
from dossiers.services.locking import hold, lock_dossier
from dossiers.services.notifying import notify_applicant
from dossiers.services.pausing import PAUSE_COLUMNS, stop_clock
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import clean_text
from haddong_portal.common.web.formatting import number_text
from haddong_portal.notices.constants import NoticeEvent

LABEL_LENGTH_MAX = 300
LINES_MAX = 10


@dataclass(frozen=True, kw_only=True)
class DutyLine:
    """One thing to pay: its `ChargeKind`, what it is for, how much in đồng."""

    kind: str
    label: str
    amount_vnd: int


@transaction.atomic
def request_payment(
    *,
    actor: Actor,
    dossier_id: int,
    lines: Sequence[DutyLine],
    reason: str,
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. `reason` names the notice or decision that sets the duty.

    Raises DomainError payment_wait.no_lines, .kind, .label_missing, .amount, charge.reason_missing.
    """
    in_hand = lock_dossier(actor=actor, command=Command.REQUEST_PAYMENT, dossier_id=dossier_id)
    hold(in_hand, actor, row_version)
    moment, dossier = clock.local(now or clock.now()), in_hand.dossier
    _check(lines)
    words = told_reason(reason)
    dossier.status, dossier.resume_status = Status.WAIT_PAYMENT, Status(in_hand.from_status)
    pause = stop_clock(dossier, IntervalKind.PAYMENT, reason=words, slip=None, now=moment)
    Charge.objects.bulk_create([_charge(dossier, pause, line, moment) for line in lines])
    reckon_unpaid(dossier)
    save_columns(dossier, [*PAUSE_COLUMNS, "unpaid_vnd"], now=moment)
    total = sum(line.amount_vnd for line in lines)
    event = record_event(
        dossier=dossier,
        kind=EventKind.PAYMENT_REQUESTED,
        actor=actor,
        at=moment,
        from_status=in_hand.from_status,
        note=words,
        data={"amount_vnd": total, "lines": len(lines), "pauses_clock": pause.pauses_clock},
    )
    _tell(dossier, total, moment)
    return event


def _check(lines: Sequence[DutyLine]) -> None:
    if not 0 < len(lines) <= LINES_MAX:
        raise DomainError("payment_wait.no_lines", f"Phải ghi từ 1 đến {LINES_MAX} khoản phải nộp.", "label_1")
    for line in lines:
        if line.kind not in ChargeKind.values:
            raise DomainError("payment_wait.kind", "Loại khoản nộp không đúng.", "kind_1")
        if not clean_text(line.label):
            raise DomainError("payment_wait.label_missing", "Phải ghi tên khoản phải nộp.", "label_1")
        if not 0 < line.amount_vnd <= AMOUNT_MAX_VND:
            raise DomainError("payment_wait.amount", f"“{line.label[:60]}”: số tiền phải lớn hơn 0.", "amount_1")


def _charge(dossier: Dossier, pause: Pause, line: DutyLine, now: datetime) -> Charge:
    return Charge(
        dossier=dossier,
        pause=pause,
        kind=line.kind,
        label=clean_text(line.label)[:LABEL_LENGTH_MAX],
        amount_vnd=line.amount_vnd,
        created_at=now,
    )


def _tell(dossier: Dossier, total_vnd: int, now: datetime) -> None:
    notify_applicant(
        dossier=dossier,
        event=NoticeEvent.PAYMENT_REQUESTED,
        now=now,
        more={"amount": f"{number_text(total_vnd)} đồng"},
    )
