"""Forms of delegations: shape only; the services check meaning."""

from __future__ import annotations

from typing import Any

from django import forms

from haddong_portal.accounts.models import Unit
from haddong_portal.common import clock
from procedures.constants import DelegatedAct
from procedures.forms.processes import WIDE, day_field
from procedures.selectors.delegation_pages import procedures_by_codes
from procedures.services.grant_delegation import DelegationData


class DelegationForm(forms.Form):
    """A delegation as its decision states it."""

    from_unit = forms.ModelChoiceField(label="Đơn vị ủy quyền", queryset=Unit.objects.none(), empty_label="Chọn đơn vị")
    to_unit = forms.ModelChoiceField(
        label="Đơn vị được ủy quyền", queryset=Unit.objects.none(), empty_label="Chọn đơn vị"
    )
    decision_no = forms.CharField(label="Số quyết định", max_length=80)
    decided_on = day_field("Ngày quyết định")
    valid_from = day_field("Có hiệu lực từ")
    valid_to = day_field("Hết hiệu lực từ", "Ngày đầu tiên không còn hiệu lực; để trống nếu không hạn.", required=False)
    acts = forms.MultipleChoiceField(
        label="Việc được ủy quyền", choices=DelegatedAct.choices, widget=forms.CheckboxSelectMultiple
    )
    codes = forms.CharField(
        label="Mã thủ tục",
        required=False,
        max_length=4000,
        help_text="Mỗi dòng một mã, ví dụ 1.001193.",
        widget=forms.Textarea(attrs={"rows": 4, **WIDE}),
    )
    all_procedures = forms.BooleanField(label="Mọi thủ tục", required=False)
    bind_procedures = forms.BooleanField(
        label="Từ nay các thủ tục này chỉ tiếp nhận và ký khi ủy quyền còn hiệu lực", required=False, initial=True
    )
    confirmed = forms.BooleanField(label="Đã đối chiếu bản gốc quyết định", required=False)
    note = forms.CharField(label="Ghi chú", max_length=500, required=False, widget=forms.TextInput(attrs=WIDE))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("from_unit", "to_unit"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Unit.objects.valid_on(clock.today())

    def clean_codes(self) -> list[int]:
        codes = list(dict.fromkeys(str(self.cleaned_data["codes"]).replace(",", " ").split()))
        known, unknown = procedures_by_codes(codes)
        if unknown:
            raise forms.ValidationError(f"Không có thủ tục mang mã {unknown[0]}.", code="procedure.not_found")
        return known

    def terms(self) -> DelegationData:
        data = self.cleaned_data
        return DelegationData(
            from_unit_id=data["from_unit"].pk,
            to_unit_id=data["to_unit"].pk,
            decision_no=data["decision_no"],
            decided_on=data["decided_on"],
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            acts=tuple(data["acts"]),
            procedure_ids=tuple(data["codes"]),
            all_procedures=data["all_procedures"],
            confirmed=data["confirmed"],
            note=data["note"],
        )


class RevokeForm(forms.Form):
    """From when, and why."""

    revoked_on = day_field("Chấm dứt từ ngày")
    reason = forms.CharField(label="Lý do", max_length=300)
