"""Money on the dossier's page: what is owed, collected at the desk, asked for by the officer, proven by a paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dossiers.models import Charge, Dossier, Payment
from dossiers.services.collect_fee import collect_fee
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import User
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.dossiers.documents.paper_checks import A5_SIDE, check_paper
from tests.factories import MORNING, PublishedProcedure, UnitFactory, make_actor, receive

pytestmark = pytest.mark.django_db
NOW = MORNING + timedelta(hours=1)


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), backend="haddong_portal.accounts.backends.StaffBackend")
    return client


@pytest.fixture
def dossier(desk_clerk_lan: Actor, officer_minh: Actor, procedure: PublishedProcedure) -> Dossier:
    return Dossier.objects.get(pk=receive(desk_clerk_lan, procedure, now=clock.now()).dossier_id)


def test_the_desk_collects_on_the_page(dossier: Dossier, desk_clerk_lan: Actor) -> None:
    clerk, at = signed_in(desk_clerk_lan), {"code": dossier.code}
    charge = Charge.objects.get(dossier=dossier)
    page = clerk.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    assert "Chưa nộp" in page and f'name="collect_fee-charge_ids" value="{charge.pk}"' in page
    paid = clerk.post(
        reverse("dossiers:collect-fee", kwargs=at),
        {"collect_fee-charge_ids": [charge.pk], "collect_fee-method": "cash"},
    )
    assert paid.status_code == 302
    number = Payment.objects.get(charge=charge).receipt_no
    page = clerk.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    assert f"biên lai số {number}/" in page and "collect_fee-charge_ids" not in page


def test_the_desk_prints_the_slip_for_the_money(dossier: Dossier, desk_clerk_lan: Actor, officer_minh: Actor) -> None:
    more = Charge.objects.create(dossier=dossier, kind="fee", label="Phí bản sao", amount_vnd=16_000, created_at=NOW)
    charges = [*Charge.objects.filter(dossier=dossier).values_list("pk", flat=True)]
    first, second = collect_fee(actor=desk_clerk_lan, dossier_id=dossier.pk, charge_ids=charges, now=NOW)
    clerk, at = signed_in(desk_clerk_lan), {"code": dossier.code}
    address = reverse("dossiers:fee-slip-pdf", kwargs={**at, "payment_id": second.pk})
    assert address in clerk.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    answer = clerk.get(address)
    text = check_paper(
        answer.content,
        name="fee-slip",
        size=A5_SIDE,
        words=(
            "PHIẾU THU PHÍ, LỆ PHÍ",
            f"Người nộp tiền: {dossier.applicant_name}",
            dossier.code,
            "Phí bản sao 16.000",
            "Tổng cộng 24.000",
            "Viết bằng chữ: Hai mươi bốn nghìn đồng",
            "Hình thức: Tiền mặt",
            f"Biên lai số: {first.receipt_no:04d}/{first.year}, {second.receipt_no:04d}/{second.year}",
            "NGƯỜI THU TIỀN",
            desk_clerk_lan.name,
        ),
    )
    assert "Mã giao dịch" not in text and answer["Cache-Control"] == "private, no-store"
    assert AuditEntry.objects.filter(action="dossier.fee_slip", object_id=str(dossier.pk)).count() == 1
    officer = signed_in(officer_minh)
    assert officer.get(address).status_code == 403
    assert address not in officer.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    Payment.objects.filter(charge=more).update(voided_at=NOW, void_reason="Thu nhầm")
    assert clerk.get(address).status_code == 404, "a voided receipt proves nothing"


def test_another_desk_prints_no_slip_of_this_one(dossier: Dossier, desk_clerk_lan: Actor) -> None:
    charge = Charge.objects.get(dossier=dossier)
    (paid,) = collect_fee(actor=desk_clerk_lan, dossier_id=dossier.pk, charge_ids=[charge.pk], now=NOW)
    stranger = make_actor(UnitFactory(ward=True, desk=True), Role.CLERK, "Vũ Thị Hạnh")
    address = reverse("dossiers:fee-slip-pdf", kwargs={"code": dossier.code, "payment_id": paid.pk})
    assert signed_in(stranger).get(address).status_code == 404


def test_a_duty_is_asked_for_and_proven(dossier: Dossier, officer_minh: Actor, desk_clerk_lan: Actor) -> None:
    officer, clerk, at = signed_in(officer_minh), signed_in(desk_clerk_lan), {"code": dossier.code}
    officer.post(reverse("dossiers:take", kwargs=at))
    asking = reverse("dossiers:request-payment", kwargs=at)
    empty = officer.post(asking, {"request_payment-reason": "Thông báo số 1"})
    assert empty.status_code == 422 and "Phải ghi tên khoản phải nộp" in empty.content.decode()
    asked = officer.post(
        asking,
        {
            "request_payment-reason": "Thông báo số 1",
            "request_payment-label_1": "Thuế thu nhập cá nhân",
            "request_payment-kind_1": "tax",
            "request_payment-amount_1": "12000000",
        },
    )
    assert asked.status_code == 302
    page = clerk.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    assert "Chờ thực hiện nghĩa vụ tài chính" in page
    assert "Đồng hồ vẫn chạy (chờ thực hiện nghĩa vụ tài chính)" in page and "12.000.000 đồng" in page
    shown = clerk.post(reverse("dossiers:confirm-payment", kwargs=at), {"confirm_payment-proof": "Giấy nộp tiền 7"})
    assert shown.status_code == 302
    page = clerk.get(reverse("dossiers:dossier", kwargs=at)).content.decode()
    assert "Đã nộp theo chứng từ: Giấy nộp tiền 7" in page
