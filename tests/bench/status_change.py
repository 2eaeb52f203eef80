"""An act on a dossier through the whole HTTP path: an officer takes it, and finishes the step; each dossier once."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.urls import reverse

from dossiers.models import Dossier
from dossiers.rules.lifecycle import Command
from tests.bench.bench import WARM_UP_SECONDS, Bench
from tests.bench.load import Call
from tests.bench.seed import CSRF_SECRET, FORM, Clerk, clerks, intake_forms, receive_all
from tests.bench.work_list import officer_of
from tests.dossier_copies import copy_with_steps

CPU_MULTIPLE_MAX = 25
STATEMENTS_MAX = 15
ACTS_PER_SECOND_MAX = 400
ADDRESS = {Command.TAKE: "dossiers:take", Command.FINISH_STEP: "dossiers:finish-step"}


def run(bench: Bench) -> None:
    """Speed, CPU and statements of taking a dossier and of finishing its step."""
    clerk = clerks(1)[0]
    receive_all([intake_forms(clerk).call(950_000)])
    source = Dossier.objects.visible_to(clerk.actor).order_by("-pk")[0]
    officer = officer_of(source)
    count = round((bench.seconds + WARM_UP_SECONDS) * ACTS_PER_SECOND_MAX)
    codes = copy_with_steps(source.pk, prefix=f"B{uuid.uuid4().hex[:8]}", count=count)
    measure(bench, "take a dossier", [press(officer, code, Command.TAKE, version=1) for code in codes])
    finishing = [press(officer, code, Command.FINISH_STEP, version=2, proposal="approve") for code in in_hand(codes)]
    measure(bench, "finish a step", finishing)


def measure(bench: Bench, name: str, calls: list[Call]) -> None:
    """One kind of act; the first call is the one whose statements are counted."""
    bench.add_load(
        f"status change, {name}",
        calls[1:],
        counted=calls[0],
        repeat=False,
        cpu_budget=CPU_MULTIPLE_MAX,
        statement_budget=STATEMENTS_MAX,
    )


def press(officer: Clerk, code: str, act: Command, *, version: int, **form: str) -> Call:
    """The POST of one act's form on the dossier's page."""
    fields = {f"{act}-{name}": value for name, value in {"row_version": str(version), **form}.items()}
    body = urlencode({"csrfmiddlewaretoken": CSRF_SECRET, **fields})
    path = reverse(ADDRESS[act], args=[code])
    return Call(path, "POST", officer.headers | {"Content-Type": FORM}, body, status=302, expect="/ho-so/")


def in_hand(codes: list[str]) -> list[str]:
    """Those that somebody has taken: the measurement ends before all are."""
    rows = Dossier.objects.filter(code__in=codes, officer__isnull=False)
    return list(rows.values_list("code", flat=True))
