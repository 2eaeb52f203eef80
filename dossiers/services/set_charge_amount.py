"""Say what a charge amounts to: the catalogue did not know, or a choice (pages, copies) decides it (domain.md §3.4).

Clerks and the head of the desk that received the dossier; only while the charge is neither paid nor exempt.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind
from dossiers.models import Charge
from dossiers.permissions import RIGHT_OF
from dossiers.rules.lifecycle import Command
from dossiers.services.charging import AMOUNT_MAX_VND, lock_at_counter, lock_charges, reckon_unpaid, told_reason
from dossiers.services.locking import check_state, refuse_stale
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError


@transaction.atomic
def set_charge_amount(
    *,
    actor: Actor,
    dossier_id: int,
    charge_id: int,
    amount_vnd: int,
    reason: str,
    row_version: int | None = None,
    now: datetime | None = None,
) -> Charge:
    """The charge. Raises DomainError charge.amount, charge.reason_missing, Conflict charge.settled."""
    dossier = lock_at_counter(actor=actor, right=RIGHT_OF[Command.COLLECT_FEE], dossier_id=dossier_id)
    check_state(Command.COLLECT_FEE, dossier)
    refuse_stale(dossier, row_version)
    if not 0 < amount_vnd <= AMOUNT_MAX_VND:
        raise DomainError(
            "charge.amount", "Số tiền phải lớn hơn 0; nếu không thu, xin dùng “Miễn, giảm”.", "amount_vnd"
        )
    words = told_reason(reason)
    charge = lock_charges(dossier, [charge_id])[0]
    old_vnd, charge.amount_vnd = charge.amount_vnd, amount_vnd
    charge.save(update_fields=["amount_vnd"])
    reckon_unpaid(dossier)
    save_columns(dossier, ["unpaid_vnd"])
    record_event(
        dossier=dossier,
        kind=EventKind.CHARGE_AMOUNT_SET,
        actor=actor,
        at=clock.local(now or clock.now()),
        from_status=dossier.status,
        note=words,
        data={"charge_id": charge.pk, "old_vnd": old_vnd, "amount_vnd": amount_vnd},
    )
    return charge
