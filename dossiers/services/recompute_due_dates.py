"""Compute the dates of open dossiers anew after a change of the calendar or an outage (domain.md §4.1 rule 10).

System, woken by a worker and swept by beat. Batches of dossiers, each batch one transaction that also moves the run's
place: safe to run twice, at once and again. A printed promise never becomes later here: the later date waits on the
dossier (`recomputed_due_at`) for `reissue_receipt`. Writes stops, dossiers, one event and one line for each that moved.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from dossiers.constants import IN_PROGRESS, EventKind, IntervalKind, RecomputeCause, StepState
from dossiers.models import Dossier, Outage, Pause, Recomputation, RecomputedLine, StepRun
from dossiers.rules.recompute import SettledDate, outage_counts, settle_date
from dossiers.selectors.rulesets import policy_by_id
from dossiers.services.clock_reading import apply_reading, reading_of
from dossiers.services.recording import record_event
from dossiers.services.reminding import set_next_reminder
from dossiers.services.saving import save_columns
from haddong_portal.accounts.models import CalendarVersion
from haddong_portal.accounts.selectors.calendar import current_calendar_version, forget_calendar
from haddong_portal.common import clock
from haddong_portal.common.actors import system_actor
from haddong_portal.common.dates import due_text, moment_text
from haddong_portal.common.insert import insert_or_nothing

BATCH = 50
Heard = Callable[[Recomputation], None]
COLUMNS = ("due_at", "due_explanation", "paused_at", "calendar_version", "recomputed_due_at", "step_due_at")


def open_dossiers(*, unit_id: int | None = None) -> QuerySet[Dossier]:
    """Accepted and without a result yet: only their dates may still move."""
    rows = Dossier.objects.filter(status__in=IN_PROGRESS, accepted_at__isnull=False, finished_at__isnull=True)
    rows = rows.filter(limit__isnull=False)
    return rows.filter(receiving_unit_id=unit_id) if unit_id else rows


def recompute_due_dates(*, now: datetime | None = None, most: int = 100_000, heard: Heard | None = None) -> int:
    """How many dossiers were looked at; starts the run that a newer calendar asks for and goes on with every
    unfinished one. `heard` hears of a run after each of its batches."""
    forget_calendar()  # what this process remembers may be a second old
    seen = 0
    _start_for_calendar(now or clock.now())
    unfinished = Recomputation.objects.filter(finished_at__isnull=True).order_by("id")
    for run_id in list(unfinished.values_list("pk", flat=True)):
        while seen < most:
            run, count = _batch(run_id, now or clock.now())
            seen += count
            if heard:
                heard(run)
            if run.finished_at is not None:
                break
    return seen


def _start_for_calendar(now: datetime) -> None:
    """One run for the newest version of the calendar; nothing when it has one."""
    number = current_calendar_version()
    runs = Recomputation.objects.filter(cause=RecomputeCause.CALENDAR, calendar_version=number)
    if not number or runs.exists():
        return
    note = CalendarVersion.objects.filter(number=number).values_list("note", flat=True).first() or ""
    insert_or_nothing(
        Recomputation(
            cause=RecomputeCause.CALENDAR,
            calendar_version=number,
            note=note,
            started_at=now,
            total=open_dossiers().count(),
        )
    )


@transaction.atomic
def _batch(run_id: int, now: datetime) -> tuple[Recomputation, int]:
    """The next dossiers of a run; the run's row is locked, so two workers take turns."""
    run = Recomputation.objects.select_for_update(no_key=True, of=("self",)).select_related("outage").get(pk=run_id)
    if run.finished_at is not None:
        return run, 0
    wanted = open_dossiers(unit_id=run.outage.unit_id if run.outage else None).filter(pk__gt=run.last_dossier_id)
    rows = list(wanted.select_for_update(no_key=True, of=("self",)).select_related("ruleset").order_by("pk")[:BATCH])
    for dossier in rows:
        _recompute(dossier, run, now)
        run.last_dossier_id = dossier.pk
    run.checked += len(rows)
    run.finished_at = None if len(rows) == BATCH else now
    run.save(update_fields=["checked", "moved", "waiting", "last_dossier_id", "finished_at"])
    return run, len(rows)


