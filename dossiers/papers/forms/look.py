"""The form that names whose papers are looked at; shape only."""

from __future__ import annotations

from django import forms


class LookForm(forms.Form):
    personal_id = forms.CharField(
        label="Số định danh cá nhân",
        max_length=20,
        error_messages={"required": "Chưa nhập số định danh."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "data-field-class": "field-code"}),
    )
    purpose = forms.CharField(
        label="Lý do xem",
        max_length=200,
        error_messages={"required": "Phải ghi lý do xem."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "Mã hồ sơ hoặc việc đang làm"}),
    )
