"""What narrows a work list: scope, flag, words and filters, each as a queryset over what the actor may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from dossiers.constants import StepState
from dossiers.models import Dossier, StepRun
from dossiers.querysets import DossierQuerySet
from dossiers.rules.clock_policy import ClockPolicy
from dossiers.rules.gate_window import open_gates
from dossiers.rules.work_filter import WorkFilter
from dossiers.selectors.rulesets import rules_on
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM, local
from haddong_portal.common.text import fold
from haddong_portal.common.worktime import WorkCalendar
from haddong_portal.common.worktime.deadlines import DUE_SOON_WORKING_MINUTES

NOT_ONLY_OPEN = frozenset({"arrived_today", "ready", "uncollected"})
"""Flags that ask for dossiers whose work is over too."""


@dataclass(frozen=True)
class Moments:
    """What the flags compare with, from one reading of the clock and of the calendar."""

    now: datetime
    calendar: WorkCalendar

    @property
    def soon_at(self) -> datetime:
        return self.calendar.add_working_minutes(self.now, DUE_SOON_WORKING_MINUTES)

    @property
    def today(self) -> datetime:
        """Midnight."""
        return local(self.now).replace(hour=0, minute=0, second=0, microsecond=0)

    @property
    def tomorrow(self) -> datetime:
        return self.today + timedelta(days=1)

    @cached_property
    def policy(self) -> ClockPolicy:
        return rules_on(self.today.date()).policy

    @property
    def uncollected_since(self) -> datetime:
        """Results that were ready before this wait too long (`waits`: the first call)."""
        days = self.policy.reminders.uncollected_first_working_days
        on = self.calendar.add_working_days(self.today.date(), -days)
        return datetime.combine(on, time.max, tzinfo=VIETNAM)


def in_scope(actor: Actor, scope: str) -> DossierQuerySet:
    """mine, unit, beside (open steps beside the lead line in the unit), desk, desk_ready or all."""
    visible: DossierQuerySet = Dossier.objects.visible_to(actor)
    if scope == "mine":
        return visible.filter(officer_id=actor.user_id, closed_at__isnull=True)
    if scope == "unit":
        return visible.filter(owner_unit_id=actor.unit_id, closed_at__isnull=True)
    if scope == "beside":
        return visible.in_progress().filter(Exists(_open_branches_at(actor.unit_id or 0)))
    if scope == "desk":
        return visible.filter(receiving_unit_id=actor.unit_id)
    if scope == "desk_ready":
        return visible.filter(receiving_unit_id=actor.unit_id).ready_at_desk()
    return visible


def _open_branches_at(unit_id: int) -> QuerySet[StepRun]:
    rows = StepRun.objects.filter(branch__gt=0, unit_id=unit_id, state__in=(StepState.WAITING, StepState.WORKING))
    return rows.filter(dossier=OuterRef("pk"))


_Narrow = Callable[[DossierQuerySet, Moments], DossierQuerySet]
_FLAGS: Mapping[str, _Narrow] = {
    "overdue": lambda rows, at: rows.overdue(at=at.now),
    "due_soon": lambda rows, at: rows.running().filter(due_at__gte=at.now, due_at__lte=at.soon_at),
    "waiting": lambda rows, at: rows.in_progress().filter(officer__isnull=True),
    "due_today": lambda rows, at: rows.due(since=at.now, before=at.tomorrow),
    "at_gate": lambda rows, at: rows.at_gate(open_gates(at.now, at.calendar, at.policy)),
    "arrived_today": lambda rows, at: rows.arrived(since=at.today, before=at.tomorrow),
    "ready": lambda rows, at: rows.ready_at_desk(),
    "uncollected": lambda rows, at: rows.uncollected(before=at.uncollected_since),
}


def flagged(rows: DossierQuerySet, flag: str | None, moments: Moments) -> DossierQuerySet:
    """One of the flags of `rules.work_filter.FLAGS`; None narrows nothing."""
    return _FLAGS[flag](rows, moments) if flag else rows


def narrowed(rows: DossierQuerySet, narrow: WorkFilter | None) -> DossierQuerySet:
    """Procedure, state, due days, people and desk; only what is asked for joins another table."""
    if narrow is None or not narrow.narrows:
        return rows
    wanted: dict[str, object] = {
        "procedure__national_code": narrow.procedure,
        "status": narrow.status,
        "officer__username": narrow.officer,
        "received_by__username": narrow.received_by,
        "receiving_unit__key": narrow.desk,
        "owner_unit__key": narrow.holder,
    }
    if narrow.due_from:
        wanted["due_at__gte"] = datetime.combine(narrow.due_from, time.min, tzinfo=VIETNAM)
    if narrow.due_to:
        wanted["due_at__lte"] = datetime.combine(narrow.due_to, time.max, tzinfo=VIETNAM)
    return rows.filter(**{key: value for key, value in wanted.items() if value})


def with_words(rows: DossierQuerySet, q: str | None) -> DossierQuerySet:
    """A code's beginning or end, or part of a name with or without diacritics."""
    if not q:
        return rows
    return rows.filter(Q(code__startswith=q.upper()) | Q(code__endswith=q) | Q(applicant_name_folded__contains=fold(q)))
