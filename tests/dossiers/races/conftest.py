"""Several connections at once: every call runs in a thread, and so in a database connection, of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from haddong_portal.common.errors import DomainError

Answers = list[Any]
AtOnce = Callable[..., Answers]


def alone(call: Callable[[], Any]) -> Any:
    """The answer, or the refusal as a value; the thread's connection is closed either way."""
    try:
        return call()
    except DomainError as refusal:
        return refusal
    finally:
        connection.close()


@pytest.fixture
def at_once(transactional_db: None) -> AtOnce:
    """`at_once(calls)`: all start together, or with `threads=n` n at a time; answers in the order of the calls."""

    def run(calls: Sequence[Callable[[], Any]], *, threads: int = 0) -> Answers:
        start = Barrier(threads or len(calls))

        def worker(share: Sequence[Callable[[], Any]]) -> Answers:
            start.wait(timeout=60)
            return [alone(call) for call in share]

        lanes = threads or len(calls)
        with ThreadPoolExecutor(max_workers=lanes) as pool:
            shares = list(pool.map(worker, [calls[lane::lanes] for lane in range(lanes)]))
        return [shares[at % lanes][at // lanes] for at in range(len(calls))]

    return run
