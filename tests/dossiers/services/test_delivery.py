"""Many dossiers to another unit on one list: all or nothing, gapless numbers, checked line by line by the receiver."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers.constants import EventKind, Status
from dossiers.models import DeliveryLine, DeliveryList, Dossier, DossierEvent
from dossiers.selectors.deliveries import delivery_of, delivery_page, delivery_pdf, new_delivery
from dossiers.services.confirm_delivery import confirm_delivery
from dossiers.services.hand_over_batch import hand_over_batch
from dossiers.services.lateness import Lateness
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.models import Notice
from tests.factories import MORNING, PublishedProcedure, UnitFactory, citizen, make_actor, publish_procedure, receive
from tests.flows.desk import text_of

AFTERNOON = MORNING + timedelta(hours=6)


@pytest.fixture
def office(ward: Unit) -> Unit:
    """The department that examines what the ward's desk receives."""
    return UnitFactory(name="Phòng Tư pháp quận Hà Đông", short_name="Phòng Tư pháp")


@pytest.fixture
def signing(ward: Unit) -> Unit:
    return UnitFactory(name="Văn phòng quận Hà Đông", short_name="Văn phòng")


@pytest.fixture
def published(ward: Unit, office: Unit, signing: Unit) -> PublishedProcedure:
    return publish_procedure(at=ward, handling=office, signing=signing)


@pytest.fixture
def hung(office: Unit) -> Actor:
    return make_actor(office, Role.OFFICER, "Đỗ Mạnh Hùng")


@pytest.fixture
def at_office(desk_clerk_lan: Actor, published: PublishedProcedure) -> list[int]:
    """Received at the desk this morning; they stand at the department, their papers are still here."""
    return [
        receive(desk_clerk_lan, published, now=MORNING, person=citizen("Trần Văn Tú", number)).dossier_id
        for number in (1, 2, 3)
    ]


def deliver(actor: Actor, to: Unit, pks: list[int], now: datetime = AFTERNOON, **data: Any) -> DeliveryList:
    return hand_over_batch(actor=actor, to_unit_id=to.pk, dossier_ids=pks, now=now, **data)


def refused(act: Any, code: str) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        act()
    assert refusal.value.code == code
    return refusal.value


def test_the_papers_of_the_morning_follow_on_one_list(
    at_office: list[int], desk_clerk_lan: Actor, office: Unit, hung: Actor
) -> None:
    waiting = new_delivery(actor=desk_clerk_lan, to_unit_id=None, dossier_ids=[], now=AFTERNOON)
    assert waiting.waiting == [(office.pk, "Phòng Tư pháp", 3)] and [row.pk for row in waiting.rows] == at_office
    delivery = deliver(desk_clerk_lan, office, at_office, note="Chuyến 15 giờ")
    assert (delivery.number, delivery.year, delivery.received_at) == (1, 2024, None)
    lines = DeliveryLine.objects.filter(delivery_list=delivery)
    assert list(lines.values_list("dossier_id", "position")) == list(zip(at_office, (1, 2, 3), strict=True))
    assert set(Dossier.objects.values_list("status", flat=True)) == {Status.ACCEPTED}, "it only carries papers"
    assert DossierEvent.objects.filter(kind=EventKind.DELIVERED).count() == 3
    assert Notice.objects.get(event="delivery_sent", channel="portal").user_id == hung.user_id
    text = text_of(delivery_pdf(actor=hung, delivery_id=delivery.pk, now=AFTERNOON))
    assert "Chuyến 15 giờ" in text and "Trần Văn Tú" in text and "Phòng Tư pháp quận Hà Đông" in text
    assert all(code in text.replace("\n", "") for code in Dossier.objects.values_list("code", flat=True))
    assert new_delivery(actor=desk_clerk_lan, to_unit_id=office.pk, dossier_ids=[], now=AFTERNOON).rows == []


