"""Remind of what is due, late or uncollected (domain.md §4.4). Run by beat; its own sweeper: safe at any time, twice.

Takes dossiers whose next moment has come, locked so that another run passes them by. Each rule writes one Reminder
per dossier and day (reminder_once_per_rule_day) and its messages in the same transaction: whoever dies half-way has
said nothing, and what was said is never said again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from dossiers.constants import Status
from dossiers.models import Dossier, OpinionRequest, Reminder
from dossiers.rules.reminders import ReminderRule, due_reminders
from dossiers.selectors.reminded import Roll, recipients_of
from dossiers.selectors.rulesets import policy_by_id
from dossiers.services.notifying import applicant_facts, desk_place, reference_of
from dossiers.services.reminding import facts_of, set_next_reminder
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common import clock
from haddong_portal.common.dates import due_text
from haddong_portal.common.insert import insert_or_nothing
from haddong_portal.common.worktime.deadlines import duration_text
from haddong_portal.notices.constants import NoticeEvent
from haddong_portal.notices.services.queue_call import queue_call
from haddong_portal.notices.services.queue_staff_notice import queue_staff_notice

BATCH = 100
_TICK = timedelta(microseconds=1)
EVENTS = {
    ReminderRule.BEFORE_3_DAYS: NoticeEvent.REMINDER_BEFORE_3_DAYS,
    ReminderRule.GATE: NoticeEvent.REMINDER_GATE,
    ReminderRule.DUE_TODAY: NoticeEvent.REMINDER_DUE_TODAY,
    ReminderRule.OVERDUE: NoticeEvent.REMINDER_OVERDUE,
    ReminderRule.SUBMISSION_CHECK: NoticeEvent.SUBMISSION_CHECK,
    ReminderRule.SUPPLEMENT_LAPSES: NoticeEvent.SUPPLEMENT_LAPSED,
    ReminderRule.OPINION_LATE: NoticeEvent.OPINION_LATE,
}
# What is said before the promised moment says something false after it.
BEFORE_DUE = {ReminderRule.BEFORE_3_DAYS, ReminderRule.GATE, ReminderRule.DUE_TODAY}
# What came from home is told with the deadline of its check.
CHECKED = {Status.SUBMITTED, Status.WAIT_SUPPLEMENT}
UNCOLLECTED = {ReminderRule.UNCOLLECTED_3, ReminderRule.UNCOLLECTED_10}


def sweep_reminders(*, now: datetime | None = None, most: int = 2_000) -> int:
    """How many dossiers were looked at; at most `most` a run, the next run goes on."""
    moment = clock.local(now or clock.now())
    roll, seen = Roll(moment.date()), 0
    while seen < most:
        found = _sweep_batch(moment, roll)
        seen += found
        if found < BATCH:
            break
    return seen


@transaction.atomic
def _sweep_batch(now: datetime, roll: Roll) -> int:
    """The most overdue moments first; what another run holds is left to it."""
    due = Dossier.objects.filter(next_reminder_at__lte=now).order_by("next_reminder_at")
    rows = list(due.select_for_update(skip_locked=True, no_key=True, of=("self",))[:BATCH])
    for dossier in rows:
        _speak(dossier, now, roll)
        set_next_reminder(dossier, now=now)
        dossier.save(update_fields=["next_reminder_at"])
    return len(rows)


def _speak(dossier: Dossier, now: datetime, roll: Roll) -> None:
    """Every rule whose moment has come since the last look."""
    assert dossier.next_reminder_at is not None, "the sweep asked for it"
    for _, rule in due_reminders(
        facts=facts_of(dossier),
        after=dossier.next_reminder_at - _TICK,
        until=now,
        calendar=work_calendar_for(dossier.receiving_unit_id),
        policy=policy_by_id(dossier.ruleset_id),
    ):
        if rule in BEFORE_DUE and dossier.due_at is not None and dossier.due_at < now:
            continue
        told = recipients_of(rule, dossier, roll.holders)
        row = Reminder(dossier=dossier, rule=rule, day=now.date(), at=now, recipients=len(told))
        if insert_or_nothing(row):
            _tell(dossier, rule, told, roll, now)


def _tell(dossier: Dossier, rule: ReminderRule, told: list[int], roll: Roll, now: datetime) -> None:
    if rule in UNCOLLECTED:
        _call(dossier, rule, roll, now)
        return
    facts = _staff_facts(dossier, roll, now)
    for account in filter(None, map(roll.account, told)):
        queue_staff_notice(
            user_id=account.pk,
            reference=reference_of(dossier.pk),
            rule=rule,
            event=EVENTS[rule],
            facts=facts,
            unit_id=dossier.owner_unit_id,
            account=account,
            now=now,
        )
    if rule == ReminderRule.OPINION_LATE:
        late = OpinionRequest.objects.filter(dossier=dossier, answered_at__isnull=True, closed_at__isnull=True)
        late.filter(due_at__lte=now, late_told_at__isnull=True).update(late_told_at=now)


def _call(dossier: Dossier, rule: ReminderRule, roll: Roll, now: datetime) -> None:
    """On the ward's phone call list, as its clerks do it today."""
    assert dossier.finished_at is not None, "only results wait to be collected"
    calendar = work_calendar_for(dossier.receiving_unit_id)
    waited = calendar.working_days_between(clock.local(dossier.finished_at).date(), now.date())
    desk = roll.unit(dossier.receiving_unit_id)
    queue_call(
        reference=reference_of(dossier.pk),
        rule=rule,
        unit_id=dossier.receiving_unit_id,
        recipient_name=dossier.applicant_name,
        phone=dossier.phone,
        facts={
            **applicant_facts(dossier, unit_name=desk.name, place=desk_place(desk)),
            "count": str(waited),
        },
        waiting_since=dossier.finished_at,
        now=now,
    )


def _staff_facts(dossier: Dossier, roll: Roll, now: datetime) -> dict[str, str]:
    calendar = work_calendar_for(dossier.receiving_unit_id)
    due_at = (dossier.check_due_at if dossier.status in CHECKED else None) or dossier.due_at
    minutes = calendar.working_minutes_between(due_at, now) if due_at and due_at < now else 0
    left = calendar.working_minutes_between(now, due_at) if due_at and due_at > now else 0
    return {
        "code": dossier.code,
        "procedure": dossier.procedure_name,
        "due": due_text(due_at) if due_at else "",
        "unit": roll.unit(dossier.owner_unit_id).short_name,
        "link": reverse("dossiers:dossier", args=[dossier.code]),
        "late": duration_text(minutes),
        "hours": str(-(-left // 60)),
    }
