"""An intake through the whole HTTP path: session, CSRF, form, service, commit, redirect; beside raw inserts."""

from __future__ import annotations

from tests.bench.bench import CLIENTS, WARM_UP_SECONDS, Bench
from tests.bench.load import Call
from tests.bench.raw_rows import measure_raw
from tests.bench.seed import clerks, intake_forms

CPU_MULTIPLE_MAX = 25
STATEMENTS_MAX = 20
INTAKES_PER_SECOND_MAX = 600


def run(bench: Bench) -> None:
    """Speed, CPU and statements of the counter's intake, then psycopg alone with the rows of one intake."""
    calls = intake_calls(round((bench.seconds + WARM_UP_SECONDS) * INTAKES_PER_SECOND_MAX) + 2)
    found = bench.add_load(
        "intake",
        calls[2:],
        counted=calls[0],
        repeat=False,
        cpu_budget=CPU_MULTIPLE_MAX,
        statement_budget=STATEMENTS_MAX,
    )
    raw = measure_raw(calls[1], seconds=bench.seconds, connections=CLIENTS)
    bench.add(
        "same rows by raw psycopg",
        f"{raw.per_second:7.0f} intakes/s of {raw.rows} rows, {CLIENTS} connections"
        f" = {raw.per_second / found.requests_per_second:.1f} × the HTTP path",
    )


def intake_calls(count: int, *, first: int = 0) -> list[Call]:
    """So many intakes of different people, in turn at different desks; `first` is the number of the first citizen."""
    forms = [intake_forms(clerk) for clerk in clerks(CLIENTS)]
    return [forms[number % len(forms)].call(first + number) for number in range(count)]
