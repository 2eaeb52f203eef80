"""Asking for papers and taking them in on the dossier's page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from dossiers.models import Dossier, SlipLine
from haddong_portal.accounts.models import User
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.factories import PublishedProcedure, receive

pytestmark = pytest.mark.django_db


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), backend="haddong_portal.accounts.backends.StaffBackend")
    return client


@pytest.fixture
def dossier(desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure) -> Dossier:
    return Dossier.objects.get(pk=receive(desk_clerk_lan, procedure, now=clock.now()).dossier_id)


def test_from_the_request_to_the_new_receipt(
    dossier: Dossier, officer_minh: Actor, desk_clerk_lan: Actor, procedure: PublishedProcedure
) -> None:
    officer, clerk = signed_in(officer_minh), signed_in(desk_clerk_lan)
    at = {"code": dossier.code}
    officer.post(reverse("dossiers:take", kwargs=at))
    page = officer.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    paper = procedure.papers[0]
    assert f'name="request_supplement-fault_{paper.pk}"' in page
    empty = officer.post(reverse("dossiers:request-supplement", kwargs=at), {"request_supplement-reason": "Thiếu"})
    assert empty.status_code == 400
    assert "supplement.no_lines" in empty.content.decode()
    asked = officer.post(
        reverse("dossiers:request-supplement", kwargs=at),
        {
            "request_supplement-reason": "Tờ khai thiếu chữ ký",
            f"request_supplement-fault_{paper.pk}": "unsigned",
            f"request_supplement-note_{paper.pk}": "Ký trang 2",
        },
    )
    assert asked.status_code == 302
    page = clerk.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    assert "Chờ bổ sung giấy tờ" in page and "Tạm dừng (chờ bổ sung)" in page
    line = SlipLine.objects.get(dossier=dossier)
    assert f'value="{line.pk}"' in page
    slip = clerk.get(reverse("dossiers:slip-pdf", kwargs={**at, "slip_id": line.slip_id}))
    assert slip["Content-Type"] == "application/pdf"
    taken = clerk.post(reverse("dossiers:receive-supplement", kwargs=at), {"receive_supplement-line_ids": [line.pk]})
    assert taken.status_code == 302
    dossier.refresh_from_db()
    assert dossier.status == "PROCESSING" and dossier.paused_at is None


def test_a_strangers_desk_finds_neither_dossier_nor_slip(dossier: Dossier, stranger_nga: Actor) -> None:
    client = signed_in(stranger_nga)
    slip = dossier.slips.get()
    answer = client.get(reverse("dossiers:slip-pdf", kwargs={"code": dossier.code, "slip_id": slip.pk}))
    assert answer.status_code == 404