def test_what_the_unit_holds_is_passed_on_with_the_list(at_office: list[int], hung: Actor, signing: Unit) -> None:
    for pk in at_office:
        take_dossier(actor=hung, dossier_id=pk, now=MORNING)
    deliver(hung, signing, at_office)
    after = Dossier.objects.filter(pk__in=at_office)
    assert set(after.values_list("owner_unit_id", "status")) == {(signing.pk, Status.SIGNING)}
    assert set(DeliveryLine.objects.values_list("step_name", flat=True)) == {"Ký kết quả"}


def test_one_that_cannot_go_holds_back_all_and_is_named(
    at_office: list[int], desk_clerk_lan: Actor, office: Unit, hung: Actor
) -> None:
    take_dossier(actor=hung, dossier_id=at_office[1], now=MORNING)
    refusal = refused(lambda: deliver(desk_clerk_lan, office, at_office), "delivery.refused")
    code = Dossier.objects.get(pk=at_office[1]).code
    assert refusal.status == 409 and code in refusal.message
    assert [line["reason"] for line in refusal.data["lines"]] == ["delivery.taken"]
    assert not DeliveryList.objects.exists() and not DossierEvent.objects.filter(kind=EventKind.DELIVERED).exists()
    assert deliver(desk_clerk_lan, office, [at_office[0], at_office[2]]).number == 1, "no gap"
    again = refused(lambda: deliver(desk_clerk_lan, office, at_office[:1]), "delivery.refused")
    assert again.data["lines"][0]["reason"] == "delivery.on_list"


def test_a_half_passed_on_list_is_undone(at_office: list[int], hung: Actor, signing: Unit) -> None:
    for pk in at_office[:2]:
        take_dossier(actor=hung, dossier_id=pk, now=MORNING)
    other = make_actor(Unit.objects.get(pk=hung.unit_id), Role.OFFICER, "Người khác")
    take_dossier(actor=other, dossier_id=at_office[2], now=MORNING)
    refusal = refused(lambda: deliver(hung, signing, at_office), "delivery.refused")
    assert [line["reason"] for line in refusal.data["lines"]] == ["dossier.taken"]
    assert set(Dossier.objects.values_list("owner_unit_id", flat=True)) == {hung.unit_id}


def test_a_late_step_says_why(at_office: list[int], hung: Actor, signing: Unit) -> None:
    take_dossier(actor=hung, dossier_id=at_office[0], now=MORNING)
    late = MORNING + timedelta(days=7)
    refusal = refused(lambda: deliver(hung, signing, at_office[:1], now=late), "delivery.refused")
    assert refusal.data["lines"][0]["reason"] == "step.late_reason_missing"
    deliver(hung, signing, at_office[:1], now=late, late=Lateness("workload"))


def test_what_a_list_refuses(
    at_office: list[int],
    desk_clerk_lan: Actor,
    office: Unit,
    signing: Unit,
    ward: Unit,
    stranger_nga: Actor,
    hung: Actor,
) -> None:
    refused(lambda: deliver(desk_clerk_lan, office, []), "delivery.empty")
    refused(lambda: deliver(desk_clerk_lan, office, list(range(1, 102))), "delivery.too_many")
    refused(lambda: deliver(desk_clerk_lan, ward, at_office), "delivery.same_unit")
    gone = UnitFactory(valid_to=MORNING.date())
    refused(lambda: deliver(desk_clerk_lan, gone, at_office), "delivery.unit_unknown")
    wrong = refused(lambda: deliver(desk_clerk_lan, signing, at_office), "delivery.refused")
    assert {line["reason"] for line in wrong.data["lines"]} == {
        "dossier.other_unit"
    } and "hồ sơ khác" not in wrong.message
    unseen = refused(lambda: deliver(stranger_nga, office, at_office), "delivery.refused")
    assert {line["reason"] for line in unseen.data["lines"]} == {"dossier.not_found"}
    take_dossier(actor=hung, dossier_id=at_office[0], now=MORNING)
    astray = refused(lambda: deliver(hung, ward, at_office[:1]), "delivery.refused")
    assert astray.data["lines"][0]["reason"] == "delivery.not_next"
    inspector = make_actor(ward, Role.INSPECTOR, "Thanh tra")
    refused(lambda: deliver(inspector, office, at_office), "auth.not_allowed")


