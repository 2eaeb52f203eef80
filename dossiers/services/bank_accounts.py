"""Say where a unit's fees are transferred to, from which day on. Administrators.

A new account ends the one before it on the day before; what was printed names the account of its day. Writes
BankAccount with its history and one audit row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from dossiers.models import BankAccount
from dossiers.permissions import BANK_ACCOUNTS
from dossiers.rules.banks import bank_name
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import Conflict, DomainError, NotFound
from haddong_portal.common.text import clean_text
from haddong_portal.common.vietqr import vietqr_payload

NAME_LENGTH_MAX = 120


@dataclass(frozen=True, kw_only=True)
class AccountData:
    """An account as the bank knows it, in force from `valid_from` on."""

    unit_id: int
    bank_bin: str
    account_no: str
    account_name: str
    valid_from: date


@transaction.atomic
def add_bank_account(*, actor: Actor, data: AccountData, now: datetime | None = None) -> BankAccount:
    """The stored account.

    Raises DomainError bank_account.bank_unknown, .name_missing, .unit_unknown, vietqr.account, or Conflict
    bank_account.not_later when the unit has an account from that day or a later one on.
    """
    actor.require(BANK_ACCOUNTS)
    moment = clock.local(now or clock.now())
    name = _check(data)
    if not Unit.objects.select_for_update(no_key=True).filter(pk=data.unit_id).exists():
        raise DomainError("bank_account.unit_unknown", "Không có đơn vị này.", "unit_id")
    _end_the_one_before(data)
    account = BankAccount(
        unit_id=data.unit_id,
        bank_bin=data.bank_bin,
        bank_name=bank_name(data.bank_bin),
        account_no=data.account_no.strip(),
        account_name=name,
        valid_from=data.valid_from,
    )
    account.save(force_insert=True)
    _note(actor, account, "thêm tài khoản thu", moment)
    return account


@transaction.atomic
def end_bank_account(*, actor: Actor, account_id: int, last_on: date, now: datetime | None = None) -> BankAccount:
    """The account, not used after `last_on`. Raises NotFound bank_account.not_found, DomainError
    bank_account.ends_early, Conflict bank_account.ended."""
    actor.require(BANK_ACCOUNTS)
    account = BankAccount.objects.select_for_update(no_key=True).filter(pk=account_id).first()
    if account is None:
        raise NotFound("Không tìm thấy tài khoản này.", code="bank_account.not_found")
    if account.valid_to is not None:
        raise Conflict("bank_account.ended", "Tài khoản này đã có ngày thôi dùng.", "last_on")
    if last_on < account.valid_from:
        raise DomainError("bank_account.ends_early", "Ngày thôi dùng phải từ ngày bắt đầu trở đi.", "last_on")
    account.valid_to = last_on
    account.save(update_fields=["valid_to"])
    _note(actor, account, "thôi dùng tài khoản thu", clock.local(now or clock.now()))
    return account


def _check(data: AccountData) -> str:
    """The holder's name as stored; what a bank's app would not read is refused here."""
    if not bank_name(data.bank_bin):
        raise DomainError("bank_account.bank_unknown", "Xin chọn ngân hàng trong danh sách.", "bank_bin")
    name = clean_text(data.account_name)[:NAME_LENGTH_MAX]
    if not name:
        raise DomainError("bank_account.name_missing", "Phải ghi tên tài khoản.", "account_name")
    try:
        vietqr_payload(bank_bin=data.bank_bin, account_number=data.account_no.strip(), amount_vnd=1, content="kiem tra")
    except DomainError as error:
        raise DomainError(error.code, error.message, "account_no") from None
    return name


def _end_the_one_before(data: AccountData) -> None:
    latest = BankAccount.objects.filter(unit_id=data.unit_id).order_by("-valid_from").first()
    if latest is None:
        return
    if latest.valid_from >= data.valid_from:
        raise Conflict(
            "bank_account.not_later",
            f"Đơn vị đã có tài khoản dùng từ {latest.valid_from:%d/%m/%Y}; tài khoản mới phải bắt đầu sau ngày đó.",
            "valid_from",
        )
    day_before = data.valid_from - timedelta(days=1)
    if latest.valid_to is None or latest.valid_to > day_before:
        latest.valid_to = day_before
        latest.save(update_fields=["valid_to"])


def _note(actor: Actor, account: BankAccount, purpose: str, now: datetime) -> None:
    record_access(
        actor=actor,
        action=BANK_ACCOUNTS,
        object_type="bank_account",
        object_id=account.pk,
        purpose=purpose,
        now=now,
    )
