"""Forms of the accounts that fees are transferred to; shape only."""

from __future__ import annotations

from typing import Any

from django import forms

from dossiers.rules.banks import banks


class DayField(forms.DateField):
    """A day as browsers send it or as people write it."""

    widget = forms.DateInput(attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)


class BankAccountForm(forms.Form):
    unit_id = forms.TypedChoiceField(label="Đơn vị thu", coerce=int)
    bank_bin = forms.ChoiceField(label="Ngân hàng", choices=banks)
    account_no = forms.CharField(
        label="Số tài khoản", max_length=19, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    account_name = forms.CharField(label="Tên tài khoản", max_length=120)
    valid_from = DayField(label="Dùng từ ngày")

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [(str(pk), name) for pk, name in units]  # type: ignore[attr-defined]  # a choice field


class EndAccountForm(forms.Form):
    last_on = DayField(label="Ngày dùng cuối")