def test_the_receiver_checks_line_by_line_once(
    at_office: list[int], desk_clerk_lan: Actor, office: Unit, hung: Actor, stranger_nga: Actor
) -> None:
    delivery = deliver(desk_clerk_lan, office, at_office)
    lines = list(DeliveryLine.objects.filter(delivery_list=delivery).values_list("pk", flat=True))
    confirm = partial(confirm_delivery, delivery_list_id=delivery.pk, now=AFTERNOON)
    refused(partial(confirm, actor=desk_clerk_lan, line_ids=lines), "delivery.not_found")
    refused(partial(confirm, actor=stranger_nga, line_ids=lines), "delivery.not_found")
    refused(partial(confirm, actor=hung, line_ids=[0]), "delivery.strange_line")
    confirm(actor=hung, line_ids=lines[:2])
    delivery.refresh_from_db()
    assert (delivery.received_by_id, delivery.received_at) == (hung.user_id, AFTERNOON)
    assert [line.missing for line in delivery.lines.order_by("position")] == [False, False, True]
    events = DossierEvent.objects.filter(kind=EventKind.DELIVERY_CONFIRMED).order_by("dossier_id")
    assert [event.note.rpartition(": ")[2] for event in events] == ["đã nhận", "đã nhận", "không thấy hồ sơ"]
    assert [(event.dossier_id, event.from_status == event.to_status) for event in events] == [
        (pk, True) for pk in sorted(at_office)
    ]
    told = Notice.objects.get(event="delivery_missing", channel="portal")
    assert told.user_id == desk_clerk_lan.user_id and "1 hồ sơ" in told.body
    late = refused(partial(confirm, actor=hung, line_ids=lines), "delivery.confirmed")
    assert late.status == 409 and "Đỗ Mạnh Hùng" in late.message
    assert "bên nhận không thấy" in " ".join(
        text_of(delivery_pdf(actor=desk_clerk_lan, delivery_id=delivery.pk, now=AFTERNOON)).split()
    )


def test_confirming_costs_the_same_for_one_and_for_three(
    at_office: list[int], desk_clerk_lan: Actor, office: Unit, hung: Actor
) -> None:
    costs = []
    for pks in (at_office[:1], at_office[1:]):
        delivery = deliver(desk_clerk_lan, office, pks)
        lines = list(DeliveryLine.objects.filter(delivery_list=delivery).values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as found:
            confirm_delivery(actor=hung, delivery_list_id=delivery.pk, line_ids=lines, now=AFTERNOON)
        costs.append(len(found))
    assert costs[0] == costs[1]


def test_each_side_finds_its_lists_and_nobody_else(
    at_office: list[int], desk_clerk_lan: Actor, office: Unit, hung: Actor, stranger_nga: Actor
) -> None:
    first = deliver(desk_clerk_lan, office, at_office[:1])
    second = deliver(desk_clerk_lan, office, at_office[1:])
    assert (first.number, second.number) == (1, 2)
    sent = delivery_page(actor=desk_clerk_lan, received=False, cursor=None).rows
    got = delivery_page(actor=hung, received=True, cursor=None).rows
    assert [row.pk for row in sent] == [row.pk for row in got] == [second.pk, first.pk]
    assert list(delivery_page(actor=hung, received=False, cursor=None).rows) == []
    refused(lambda: delivery_of(actor=stranger_nga, delivery_id=first.pk), "delivery.not_found")
    refused(lambda: delivery_page(actor=hung, received=True, cursor="hong"), "list.bad_cursor")
