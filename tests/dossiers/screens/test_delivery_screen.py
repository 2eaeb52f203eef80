"""A delivery list on screen: from the morning's dossiers to the receiver's check, for both sides only."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from dossiers.models import DeliveryList
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.budgets.conftest import at_most
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import UnitFactory, citizen, make_actor, publish_procedure, receive

pytestmark = pytest.mark.django_db
LIST_MAX = 4
BOX = re.compile(r'name="dossier_ids" value="(\d+)"[^>]* checked')


@pytest.fixture
def office(db: None) -> Unit:
    return UnitFactory(name="Phòng Tư pháp quận Hà Đông", short_name="Phòng Tư pháp")


@pytest.fixture
def hung(office: Unit) -> Actor:
    return make_actor(office, Role.OFFICER, "Đỗ Mạnh Hùng")


@pytest.fixture
def received(ward: Unit, desk_clerk_lan: Actor, office: Unit) -> list[int]:
    published = publish_procedure(at=ward, handling=office)
    people = [citizen("Trần Văn Tú", number) for number in (1, 2)]
    return [receive(desk_clerk_lan, published, now=clock.now(), person=person).dossier_id for person in people]


def test_from_the_list_to_the_receipt(
    received: list[int],
    desk_clerk_lan: Actor,
    office: Unit,
    hung: Actor,
    stranger_nga: Actor,
    open_session: OpenSession,
) -> None:
    clerk, new = open_session(desk_clerk_lan), reverse("dossiers:new-delivery")
    page = clerk.get(new).content.decode()
    assert sorted(map(int, BOX.findall(page))) == received
    assert re.search(rf'<option value="{office.pk}" selected>Phòng Tư pháp', page)
    nothing = clerk.post(new, {"to_unit_id": office.pk})
    assert nothing.status_code == 422 and "Chưa chọn hồ sơ nào để bàn giao." in nothing.content.decode()
    made = clerk.post(new, {"to_unit_id": office.pk, "dossier_ids": received, "note": "Chuyến <15> giờ"})
    delivery = DeliveryList.objects.get()
    assert made["Location"] == reverse("dossiers:delivery", args=[delivery.pk])
    shown = clerk.get(made["Location"]).content.decode()
    assert "Chuyến &lt;15&gt; giờ" in shown and "Xác nhận nhận bàn giao" not in shown
    twice = clerk.post(new, {"to_unit_id": office.pk, "dossier_ids": received})
    assert twice.status_code == 409 and "delivery.refused" in twice.content.decode()
    officer = open_session(hung)
    assert "Xác nhận nhận bàn giao" in officer.get(made["Location"]).content.decode()
    kept = delivery.lines.order_by("position")[0].pk
    assert officer.post(made["Location"], {"line_ids": [kept]}).status_code == 302
    again = officer.post(made["Location"], {"line_ids": [kept]})
    assert again.status_code == 409 and "delivery.confirmed" in again.content.decode()
    assert "không thấy" in clerk.get(made["Location"]).content.decode()
    pdf = officer.get(reverse("dossiers:delivery-pdf", args=[delivery.pk]))
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    stranger = open_session(stranger_nga)
    for path in (made["Location"], reverse("dossiers:delivery-pdf", args=[delivery.pk])):
        assert stranger.get(path).status_code == 404
    assert stranger.post(made["Location"], {"line_ids": [kept]}).status_code == 404


def test_the_lists_of_both_sides_cost_few_statements(
    received: list[int], desk_clerk_lan: Actor, office: Unit, hung: Actor, open_session: OpenSession
) -> None:
    clerk = open_session(desk_clerk_lan)
    for pk in received:
        clerk.post(reverse("dossiers:new-delivery"), {"to_unit_id": office.pk, "dossier_ids": [pk]})
    path = reverse("dossiers:deliveries")
    clerk.get(path)
    with at_most(LIST_MAX):
        page = clerk.get(path).content.decode()
    assert "1/2024" in page and "2/2024" in page and "chờ nhận" in page
    officer = open_session(hung)
    assert "1/2024" in officer.get(f"{path}?xem=den").content.decode()
    assert "1/2024" not in officer.get(path).content.decode()


def test_ticked_rows_come_onto_the_form_as_chosen(
    received: list[int], desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    page = open_session(desk_clerk_lan).get(reverse("dossiers:new-delivery"), {"ho-so": received[:1]}).content.decode()
    assert list(map(int, BOX.findall(page))) == received[:1]
