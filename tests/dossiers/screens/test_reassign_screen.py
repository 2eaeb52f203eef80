"""Giving work to others on screen: the whole of one person's, or rows ticked in the work list."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from dossiers.models import Dossier, Reassignment
from dossiers.services.run_reassignment import run_reassignment
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Post, Unit
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import PublishedProcedure, citizen, make_actor, receive

pytestmark = pytest.mark.django_db
BOX = re.compile(r'<input type="checkbox" name="ho-so" value="(\d+)" form="bulk-form"')


@pytest.fixture
def thao(ward: Unit) -> Actor:
    return make_actor(ward, Role.OFFICER, "Đặng Thu Thảo")


@pytest.fixture
def taken(desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure) -> list[int]:
    pks = [receive(desk_clerk_lan, procedure, now=clock.now(), person=citizen("Tú", n)).dossier_id for n in (1, 2, 3)]
    for pk in pks:
        take_dossier(actor=officer_minh, dossier_id=pk)
    return pks


def test_a_leavers_work_from_the_order_to_the_report(
    taken: list[int], officer_minh: Actor, leader_hoa: Actor, thao: Actor, open_session: OpenSession
) -> None:
    Post.objects.filter(pk=officer_minh.post_id).update(valid_to=clock.today())
    leader, path = open_session(leader_hoa), reverse("dossiers:reassign")
    page = leader.get(path).content.decode()
    assert "Lê Quang Minh (3 hồ sơ, không còn vị trí tại đơn vị)" in page
    assert f'value="{officer_minh.user_id}" id="id_to_user_ids' not in page, "a leaver receives nothing"
    empty = leader.post(path, {"from_user_id": officer_minh.user_id, "reason": "Chuyển công tác"})
    assert empty.status_code == 422 and "Chưa chọn người nhận việc." in empty.content.decode()
    form = {"from_user_id": officer_minh.user_id, "to_user_ids": [thao.user_id], "reason": "Chuyển công tác"}
    placed = leader.post(path, form)
    order = Reassignment.objects.get()
    assert placed["Location"] == reverse("dossiers:reassignment", args=[order.pk])
    going_on = leader.get(placed["Location"]).content.decode()
    assert 'hx-trigger="every 1s"' in going_on and "0 / 3" in going_on
    again = leader.post(path, form)
    assert again.status_code == 409 and "reassign.going_on" in again.content.decode()
    run_reassignment(reassignment_id=order.pk)
    part = leader.get(placed["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "every 1s" not in part and "<html" not in part and "3 hồ sơ" in part and "Đặng Thu Thảo" in part
    assert set(Dossier.objects.values_list("officer_id", flat=True)) == {thao.user_id}


def test_rows_ticked_in_the_work_list(
    taken: list[int], officer_minh: Actor, leader_hoa: Actor, thao: Actor, open_session: OpenSession
) -> None:
    leader = open_session(leader_hoa)
    boxes = BOX.findall(leader.get(reverse("dossiers:work-list") + "?pham-vi=don-vi").content.decode())
    assert sorted(map(int, boxes)) == taken
    path = reverse("dossiers:reassign")
    page = leader.get(path, {"ho-so": boxes[:2] + ["x", "9" * 30]}).content.decode()
    assert "2 hồ sơ đã chọn" in page and 'name="from_user_id"' not in page
    leader.post(path, {"ho-so": boxes[:2], "to_user_ids": [thao.user_id], "reason": "Quá tải"})
    run_reassignment(reassignment_id=Reassignment.objects.get().pk)
    assert Dossier.objects.filter(officer_id=thao.user_id).count() == 2


def test_who_gives_work_to_others(
    taken: list[int], officer_minh: Actor, desk_clerk_lan: Actor, stranger_nga: Actor, open_session: OpenSession
) -> None:
    listed = open_session(officer_minh).get(reverse("dossiers:work-list")).content.decode()
    assert BOX.findall(listed) and "Giao lại việc" not in listed
    for actor in (officer_minh, desk_clerk_lan, stranger_nga):
        assert open_session(actor).get(reverse("dossiers:reassign")).status_code == 403
    elsewhere = make_actor(Unit.objects.get(pk=stranger_nga.unit_id), Role.LEADER, "Ngô Văn Xa")
    page = open_session(elsewhere).get(reverse("dossiers:reassign"), {"ho-so": taken}).content.decode()
    assert Dossier.objects.get(pk=taken[0]).code not in page
