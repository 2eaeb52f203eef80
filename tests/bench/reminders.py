"""The sweep of reminders: what it costs when a thousand are due among a hundred thousand and among a million.

Each crowd is made in a transaction that is undone afterwards: copies of one real dossier, their own moments.
Filling a million rows takes a minute or two.
"""

from __future__ import annotations

import time
from datetime import datetime

from django.db import transaction

from dossiers.models import Dossier, Reminder
from dossiers.services.sweep_reminders import sweep_reminders
from haddong_portal.common import clock
from haddong_portal.notices.models import Notice
from tests.bench.bench import Bench
from tests.bench.stand import say
from tests.bench.work_list import busy_clerk
from tests.dossier_copies import copy_dossier

DUE = 1_000
FEW, MANY = 100_000, 1_000_000
RATIO_MAX = 1.5
# Other processes disturb one sweep, seldom all.
SWEEPS = 3


def run(bench: Bench) -> None:
    """Seconds for both crowds and their ratio, after a small crowd to warm up."""
    busy_clerk()
    sweep_among(DUE * 2)
    few, many = sweep_among(FEW), sweep_among(MANY)
    bench.add(f"reminders: {DUE:,} due of {FEW:,}", f"{few:.2f} s")
    bench.add(f"reminders: {DUE:,} due of {MANY:,}", f"{many:.2f} s")
    bench.add("reminders: ratio", f"{many / few:.2f}", many / few, RATIO_MAX)


def sweep_among(count: int) -> float:
    """Seconds of the quickest of some sweeps; in each every due dossier must speak once, with its messages."""
    now = clock.now()
    with transaction.atomic():
        Dossier.objects.filter(next_reminder_at__isnull=False).update(next_reminder_at=None)
        source = Dossier.objects.filter(current_run_no__isnull=False).order_by("pk")[0]
        say(f"  … {count:,} dossiers")
        copy_dossier(source.pk, prefix="BENCH", count=count, due=DUE, now=now)
        taken = [_sweep(now) for _ in range(SWEEPS)]
        transaction.set_rollback(True)
    return min(taken)


def _sweep(now: datetime) -> float:
    """Seconds of one sweep, which is undone."""
    with transaction.atomic():
        told = Notice.objects.count()
        began = time.perf_counter()
        seen = sweep_reminders(now=now)
        taken = time.perf_counter() - began
        assert seen == DUE, f"{seen} dossiers swept"
        assert Reminder.objects.filter(dossier__code__startswith="BENCH-").count() == DUE
        assert Notice.objects.count() >= told + DUE, "each reminder tells somebody"
        transaction.set_rollback(True)
    return taken
