"""Reminders speak once each, to whom they concern, and the sweep touches only what is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from dossiers.models import Dossier, Reminder
from dossiers.rules.reminders import ReminderRule
from dossiers.services.finish_step import finish_step
from dossiers.services.hand_over_result import hand_over_result
from dossiers.services.lateness import Lateness
from dossiers.services.record_result import ResultData, record_result
from dossiers.services.sign_result import sign_result
from dossiers.services.sweep_reminders import sweep_reminders
from haddong_portal.accounts.constants import Role
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from haddong_portal.notices.models import CallTask, Notice
from tests.factories import MORNING, PublishedProcedure, make_actor, pay_all, publish_procedure, receive

WORKLOAD = Lateness("workload")

TEN_DAYS = {"amount": "10", "unit": "working_day"}


def at(day: int, hour: int = 9, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=VIETNAM)


def rules_of(dossier_id: int) -> list[str]:
    return list(Reminder.objects.filter(dossier_id=dossier_id).order_by("id").values_list("rule", flat=True))


@pytest.fixture
def head_thu(ward: object) -> Actor:
    return make_actor(ward, Role.ONE_STOP_HEAD, "Đỗ Thị Thu")  # type: ignore[arg-type]  # the ward


@pytest.fixture
def long_dossier(desk_clerk_lan: Actor, leader_hoa: Actor, head_thu: Actor, ward: object) -> Dossier:
    """Ten working days from Tuesday 05/03/2024: due Tuesday 19/03/2024 at 17:00."""
    published = publish_procedure(at=ward, limit=TEN_DAYS)  # type: ignore[arg-type]  # the ward
    return Dossier.objects.get(pk=receive(desk_clerk_lan, published).dossier_id)


@pytest.mark.django_db
def test_each_rule_speaks_at_its_moment_and_once(long_dossier: Dossier, officer_minh: Actor) -> None:
    assert long_dossier.due_at == at(19, 17)
    assert long_dossier.next_reminder_at == at(14, 8), "three working days before"
    assert sweep_reminders(now=at(14, 7, 59)) == 0
    for moment in (at(14, 8), at(14, 8, 5), at(18, 8), at(19, 9), at(20, 9), at(20, 15), at(21, 9)):
        sweep_reminders(now=moment)
        sweep_reminders(now=moment)
    assert rules_of(long_dossier.pk) == [
        ReminderRule.BEFORE_3_DAYS,
        ReminderRule.GATE,
        ReminderRule.DUE_TODAY,
        ReminderRule.OVERDUE,
        ReminderRule.OVERDUE,
    ]


@pytest.mark.django_db
def test_whom_it_concerns_is_told_under_the_bell(
    long_dossier: Dossier, officer_minh: Actor, leader_hoa: Actor, head_thu: Actor
) -> None:
    for moment in (at(14, 8), at(18, 8), at(20, 9)):
        sweep_reminders(now=moment)
    told = set(Notice.objects.filter(channel="portal").values_list("event", "user_id"))
    assert told == {
        ("reminder_before_3_days", officer_minh.user_id),
        ("reminder_gate", officer_minh.user_id),
        ("reminder_gate", leader_hoa.user_id),
        ("reminder_overdue", leader_hoa.user_id),
        ("reminder_overdue", head_thu.user_id),
    }


@pytest.mark.django_db
def test_after_days_without_a_sweep_only_what_is_still_true_is_said(long_dossier: Dossier, officer_minh: Actor) -> None:
    sweep_reminders(now=at(25, 10))
    assert rules_of(long_dossier.pk) == ["overdue"]
    assert Dossier.objects.get(pk=long_dossier.pk).next_reminder_at == at(26, 9)


@pytest.mark.django_db
def test_an_uncollected_result_goes_on_the_call_list_twice_and_off_it_with_the_hand_over(
    desk_clerk_lan: Actor, officer_minh: Actor, leader_hoa: Actor, head_thu: Actor, procedure: PublishedProcedure
) -> None:
    pk = receive(desk_clerk_lan, procedure).dossier_id
    finish_step(actor=officer_minh, dossier_id=pk, late=WORKLOAD, now=at(5, 10))
    sign_result(actor=leader_hoa, dossier_id=pk, late=WORKLOAD, now=at(5, 11))
    record_result(
        actor=desk_clerk_lan, dossier_id=pk, late=WORKLOAD, result=ResultData(name="Giấy xác nhận"), now=at(5, 14)
    )
    assert Dossier.objects.get(pk=pk).next_reminder_at == at(8, 9)
    sweep_reminders(now=at(8, 9))
    sweep_reminders(now=at(19, 9))
    calls = CallTask.objects.order_by("id")
    assert [call.rule for call in calls] == ["uncollected_3", "uncollected_10"]
    assert calls[0].phone == "0912345678"
    pay_all(desk_clerk_lan, pk, now=at(19, 10))
    hand_over_result(actor=desk_clerk_lan, dossier_id=pk, collector_name="Trần Văn Tú", now=at(19, 10))
    assert not CallTask.objects.filter(state="open").exists()
    assert Dossier.objects.get(pk=pk).next_reminder_at is None


@pytest.mark.django_db
def test_a_short_limit_has_no_early_reminder(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    dossier = Dossier.objects.get(pk=receive(desk_clerk_lan, procedure).dossier_id)
    assert dossier.due_at == at(8, 17)
    assert dossier.next_reminder_at == at(7, 8), "the gate, one working day before"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_say_everything_once(
    desk_clerk_lan: Actor, officer_minh: Actor, leader_hoa: Actor, procedure: PublishedProcedure
) -> None:
    from tests.factories import citizen

    for number in range(1, 31):
        receive(desk_clerk_lan, procedure, person=citizen(number=number))
    start, seen = Barrier(2), []

    def sweep() -> None:
        start.wait()
        seen.append(sweep_reminders(now=MORNING + timedelta(days=2)))
        connection.close()

    pair = [Thread(target=sweep) for _ in range(2)]
    for thread in pair:
        thread.start()
    for thread in pair:
        thread.join()
    assert sum(seen) == 30, "each dossier was one sweep's"
    assert Reminder.objects.count() == 30
    assert Notice.objects.filter(channel="portal").count() == 60, "officer and leader, once each"
