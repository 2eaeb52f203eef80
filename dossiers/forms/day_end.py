"""The form that closes a clerk's day; shape only."""

from __future__ import annotations

from django import forms


class DayEndForm(forms.Form):
    cash_counted_vnd = forms.IntegerField(
        label="Tiền mặt kiểm đếm (đồng)",
        min_value=0,
        error_messages={"required": "Phải ghi số tiền đã đếm; không có thì ghi 0."},
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label="Lý do chênh lệch (nếu có)",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
