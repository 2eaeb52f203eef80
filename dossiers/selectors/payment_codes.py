"""What a dossier still owes, and the transfer code for what its desk collects, to the desk's account of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import mark_safe

from dossiers.constants import ChargeKind
from dossiers.documents.receipt import ReceiptPayment
from dossiers.models import Charge, Dossier
from dossiers.selectors.bank_accounts import account_on
from haddong_portal.common.qr import qr_svg
from haddong_portal.common.vietqr import transfer_content, vietqr_payload


@dataclass(frozen=True)
class OwedLine:
    """One thing not yet paid; `amount_vnd` None = not known yet. A tax goes to the treasury, not to the desk."""

    label: str
    amount_vnd: int | None
    is_tax: bool


@dataclass(frozen=True)
class Owed:
    """Everything not yet paid, and how to pay what the desk collects by transfer."""

    lines: tuple[OwedLine, ...]
    transfer: ReceiptPayment | None

    @property
    def code_svg(self) -> str:
        """The transfer's code as safe SVG markup; "" without one."""
        if self.transfer is None:
            return ""
        return mark_safe(qr_svg(self.transfer.payload, label="Mã chuyển khoản VietQR"))  # noqa: S308 - our own drawing

    @property
    def has_tax(self) -> bool:
        return any(line.is_tax for line in self.lines)


def owed_by(dossier: Dossier, *, on: date) -> Owed:
    """Two statements; one when nothing is owed to the desk."""
    rows = Charge.objects.filter(dossier=dossier, settled_at__isnull=True).order_by("pk")
    lines = tuple(
        OwedLine(label, amount_vnd, kind == ChargeKind.TAX)
        for label, amount_vnd, kind in rows.values_list("label", "amount_vnd", "kind")
    )
    return Owed(lines, _transfer(dossier, [line.amount_vnd for line in lines if not line.is_tax], on))


def payment_code(dossier: Dossier, *, on: date) -> ReceiptPayment | None:
    """What the receipt prints; None when nothing is owed, an amount is not known yet, or the desk has no account."""
    return owed_by(dossier, on=on).transfer


def _transfer(dossier: Dossier, amounts: Sequence[int | None], on: date) -> ReceiptPayment | None:
    account = account_on(dossier.receiving_unit_id, on) if amounts and None not in amounts else None
    if account is None:
        return None
    total_vnd, content = sum(amount or 0 for amount in amounts), transfer_content(dossier.code)
    return ReceiptPayment(
        payload=vietqr_payload(
            bank_bin=account.bank_bin, account_number=account.account_no, amount_vnd=total_vnd, content=content
        ),
        bank_name=account.bank_name,
        account_number=account.account_no,
        account_name=account.account_name,
        amount_vnd=total_vnd,
        content=content,
    )
