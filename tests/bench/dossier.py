"""The page of one dossier, opened by the officer it waits for; each read leaves an audit row."""

from __future__ import annotations

from django.urls import reverse

from dossiers.models import Dossier
from tests.bench.bench import Bench
from tests.bench.work_list import busy_clerk, officer_of

CPU_MULTIPLE_MAX = 12
STATEMENTS_MAX = 6
DOSSIERS = 50


def run(bench: Bench) -> None:
    """Speed, CPU and statements over many dossiers of one unit."""
    clerk = busy_clerk()
    newest = list(Dossier.objects.visible_to(clerk.actor).order_by("-pk")[:DOSSIERS])
    officer = officer_of(newest[0])
    same_place = [one for one in newest if one.owner_unit_id == newest[0].owner_unit_id]
    calls = [officer.get(reverse("dossiers:dossier", args=[one.code]), one.code) for one in same_place]
    bench.add_load("one dossier", calls, cpu_budget=CPU_MULTIPLE_MAX, statement_budget=STATEMENTS_MAX)
