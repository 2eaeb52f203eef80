"""What the legal clock says of a dossier as it stands: its stored stops and re-appointment read by rules/clock.

Helpers of the acts, called inside their transaction with the dossier locked. `reading_of` only reads; `apply_reading`
assigns the columns of READING_COLUMNS, the act itself saves them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dossiers.constants import EventKind, IntervalKind
from dossiers.models import Dossier, DossierEvent, Extension, Pause
from dossiers.rules.act_policy import ActPolicy, ClockStart
from dossiers.rules.clock import ClockReading, legal_due_at
from dossiers.rules.clock_start import clock_starts_at, told_from
from dossiers.rules.intervals import Extension as Reappointment
from dossiers.rules.intervals import Interval
from dossiers.selectors.rulesets import policy_of
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.errors import DomainError
from haddong_portal.common.limits import TimeLimit

READING_COLUMNS = ("due_at", "due_explanation", "paused_at", "calendar_version")


def reading_of(dossier: Dossier, *, now: datetime, intervals: Sequence[Interval] | None = None) -> ClockReading:
    """The reading under the dossier's own rule-set and its desk's calendar, with every stop that began by `now`.

    `intervals` replaces the stored stops, for acts that have them at hand. Raises DomainError clock.not_running for a
    dossier that was never accepted.
    """
    if dossier.accepted_at is None or not dossier.limit:
        raise DomainError("clock.not_running", "Hồ sơ chưa được tiếp nhận nên chưa tính thời hạn.", status=409)
    stops = stored_intervals(dossier) if intervals is None else intervals
    policy, accepted_at = policy_of(dossier.ruleset), dossier.accepted_at
    submitted_at = filed_at(dossier, policy.acts)
    started_at = clock_starts_at(policy.acts, accepted_at=accepted_at, submitted_at=submitted_at)
    reading = legal_due_at(
        limit=TimeLimit.from_json(dossier.limit),
        accepted_at=started_at,
        intervals=[stop for stop in stops if stop.started_at <= now],
        calendar=work_calendar_for(dossier.receiving_unit_id),
        policy=policy,
        extension=_extension(dossier),
    )
    return replace(reading, explanation=told_from(reading.explanation, started_at=started_at, accepted_at=accepted_at))


def filed_at(dossier: Dossier, policy: ActPolicy) -> datetime | None:
    """When the filing came in that was then accepted: one that the desk gave back does not count; None at the counter.

    One statement where the rule-set counts from there, none elsewhere.
    """
    if policy.clock_start != ClockStart.SUBMITTED or dossier.submitted_at is None:
        return dossier.submitted_at
    again = DossierEvent.objects.filter(dossier=dossier, kind=EventKind.RESUBMITTED).order_by("-id")
    return again.values_list("at", flat=True).first() or dossier.submitted_at


def stored_intervals(dossier: Dossier) -> list[Interval]:
    """The dossier's stops as values, in order of time."""
    rows = Pause.objects.filter(dossier=dossier).values_list("kind", "started_at", "ended_at", "pauses_clock")
    return [Interval(IntervalKind(kind), started_at, ended_at, said) for kind, started_at, ended_at, said in rows]


def apply_reading(dossier: Dossier, reading: ClockReading) -> None:
    """Put due date, explanation and the standing of the clock on the dossier; a promise in print stays in print."""
    dossier.due_at = reading.due_at
    dossier.due_explanation = reading.lines
    dossier.paused_at = reading.frozen_since
    dossier.calendar_version = int(work_calendar_for(dossier.receiving_unit_id).version)


def _extension(dossier: Dossier) -> Reappointment | None:
    """The last re-appointment, when there is one."""
    if not dossier.is_reappointed:
        return None
    row = Extension.objects.filter(dossier=dossier).order_by("-sequence_no").first()
    return Reappointment(row.new_due_at, row.decided_at) if row else None
