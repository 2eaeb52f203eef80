"""The rehearsal: real processes killed on the way, all ended right, nothing lost and nothing asked twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.databases import REPOSITORY
from tests.scale import scaled


@pytest.mark.timeout(1800)
@pytest.mark.xdist_group("rehearsal")
def test_cases_survive_killed_processes_lost_receipts_and_doubled_replies() -> None:
    births, deaths, faults = scaled(1), scaled(1), scaled(2)
    numbers = ["--births", str(births), "--deaths", str(deaths), "--faults", str(faults)]
    done = subprocess.run(
        [sys.executable, "manage.py", "rehearse_linked", *numbers, "--json"],
        cwd=REPOSITORY,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert (told["cases"], told["ended_right"]) == (births + deaths, births + deaths)
    assert (told["requests_lost"], told["requests_doubled"], told["strangers"]) == (0, 0, 0)
    assert told["requests"] == 3 * births + 2 * deaths
    assert sum(told["killed"].values()) == faults
