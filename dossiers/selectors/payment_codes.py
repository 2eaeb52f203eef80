"""The transfer code of a dossier: what it owes at the desk, to the desk's account of the day."""

from __future__ import annotations

from datetime import date

from dossiers.constants import ChargeKind
from dossiers.documents.receipt import ReceiptPayment
from dossiers.models import Charge, Dossier
from dossiers.selectors.bank_accounts import account_on
from haddong_portal.common.vietqr import transfer_content, vietqr_payload


def payment_code(dossier: Dossier, *, on: date) -> ReceiptPayment | None:
    """What the receipt prints; None when nothing is owed, an amount is not known yet, or the desk has no account."""
    owed = Charge.objects.filter(dossier=dossier, settled_at__isnull=True).exclude(kind=ChargeKind.TAX)
    amounts = list(owed.values_list("amount_vnd", flat=True))
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
