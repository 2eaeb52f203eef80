"""The accounts that fees are transferred to: list, adding one, ending one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dossiers.forms.bank_accounts import BankAccountForm, EndAccountForm
from dossiers.permissions import BANK_ACCOUNTS
from dossiers.selectors.bank_accounts import account_lines, desk_choices
from dossiers.services.bank_accounts import AccountData, add_bank_account, end_bank_account
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class BankAccountsView(PortalView):
    permission = BANK_ACCOUNTS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, BankAccountForm(units=desk_choices(), initial={"valid_from": clock.today()}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = BankAccountForm(request.POST, units=desk_choices())
        if form.is_valid():
            try:
                account = add_bank_account(actor=self.actor, data=AccountData(**form.cleaned_data))
            except DomainError as error:
                add_domain_error(form, error)
            else:
                messages.success(request, f"Đã ghi tài khoản, dùng từ {account.valid_from:%d/%m/%Y}.")
                return redirect("dossiers:bank-accounts")
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: BankAccountForm, *, status: int = 200) -> HttpResponse:
        today = clock.today()
        context = {
            "lines": account_lines(today=today),
            "form": form,
            "end_form": EndAccountForm(initial={"last_on": today}, auto_id=False),
        }
        return render(request, "dossiers/money/bank_accounts.html", context, status=status)


class EndBankAccountView(PortalView):
    permission = BANK_ACCOUNTS

    def post(self, request: HttpRequest, account_id: int) -> HttpResponse:
        form = EndAccountForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Ngày dùng cuối không đúng.")
            return redirect("dossiers:bank-accounts")
        try:
            end_bank_account(actor=self.actor, account_id=account_id, **form.cleaned_data)
        except DomainError as error:
            messages.error(request, f"{error.message} (mã: {error.code})")
        else:
            messages.success(request, "Đã ghi ngày thôi dùng tài khoản.")
        return redirect("dossiers:bank-accounts")
