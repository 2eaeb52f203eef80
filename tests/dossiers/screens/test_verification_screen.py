"""Verification on the dossier's page: the plan, the minutes, and the card that tells of both."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dossiers.models import Dossier, Verification
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.dossiers.screens.conftest import OpenSession, unfold
from tests.factories import PublishedProcedure, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(desk_clerk_lan: Actor, procedure: PublishedProcedure) -> Dossier:
    return Dossier.objects.get(pk=receive(desk_clerk_lan, procedure, now=clock.now()).dossier_id)


def test_from_the_plan_to_the_minutes(
    dossier: Dossier, officer_minh: Actor, desk_clerk_lan: Actor, open_session: OpenSession
) -> None:
    officer, at = open_session(officer_minh), {"code": dossier.code}
    officer.post(reverse("dossiers:take", kwargs=at))
    page = officer.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    assert "Thẩm tra, xác minh" in page
    assert 'name="verify_on_site-subject"' in unfold(officer, dossier.code, "verify_on_site")
    assert "h-verifications" not in page
    bad = officer.post(
        reverse("dossiers:verify", kwargs=at),
        {"verify_on_site-subject": "Nơi ở", "verify_on_site-planned_on": "2024-03-02"},
    )
    assert bad.status_code == 400 and "verification.planned_past" in bad.content.decode()
    started = officer.post(
        reverse("dossiers:verify", kwargs=at),
        {
            "verify_on_site-subject": "Nơi ở <thực tế>",
            "verify_on_site-planned_on": "2024-03-06",
            "verify_on_site-planned_hours": "3",
            "verify_on_site-participants": "Tổ trưởng",
        },
    )
    assert started.status_code == 302
    page = officer.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    assert "Nơi ở &lt;thực tế&gt;" in page and "đang xác minh" in page and "Đang xác minh" in page
    assert 'value="Tổ trưởng"' in page, "who was planned to come is offered again"
    silent = officer.post(reverse("dossiers:finish-verification", kwargs=at), {"finish_verification-confirmed": "1"})
    assert silent.status_code == 422 and "Chưa ghi biên bản xác minh." in silent.content.decode()
    done = officer.post(
        reverse("dossiers:finish-verification", kwargs=at),
        {"finish_verification-minutes": "Không có ai ở.", "finish_verification-confirmed": "0"},
    )
    assert done.status_code == 302
    assert Verification.objects.get(dossier=dossier).confirmed is False
    clerk = open_session(desk_clerk_lan).get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    assert "không đúng như hồ sơ" in clerk and "Không có ai ở." in clerk
    assert reverse("dossiers:act-form", args=[dossier.code, "verify_on_site"]) not in clerk


def test_others_find_no_way_in(
    dossier: Dossier, officer_minh: Actor, desk_clerk_lan: Actor, leader_hoa: Actor, open_session: OpenSession
) -> None:
    open_session(officer_minh).post(reverse("dossiers:take", args=[dossier.code]))
    path, form = reverse("dossiers:verify", args=[dossier.code]), {"verify_on_site-subject": "Nơi ở"}
    assert open_session(desk_clerk_lan).post(path, form).status_code == 403
    leader = open_session(leader_hoa).post(path, form)
    assert leader.status_code == 409 and "Lê Quang Minh" in leader.content.decode()
    assert not Verification.objects.exists()
