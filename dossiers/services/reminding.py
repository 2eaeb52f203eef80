"""When a reminder rule speaks next about a dossier: kept on the dossier, so that the sweep reads nothing else.

A helper of the acts: `save_columns` calls it whenever an act changes what reminders depend on.
"""

from __future__ import annotations

from datetime import datetime

from dossiers.constants import Status
from dossiers.models import Dossier, OpinionRequest
from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.reminders import ReminderFacts, next_reminder
from dossiers.selectors.rulesets import policy_by_id
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.worktime import WorkCalendar

# Columns that move a reminder when an act writes them.
MOVES_REMINDERS = frozenset(
    {
        "status",
        "due_at",
        "paused_at",
        "finished_at",
        "check_due_at",
        "supplement_until",
        "on_time_confirmed_due_at",
        "is_reappointed",
    }
)


def set_next_reminder(
    dossier: Dossier, *, now: datetime, calendar: WorkCalendar | None = None, policy: ClockPolicy | None = None
) -> None:
    """Assign `next_reminder_at`, the first moment strictly after `now` at which a rule speaks, or None.

    `calendar` and `policy` are the dossier's own, for callers that have them at hand.
    """
    found = next_reminder(
        facts=facts_of(dossier),
        after=now,
        calendar=calendar or work_calendar_for(dossier.receiving_unit_id),
        policy=policy or policy_by_id(dossier.ruleset_id),
    )
    dossier.next_reminder_at = found[0] if found else None


def facts_of(dossier: Dossier) -> ReminderFacts:
    """What the rules ask of a dossier; one statement more while it is being consulted on."""
    return ReminderFacts(
        status=Status(dossier.status),
        accepted_at=dossier.accepted_at,
        due_at=dossier.due_at,
        is_running=dossier.paused_at is None,
        gate_answered=gate_answered(dossier),
        ready_at=dossier.finished_at,
        check_due_at=dossier.check_due_at,
        supplement_until=dossier.supplement_until,
        opinion_due_at=_opinion_due_at(dossier) if dossier.status == Status.CONSULTING else None,
    )


def gate_answered(dossier: Dossier) -> bool:
    """Whether "on time" was promised for the date that holds now, or the one apology is already out."""
    return dossier.is_reappointed or (dossier.due_at is not None and dossier.on_time_confirmed_due_at == dossier.due_at)


def _opinion_due_at(dossier: Dossier) -> datetime | None:
    still_open = OpinionRequest.objects.filter(
        dossier=dossier, answered_at__isnull=True, closed_at__isnull=True, late_told_at__isnull=True
    )
    return still_open.order_by("due_at").values_list("due_at", flat=True).first()
