"""Accounts that fees are transferred to: dated, one at a time; the receipt prints the code of its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from dossiers.models import BankAccount, Charge
from dossiers.selectors.bank_accounts import account_on
from dossiers.selectors.payment_codes import payment_code
from dossiers.selectors.receipt_data import receipt_data
from dossiers.services.bank_accounts import AccountData, add_bank_account, end_bank_account
from dossiers.services.collect_fee import collect_fee
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from tests.dossiers.conftest import Story
from tests.factories import MORNING, make_actor

pytestmark = pytest.mark.django_db
FIRST = date(2024, 1, 1)


@pytest.fixture
def administrator(ward: Unit) -> Actor:
    return make_actor(ward, Role.ADMINISTRATOR, "Lê Quốc Anh")


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refusal:
        call()
    return refusal.value.code


def add(administrator: Actor, ward: Unit, **data: Any) -> BankAccount:
    given = {
        "unit_id": ward.pk,
        "bank_bin": "970436",
        "account_no": "0011001234567",
        "account_name": "UBND phường Văn Quán",
        "valid_from": FIRST,
    }
    return add_bank_account(actor=administrator, data=AccountData(**{**given, **data}), now=MORNING)


def test_an_account_is_kept_with_its_bank(administrator: Actor, ward: Unit) -> None:
    account = add(administrator, ward)
    assert (account.bank_name, account.valid_to) == ("Vietcombank", None)
    assert AuditEntry.objects.filter(object_type="bank_account", object_id=str(account.pk)).count() == 1
    assert BankAccount.history.count() == 1


def test_a_new_account_ends_the_one_before(administrator: Actor, ward: Unit) -> None:
    old = add(administrator, ward)
    new = add(administrator, ward, valid_from=date(2024, 6, 1), account_no="999")
    old.refresh_from_db()
    assert old.valid_to == date(2024, 5, 31)
    assert account_on(ward.pk, date(2024, 5, 31)) == old
    assert account_on(ward.pk, date(2024, 6, 1)) == new
    assert account_on(ward.pk, date(2023, 12, 31)) is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"bank_bin": "123456"}, "bank_account.bank_unknown"),
        ({"account_name": " "}, "bank_account.name_missing"),
        ({"account_no": "12-34"}, "vietqr.account"),
        ({"unit_id": 0}, "bank_account.unit_unknown"),
    ],
)
def test_what_no_bank_would_take_is_refused(data: dict[str, Any], code: str, administrator: Actor, ward: Unit) -> None:
    assert refused(lambda: add(administrator, ward, **data)) == code


def test_accounts_follow_one_another(administrator: Actor, ward: Unit) -> None:
    account = add(administrator, ward)
    assert refused(lambda: add(administrator, ward)) == "bank_account.not_later"
    early = FIRST - timedelta(days=1)
    ending = {"actor": administrator, "account_id": account.pk}
    assert refused(lambda: end_bank_account(**ending, last_on=early)) == "bank_account.ends_early"
    assert end_bank_account(**ending, last_on=FIRST).valid_to == FIRST
    assert refused(lambda: end_bank_account(**ending, last_on=FIRST)) == "bank_account.ended"
    missing = {"actor": administrator, "account_id": 0}
    assert refused(lambda: end_bank_account(**missing, last_on=FIRST)) == "bank_account.not_found"


def test_only_administrators(ward: Unit, desk_clerk_lan: Actor) -> None:
    assert refused(lambda: add(desk_clerk_lan, ward)) == "auth.not_allowed"
    ending = {"actor": desk_clerk_lan, "account_id": 1}
    assert refused(lambda: end_bank_account(**ending, last_on=FIRST)) == "auth.not_allowed"


class TestCode:
    def test_the_receipt_prints_what_is_owed(self, story: Story, administrator: Actor, ward: Unit) -> None:
        dossier = story.received()
        assert receipt_data(dossier).payment is None
        add(administrator, ward)
        code = receipt_data(dossier).payment
        assert code is not None
        assert (code.bank_name, code.account_number, code.amount_vnd) == ("Vietcombank", "0011001234567", 8000)
        assert code.content == dossier.code.replace(".", " ").replace("-", " ")
        assert code.payload.startswith("000201010212") and "54048000" in code.payload

    def test_what_is_paid_or_unknown_has_no_code(self, story: Story, administrator: Actor, ward: Unit) -> None:
        add(administrator, ward)
        dossier = story.received()
        Charge.objects.filter(dossier=dossier).update(amount_vnd=None)
        assert payment_code(dossier, on=MORNING.date()) is None
        Charge.objects.filter(dossier=dossier).update(amount_vnd=8000)
        charge = Charge.objects.get(dossier=dossier)
        collect_fee(actor=story.clerk, dossier_id=dossier.pk, charge_ids=[charge.pk], now=story.now())
        assert payment_code(dossier, on=MORNING.date()) is None
