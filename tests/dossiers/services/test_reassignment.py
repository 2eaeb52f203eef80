"""A leaver's work goes to others: each dossier by itself, one refusal undoes no other, and the report says why."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from dossiers.constants import EventKind, Status
from dossiers.models import Dossier, DossierEvent, Reassignment, ReassignmentLine, StepRun
from dossiers.selectors.reassigning import order_report
from dossiers.services.finish_step import finish_step
from dossiers.services.order_reassignment import order_reassignment
from dossiers.services.reassign_work import reassign_work
from dossiers.services.request_withdrawal import request_withdrawal
from dossiers.services.run_reassignment import run_reassignment, sweep_reassignments
from dossiers.services.verify_on_site import verify_on_site
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post, Unit
from haddong_portal.common import jobs
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.models import Notice
from tests.dossiers.conftest import Story
from tests.factories import MORNING, make_actor

NOON = MORNING + timedelta(hours=3)


@pytest.fixture
def thao(ward: Unit) -> Actor:
    return make_actor(ward, Role.OFFICER, "Đặng Thu Thảo")


@pytest.fixture
def son(ward: Unit) -> Actor:
    return make_actor(ward, Role.OFFICER, "Vũ Hồng Sơn")


def refused(act: Any, code: str) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        act()
    assert refusal.value.code == code
    return refusal.value


def order(actor: Actor, leaver: Actor, *people: Actor, **data: Any) -> Reassignment:
    facts = {"reason": "Chuyển công tác", "from_user_id": leaver.user_id, "now": NOON, **data}
    return order_reassignment(actor=actor, to_user_ids=[one.user_id or 0 for one in people], **facts)


def move(story: Story, dossier: Dossier, to: Actor, **data: Any) -> DossierEvent:
    facts = {"from_user_id": story.officer.user_id, "reason": "Nghỉ ốm", "now": NOON, **data}
    return reassign_work(actor=story.leader, dossier_id=dossier.pk, to_user_id=to.user_id or 0, **facts)


def test_one_dossier_goes_to_a_colleague_and_keeps_state_and_clock(story: Story, thao: Actor) -> None:
    dossier = story.taken()
    event = move(story, dossier, thao)
    after = story.fresh(dossier.pk)
    assert (after.officer_id, after.status, after.due_at) == (thao.user_id, Status.PROCESSING, dossier.due_at)
    assert story.open_run(after).officer_id == thao.user_id
    assert (event.kind, event.note) == (EventKind.REASSIGNED, "Giao cho Đặng Thu Thảo: Nghỉ ốm")
    refused(partial(move, story, dossier, thao), "reassign.not_held")
    finish_step(actor=thao, dossier_id=dossier.pk, now=NOON)


def test_work_nobody_has_taken_can_be_handed_out(story: Story, thao: Actor) -> None:
    dossier = story.received()
    move(story, dossier, thao, from_user_id=None)
    assert story.fresh(dossier.pk).officer_id == thao.user_id


@pytest.mark.parametrize("waiting", [False, True])
def test_it_is_given_on_wherever_it_stands(story: Story, thao: Actor, waiting: bool) -> None:
    dossier = story.taken()
    if waiting:
        request_withdrawal(actor=story.clerk, dossier_id=dossier.pk, now=story.now())
    else:
        verify_on_site(actor=story.officer, dossier_id=dossier.pk, subject="Nơi ở", now=story.now())
    before = story.fresh(dossier.pk).status
    move(story, dossier, thao)
    assert (story.fresh(dossier.pk).officer_id, story.fresh(dossier.pk).status) == (thao.user_id, before)


def test_what_one_dossier_refuses(story: Story, thao: Actor, stranger_nga: Actor) -> None:
    dossier, done = story.taken(), story.done()
    refused(partial(move, story, dossier, thao, reason=" "), "reassign.reason_missing")
    refused(partial(move, story, dossier, story.officer), "reassign.same_person")
    refused(partial(move, story, dossier, story.clerk), "dossier.not_colleague")
    refused(partial(move, story, dossier, stranger_nga), "dossier.not_colleague")
    refused(partial(move, story, done, thao), "dossier.illegal_move")
    for actor, code in ((story.officer, "auth.not_allowed"), (stranger_nga, "auth.not_allowed")):
        act = partial(reassign_work, dossier_id=dossier.pk, from_user_id=1, to_user_id=2, reason="x")
        refused(partial(act, actor=actor), code)
    elsewhere = make_actor(Unit.objects.get(pk=stranger_nga.unit_id), Role.LEADER, "Ngô Văn Xa")
    refused(partial(act, actor=elsewhere), "dossier.not_found")


def test_a_leavers_work_is_shared_out_and_each_receiver_is_told(story: Story, thao: Actor, son: Actor) -> None:
    mine = [story.taken() for _ in range(5)]
    other = story.received()
    placed = order(story.leader, story.officer, thao, son)
    assert placed.total == 5 and Dossier.objects.filter(officer_id=story.officer.user_id).count() == 5
    assert run_reassignment(reassignment_id=placed.pk, now=NOON) == 5
    counts = [Dossier.objects.filter(officer_id=one.user_id).count() for one in (story.officer, thao, son)]
    assert counts == [0, 3, 2] and story.fresh(other.pk).officer_id is None
    told = Notice.objects.filter(event="work_reassigned", channel="portal").order_by("user_id")
    assert [one.subject for one in told] == ["Được giao lại 3 hồ sơ", "Được giao lại 2 hồ sơ"]
    assert run_reassignment(reassignment_id=placed.pk, now=NOON) == 0, "safe to run twice"
    assert told.count() == 2
    assert DossierEvent.objects.filter(kind=EventKind.REASSIGNED).count() == len(mine)


def test_one_refusal_undoes_no_other_and_the_report_says_why(story: Story, thao: Actor) -> None:
    gone, at_sign, kept = story.taken(), story.taken(), story.taken()
    placed = order(story.leader, story.officer, thao)
    finish_step(actor=story.officer, dossier_id=at_sign.pk, now=story.now())
    Post.objects.filter(pk=thao.post_id).update(role=Role.OFFICER)
    StepRun.objects.filter(pk=story.open_run(gone).pk).update(role=Role.CLERK)
    run_reassignment(reassignment_id=placed.pk, now=NOON)
    report = order_report(actor=story.leader, reassignment_id=placed.pk)
    assert (report.moved, report.refused, report.done) == (1, 2, 3)
    assert report.by_receiver == [("Đặng Thu Thảo", 1)]
    reasons = {line.dossier_id: line.code for line in report.not_moved}
    assert reasons == {gone.pk: "dossier.not_colleague", at_sign.pk: "reassign.not_held"}
    assert all(line.message for line in report.not_moved)
    assert story.fresh(kept.pk).officer_id == thao.user_id
    assert story.fresh(gone.pk).officer_id == story.officer.user_id
    assert not DossierEvent.objects.filter(dossier=gone, kind=EventKind.REASSIGNED).exists()


def test_a_fault_of_the_machine_is_a_line_of_the_report_too(
    story: Story, thao: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = story.taken(), story.taken()
    placed = order(story.leader, story.officer, thao)

    def broken(**data: Any) -> DossierEvent:
        if data["dossier_id"] == first.pk:
            raise RuntimeError("the disk is full")
        return reassign_work(**data)

    monkeypatch.setattr("dossiers.services.run_reassignment.reassign_work", broken)
    run_reassignment(reassignment_id=placed.pk, now=NOON)
    report = order_report(actor=story.leader, reassignment_id=placed.pk)
    assert [(line.dossier_id, line.code) for line in report.not_moved] == [(first.pk, "reassign.failed")]
    assert story.fresh(second.pk).officer_id == thao.user_id


def test_chosen_dossiers_of_several_people_go_at_once(story: Story, thao: Actor, son: Actor) -> None:
    taken, free, left = story.taken(), story.received(), story.taken()
    placed = order(story.leader, story.officer, son, from_user_id=None, dossier_ids=[taken.pk, free.pk])
    run_reassignment(reassignment_id=placed.pk, now=NOON)
    assert [story.fresh(one.pk).officer_id for one in (taken, free)] == [son.user_id] * 2
    assert story.fresh(left.pk).officer_id == story.officer.user_id


def test_what_an_order_refuses(story: Story, thao: Actor, stranger_nga: Actor) -> None:
    refused(partial(order, story.leader, story.officer, thao), "reassign.nothing")
    story.taken()
    refused(partial(order, story.leader, story.officer, thao, reason=" "), "reassign.reason_missing")
    refused(partial(order, story.leader, story.officer), "reassign.nobody")
    refused(partial(order, story.leader, story.officer, story.officer), "reassign.same_person")
    refused(partial(order, story.leader, story.officer, stranger_nga), "reassign.not_colleague")
    refused(partial(order, story.officer, story.officer, thao), "auth.not_allowed")
    assert not Reassignment.objects.exists()
    order(story.leader, story.officer, thao)
    refused(partial(order, story.leader, story.officer, thao), "reassign.going_on")
    assert Reassignment.objects.count() == 1 and ReassignmentLine.objects.count() == 1


def test_another_units_order_is_not_found(story: Story, thao: Actor, stranger_nga: Actor) -> None:
    story.taken()
    placed = order(story.leader, story.officer, thao)
    refused(partial(order_report, actor=stranger_nga, reassignment_id=placed.pk), "reassign.not_found")


def test_an_order_whose_worker_died_is_taken_up_again(
    story: Story, thao: Actor, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    story.taken()
    placed = order(story.leader, story.officer, thao)
    woken: list[tuple[str, tuple[Any, ...]]] = []
    monkeypatch.setattr(jobs, "_send", lambda job, args: woken.append((job.value, args)))
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_reassignments(now=NOON + timedelta(minutes=1)) == 0
        assert sweep_reassignments(now=NOON + timedelta(minutes=3)) == 1
    assert woken == [("dossiers.reassign_work", (placed.pk,))]
    run_reassignment(reassignment_id=placed.pk, now=NOON)
    assert sweep_reassignments(now=NOON + timedelta(hours=1)) == 0
