"""The applicant's phone at the desk: seen, or proven by a code read aloud; shape only."""

from __future__ import annotations

from django import forms

from haddong_portal.citizens.constants import PhoneEnd


class ApplicantPhoneForm(forms.Form):
    phone = forms.CharField(
        label="Số di động của chính người nộp",
        max_length=20,
        error_messages={"required": "Chưa nhập số điện thoại."},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "data-field-class": "field-short"}),
    )


class SpokenCodeForm(forms.Form):
    challenge = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(
        label="Mã công dân đọc",
        max_length=10,
        error_messages={"required": "Chưa nhập mã."},
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "data-field-class": "field-short field-code",
                "data-autofocus": "",
            }
        ),
    )


class EndPhoneForm(forms.Form):
    reason = forms.ChoiceField(
        label="Lý do",
        choices=[(reason.value, reason.label) for reason in PhoneEnd if reason != PhoneEnd.REPLACED],
    )