def _recompute(dossier: Dossier, run: Recomputation, now: datetime) -> None:
    stopped = run.outage is not None and _stop_for(dossier, run.outage)
    before = dossier.recomputed_due_at or dossier.due_at
    settled = _read(dossier, now)
    moved = settled is not None and settled.computed != before
    if not moved and not stopped:
        set_next_reminder(dossier, now=now)
        dossier.save(update_fields=["calendar_version", "due_explanation", "next_reminder_at"])
        return
    _fit_steps(dossier)
    save_columns(dossier, COLUMNS, now=now)
    if moved and settled is not None and before is not None:
        _log(dossier, run, before, settled, now)
    _tell_story(dossier, run, before, settled if moved else None, now)


def _stop_for(dossier: Dossier, outage: Outage) -> bool:
    """Whether the outage became a stop of this dossier's clock; never twice."""
    assert dossier.accepted_at is not None, "open_dossiers asks for it"
    if dossier.accepted_at >= outage.ended_at or not outage_counts(policy_by_id(dossier.ruleset_id).intervals):
        return False
    stop = Pause(
        dossier=dossier,
        kind=IntervalKind.OUTAGE,
        started_at=max(outage.started_at, dossier.accepted_at),
        ended_at=outage.ended_at,
        reason=f"{outage.system}: {outage.reason}"[:1000],
        outage=outage,
    )
    return insert_or_nothing(stop)


def _read(dossier: Dossier, now: datetime) -> SettledDate | None:
    """The clock read anew onto the dossier; None while it stands, when no date is promised.

    The explanation stays that of the date that holds.
    """
    due_at, explanation = dossier.due_at, dossier.due_explanation
    apply_reading(dossier, reading_of(dossier, now=now))
    if dossier.paused_at is not None or dossier.due_at is None:
        dossier.due_at = due_at
        return None
    settled = settle_date(clock.local(dossier.due_at), dossier.printed_due_at)
    dossier.due_at, dossier.recomputed_due_at = settled.due_at, settled.later
    if settled.later is not None:
        dossier.due_explanation = explanation
    return settled


def _fit_steps(dossier: Dossier) -> None:
    """No open step may end after a promise that became earlier."""
    if dossier.due_at is None:
        return
    late = Q(step_due_at__gt=dossier.due_at) & Q(starts_at__lt=dossier.due_at)
    open_runs = StepRun.objects.filter(dossier=dossier, state__in=(StepState.WAITING, StepState.WORKING))
    open_runs.filter(late).update(step_due_at=dossier.due_at)
    if dossier.step_due_at is not None and dossier.current_run_no is not None:
        current = StepRun.objects.filter(dossier=dossier, run_no=dossier.current_run_no)
        dossier.step_due_at = current.values_list("step_due_at", flat=True).first()


def _log(dossier: Dossier, run: Recomputation, before: datetime, settled: SettledDate, now: datetime) -> None:
    run.moved += 1
    run.waiting += settled.later is not None
    RecomputedLine.objects.create(
        run=run,
        dossier=dossier,
        old_due_at=before,
        new_due_at=settled.computed,
        waits=settled.later is not None,
        at=now,
    )


def _tell_story(
    dossier: Dossier, run: Recomputation, before: datetime | None, moved: SettledDate | None, now: datetime
) -> None:
    """One line of the dossier's story: the outage, or the calendar, and what came of it."""
    words = []
    if run.outage is not None:
        began, ended = moment_text(run.outage.started_at), moment_text(run.outage.ended_at)
        words.append(f"{run.outage.system} gặp sự cố từ {began} đến {ended}.")
    else:
        words.append(f"Lịch làm việc đổi: {run.note}.")
    if moved is not None and before is not None:
        words.append(f"Ngày hẹn tính lại: {due_text(clock.local(moved.computed))}.")
    if moved is not None and moved.later is not None:
        words.append("Chờ cấp giấy hẹn mới.")
    record_event(
        dossier=dossier,
        kind=EventKind.OUTAGE_RECORDED if run.outage is not None else EventKind.DUE_RECOMPUTED,
        actor=system_actor(),
        at=now,
        from_status=dossier.status,
        note=" ".join(words),
        data={
            "run_id": run.pk,
            "old_due_at": before.isoformat() if before else None,
            "new_due_at": moved.computed.isoformat() if moved else None,
            "waits": moved is not None and moved.later is not None,
        },
    )
