"""Events reach their subscribers: durably, at least once, with bounded attempts, without two workers on one row."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from dossiers.constants import EventKind
from dossiers.models import DossierEvent
from dossiers.selectors.events import event_by_id
from dossiers.subscriptions import subscribe
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.jobs import JobName
from haddong_portal.plumbing.models import DeliveryState, EventDelivery
from haddong_portal.plumbing.selectors.deliveries import given_up_deliveries
from haddong_portal.plumbing.services.deliver_event import ATTEMPTS_MAX, deliver_event, retry_delivery
from haddong_portal.plumbing.services.plan_deliveries import plan_deliveries
from haddong_portal.plumbing.services.sweep_deliveries import sweep_deliveries
from haddong_portal.plumbing.subscriptions import register_subscriber, subscribers_of, unregister_subscriber
from tests.factories import MORNING, PublishedProcedure, receive

SENT = "haddong_portal.common.jobs._send"


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """What a test's own subscriber heard of received dossiers."""
    events: list[int] = []
    subscribe("test.listener", {EventKind.RECEIVED}, events.append)
    yield events
    unregister_subscriber("test.listener")


@pytest.fixture
def failing() -> Iterator[dict[str, Any]]:
    """A subscriber that writes a unit and then fails while `broken`."""
    state: dict[str, Any] = {"broken": True}

    def handle(event_id: int) -> None:
        Unit.objects.create(
            key=f"made-by-{event_id}", name="x", short_name="x", kind="ward", level="xa", valid_from=MORNING.date()
        )
        if state["broken"]:
            raise RuntimeError("the other side is down")

    register_subscriber(name="test.failing", source="test", kinds={"thing.happened"}, handler=handle)
    yield state
    unregister_subscriber("test.failing")


def planned(event_id: int = 1) -> EventDelivery:
    plan_deliveries(source="test", kind="thing.happened", event_id=event_id, now=MORNING)
    return EventDelivery.objects.get(event_source="test", event_id=event_id)


