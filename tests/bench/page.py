"""The page of one procedure, as a citizen with a poster's QR code opens it: many different ones in turn."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import escape

from procedures.models import ProcedureVersion
from tests.bench.bench import Bench
from tests.bench.load import Call

PAGES = 200
STATEMENTS_MAX = 2


def run(bench: Bench) -> None:
    """Speed, CPU and statements of public procedure pages."""
    rows = ProcedureVersion.objects.published().order_by("?").values_list("procedure__national_code", flat=True)
    calls = [Call(reverse("procedures:detail", args=[code]), expect=escape(code)) for code in rows[:PAGES]]
    bench.add_load("public procedure page", calls, statement_budget=STATEMENTS_MAX)
