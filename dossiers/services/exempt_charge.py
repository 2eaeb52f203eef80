"""Exempt a charge: nothing is collected, for a reason of the list or one told in words (domain.md §3.4).

Clerks and the head of the desk that received the dossier. Settles the charge with who exempted it and why, one event.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.constants import EventKind
from dossiers.models import Charge
from dossiers.permissions import EXEMPT
from dossiers.rules.exemptions import OTHER, exemption_label
from dossiers.rules.lifecycle import Command
from dossiers.services.charging import lock_at_counter, lock_charges, reckon_unpaid, told_reason
from dossiers.services.locking import check_state, refuse_stale
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.text import clean_text


@transaction.atomic
def exempt_charge(
    *,
    actor: Actor,
    dossier_id: int,
    charge_id: int,
    reason: str,
    note: str = "",
    row_version: int | None = None,
    now: datetime | None = None,
) -> Charge:
    """The settled charge. `reason` is a code of the list; "khac" needs a `note`.

    Raises DomainError charge.reason_unknown, charge.reason_missing, Conflict charge.settled.
    """
    dossier = lock_at_counter(actor=actor, right=EXEMPT, dossier_id=dossier_id)
    check_state(Command.COLLECT_FEE, dossier)
    refuse_stale(dossier, row_version)
    label = exemption_label(reason)
    words = told_reason(note, "note") if reason == OTHER else clean_text(f"{label}. {note}" if note.strip() else label)
    charge = lock_charges(dossier, [charge_id])[0]
    moment = clock.local(now or clock.now())
    charge.exempt_reason, charge.exempted_by_id, charge.settled_at = words[:300], actor.user_id, moment
    charge.save(update_fields=["exempt_reason", "exempted_by", "settled_at"])
    reckon_unpaid(dossier)
    save_columns(dossier, ["unpaid_vnd"])
    record_event(
        dossier=dossier,
        kind=EventKind.CHARGE_EXEMPTED,
        actor=actor,
        at=moment,
        from_status=dossier.status,
        note=charge.exempt_reason,
        data={"charge_id": charge.pk, "reason": reason, "amount_vnd": charge.amount_vnd},
    )
    return charge
