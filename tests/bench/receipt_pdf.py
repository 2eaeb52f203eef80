"""Receipts as PDF, over HTTP: each is typeset anew, read by the desk's clerk, and leaves an audit row."""

from __future__ import annotations

from django.urls import reverse

from dossiers.models import Dossier
from tests.bench.bench import Bench
from tests.bench.work_list import busy_clerk

RECEIPTS = 50


def run(bench: Bench) -> None:
    """Receipts a second, all cores; there is no budget, a desk prints one a minute."""
    clerk = busy_clerk()
    newest = Dossier.objects.visible_to(clerk.actor).filter(line_no__lt=1_000_000_000).order_by("-pk")[:RECEIPTS]
    calls = [clerk.get(reverse("dossiers:receipt-pdf", args=[one.code]), "%PDF-") for one in newest]
    found = bench.measure(calls)
    bench.add(
        "receipt PDF", f"{found.requests_per_second:.1f} a second, p95 {found.p95_ms:.0f} ms, {found.cpu_ms:.0f} ms CPU"
    )
