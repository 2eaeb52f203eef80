"""The desk's lists of money and the clerk's day-end, pressed as a clerk presses them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dossiers.models import BankAccount, Charge, DayEnd
from dossiers.services.collect_fee import collect_fee
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from tests.dossiers.screens.conftest import OpenSession
from tests.factories import PublishedProcedure, make_actor, receive

pytestmark = pytest.mark.django_db


def owing(clerk: Actor, procedure: PublishedProcedure) -> Charge:
    received = receive(clerk, procedure, now=clock.now(), confirmed_duplicate=True)
    return Charge.objects.get(dossier_id=received.dossier_id)


def test_the_list_leads_to_what_is_owed(
    desk_clerk_lan: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    charge = owing(desk_clerk_lan, procedure)
    client = open_session(desk_clerk_lan)
    page = client.get(reverse("dossiers:unpaid")).content.decode()
    assert charge.dossier.code in page and "8.000" in page and charge.label in page
    assert "Không còn khoản nào" in client.get(reverse("dossiers:unpaid") + "?loc=cho-tra").content.decode()
    assert client.get(reverse("dossiers:unpaid") + "?sau=hong").status_code == 400


def test_a_day_is_counted_signed_and_printed(
    desk_clerk_lan: Actor, procedure: PublishedProcedure, open_session: OpenSession
) -> None:
    charge = owing(desk_clerk_lan, procedure)
    collect_fee(actor=desk_clerk_lan, dossier_id=charge.dossier_id, charge_ids=[charge.pk])
    client, at = open_session(desk_clerk_lan), reverse("dossiers:day-end")
    assert "Tiền mặt theo sổ" in client.get(at).content.decode()
    wrong = client.post(at, {"cash_counted_vnd": "7000"})
    assert wrong.status_code == 422 and "day_end.note_missing" in wrong.content.decode()
    signed = client.post(at, {"cash_counted_vnd": "8000"}, follow=True)
    assert "đã khóa lúc" in signed.content.decode() and "Khớp sổ" in signed.content.decode()
    sheet = DayEnd.objects.get()
    pdf = client.get(reverse("dossiers:day-end-pdf", kwargs={"sheet_id": sheet.pk}))
    assert pdf["Content-Type"] == "application/pdf"


def test_an_account_is_written_down_and_ended(ward: Unit, open_session: OpenSession) -> None:
    Unit.objects.filter(pk=ward.pk).update(has_one_stop_desk=True)
    client, at = open_session(make_actor(ward, Role.ADMINISTRATOR, "Lê Quốc Anh")), reverse("dossiers:bank-accounts")
    data = {
        "unit_id": ward.pk,
        "bank_bin": "970436",
        "account_no": "0011-2",
        "account_name": "UBND phường",
        "valid_from": "2024-01-01",
    }
    bent = client.post(at, data)
    assert bent.status_code == 422 and "vietqr.account" in bent.content.decode()
    assert "0011002" in client.post(at, {**data, "account_no": "0011002"}, follow=True).content.decode()
    account = BankAccount.objects.get()
    ending = reverse("dossiers:end-bank-account", kwargs={"account_id": account.pk})
    assert "Thôi dùng" in client.post(ending, {"last_on": "2024-06-30"}, follow=True).content.decode()
    assert "bank_account.ended" in client.post(ending, {"last_on": "2024-07-30"}, follow=True).content.decode()
