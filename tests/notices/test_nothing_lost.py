"""Exactly once, on a real worker, broker and clock: processes are killed, the broker is emptied, the provider is away.

`make soak` runs both at full length: 500 notices and a provider that is down for ten minutes.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from haddong_portal.deploy.commands import beat_command, worker_command
from haddong_portal.notices.constants import NoticeState
from haddong_portal.notices.models import Notice, NoticeAttempt
from tests.running import RunningPortal
from tests.scale import SCALE, scaled, wait_for

NOTICES = min(500, scaled(150))
KILLS = min(6, scaled(2))
OUTAGE_NOTICES = scaled(20)
OUTAGE_SECONDS = 600 if SCALE >= 10 else scaled(5)

# Acts of many dossiers, in the portal's own process: each commits and wakes a worker.
QUEUE = """
from tests.notices.outbox import queue_result_ready
for number in range({count}):
    queue_result_ready(reference=f"{reference}:{{number}}", rule="{reference}", now=None)
"""


@contextmanager
def altered(portal: RunningPortal, **environment: str) -> Iterator[None]:
    """The portal with other settings for its worker and clock, and everything as before afterwards."""
    before = dict(portal.environment)
    portal.stop("worker")
    portal.stop("reader")
    portal.environment.update(environment)
    try:
        yield
    finally:
        for name in set(portal.processes) - {"web"}:
            portal.stop(name)
        portal.environment.clear()
        portal.environment.update(before)
        portal.start_worker()
        portal.start_reader()


def start_worker(portal: RunningPortal) -> None:
    """Two processes, so that two sweeps really meet."""
    portal.start("worker", worker_command(processes=2, log_level="INFO"))


def start_clock(portal: RunningPortal, name: str) -> None:
    portal.start(name, beat_command(schedule_file=portal.folder / f"{name}.schedule"))


def kill(portal: RunningPortal, name: str) -> None:
    """No warning, no handler: the process and its children are gone."""
    child = portal.processes.pop(name)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def queue(portal: RunningPortal, reference: str, count: int) -> None:
    portal.manage("shell", "--no-imports", "-c", QUEUE.format(count=count, reference=reference))


def states(portal: RunningPortal, rule: str) -> Counter[str]:
    with portal.database():
        return Counter(Notice.objects.filter(rule=rule).values_list("state", flat=True))


def keys_of(portal: RunningPortal, rule: str) -> set[str]:
    with portal.database():
        return {f"notice-{key}" for key in Notice.objects.filter(rule=rule).values_list("key", flat=True)}


def lines_of(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line)["key"] for line in lines]


@pytest.mark.browser  # shares the running portal of the browser tests
def test_a_worker_killed_while_sending_a_broker_emptied_and_two_clocks_send_everything_exactly_once(
    running_portal: RunningPortal,
) -> None:
    written: Callable[[], list[str]] = lambda: lines_of(running_portal.notice_file)  # noqa: E731
    broker = redis.Redis.from_url(running_portal.environment["REDIS_URL"])
    with altered(running_portal, NOTICE_CLAIM_SECONDS="3"):
        already = len(written())
        queue(running_portal, "killed", NOTICES)  # before anybody sends: a quick worker would be done before we look
        start_worker(running_portal)
        start_clock(running_portal, "clock-1")
        start_clock(running_portal, "clock-2")
        in_the_middle = False
        for number in range(1, KILLS + 1):
            enough = already + NOTICES * number // (KILLS + 2)  # well before the last one is sent
            wait_for(lambda enough=enough: len(written()) >= enough, within_seconds=60, what=f"kill {number}")
            kill(running_portal, "worker")
            broker.flushdb()
            in_the_middle |= states(running_portal, "killed")[NoticeState.SENT] < NOTICES
            start_worker(running_portal)
        wait_for(
            lambda: states(running_portal, "killed") == {NoticeState.SENT: NOTICES},
            within_seconds=120,
            what="all sent",
        )
    ours = keys_of(running_portal, "killed")
    seen = Counter(key for key in written() if key in ours)
    assert len(ours) == NOTICES
    assert seen == Counter(dict.fromkeys(ours, 1))
    assert in_the_middle, "at least one kill met messages that were still to be sent"


def _lasts(portal: RunningPortal, answer: str) -> None:
    """Half of the outage, and until a message has met it."""
    began = time.monotonic()

    def met() -> bool:
        with portal.database():
            failed = NoticeAttempt.objects.filter(notice__rule="away", ok=False, answer__startswith=answer)
            return time.monotonic() - began >= OUTAGE_SECONDS / 2 and failed.exists()

    wait_for(met, within_seconds=OUTAGE_SECONDS + 600, what=answer)


@pytest.mark.browser
def test_a_provider_that_is_away_and_then_refuses_loses_nothing(running_portal: RunningPortal) -> None:
    mode, log = running_portal.folder / "provider.mode", running_portal.folder / "provider.jsonl"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "NOTICE_SMS_GATEWAY": "http_sms",
        "NOTICE_HTTP_SMS_URL": f"http://127.0.0.1:{port}/send",
        "NOTICE_FIRST_WAIT_SECONDS": "30" if SCALE >= 10 else "1",
    }
    with altered(running_portal, **settings):
        start_worker(running_portal)
        start_clock(running_portal, "clock-1")
        queue(running_portal, "away", OUTAGE_NOTICES)
        _lasts(running_portal, "ConnectError")  # nobody listens on the port
        mode.write_text("503")
        command = [sys.executable, str(Path(__file__).with_name("sms_provider.py")), str(port), str(mode), str(log)]
        with subprocess.Popen(command) as provider:
            try:
                _lasts(running_portal, "HTTP 503")  # it answers, and refuses
                assert states(running_portal, "away")[NoticeState.SENT] == 0
                assert not set(lines_of(log)) & set(keys_of(running_portal, "away"))
                mode.write_text("200")
                wait_for(
                    lambda: states(running_portal, "away") == {NoticeState.SENT: OUTAGE_NOTICES},
                    within_seconds=60 + OUTAGE_SECONDS,
                    what="all sent",
                )
            finally:
                provider.terminate()
    ours = keys_of(running_portal, "away")  # other tests' messages go through the same provider
    assert Counter(key for key in lines_of(log) if key in ours) == Counter(dict.fromkeys(ours, 1))
