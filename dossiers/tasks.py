"""Doors of the queue: one service call each."""

from __future__ import annotations

from celery import shared_task

from dossiers.services.sweep_reminders import sweep_reminders


@shared_task(name="dossiers.sweep_reminders", ignore_result=True)
def sweep() -> int:
    return sweep_reminders()
