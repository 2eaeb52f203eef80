"""manage.py recompute_due_dates: what the worker does after a change of the calendar or an outage, with progress."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from dossiers.models import Recomputation
from dossiers.services.recompute_due_dates import recompute_due_dates


class Command(BaseCommand):
    help = (
        "Tính lại ngày hẹn của hồ sơ đang giải quyết sau khi lịch đổi hoặc có sự cố; bị ngắt thì chạy lại là làm tiếp."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        runs: dict[int, Recomputation] = {}
        with tqdm(desc="Tính lại ngày hẹn", unit="hồ sơ", disable=not self.stderr.isatty()) as bar:

            def heard(run: Recomputation) -> None:
                before = runs.get(run.pk)
                bar.total = run.total
                bar.update(run.checked - (before.checked if before else 0))
                runs[run.pk] = run

            recompute_due_dates(heard=heard)
        for run in runs.values():
            self.stdout.write(
                f"{run.get_cause_display()} ({run.note}): xem {run.checked} hồ sơ, đổi ngày hẹn {run.moved}, "
                f"chờ giấy hẹn mới {run.waiting}."
            )
        if not runs:
            self.stdout.write("Không có gì phải tính lại.")
