"""`python -m interlink.management.rehearsal`: what `manage.py rehearse_linked` runs in a scratch HADDONG_HOME."""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from haddong_portal.embedded import ensure_servers, home_from_environment
from haddong_portal.embedded.keys import export_keys
from haddong_portal.embedded.process import wait_until
from interlink.management.rehearsal.processes import Processes, free_ports
from interlink.sandbox.directory import AGENCIES
from interlink.sandbox.keys import make_keys
from interlink.sandbox.operator import Operator

if TYPE_CHECKING:
    from interlink.management.rehearsal.counting import Figures

# A rehearsal waits seconds where life waits minutes.
QUICK = {
    "INTERLINK_FIRST_WAIT_SECONDS": "1",
    "INTERLINK_WAIT_SECONDS_MAX": "4",
    "INTERLINK_CLAIM_SECONDS": "12",
    "INTERLINK_TIMEOUT_SECONDS": "8",
    "INTERLINK_BREAK_SECONDS": "1",
    "INTERLINK_POLL_SECONDS": "2",
    "INTERLINK_TRIES_MAX": "10000",
    "INTERLINK_CALLBACKS_PER_MINUTE_MAX": "1000000",
}
BETWEEN_FAULTS_SECONDS = 1.0
CASES_PER_FAULT, FAULTS_OF_AN_AGENCY_MAX = 5, 5


def prepare(processes: Processes) -> None:
    """Schema, units, staff, the two procedures of the ward, the groups, and the agencies connected."""
    import django

    import_module("haddong_portal.celery")  # the roof: it makes itself the default app for enqueue
    django.setup()
    from django.core.management import call_command

    from interlink.management.rehearsal.foundation import load_foundation_of_rehearsal
    from interlink.services.connect_sandbox import connect_sandbox

    call_command("migrate", verbosity=0, interactive=False)
    load_foundation_of_rehearsal(processes.home.root)
    connect_sandbox(port_first=processes.agencies_port)


def play(processes: Processes, *, births: int, deaths: int, faults: int, dice: random.Random) -> list[int]:
    """Open and settle every case while processes are killed; the cases' ids."""
    from interlink.management.rehearsal.ward import find_ward

    ward, cases = find_ward(), []
    todo = ["birth"] * births + ["death"] * deaths
    dice.shuffle(todo)
    every = max(1, len(todo) // max(faults, 1))
    left = faults
    for number, group in enumerate(todo, start=1):
        opened = ward.open(group, number)
        cases.append(opened.case_id)
        ward.settle(opened.case_id, number)
        if left and number % every == 0:
            left -= _fault(processes, dice)
    while left:
        left -= _fault(processes, dice)
        time.sleep(BETWEEN_FAULTS_SECONDS)
    return cases


def _fault(processes: Processes, dice: random.Random) -> int:
    processes.revive()
    processes.kill_and_restart(dice.choice(processes.names))
    return 1


def misbehave(operator: Operator, *, times: int) -> None:
    """Every agency answers twice and in the wrong order; so many times it fails, and loses receipts and polls."""
    for agency in AGENCIES:
        operator.tell(
            agency.code,
            step_seconds=0.3,
            answer_twice=True,
            out_of_order=True,
            lose_acks=times,
            lose_polls=times,
            fail=times,
        )


def wait_for_end(processes: Processes, cases: list[int], seconds_max: float) -> None:
    """Until every case is over and every receipt is here, or the time is up."""
    from interlink.constants import OPEN_CASES
    from interlink.models import AgencyMessage, LinkedCase
    from interlink.services.send_message import DUE_STATES

    def over() -> bool:
        processes.revive()
        if LinkedCase.objects.filter(pk__in=cases, state__in=OPEN_CASES).exists():
            return False
        return not AgencyMessage.objects.filter(leg__case_id__in=cases, state__in=DUE_STATES).exists()

    wait_until(over, timeout_seconds=seconds_max, poll_seconds=1.0)


def rehearse(options: argparse.Namespace) -> Figures:
    home = home_from_environment()
    export_keys(home)
    ensure_servers(home, fast=True)
    keys = make_keys(home.root / "interlink")
    processes = Processes(home, keys, free_ports(2 + len(AGENCIES)), {})
    os.environ.update(QUICK | {"REDIS_URL": processes.broker_url})
    os.environ["PUBLIC_URL"] = f"http://127.0.0.1:{processes.port}"
    processes.environment = dict(os.environ)
    prepare(processes)
    from interlink.management.rehearsal.counting import count

    try:
        processes.start_all()
        few = max(1, (options.births + options.deaths) // CASES_PER_FAULT)
        misbehave(Operator(keys, processes.agencies_port), times=min(few, FAULTS_OF_AN_AGENCY_MAX))
        began = time.monotonic()
        dice = random.Random(options.seed)  # noqa: S311 - a rehearsal, and one that can be repeated
        cases = play(processes, births=options.births, deaths=options.deaths, faults=options.faults, dice=dice)
        wait_for_end(processes, cases, options.seconds_max)
        seconds = time.monotonic() - began
    finally:
        processes.stop_all()
    stores = [processes.store(agency.code) for agency in AGENCIES]
    return count(cases, stores, seconds=seconds, killed=processes.killed)


def main() -> int:
    """0 when everything ended right; the figures go to the file or the terminal."""
    parser = argparse.ArgumentParser(prog="python -m interlink.management.rehearsal", description=__doc__)
    for name, default in (("births", 200), ("deaths", 50), ("faults", 50), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seconds-max", type=float, default=1800.0)
    parser.add_argument("--into", type=Path)
    options = parser.parse_args()
    figures = rehearse(options)
    text = json.dumps(figures.as_json(), ensure_ascii=False)
    if options.into:
        options.into.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text + "\n")
    wrong = figures.requests_lost or figures.requests_doubled or figures.strangers
    return 1 if wrong or figures.ended_right != figures.cases else 0


if __name__ == "__main__":
    sys.exit(main())
