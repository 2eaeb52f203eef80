"""Doors of the queue: one service call each."""

from __future__ import annotations

from celery import shared_task

from dossiers.services.recheck_held import recheck_held
from dossiers.services.recompute_due_dates import recompute_due_dates
from dossiers.services.run_reassignment import run_reassignment, sweep_reassignments
from dossiers.services.sweep_reminders import sweep_reminders
from haddong_portal.common.jobs import JobName


@shared_task(name="dossiers.sweep_reminders", ignore_result=True)
def sweep() -> int:
    return sweep_reminders()


@shared_task(name=JobName.REASSIGN_WORK.value, ignore_result=True)
def reassign(reassignment_id: int) -> int:
    """Moves what an order still has waiting."""
    return run_reassignment(reassignment_id=reassignment_id)


@shared_task(name="dossiers.sweep_reassignments", ignore_result=True)
def sweep_orders() -> int:
    return sweep_reassignments()


@shared_task(name="dossiers.recompute_due_dates", ignore_result=True)
def recompute() -> int:
    return recompute_due_dates()


@shared_task(name="dossiers.recheck_held_papers", ignore_result=True)
def recheck_papers() -> int:
    """Files that wait for the virus scanner."""
    return recheck_held()
