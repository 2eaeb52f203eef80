"""Two editors at once: the table keeps its order, an issue is drafted, issued and named once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from haddong_portal.accounts.constants import Role
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError
from procedures.models import IsoProcess
from procedures.services.iso_drafts import ProcessHead, draft_next_issue, start_process
from procedures.services.iso_publish import IssueDecision, publish_process
from procedures.services.iso_steps import move_step
from tests.factories import UnitFactory, make_actor, make_process

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2024, 3, 5, 9, 0, tzinfo=VIETNAM)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Each call in a connection of its own, started together; a refusal comes back as its code."""
    start = Barrier(len(calls))

    def alone(call: Callable[[], Any]) -> Any:
        start.wait(timeout=60)
        try:
            return call()
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(calls)) as pool:
        return list(pool.map(alone, calls))


@pytest.fixture
def editor(transactional_db: None) -> Actor:
    return make_actor(UnitFactory(), Role.CATALOGUE_EDITOR, "Vũ Thị Biên")


@pytest.fixture
def issued(editor: Actor) -> IsoProcess:
    process = make_process()
    process.steps.update(record="Phiếu")
    return process


def test_moves_at_once_leave_every_step_with_a_number_of_its_own(editor: Actor, issued: IsoProcess) -> None:
    draft = draft_next_issue(actor=editor, process_id=issued.pk)
    steps = list(draft.steps.values_list("pk", flat=True))
    moves = [
        lambda step=step, by=by: move_step(actor=editor, process_id=draft.pk, step_id=step, by=by)
        for step in steps
        for by in (1, -1)
    ]
    answers = at_once(*moves)
    assert [answer for answer in answers if isinstance(answer, str)] == []
    assert list(draft.steps.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]
    assert set(draft.steps.values_list("pk", flat=True)) == set(steps)


def test_two_who_draft_the_next_issue_get_the_same_draft(editor: Actor, issued: IsoProcess) -> None:
    call = lambda: draft_next_issue(actor=editor, process_id=issued.pk).pk  # noqa: E731
    assert len(set(at_once(call, call, call))) == 1
    assert IsoProcess.objects.filter(code=issued.code).count() == 2


def test_a_code_is_taken_by_one(editor: Actor) -> None:
    call = lambda: start_process(actor=editor, code="QT-MOT", head=ProcessHead(name="Tên", level="xa")).version  # noqa: E731
    assert sorted(map(str, at_once(call, call, call))) == ["1", "process.code_taken", "process.code_taken"]


def test_a_draft_is_issued_once(editor: Actor, issued: IsoProcess) -> None:
    draft = draft_next_issue(actor=editor, process_id=issued.pk)
    today = NOW.date()
    decision = IssueDecision(
        decision_no="45/QĐ",
        decided_on=today,
        approver_name="Nguyễn Văn Trường",
        approver_title="Chủ tịch",
        valid_from=today + timedelta(days=1),
        amendment="Sửa",
    )
    publish = lambda: publish_process(actor=editor, process_id=draft.pk, decision=decision, now=NOW).state  # noqa: E731
    again = lambda: draft_next_issue(actor=editor, process_id=issued.pk).state  # noqa: E731
    answers = at_once(publish, publish, again)
    assert sorted(answers[:2]) == ["process.not_draft", "published"]
    issued.refresh_from_db()
    assert issued.valid_to == today + timedelta(days=1)
    assert draft.amendments.count() == 1
