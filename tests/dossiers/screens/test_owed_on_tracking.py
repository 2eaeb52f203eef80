"""The tracking page that a message about money leads to: what is owed, and how to pay it, for the receipt's holder."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from dossiers.models import Charge, Dossier
from dossiers.selectors.links import tracking_url
from dossiers.services.bank_accounts import AccountData, add_bank_account
from dossiers.services.request_payment import request_payment
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.notices.models import Notice
from tests.dossiers.conftest import Story
from tests.dossiers.services.test_payment_wait import FEE, TAX
from tests.factories import MORNING, make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def owing(story: Story, ward: Unit) -> Dossier:
    """Asked to pay a tax and a fee on top of the intake's, at a desk with an account."""
    account = AccountData(
        unit_id=ward.pk,
        bank_bin="970436",
        account_no="0011001234567",
        account_name="UBND PHUONG",
        valid_from=MORNING.date(),
    )
    add_bank_account(actor=make_actor(ward, Role.ADMINISTRATOR, "Lê Quản Trị"), data=account, now=MORNING)
    dossier = story.taken()
    request_payment(
        actor=story.officer, dossier_id=dossier.pk, lines=[TAX, FEE], reason="Thông báo số 12", now=story.now()
    )
    return story.fresh(dossier.pk)


def page_of(client: Client, dossier: Dossier) -> str:
    return client.get(re.sub(r"^https?://[^/]+", "", tracking_url(dossier.code))).content.decode()


def test_the_link_of_the_message_shows_lines_account_and_code(client: Client, owing: Dossier) -> None:
    assert tracking_url(owing.code) in Notice.objects.get(event="payment_requested").body
    page = page_of(client, owing)
    assert all(words in page for words in (TAX.label, "12.000.000 đồng", FEE.label, "500.000 đồng"))
    assert "0011001234567" in page and "508.000 đồng" in page  # the desk's fees together, without the tax
    assert 'aria-label="Mã chuyển khoản VietQR"' in page
    assert "theo thông báo của cơ quan thuế" in page


def test_the_code_alone_tells_nothing_of_money(client: Client, owing: Dossier) -> None:
    page = client.post("/tra-cuu/", {"code": owing.code, "last_digits": ""}).content.decode()
    assert "Còn phải nộp" not in page and "0011001234567" not in page


def test_without_an_account_the_desk_is_named(client: Client, story: Story) -> None:
    page = page_of(client, story.taken())
    assert "Phí, lệ phí nộp tại bộ phận Một cửa." in page and "VietQR" not in page


def test_nothing_is_shown_when_all_is_paid(client: Client, owing: Dossier) -> None:
    Charge.objects.filter(dossier=owing).update(
        settled_at=MORNING, exempt_reason="Hộ nghèo", exempted_by=owing.received_by
    )
    assert "Còn phải nộp" not in page_of(client, owing)
