"""Verification: inside the dossier's time, planned and measured, with its minutes in the dossier."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from dossiers.constants import EventKind, Status
from dossiers.models import Dossier, DossierEvent, SlipLine, Verification
from dossiers.services.confirm_on_time import confirm_on_time
from dossiers.services.finish_step import finish_step
from dossiers.services.finish_verification import finish_verification
from dossiers.services.issue_slip import LineData
from dossiers.services.lateness import Lateness
from dossiers.services.receive_supplement import receive_supplement
from dossiers.services.request_supplement import request_supplement
from dossiers.services.request_withdrawal import request_withdrawal
from dossiers.services.stop_dossier import stop_dossier
from dossiers.services.take_dossier import take_dossier
from dossiers.services.verify_on_site import verify_on_site
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.errors import DomainError
from tests.factories import PublishedProcedure, make_actor, publish_procedure, receive

TEN_DAYS = {"amount": "10", "unit": "working_day"}


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
def published(ward: Unit) -> PublishedProcedure:
    return publish_procedure(at=ward, limit=TEN_DAYS)


@pytest.fixture
def dossier_id(desk_clerk_lan: Actor, officer_minh: Actor, leader_hoa: Actor, published: PublishedProcedure) -> int:
    """Ten working days from Friday 16/08/2024: due Friday 30/08/2024; in the officer's hands since Monday."""
    pk = receive(desk_clerk_lan, published, now=at(8, 16)).dossier_id
    take_dossier(actor=officer_minh, dossier_id=pk, now=at(8, 19))
    return pk


TUESDAY, WEDNESDAY = at(8, 20), at(8, 21, 10)


def start(actor: Actor, dossier_id: int, now: datetime = TUESDAY, **data: Any) -> Any:
    facts = {"subject": "Nơi ở thực tế", "planned_on": date(2024, 8, 21), "planned_hours": 4, **data}
    return verify_on_site(actor=actor, dossier_id=dossier_id, now=now, **facts)


def finish(actor: Actor, dossier_id: int, now: datetime = WEDNESDAY, **data: Any) -> Any:
    facts = {"minutes": "Ông Tú đang ở tại nhà số 5.", "confirmed": True, **data}
    return finish_verification(actor=actor, dossier_id=dossier_id, now=now, **facts)


def refused(act: Any, code: str) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        act()
    assert refusal.value.code == code
    return refusal.value


def test_from_the_plan_to_the_minutes_and_the_clock_runs_on(dossier_id: int, officer_minh: Actor) -> None:
    start(officer_minh, dossier_id, participants="  Tổ trưởng  dân phố ")
    dossier = Dossier.objects.get(pk=dossier_id)
    assert (dossier.status, dossier.paused_at, dossier.due_at) == (Status.VERIFYING, None, at(8, 30, 17))
    assert dossier.next_reminder_at is not None
    going_on = Verification.objects.get(dossier_id=dossier_id)
    assert (going_on.planned_minutes, going_on.participants) == (240, "Tổ trưởng dân phố")
    finish(officer_minh, dossier_id)
    going_on.refresh_from_db()
    assert going_on.actual_minutes == 480 + 60, "Tuesday 9:00 to Wednesday 10:00, a lunch left out"
    assert (going_on.confirmed, going_on.participants) == (True, "Tổ trưởng dân phố")
    dossier.refresh_from_db()
    assert (dossier.status, dossier.due_at) == (Status.PROCESSING, at(8, 30, 17))
    kinds = list(DossierEvent.objects.filter(dossier_id=dossier_id).order_by("id").values_list("kind", flat=True))
    assert kinds[-2:] == [EventKind.VERIFICATION_STARTED, EventKind.VERIFICATION_FINISHED]
    start(officer_minh, dossier_id, at(8, 22), planned_on=None, planned_hours=None)
    finish(officer_minh, dossier_id, at(8, 22, 11), confirmed=False, participants="Công an phường")
    second = Verification.objects.filter(dossier_id=dossier_id).last()
    assert second is not None and (second.confirmed, second.participants) == (False, "Công an phường")
    finish_step(actor=officer_minh, dossier_id=dossier_id, late=Lateness("complex"), now=at(8, 23))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"subject": "  "}, "verification.subject_missing"),
        ({"planned_on": date(2024, 8, 19)}, "verification.planned_past"),
        ({"planned_on": date(2024, 8, 24)}, "verification.planned_day_off"),
        ({"planned_on": date(2024, 9, 4)}, "verification.planned_late"),
        ({"planned_hours": 0}, "verification.planned_hours"),
        ({"planned_hours": 241}, "verification.planned_hours"),
        ({"row_version": 1}, "dossier.changed"),
    ],
)
def test_a_plan_lies_inside_the_dossiers_time(dossier_id: int, officer_minh: Actor, data: Any, code: str) -> None:
    refused(lambda: start(officer_minh, dossier_id, **data), code)
    assert not Verification.objects.exists()
    assert Dossier.objects.get(pk=dossier_id).status == Status.PROCESSING


