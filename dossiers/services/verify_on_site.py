"""Look for oneself: T6, PROCESSING → VERIFYING (NĐ 61/2018 art. 19.3). Whether the clock runs on is the rule-set's.

Whoever holds the open step. Writes one Verification with what is planned, the dossier's state, one event;
`finish_verification` puts the minutes into the dossier.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from dossiers.constants import EventKind, IntervalKind, Status
from dossiers.models import Dossier, DossierEvent, Verification
from dossiers.rules.lifecycle import Command
from dossiers.rules.verifying import check_plan
from dossiers.services.gate import refuse_at_gate
from dossiers.services.locking import hold, lock_dossier
from dossiers.services.pausing import stands_beside, stop_beside
from dossiers.services.recording import record_event
from dossiers.services.saving import save_columns
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import clean_text
from haddong_portal.common.worktime import MINUTES_PER_HOUR

PARTICIPANTS_LENGTH_MAX = 500


@transaction.atomic
def verify_on_site(
    *,
    actor: Actor,
    dossier_id: int,
    subject: str,
    planned_on: date | None = None,
    planned_hours: int | None = None,
    participants: str = "",
    row_version: int | None = None,
    now: datetime | None = None,
) -> DossierEvent:
    """The event. `planned_hours` are working hours. Raises DomainError verification.subject_missing or of
    `check_plan`."""
    in_hand = lock_dossier(actor=actor, command=Command.VERIFY, dossier_id=dossier_id)
    hold(in_hand, actor, row_version)
    moment, dossier = clock.local(now or clock.now()), in_hand.dossier
    refuse_at_gate(dossier, actor, moment)
    _check(dossier, subject, planned_on, planned_hours, moment)
    Verification(
        dossier=dossier,
        subject=subject.strip(),
        planned_on=planned_on,
        planned_minutes=planned_hours * MINUTES_PER_HOUR if planned_hours else None,
        participants=clean_text(participants)[:PARTICIPANTS_LENGTH_MAX],
        started_by_id=actor.user_id or 0,
        started_at=moment,
    ).save(force_insert=True)
    dossier.status = Status.VERIFYING
    stopped = stop_beside(dossier, IntervalKind.VERIFICATION, reason=subject.strip(), now=moment)
    save_columns(dossier, ["status", *stopped], now=moment)
    return record_event(
        dossier=dossier,
        kind=EventKind.VERIFICATION_STARTED,
        actor=actor,
        at=moment,
        from_status=in_hand.from_status,
        note=subject.strip(),
        data={"planned_on": planned_on.isoformat() if planned_on else None, "planned_hours": planned_hours},
    )


def _check(dossier: Dossier, subject: str, planned_on: date | None, planned_hours: int | None, now: datetime) -> None:
    if not subject.strip():
        raise DomainError("verification.subject_missing", "Chưa ghi nội dung cần xác minh.", "subject")
    calendar = work_calendar_for(dossier.owner_unit_id)
    promised_at = None if stands_beside(dossier, IntervalKind.VERIFICATION) else dossier.due_at
    check_plan(planned_on=planned_on, planned_hours=planned_hours, now=now, due_at=promised_at, calendar=calendar)
