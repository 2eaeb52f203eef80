"""Recording an outage on screen, its progress, and what it moved."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dossiers.models import Outage, Recomputation
from dossiers.services.recompute_due_dates import recompute_due_dates
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from tests.dossiers.conftest import Story
from tests.dossiers.screens.conftest import OpenSession
from tests.dossiers.services.test_recompute import let_outages_pause
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
FORM = {
    "system": "Phần mềm hộ tịch điện tử",
    "started_at": "2024-03-04T08:00",
    "ended_at": "2024-03-05T09:00",
    "reason": "Máy chủ hỏng",
}


def test_from_the_form_to_the_dossiers_it_moved(story: Story, ward: Unit, open_session: OpenSession) -> None:
    let_outages_pause()
    dossier = story.received()
    sau = open_session(make_actor(ward, Role.ONE_STOP_HEAD, "Ngô Thị Sáu"))
    screen = reverse("dossiers:outages")
    assert 'name="for_all"' not in sau.get(screen).content.decode(), "a head speaks for their own unit"
    wrong = sau.post(screen, {**FORM, "ended_at": "2024-03-04T07:00"})
    assert wrong.status_code == 400 and "outage.order" in wrong.content.decode()
    assert "Máy chủ hỏng" in wrong.content.decode()
    assert sau.post(screen, {**FORM, "system": ""}).status_code == 422
    answer = sau.post(screen, FORM)
    run = Recomputation.objects.get()
    assert answer["Location"] == reverse("dossiers:recomputation", args=[run.pk])
    assert Outage.objects.get().unit_id == ward.pk
    assert "Đang tính" in sau.get(answer["Location"]).content.decode()
    assert 'hx-trigger="every 2s"' in sau.get(reverse("dossiers:recomputations")).content.decode()
    recompute_due_dates()
    shown = sau.get(answer["Location"]).content.decode()
    assert "Đã xem 1 hồ sơ" in shown and "every 2s" not in shown
    assert "Phần mềm hộ tịch điện tử" in sau.get(screen).content.decode()
    assert sau.post(screen, FORM).status_code == 409
    assert dossier.pk


def test_a_unit_sees_its_own_runs_and_the_administrator_all(
    ward: Unit, open_session: OpenSession, stranger_nga: object
) -> None:
    sau = open_session(make_actor(ward, Role.ONE_STOP_HEAD, "Ngô Thị Sáu"))
    sau.post(reverse("dossiers:outages"), FORM)
    run = Recomputation.objects.get()
    elsewhere = Unit.objects.exclude(pk=ward.pk).get()
    other = open_session(make_actor(elsewhere, Role.ONE_STOP_HEAD, "Mai Văn Bảy"))
    assert "Máy chủ hỏng" not in other.get(reverse("dossiers:outages")).content.decode()
    assert other.get(reverse("dossiers:recomputation", args=[run.pk])).status_code == 404
    admin = open_session(make_actor(elsewhere, Role.ADMINISTRATOR, "Quản trị"))
    page = admin.get(reverse("dossiers:outages")).content.decode()
    assert "Máy chủ hỏng" in page and 'name="for_all"' in page
    admin.post(reverse("dossiers:outages"), {**FORM, "for_all": "on"})
    assert Outage.objects.latest("pk").unit_id is None
    clerk = open_session(make_actor(ward, Role.CLERK, "Hoàng Thị Mai"))
    assert clerk.get(reverse("dossiers:outages")).status_code == 403
