"""The phone call list: once per rule, by the unit's own clerks, every look and every outcome on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound
from haddong_portal.notices.constants import CallOutcome, CallState
from haddong_portal.notices.models import CallTask
from haddong_portal.notices.selectors.calls import CLOSED, DUE, LATER, STUCK, call_page, calls_of
from haddong_portal.notices.services.cancel_calls import cancel_calls
from haddong_portal.notices.services.queue_call import queue_call
from haddong_portal.notices.services.record_call import record_call
from haddong_portal.notices.services.reveal_call import reveal_call
from tests.factories import make_actor
from tests.notices.outbox import FACTS

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2024, 3, 8, 9, 0, tzinfo=VIETNAM)
MONDAY = date(2024, 3, 11)
SATURDAY = date(2024, 3, 16)


def queue(unit_id: int | None, **changes: Any) -> int | None:
    arguments: dict[str, Any] = {
        "reference": "dossier:1",
        "rule": "uncollected_3",
        "unit_id": unit_id,
        "recipient_name": "Trần Văn Tú",
        "phone": "0912345678",
        "facts": {**FACTS, "count": "3"},
        "waiting_since": FRIDAY - timedelta(days=3),
        "now": FRIDAY,
    }
    return queue_call(**{**arguments, **changes})


@pytest.fixture
def task(ward: Unit) -> CallTask:
    return CallTask.objects.get(pk=queue(ward.pk))


def record(actor: Actor, task: CallTask, outcome: CallOutcome, **more: Any) -> CallTask:
    return record_call(actor=actor, task_id=task.pk, outcome=outcome, **{"now": FRIDAY, **more})


def names(actor: Actor, shown: str, today: date) -> list[str]:
    return [row.recipient_name for row in call_page(actor=actor, shown=shown, today=today).rows]


def test_a_rule_calls_a_person_once_for_ever_and_another_rule_again(ward: Unit) -> None:
    assert queue(ward.pk)
    assert queue(ward.pk, now=FRIDAY + timedelta(days=30)) is None
    assert queue(ward.pk, rule="uncollected_10")
    assert queue(ward.pk, rule="x", phone="") is None


def test_the_script_is_kept_as_it_is_said_and_the_number_encrypted(task: CallTask) -> None:
    assert "Kính chào ông/bà Trần Văn Tú" in task.script
    assert FACTS["place"] in task.script
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM notices_calltask")
        assert b"0912345678" not in bytes(cursor.fetchone()[0])


def test_answered_takes_it_off_the_list(desk_clerk_lan: Actor, task: CallTask) -> None:
    done = record(desk_clerk_lan, task, CallOutcome.ANSWERED, note=" sẽ đến chiều nay ")
    assert (done.state, done.closed_at) == (CallState.DONE, FRIDAY)
    call = task.calls.get()
    assert (call.caller_name, call.caller_id, call.note) == (
        "Nguyễn Thị Lan",
        desk_clerk_lan.user_id,
        "sẽ đến chiều nay",
    )
    assert names(desk_clerk_lan, DUE, MONDAY) == []
    assert names(desk_clerk_lan, CLOSED, MONDAY) == ["Trần Văn Tú"]


def test_no_answer_comes_back_on_the_next_working_day_and_in_the_end_stays_with_a_mark(
    desk_clerk_lan: Actor, task: CallTask, settings: Any
) -> None:
    settings.NOTICE_CALL_TRIES_MAX = 3
    assert record(desk_clerk_lan, task, CallOutcome.NO_ANSWER).due_on == MONDAY
    assert names(desk_clerk_lan, DUE, FRIDAY.date()) == []
    assert names(desk_clerk_lan, LATER, FRIDAY.date()) == ["Trần Văn Tú"]
    assert names(desk_clerk_lan, DUE, MONDAY) == ["Trần Văn Tú"]
    for _ in range(2):
        last = record(desk_clerk_lan, task, CallOutcome.NO_ANSWER, now=FRIDAY + timedelta(days=3))
    assert (last.misses, last.state) == (3, CallState.OPEN)
    assert names(desk_clerk_lan, STUCK, MONDAY) == ["Trần Văn Tú"]
    assert names(desk_clerk_lan, DUE, MONDAY) == []


def test_a_promised_day_brings_it_back_on_that_day_or_the_working_day_after(
    desk_clerk_lan: Actor, task: CallTask
) -> None:
    promised = record(desk_clerk_lan, task, CallOutcome.PROMISED, promised_on=SATURDAY)
    assert promised.due_on == date(2024, 3, 18)
    assert task.calls.get().promised_on == SATURDAY
    assert names(desk_clerk_lan, DUE, date(2024, 3, 17)) == []
    assert names(desk_clerk_lan, DUE, date(2024, 3, 18)) == ["Trần Văn Tú"]


@pytest.mark.parametrize(
    ("outcome", "more", "code"),
    [
        (CallOutcome.PROMISED, {}, "call.promise_day"),
        (CallOutcome.PROMISED, {"promised_on": date(2024, 3, 7)}, "call.promise_day"),
        (CallOutcome.PROMISED, {"promised_on": date(2024, 5, 8)}, "call.promise_day"),
        (CallOutcome.ANSWERED, {"promised_on": MONDAY}, "call.promise_day"),
        (CallOutcome.ANSWERED, {"note": "x" * 301}, "call.note_length"),
    ],
)
def test_an_outcome_that_makes_no_sense_is_refused_and_nothing_is_written(
    desk_clerk_lan: Actor, task: CallTask, outcome: CallOutcome, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        record(desk_clerk_lan, task, outcome, **more)
    assert refusal.value.code == code
    assert (task.calls.count(), CallTask.objects.get().last_outcome) == (0, "")


def test_a_closed_call_takes_no_second_outcome(desk_clerk_lan: Actor, task: CallTask) -> None:
    record(desk_clerk_lan, task, CallOutcome.ANSWERED)
    with pytest.raises(Conflict, match=r"call\.closed: Nguyễn Thị Lan đã ghi “Đã nghe máy” lúc 09:00 08/03/2024"):
        record(desk_clerk_lan, task, CallOutcome.NO_ANSWER)
    queue(task.unit_id, reference="dossier:2")
    cancel_calls(reference="dossier:2", now=FRIDAY)
    with pytest.raises(Conflict, match=r"call\.closed: Không cần gọi nữa"):
        record(desk_clerk_lan, CallTask.objects.get(reference="dossier:2"), CallOutcome.ANSWERED)


def test_what_is_settled_need_not_be_called(desk_clerk_lan: Actor, ward: Unit, task: CallTask) -> None:
    queue(ward.pk, reference="dossier:2")
    record(desk_clerk_lan, task, CallOutcome.ANSWERED)
    queue(ward.pk, rule="uncollected_10")
    assert cancel_calls(reference="dossier:1", now=FRIDAY) == 1
    assert cancel_calls(reference="dossier:1", now=FRIDAY) == 0
    assert [row.state for row in calls_of("dossier:1")] == [CallState.DONE, CallState.CANCELLED]
    assert names(desk_clerk_lan, DUE, FRIDAY.date()) == ["Trần Văn Tú"]


def test_only_the_units_own_desk_sees_and_calls(
    ward: Unit, task: CallTask, stranger_nga: Actor, officer_minh: Actor
) -> None:
    head = make_actor(ward, Role.ONE_STOP_HEAD, "Đỗ Văn Trưởng")
    district = make_actor(ward, Role.DISTRICT_MANAGER, "Bùi Văn Quận")
    assert names(head, DUE, MONDAY) == ["Trần Văn Tú"]
    assert names(stranger_nga, DUE, MONDAY) == []
    for act in (reveal_call, lambda **who: record_call(outcome=CallOutcome.ANSWERED, **who)):
        with pytest.raises(NotFound, match=r"call\.not_found"):
            act(actor=stranger_nga, task_id=task.pk)
        for nobody in (officer_minh, district):
            with pytest.raises(NotAllowed):
                act(actor=nobody, task_id=task.pk)


def test_the_longest_waiting_come_first_and_pages_follow_without_gap(desk_clerk_lan: Actor, ward: Unit) -> None:
    ids = [queue(ward.pk, reference=f"dossier:{n}", due_on=MONDAY - timedelta(days=n % 7)) for n in range(120)]
    seen: list[CallTask] = []
    after: str | None = ""
    while after is not None:
        page = call_page(actor=desk_clerk_lan, after=after, today=MONDAY)
        seen, after = [*seen, *page.rows], page.after
    assert [(row.due_on, row.pk) for row in seen] == sorted((row.due_on, row.pk) for row in seen)
    assert {row.pk for row in seen} == set(ids)
    assert len(seen) == 120


# --- the screen


@pytest.fixture
def seat(desk_clerk_lan: Actor, sign_in: Callable[[Actor], Client]) -> Any:
    with time_machine.travel(FRIDAY, tick=False):
        yield sign_in(desk_clerk_lan)


def test_the_list_shows_no_number_and_dialling_leaves_a_trace(seat: Client, task: CallTask) -> None:
    page = seat.get(reverse("notices:calls")).content.decode()
    assert "091••••678" in page
    assert "0912345678" not in page
    number = seat.post(reverse("notices:call-dial", args=[task.pk])).content.decode()
    assert 'href="tel:0912345678"' in number
    entry = AuditEntry.objects.get(action="call.dialled")
    assert (entry.object_id, entry.actor_name, entry.data) == (
        str(task.pk),
        "Nguyễn Thị Lan",
        {"reference": "dossier:1"},
    )
    assert "0912345678" not in str(entry.__dict__)


def test_an_outcome_is_recorded_from_the_screen(seat: Client, task: CallTask) -> None:
    url = reverse("notices:call-record", args=[task.pk])
    htmx = {"HX-Request": "true"}
    refused = seat.post(url, {"outcome": "promised", "promised_on": "gì"}, headers=htmx)
    assert (refused.status_code, "call.shape" in refused.content.decode()) == (400, True)
    answer = seat.post(url, {"outcome": "promised", "promised_on": "2024-03-12"}, headers=htmx)
    assert "gọi lại từ thứ Ba, 12/03/2024" in answer.content.decode()
    done = seat.post(url, {"outcome": "answered"})
    assert done["Location"] == reverse("notices:calls")
    assert AuditEntry.objects.filter(action="call.record").count() == 2
    assert seat.post(url, {"outcome": "answered"}).status_code == 409
