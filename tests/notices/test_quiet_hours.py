"""Quiet hours: nothing leaves, nothing is lost, still once a day; the hours are data with history."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor, system_actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError, NotAllowed
from haddong_portal.notices.constants import NoticeChannel, NoticeEvent, NoticeState
from haddong_portal.notices.models import Notice
from haddong_portal.notices.selectors.quiet import earliest_sending, quiet_history, quiet_rows
from haddong_portal.notices.services.deliver_notice import deliver_notice
from haddong_portal.notices.services.preview_notice import preview_notice
from haddong_portal.notices.services.set_quiet_hours import set_quiet_hours
from haddong_portal.notices.services.sweep_notices import sweep_notices
from tests.notices.outbox import FACTS, Provider
from tests.notices.outbox import queue_result_ready as queue

pytestmark = pytest.mark.django_db

LATE = datetime(2024, 2, 15, 22, 30, tzinfo=VIETNAM)
MORNING = datetime(2024, 2, 16, 7, 0, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _night(settings: Any) -> None:
    settings.NOTICE_QUIET_HOURS = "sms=21:00-07:00"


def test_a_message_of_the_night_leaves_in_the_morning_and_only_once(notice_file: Path) -> None:
    notice_id = queue(now=LATE)
    assert notice_id
    assert queue(now=LATE + timedelta(hours=1)) is None
    assert Notice.objects.get(pk=notice_id).next_attempt_at == MORNING
    assert sweep_notices(now=MORNING - timedelta(seconds=1)) == 0
    assert sweep_notices(now=MORNING) == 1
    assert len(notice_file.read_text().splitlines()) == 1


def test_nobody_is_woken_for_it(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as waking:
        queue(now=LATE)
    assert waking == []


def test_mail_and_one_time_codes_do_not_wait() -> None:
    mail = queue(now=LATE, channel=NoticeChannel.EMAIL, recipient="tu@example.vn")
    facts = {"code_digits": "482913", "minutes": "5"}
    code = queue(now=LATE, rule="code", event=NoticeEvent.PHONE_CODE, facts=facts)
    assert set(Notice.objects.filter(pk__in=[mail, code]).values_list("next_attempt_at", flat=True)) == {LATE}


def test_what_was_left_over_from_the_day_waits_too(notice_file: Path) -> None:
    """The broker was away: the sweeper comes upon it at night."""
    notice_id = queue(now=LATE - timedelta(hours=4))
    assert notice_id
    assert deliver_notice(notice_id=notice_id, now=LATE) == "skipped"
    notice = Notice.objects.get(pk=notice_id)
    assert (notice.state, notice.next_attempt_at, notice.attempts) == (NoticeState.QUEUED, MORNING, 0)
    assert not notice_file.exists()


def test_a_second_try_does_not_fall_into_the_night(provider: Provider) -> None:
    provider.status = 503
    before = datetime(2024, 2, 15, 20, 59, 50, tzinfo=VIETNAM)
    notice_id = queue(now=before)
    assert notice_id
    deliver_notice(notice_id=notice_id, now=before)
    assert Notice.objects.get(pk=notice_id).next_attempt_at == MORNING


def test_the_hours_are_set_by_the_district_with_history_and_hold_at_once(
    desk_clerk_lan: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    assert earliest_sending(NoticeEvent.RESULT_READY, NoticeChannel.SMS, LATE) == MORNING
    hours = {"channel": NoticeChannel.SMS, "starts": time(23), "ends": time(6, 30), "now": LATE}
    with pytest.raises(NotAllowed):
        set_quiet_hours(actor=desk_clerk_lan, is_on=True, **hours)
    with django_capture_on_commit_callbacks(execute=True):
        set_quiet_hours(actor=system_actor(), is_on=True, **hours)
    assert earliest_sending(NoticeEvent.RESULT_READY, NoticeChannel.SMS, LATE) == LATE
    with django_capture_on_commit_callbacks(execute=True):
        set_quiet_hours(actor=system_actor(), is_on=False, **hours)
    midnight = LATE + timedelta(hours=3)
    assert earliest_sending(NoticeEvent.RESULT_READY, NoticeChannel.SMS, midnight) == midnight
    assert [past.is_on for past in quiet_history()] == [False, True]
    assert AuditEntry.objects.filter(action="notice.quiet_hours_set").count() == 2


@pytest.mark.parametrize(
    ("changes", "code"), [({"ends": time(21)}, "quiet.empty"), ({"channel": NoticeChannel.PORTAL}, "quiet.channel")]
)
def test_hours_that_mean_nothing_are_refused(changes: dict[str, Any], code: str) -> None:
    hours = {"channel": NoticeChannel.SMS, "is_on": True, "starts": time(21), "ends": time(7)}
    with pytest.raises(DomainError) as refusal:
        set_quiet_hours(actor=system_actor(), **{**hours, **changes})
    assert refusal.value.code == code


def test_what_the_settings_say_is_shown_until_somebody_changes_it() -> None:
    assert [(row.channel, row.is_on, row.is_stored) for row in quiet_rows()] == [
        (NoticeChannel.SMS, True, False),
        (NoticeChannel.EMAIL, False, False),
    ]


def test_the_preview_shows_whom_what_and_when() -> None:
    seen = preview_notice(
        event=NoticeEvent.RESULT_READY,
        channel=NoticeChannel.SMS,
        recipient="0912345678",
        recipient_name="Trần Văn Tú",
        facts=FACTS,
        now=LATE,
    )
    assert seen.recipient == "091••••678"
    assert FACTS["code"] in seen.body
    assert seen.sms is not None
    assert seen.sms.segments == 3
    assert (seen.sends_at, seen.is_delayed) == (MORNING, True)
    mail = preview_notice(
        event=NoticeEvent.RESULT_READY, channel=NoticeChannel.EMAIL, recipient="tu@example.vn", facts=FACTS, now=LATE
    )
    assert (mail.sms, mail.is_delayed, mail.subject) == (None, False, f"Đã có kết quả hồ sơ {FACTS['code']}")
    assert Notice.objects.count() == 0
