"""Stop the clock and let it run again: the stored stop, the reading after it, the promise in the citizen's hand.

Helpers of the acts, called inside their transaction with the dossier locked; the act saves PAUSE_COLUMNS.
"""

from __future__ import annotations

from datetime import datetime

from dossiers.constants import FormKind, IntervalKind
from dossiers.models import Dossier, Pause, Slip, StepRun
from dossiers.rules.recompute import settle_date
from dossiers.rules.routing import step_end
from dossiers.selectors.rulesets import policy_by_id
from dossiers.services.clock_reading import READING_COLUMNS, apply_reading, reading_of
from dossiers.services.issue_slip import SlipData, issue_slip
from dossiers.services.notifying import tell_new_date
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.common.actors import Actor
from procedures.models import ProcedureVersion

PAUSE_COLUMNS = (*READING_COLUMNS, "status", "resume_status", "supplement_until")
# What goes on beside the open step; most rule-sets let the clock run meanwhile (NĐ 61/2018 art. 19).
BESIDE = (IntervalKind.CONSULTATION, IntervalKind.VERIFICATION)
PROMISE_COLUMNS = ("printed_due_at", "recomputed_due_at")


def stop_clock(dossier: Dossier, kind: IntervalKind, *, reason: str, slip: Slip | None, now: datetime) -> Pause:
    """Open a stop of `kind` from now on and read the clock again.

    A financial duty stops the clock only where the rule-set names the procedure or its sector; the stop keeps that.
    """
    said = _payment_pauses(dossier) if kind == IntervalKind.PAYMENT else None
    if kind in BESIDE:
        said = policy_by_id(dossier.ruleset_id).intervals.rule_of(kind).stands
    pause = Pause(dossier=dossier, kind=kind, started_at=now, reason=reason[:1000], slip=slip, pauses_clock=said)
    pause.save(force_insert=True)
    apply_reading(dossier, reading_of(dossier, now=now))
    if dossier.due_at is not None:
        # A date that the calendar moved since waits for a paper; stopping the clock prints none.
        dossier.due_at = settle_date(dossier.due_at, dossier.printed_due_at).due_at
    return pause


def _payment_pauses(dossier: Dossier) -> bool:
    rows = ProcedureVersion.objects.filter(pk=dossier.procedure_version_id)
    code, sector = rows.values_list("procedure__national_code", "sector__name").get()
    return policy_by_id(dossier.ruleset_id).payment_pauses(procedure_code=code, sector=sector or "")


def open_pause(dossier: Dossier, kind: IntervalKind) -> Pause | None:
    """The open stop of this kind."""
    return Pause.objects.select_related("slip").filter(dossier=dossier, kind=kind, ended_at__isnull=True).first()


def run_clock_again(dossier: Dossier, pause: Pause, *, now: datetime) -> None:
    """End the stop and read the clock: restarted or moved on, as the rule-set says."""
    pause.ended_at = now
    pause.save(update_fields=["ended_at"])
    apply_reading(dossier, reading_of(dossier, now=now))


def stands_beside(dossier: Dossier, kind: IntervalKind) -> bool:
    """Whether the dossier's rule-set stops the clock for what goes on beside the step."""
    return policy_by_id(dossier.ruleset_id).intervals.rule_of(kind).stands


def stop_beside(dossier: Dossier, kind: IntervalKind, *, reason: str, now: datetime) -> tuple[str, ...]:
    """Stop the clock while other units are asked, or somebody looks, where the rule-set wants that written down.

    Returns the dossier's columns for the act to save.
    """
    if not policy_by_id(dossier.ruleset_id).intervals.rule_of(kind).changes_anything:
        return ()
    stop_clock(dossier, kind, reason=reason, slip=None, now=now)
    return PAUSE_COLUMNS


def go_on_from(
    dossier: Dossier, kind: IntervalKind, run: StepRun | None, *, reason: str, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """End that stop: the step gets its time back, and a moved date is promised anew, on paper and by message.

    Returns the dossier's columns for the act to save. Called after everything but the event.
    """
    rule = policy_by_id(dossier.ruleset_id).intervals.rule_of(kind)
    pause = open_pause(dossier, kind) if rule.changes_anything else None
    if pause is None:
        return ()
    run_clock_again(dossier, pause, now=now)
    push_step(dossier, run, pause)
    if dossier.paused_at is None and dossier.due_at != dossier.printed_due_at:
        printed = dossier.printed_due_at
        promise_again(dossier, reason=reason, actor=actor, now=now)
        tell_new_date(dossier, reason=reason, printed=printed, now=now)
    return (*PAUSE_COLUMNS, *PROMISE_COLUMNS, "step_due_at")


def restart_step(dossier: Dossier, run: StepRun | None, *, now: datetime) -> None:
    """The open step gets its whole time again from now, never beyond the dossier's promise."""
    if run is None:
        return
    calendar = work_calendar_for(run.unit_id)
    run.starts_at = calendar.next_working_moment(now)
    planned_end_at = calendar.add_working_minutes(run.starts_at, run.planned_minutes)
    run.step_due_at = step_end(starts_at=run.starts_at, planned_end_at=planned_end_at, due_at=dossier.due_at)
    run.save(update_fields=["starts_at", "step_due_at"])
    dossier.step_due_at = run.step_due_at


def push_step(dossier: Dossier, run: StepRun | None, pause: Pause) -> None:
    """The open step gets back the office time of a finished stop that the clock did not count."""
    if run is None or not pause.pauses_clock or pause.ended_at is None:
        return
    calendar = work_calendar_for(run.unit_id)
    lost = calendar.working_minutes_between(pause.started_at, pause.ended_at)
    planned_end_at = calendar.add_working_minutes(run.step_due_at, lost)
    run.step_due_at = step_end(starts_at=run.starts_at, planned_end_at=planned_end_at, due_at=dossier.due_at)
    run.save(update_fields=["step_due_at"])
    dossier.step_due_at = run.step_due_at


def promise_again(dossier: Dossier, *, reason: str, actor: Actor, now: datetime) -> Slip:
    """A new receipt (Mẫu 01) with the date that holds now; it names the one it replaces. Called last."""
    dossier.printed_due_at, dossier.recomputed_due_at = dossier.due_at, None
    return reprint_receipt(dossier, reason=reason, actor=actor, now=now)


def reprint_receipt(dossier: Dossier, *, reason: str, actor: Actor, now: datetime) -> Slip:
    """A new receipt with the date that the last one promised; it names the one it replaces. Called last."""
    earlier = Slip.objects.filter(dossier=dossier, form_kind=FormKind.RECEIPT).order_by("-id").first()
    return issue_slip(
        kind=FormKind.RECEIPT,
        unit_id=dossier.receiving_unit_id,
        ruleset_id=dossier.ruleset_id,
        actor=actor,
        now=now,
        dossier=dossier,
        data=SlipData(reason=reason, due_at=dossier.printed_due_at, replaces_id=earlier.pk if earlier else None),
    )
