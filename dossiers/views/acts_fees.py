"""The desk's acts on a dossier's money: collect, exempt, say the amount, void a receipt."""

from __future__ import annotations

from typing import Any

from dossiers.forms.acts import ActForm
from dossiers.forms.acts_fees import RequestPaymentForm
from dossiers.permissions import EXEMPT, RIGHT_OF, VOID_PAYMENT
from dossiers.rules.lifecycle import Command
from dossiers.services.collect_fee import collect_fee
from dossiers.services.confirm_payment import confirm_payment
from dossiers.services.exempt_charge import exempt_charge
from dossiers.services.request_payment import request_payment
from dossiers.services.set_charge_amount import set_charge_amount
from dossiers.services.void_payment import void_payment
from dossiers.views.acts import ActView

COLLECT = RIGHT_OF[Command.COLLECT_FEE]


class CollectFeeView(ActView):
    permission, command, done = COLLECT, Command.COLLECT_FEE, "Đã thu tiền, ghi biên lai."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        collect_fee(actor=self.actor, dossier_id=dossier_id, **data)


class RequestPaymentView(ActView):
    permission = RIGHT_OF[Command.REQUEST_PAYMENT]
    command, done = Command.REQUEST_PAYMENT, "Đã yêu cầu thực hiện nghĩa vụ tài chính và báo cho người nộp."

    def data_of(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, RequestPaymentForm)
        return {
            "lines": form.lines(),
            "reason": form.cleaned_data["reason"],
            "row_version": form.cleaned_data["row_version"],
        }

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        request_payment(actor=self.actor, dossier_id=dossier_id, **data)


class ConfirmPaymentView(ActView):
    permission = RIGHT_OF[Command.CONFIRM_PAYMENT]
    command, done = Command.CONFIRM_PAYMENT, "Đã xác nhận nghĩa vụ tài chính; hồ sơ tiếp tục được giải quyết."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        confirm_payment(actor=self.actor, dossier_id=dossier_id, **data)


class ExemptChargeView(ActView):
    permission, command, done = EXEMPT, "exempt_charge", "Đã ghi miễn, giảm."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        exempt_charge(actor=self.actor, dossier_id=dossier_id, **data)


class SetChargeAmountView(ActView):
    permission, command, done = COLLECT, "set_charge_amount", "Đã ghi số tiền phải thu."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        set_charge_amount(actor=self.actor, dossier_id=dossier_id, **data)


class VoidPaymentView(ActView):
    permission, command, done = VOID_PAYMENT, "void_payment", "Đã hủy biên lai; khoản thu trở lại chưa nộp."

    def act(self, dossier_id: int, data: dict[str, Any]) -> None:
        void_payment(actor=self.actor, dossier_id=dossier_id, **data)
