"""Forms of the desk's acts on money; shape only."""

from __future__ import annotations

from django import forms

from dossiers.constants import PaymentMethod
from dossiers.forms.acts import ActForm, choose
from dossiers.rules.exemptions import exemptions
from dossiers.rules.lifecycle import Command
from dossiers.selectors.charges import ChargeLine
from dossiers.selectors.dossier_page import DossierPage
from haddong_portal.common.web.formatting import number_text


def _told(charge: ChargeLine) -> str:
    amount = "chưa rõ số tiền" if charge.amount_vnd is None else f"{number_text(charge.amount_vnd)} đồng"
    return f"{charge.label} — {amount}"


def _owed(page: DossierPage) -> list[tuple[int, str]]:
    return [(charge.id, _told(charge)) for charge in page.charges if charge.is_open]


class CollectFeeForm(ActForm):
    charge_ids = forms.TypedMultipleChoiceField(
        label="Khoản thu",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chưa chọn khoản nào."},
    )
    method = forms.ChoiceField(
        label="Cách nộp", choices=PaymentMethod.choices, initial=PaymentMethod.CASH, widget=forms.RadioSelect
    )
    reference = forms.CharField(label="Mã giao dịch (nếu không nộp tiền mặt)", max_length=100, required=False)

    @classmethod
    def initial_for(cls, page: DossierPage) -> dict[str, object]:
        return {"charge_ids": [charge.id for charge in page.charges if charge.is_open and charge.amount_vnd]}

    def offer(self, page: DossierPage) -> None:
        known = [charge for charge in page.charges if charge.is_open and charge.amount_vnd]
        choose(self, "charge_ids", [(charge.id, _told(charge)) for charge in known])


class ExemptChargeForm(ActForm):
    charge_id = forms.TypedChoiceField(label="Khoản", coerce=int)
    reason = forms.ChoiceField(label="Lý do", choices=exemptions)
    note = forms.CharField(label="Giấy tờ chứng minh, diễn giải", max_length=200, required=False)

    def offer(self, page: DossierPage) -> None:
        choose(self, "charge_id", _owed(page))


class SetChargeAmountForm(ActForm):
    charge_id = forms.TypedChoiceField(label="Khoản", coerce=int)
    amount_vnd = forms.IntegerField(label="Số tiền (đồng)", min_value=1)
    reason = forms.CharField(
        label="Căn cứ, cách tính", max_length=300, error_messages={"required": "Phải ghi căn cứ, cách tính."}
    )

    def offer(self, page: DossierPage) -> None:
        choose(self, "charge_id", _owed(page))


class VoidPaymentForm(ActForm):
    payment_id = forms.TypedChoiceField(label="Biên lai", coerce=int)
    reason = forms.CharField(label="Lý do huỷ", max_length=300, error_messages={"required": "Phải ghi lý do huỷ."})

    def offer(self, page: DossierPage) -> None:
        receipts = [(charge, charge.receipt) for charge in page.charges]
        choose(
            self,
            "payment_id",
            [(one.id, f"Số {one.receipt_no}/{one.year}: {charge.label}") for charge, one in receipts if one],
        )


FORMS: dict[str, type[ActForm]] = {
    Command.COLLECT_FEE: CollectFeeForm,
    "exempt_charge": ExemptChargeForm,
    "set_charge_amount": SetChargeAmountForm,
    "void_payment": VoidPaymentForm,
}
