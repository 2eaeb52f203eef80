"""One setting scales every wait and every length of the tests: TEST_SCALE (1 in `make test`, more in `make soak`)."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

SCALE = float(os.environ.get("TEST_SCALE", "1"))
# Waiting longer for something to happen never makes a test slower that passes; slow machines need it.
PATIENCE = max(1.0, float(os.environ.get("TEST_PATIENCE", "1")))


def scaled(amount: float) -> int:
    """How many rounds, rows or seconds of work: `scaled(20)` is 20 in `make test`, 200 at TEST_SCALE=10."""
    return max(1, round(amount * SCALE))


def wait_for(probe: Callable[[], T], *, within_seconds: float, what: str) -> T:
    """Poll until `probe()` is truthy and return it; fails naming `what` when the time is up."""
    deadline = time.monotonic() + within_seconds * PATIENCE
    while not (found := probe()):
        assert time.monotonic() < deadline, f"{what}: not within {within_seconds * PATIENCE:.0f} s"
        time.sleep(0.05)
    return found