def test_on_the_due_day_itself_and_after_a_broken_promise_it_may_be_planned(
    dossier_id: int, officer_minh: Actor
) -> None:
    start(officer_minh, dossier_id, planned_on=date(2024, 8, 30))
    finish(officer_minh, dossier_id)
    start(officer_minh, dossier_id, at(9, 4), planned_on=date(2024, 9, 5))


def test_minutes_are_kept_or_it_goes_on(dossier_id: int, officer_minh: Actor) -> None:
    refused(lambda: finish(officer_minh, dossier_id), "dossier.illegal_move")
    start(officer_minh, dossier_id)
    refused(lambda: finish(officer_minh, dossier_id, minutes=" "), "verification.minutes_missing")
    refused(lambda: start(officer_minh, dossier_id), "dossier.illegal_move")
    refused(lambda: finish_step(actor=officer_minh, dossier_id=dossier_id, now=at(8, 21)), "dossier.illegal_move")
    refused(lambda: finish(officer_minh, dossier_id, row_version=1), "dossier.changed")
    assert Verification.objects.get(dossier_id=dossier_id).finished_at is None


def test_it_is_the_holders_work_alone(
    dossier_id: int, ward: Unit, desk_clerk_lan: Actor, stranger_nga: Actor, officer_minh: Actor, leader_hoa: Actor
) -> None:
    colleague = make_actor(ward, Role.OFFICER, "Đặng Thu Thảo")
    elsewhere = make_actor(Unit.objects.get(pk=stranger_nga.unit_id), Role.OFFICER, "Ngô Văn Xa")
    assert refused(lambda: start(colleague, dossier_id), "dossier.taken").status == 409
    refused(lambda: start(leader_hoa, dossier_id), "dossier.taken")
    refused(lambda: start(desk_clerk_lan, dossier_id), "auth.not_allowed")
    refused(lambda: start(elsewhere, dossier_id), "dossier.not_found")
    start(officer_minh, dossier_id)
    refused(lambda: finish(colleague, dossier_id), "dossier.taken")
    refused(lambda: finish(desk_clerk_lan, dossier_id), "auth.not_allowed")


def test_at_the_gate_the_promise_comes_first(dossier_id: int, officer_minh: Actor) -> None:
    start(officer_minh, dossier_id)
    refused(lambda: finish(officer_minh, dossier_id, at(8, 29)), "dossier.gate_open")
    confirm_on_time(actor=officer_minh, dossier_id=dossier_id, now=at(8, 29, 10))
    finish(officer_minh, dossier_id, at(8, 29, 11))


def test_papers_asked_for_meanwhile_do_not_lose_it(
    dossier_id: int, officer_minh: Actor, desk_clerk_lan: Actor, published: PublishedProcedure
) -> None:
    start(officer_minh, dossier_id)
    paper = published.papers[0]
    lines = [LineData(name=paper.name, requirement_id=paper.pk, fault="unsigned")]
    request_supplement(actor=officer_minh, dossier_id=dossier_id, lines=lines, reason="Thiếu chữ ký", now=at(8, 20, 10))
    asked = list(SlipLine.objects.filter(dossier_id=dossier_id).values_list("pk", flat=True))
    receive_supplement(actor=desk_clerk_lan, dossier_id=dossier_id, line_ids=asked, now=at(8, 21))
    assert Dossier.objects.get(pk=dossier_id).status == Status.VERIFYING
    finish(officer_minh, dossier_id, at(8, 21, 11))
    assert Dossier.objects.get(pk=dossier_id).status == Status.PROCESSING


def test_a_stopped_dossier_leaves_none_open(dossier_id: int, officer_minh: Actor, desk_clerk_lan: Actor) -> None:
    start(officer_minh, dossier_id)
    request_withdrawal(actor=desk_clerk_lan, dossier_id=dossier_id, reason="Không còn nhu cầu", now=at(8, 20, 10))
    stop_dossier(actor=desk_clerk_lan, dossier_id=dossier_id, note="Trả lại bản chính", now=at(8, 20, 11))
    ended = Verification.objects.get(dossier_id=dossier_id)
    assert (ended.confirmed, ended.minutes, ended.actual_minutes) == (None, "Trả lại bản chính", 120)


def test_where_the_rule_set_says_so_the_clock_stands_until_the_minutes(dossier_id: int, officer_minh: Actor) -> None:
    """Tuesday 9:00 to Wednesday 10:00: nine working hours that are not counted."""
    rules = Dossier.objects.get(pk=dossier_id).ruleset
    rules.policy = {**rules.policy, "verification_clock_policy": {"value": "pause"}}
    rules.save()
    start(officer_minh, dossier_id)
    assert Dossier.objects.get(pk=dossier_id).paused_at == TUESDAY
    finish(officer_minh, dossier_id)
    on = Dossier.objects.get(pk=dossier_id)
    assert (on.status, on.paused_at, on.due_at) == (Status.PROCESSING, None, at(9, 5, 9))
    assert on.printed_due_at == on.due_at
