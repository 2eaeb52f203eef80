"""Two workers, two clerks, two acts at the same moment, each on a connection of its own."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict
from haddong_portal.notices.constants import CallOutcome, NoticeState
from haddong_portal.notices.models import CallAttempt, CallTask, Notice, NoticeAttempt
from haddong_portal.notices.services.deliver_notice import deliver_notice
from haddong_portal.notices.services.queue_call import queue_call
from haddong_portal.notices.services.record_call import record_call
from haddong_portal.notices.services.resend_notice import resend_notice
from haddong_portal.notices.services.sweep_notices import sweep_notices
from tests.dossiers.races.conftest import AtOnce
from tests.factories import MORNING, make_actor
from tests.notices.outbox import FACTS, NOW
from tests.notices.outbox import queue_result_ready as queue

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_of_eight_workers_one_delivers(at_once: AtOnce, notice_file: Path) -> None:
    notice_id = queue()
    assert notice_id
    answers = at_once([partial(deliver_notice, notice_id=notice_id, now=NOW)] * 8)
    assert Counter(answers) == {"skipped": 7, NoticeState.SENT: 1}
    assert NoticeAttempt.objects.count() == 1


def test_two_sweepers_share_the_work(at_once: AtOnce, notice_file: Path) -> None:
    for number in range(40):
        queue(reference=f"dossier:{number}")
    handled = at_once([partial(sweep_notices, now=NOW)] * 2)
    assert sum(handled) == 40
    assert NoticeAttempt.objects.count() == len(notice_file.read_text().splitlines()) == 40


def test_two_acts_that_queue_the_same_notice_make_one(at_once: AtOnce) -> None:
    answers = at_once([queue] * 6)
    assert sum(answer is not None for answer in answers) == Notice.objects.count() == 1


def test_two_rules_that_run_twice_put_a_person_on_the_list_once(at_once: AtOnce, ward: Unit) -> None:
    call = partial(
        queue_call,
        reference="dossier:1",
        rule="uncollected_3",
        unit_id=ward.pk,
        recipient_name="Trần Văn Tú",
        phone="0912345678",
        facts={**FACTS, "count": "3"},
        waiting_since=MORNING,
        now=MORNING,
    )
    answers = at_once([call] * 4)
    assert sum(answer is not None for answer in answers) == CallTask.objects.count() == 1


def test_of_two_clerks_who_reached_the_same_person_one_is_told_who_and_when(
    at_once: AtOnce, ward: Unit, desk_clerk_lan: Actor
) -> None:
    rival = make_actor(ward, Role.CLERK, "Đặng Thu Thảo")
    task_id = queue_call(
        reference="dossier:1",
        rule="uncollected_3",
        unit_id=ward.pk,
        recipient_name="Trần Văn Tú",
        phone="0912345678",
        facts={**FACTS, "count": "3"},
        waiting_since=MORNING,
        now=MORNING,
    )
    assert task_id
    act = partial(record_call, task_id=task_id, outcome=CallOutcome.ANSWERED, now=MORNING)
    answers = at_once([partial(act, actor=desk_clerk_lan), partial(act, actor=rival)])
    (refusal,) = [answer for answer in answers if isinstance(answer, Conflict)]
    winner = (desk_clerk_lan, rival)[isinstance(answers[0], Conflict)]
    assert winner.name in refusal.message
    assert "09:00 05/03/2024" in refusal.message
    assert CallAttempt.objects.count() == 1


def test_two_heads_send_a_dead_message_again_once(at_once: AtOnce, ward: Unit) -> None:
    heads = [make_actor(ward, Role.ONE_STOP_HEAD, name) for name in ("Đỗ Văn Trường", "Hồ Thị Thanh")]
    notice_id = queue(unit_id=ward.pk)
    Notice.objects.filter(pk=notice_id).update(state=NoticeState.GAVE_UP)
    answers = at_once([partial(resend_notice, actor=head, notice_id=notice_id, now=NOW) for head in heads])
    assert [type(answer) for answer in answers].count(Conflict) == 1
