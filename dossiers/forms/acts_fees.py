"""Forms of the desk's acts on money; shape only."""

from __future__ import annotations

from django import forms

from dossiers.constants import ChargeKind, PaymentMethod
from dossiers.forms.acts import ActForm, choose
from dossiers.rules.exemptions import exemptions
from dossiers.rules.lifecycle import Command
from dossiers.selectors.charges import ChargeLine
from dossiers.selectors.dossier_page import DossierPage
from dossiers.services.request_payment import DutyLine
from haddong_portal.common.web.formatting import number_text


def _told(charge: ChargeLine) -> str:
    amount = "chưa rõ số tiền" if charge.amount_vnd is None else f"{number_text(charge.amount_vnd)} đồng"
    return f"{charge.label} — {amount}"


def _owed(page: DossierPage) -> list[tuple[int, str]]:
    return [(charge.id, _told(charge)) for charge in page.charges if charge.is_open]


def _is_collectable(charge: ChargeLine) -> bool:
    return bool(charge.is_open and charge.is_collected_here and charge.amount_vnd)


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
        return {"charge_ids": [charge.id for charge in page.charges if _is_collectable(charge)]}

    def offer(self, page: DossierPage) -> None:
        known = [charge for charge in page.charges if _is_collectable(charge)]
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
    reason = forms.CharField(label="Lý do hủy", max_length=300, error_messages={"required": "Phải ghi lý do hủy."})

    def offer(self, page: DossierPage) -> None:
        receipts = [(charge, charge.receipt) for charge in page.charges]
        choose(
            self,
            "payment_id",
            [(one.id, f"Số {one.receipt_no}/{one.year}: {charge.label}") for charge, one in receipts if one],
        )


DUTY_ROWS = 3


class RequestPaymentForm(ActForm):
    """Up to three things to pay, and the notice or decision that sets them."""

    template_path = "dossiers/acts/request_payment.html"
    reason = forms.CharField(
        label="Thông báo, quyết định làm căn cứ",
        max_length=300,
        error_messages={"required": "Phải ghi thông báo hoặc quyết định làm căn cứ."},
    )

    def offer(self, page: DossierPage) -> None:
        for number in range(1, DUTY_ROWS + 1):
            first = number == 1
            self.fields[f"label_{number}"] = forms.CharField(
                label=f"Khoản phải nộp {number}",
                max_length=300,
                required=first,
                error_messages={"required": "Phải ghi tên khoản phải nộp."},
                widget=forms.TextInput(attrs={"class": "input input-sm"}),
            )
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=f"Loại khoản {number}",
                choices=ChargeKind.choices,
                initial=ChargeKind.TAX,
                required=first,
                widget=forms.Select(attrs={"class": "input input-sm"}),
            )
            self.fields[f"amount_{number}"] = forms.IntegerField(
                label=f"Số tiền khoản {number} (đồng)",
                min_value=1,
                required=first,
                error_messages={"required": "Phải ghi số tiền."},
                widget=forms.NumberInput(attrs={"class": "input input-sm"}),
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Per thing to pay: what, which kind, how much."""
        numbers = range(1, DUTY_ROWS + 1)
        return [(self[f"label_{one}"], self[f"kind_{one}"], self[f"amount_{one}"]) for one in numbers]

    def lines(self) -> list[DutyLine]:
        """The filled rows."""
        data = self.cleaned_data
        return [
            DutyLine(
                kind=data[f"kind_{one}"] or ChargeKind.TAX,
                label=data[f"label_{one}"],
                amount_vnd=data[f"amount_{one}"] or 0,
            )
            for one in range(1, DUTY_ROWS + 1)
            if data[f"label_{one}"] or data[f"amount_{one}"]
        ]


class ConfirmPaymentForm(ActForm):
    proof = forms.CharField(
        label="Chứng từ nộp tiền (số, ngày, nơi nộp)",
        max_length=200,
        required=False,
        help_text="Để trống khi chỉ có phí, lệ phí đã thu tại quầy.",
    )


FORMS: dict[str, type[ActForm]] = {
    Command.COLLECT_FEE: CollectFeeForm,
    Command.REQUEST_PAYMENT: RequestPaymentForm,
    Command.CONFIRM_PAYMENT: ConfirmPaymentForm,
    "exempt_charge": ExemptChargeForm,
    "set_charge_amount": SetChargeAmountForm,
    "void_payment": VoidPaymentForm,
}
