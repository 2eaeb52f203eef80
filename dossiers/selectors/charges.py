"""A dossier's charges with their receipts, as the card "Phí, lệ phí" shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers.constants import ChargeKind, PaymentMethod


@dataclass(frozen=True)
class PaymentLine:
    """One receipt, voided or not."""

    id: int
    receipt_no: int
    year: int
    amount_vnd: int
    method_label: str
    reference: str
    paid_at: datetime
    collected_by_name: str
    voided_at: datetime | None
    void_reason: str


@dataclass(frozen=True)
class ChargeLine:
    """One charge; `amount_vnd` None = not known yet. `is_open`: neither paid nor exempt."""

    id: int
    kind: str
    label: str
    amount_vnd: int | None
    exempt_reason: str
    proof: str
    settled_at: datetime | None
    payments: tuple[PaymentLine, ...]

    @property
    def is_open(self) -> bool:
        return self.settled_at is None

    @property
    def is_collected_here(self) -> bool:
        """Paid at the desk; a tax goes to the treasury."""
        return self.kind != ChargeKind.TAX

    @property
    def receipt(self) -> PaymentLine | None:
        """The receipt in force."""
        return next((payment for payment in self.payments if payment.voided_at is None), None)


def charges_of(charges: list[dict[str, Any]], payments: list[dict[str, Any]]) -> list[ChargeLine]:
    """From the arrays of the dossier's story."""
    return [
        ChargeLine(
            id=line["id"],
            kind=line["kind"],
            label=line["label"],
            amount_vnd=line["amount_vnd"],
            exempt_reason=line["exempt_reason"],
            proof=line["proof"],
            settled_at=_moment(line["settled_at"]),
            payments=tuple(_payment(each) for each in payments if each["charge_id"] == line["id"]),
        )
        for line in charges
    ]


def _payment(line: dict[str, Any]) -> PaymentLine:
    return PaymentLine(
        id=line["id"],
        receipt_no=line["receipt_no"],
        year=line["year"],
        amount_vnd=line["amount_vnd"],
        method_label=PaymentMethod(line["method"]).label,
        reference=line["reference"],
        paid_at=datetime.fromisoformat(line["paid_at"]),
        collected_by_name=line["collected_by_name"],
        voided_at=_moment(line["voided_at"]),
        void_reason=line["void_reason"],
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
