"""A citizen's sign-in: who one is, then the code; shape only."""

from __future__ import annotations

from django import forms


class PersonalIdForm(forms.Form):
    personal_id = forms.CharField(
        label="Số định danh cá nhân",
        max_length=20,
        help_text="12 số, ghi trên thẻ căn cước.",
        error_messages={"required": "Chưa nhập số định danh."},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "data-field-class": "field-short field-code"}
        ),
    )


class SignInCodeForm(forms.Form):
    challenge = forms.UUIDField(widget=forms.HiddenInput)
    personal_id = forms.CharField(max_length=20, widget=forms.HiddenInput)
    code = forms.CharField(
        label="Mã gồm 6 số",
        max_length=10,
        error_messages={"required": "Chưa nhập mã."},
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "data-field-class": "field-short field-code",
                "data-autofocus": "",
            }
        ),
    )

    def clean_code(self) -> str:
        """Messages write it in two groups, and people copy it so."""
        return "".join(str(self.cleaned_data["code"]).split())