@pytest.mark.django_db
class TestPlanning:
    def test_an_act_makes_one_row_per_listener_with_its_event(
        self, heard: list[int], desk_clerk_lan: Actor, procedure: PublishedProcedure
    ) -> None:
        receive(desk_clerk_lan, procedure)
        row = EventDelivery.objects.get()
        assert (row.event_kind, row.subscriber, row.state) == ("dossier.received", "test.listener", "pending")
        assert row.event_id == DossierEvent.objects.get().pk
        assert heard == []

    def test_nobody_listens_nothing_is_written(self, desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
        receive(desk_clerk_lan, procedure)
        assert not EventDelivery.objects.exists()

    def test_a_rolled_back_act_tells_nobody(
        self, heard: list[int], desk_clerk_lan: Actor, procedure: PublishedProcedure
    ) -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            receive(desk_clerk_lan, procedure)
            raise RuntimeError("the caller fails")
        assert not EventDelivery.objects.exists()

    def test_a_worker_is_woken_after_commit_only(
        self, failing: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        sent: list[Any] = []
        monkeypatch.setattr(SENT, lambda job, args: sent.append((job, args)))
        with django_capture_on_commit_callbacks(execute=True):
            row = planned()
            assert not sent
        assert sent == [(JobName.DELIVER_EVENT, (row.pk,))]

    def test_one_name_is_one_handler(self, heard: list[int]) -> None:
        with pytest.raises(ValueError, match="registered twice"):
            subscribe("test.listener", {EventKind.RECEIVED}, print)
        assert [each.name for each in subscribers_of("dossier", EventKind.RECEIVED)] == ["test.listener"]
        assert not subscribers_of("dossier", EventKind.SIGNED)


@pytest.mark.django_db
class TestDelivering:
    def test_a_handler_gets_the_event_and_the_row_is_done(
        self, heard: list[int], desk_clerk_lan: Actor, procedure: PublishedProcedure
    ) -> None:
        received = receive(desk_clerk_lan, procedure)
        row = EventDelivery.objects.get()
        assert deliver_event(delivery_id=row.pk, now=MORNING)
        row.refresh_from_db()
        assert (row.state, row.done_at) == (DeliveryState.DONE, MORNING)
        assert event_by_id(heard[0]).dossier.code == received.code

    def test_a_second_message_changes_nothing(
        self, heard: list[int], desk_clerk_lan: Actor, procedure: PublishedProcedure
    ) -> None:
        receive(desk_clerk_lan, procedure)
        pk = EventDelivery.objects.get().pk
        assert [deliver_event(delivery_id=pk) for _ in range(3)] == [True, False, False]
        assert len(heard) == 1

    def test_a_failure_leaves_only_its_reason_and_a_later_try(self, failing: Any) -> None:
        row = planned()
        assert not deliver_event(delivery_id=row.pk, now=MORNING)
        row.refresh_from_db()
        assert (row.state, row.attempts) == ("pending", 1)
        assert row.last_error == "RuntimeError: the other side is down"
        assert row.next_attempt_at == MORNING + timedelta(seconds=15)
        assert not Unit.objects.filter(key="made-by-1").exists()

    def test_pauses_grow_and_end(self, failing: Any) -> None:
        row = planned()
        pauses = []
        for _ in range(ATTEMPTS_MAX):
            deliver_event(delivery_id=row.pk, now=MORNING)
            row.refresh_from_db()
            pauses.append((row.next_attempt_at - MORNING).total_seconds())
        assert pauses == [15 * 2**number for number in range(ATTEMPTS_MAX)]
        assert row.state == DeliveryState.GAVE_UP
        assert [each.pk for each in given_up_deliveries()] == [row.pk]
        assert not deliver_event(delivery_id=row.pk)

    def test_what_was_given_up_can_be_started_again(self, failing: Any) -> None:
        row = planned()
        EventDelivery.objects.update(state=DeliveryState.GAVE_UP, attempts=ATTEMPTS_MAX)
        failing["broken"] = False
        retry_delivery(delivery_id=row.pk, now=MORNING)
        assert sweep_deliveries(now=MORNING) == 1
        assert Unit.objects.filter(key="made-by-1").exists()
        assert not given_up_deliveries()

    def test_a_subscriber_of_yesterday_fails_with_a_reason(self, failing: Any) -> None:
        row = planned()
        unregister_subscriber("test.failing")
        assert not deliver_event(delivery_id=row.pk, now=MORNING)
        row.refresh_from_db()
        assert "no subscriber named 'test.failing'" in row.last_error


@pytest.mark.django_db
class TestSweeping:
    def test_lost_messages_are_found(
        self, heard: list[int], desk_clerk_lan: Actor, procedure: PublishedProcedure
    ) -> None:
        receive(desk_clerk_lan, procedure)
        assert sweep_deliveries(now=MORNING) == 1
        assert sweep_deliveries(now=MORNING) == 0
        assert len(heard) == 1

    def test_what_is_not_due_yet_waits(self, failing: Any) -> None:
        row = planned()
        deliver_event(delivery_id=row.pk, now=MORNING)
        failing["broken"] = False
        assert sweep_deliveries(now=MORNING + timedelta(seconds=14)) == 0
        assert sweep_deliveries(now=MORNING + timedelta(seconds=15)) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_never_run_one_delivery_together() -> None:
    running, overlap, started, go_on = 0, 0, threading.Event(), threading.Event()

    def handle(event_id: int) -> None:
        nonlocal running, overlap
        running += 1
        overlap = max(overlap, running)
        started.set()
        go_on.wait(5)
        running -= 1

    register_subscriber(name="test.slow", source="test", kinds={"thing.happened"}, handler=handle)
    try:
        row = planned()
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(_in_thread, lambda: deliver_event(delivery_id=row.pk))
            assert started.wait(5)
            second = pool.submit(_in_thread, lambda: deliver_event(delivery_id=row.pk))
            assert second.result(timeout=5) is False
            go_on.set()
            assert first.result(timeout=5) is True
    finally:
        unregister_subscriber("test.slow")
    assert overlap == 1


def _in_thread(act: Callable[[], bool]) -> bool:
    try:
        return act()
    finally:
        connections.close_all()
