"""Reminders exactly once, on a real worker, broker and clock: workers are killed, the broker emptied, sweeps doubled.

`make soak` runs it with 500 reminders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis
from django.db.models import QuerySet

from dossiers.models import Dossier, Reminder
from dossiers.rules.reminders import ReminderRule
from dossiers.services.notifying import reference_of
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import User
from haddong_portal.common import clock
from haddong_portal.notices.constants import NoticeChannel, NoticeState
from haddong_portal.notices.models import Notice
from tests.dossier_copies import copy_dossier
from tests.factories import RuleSetFactory, UnitFactory, make_actor, publish_procedure, receive
from tests.notices.test_nothing_lost import altered, kill, lines_of, start_clock, start_worker
from tests.running import RunningPortal
from tests.scale import scaled, wait_for

REMINDERS = min(500, scaled(300))
KILLS = min(6, scaled(2))
PREFIX = "NHAC"

# What beat does each minute, twice at once: the test does not wait for the minute.
SWEEP_TWICE = "from dossiers.tasks import sweep\nsweep.delay()\nsweep.delay()"


@contextmanager
def overdue_dossiers(portal: RunningPortal, count: int) -> Iterator[None]:
    """So many overdue dossiers of a ward whose leader is told by e-mail and whose clerk under the bell."""
    with portal.database():
        RuleSetFactory()
        ward = UnitFactory(ward=True, desk=True)
        clerk, leader = make_actor(ward, Role.CLERK, "Ngô Thị Sen"), make_actor(ward, Role.LEADER, "Đỗ Văn Khải")
        User.objects.filter(pk=leader.user_id).update(email="khai@example.vn")
        source = receive(clerk, publish_procedure(at=ward)).dossier_id
        Dossier.objects.filter(pk=source).update(next_reminder_at=None)
        copy_dossier(source, prefix=PREFIX, count=count, due=count, now=clock.now())
    try:
        yield
    finally:
        with portal.database():
            Dossier.objects.filter(code__startswith=f"{PREFIX}-").delete()


def ours() -> QuerySet[Notice]:
    """Every message of our dossiers."""
    dossiers = Dossier.objects.filter(code__startswith=f"{PREFIX}-").values_list("pk", flat=True)
    return Notice.objects.filter(reference__in=[reference_of(pk) for pk in dossiers])


def sent_by_mail(portal: RunningPortal) -> int:
    """Counted by the database: reading them would take longer than sending them."""
    with portal.database():
        return ours().filter(channel=NoticeChannel.EMAIL, state=NoticeState.SENT).count()


def sweep_twice(portal: RunningPortal) -> None:
    portal.manage("shell", "--no-imports", "-c", SWEEP_TWICE)


@pytest.mark.browser  # shares the running portal of the browser tests
def test_workers_killed_a_broker_emptied_and_sweeps_doubled_remind_exactly_once(
    running_portal: RunningPortal,
) -> None:
    broker = redis.Redis.from_url(running_portal.environment["REDIS_URL"])
    with altered(running_portal, NOTICE_CLAIM_SECONDS="3"), overdue_dossiers(running_portal, REMINDERS):
        start_worker(running_portal)
        start_clock(running_portal, "clock-1")
        start_clock(running_portal, "clock-2")
        sweep_twice(running_portal)
        in_the_middle = False
        for number in range(1, KILLS + 1):
            enough = REMINDERS * number // (2 * (KILLS + 1))  # well before the last: they go on while we count
            wait_for(
                lambda enough=enough: sent_by_mail(running_portal) >= enough, within_seconds=90, what=f"kill {number}"
            )
            kill(running_portal, "worker")
            broker.flushdb()
            in_the_middle |= sent_by_mail(running_portal) < REMINDERS
            start_worker(running_portal)
            sweep_twice(running_portal)
        wait_for(lambda: sent_by_mail(running_portal) >= REMINDERS, within_seconds=180, what="all sent")
        sweep_twice(running_portal)
        _check(running_portal)
    assert in_the_middle, "at least one kill met reminders that were still to be sent"


def _check(portal: RunningPortal) -> None:
    """One reminder per dossier, one message per dossier and person, one line per message in the gateway's file."""
    with portal.database():
        rows = Reminder.objects.filter(dossier__code__startswith=f"{PREFIX}-")
        assert Counter(rows.values_list("rule", flat=True)) == {ReminderRule.OVERDUE: REMINDERS}
        assert rows.values("dossier").distinct().count() == REMINDERS
        notices = list(ours())
    said = Counter((notice.reference, notice.user_id, notice.channel) for notice in notices)
    assert set(said.values()) == {1}
    assert Counter(notice.channel for notice in notices) == {
        NoticeChannel.EMAIL: REMINDERS,
        NoticeChannel.PORTAL: 2 * REMINDERS,
    }
    mails = {f"notice-{notice.key}" for notice in notices if notice.channel == NoticeChannel.EMAIL}
    written = Counter(key for key in lines_of(portal.notice_file) if key in mails)
    assert written == Counter(dict.fromkeys(mails, 1))
