"""A share code that a citizen reads out at the desk, and which component it answers; shape only."""

from __future__ import annotations

from typing import Any

from django import forms

OTHER = "Giấy tờ khác"


class SharedPaperForm(forms.Form):
    code = forms.CharField(
        label="Mã chia sẻ",
        max_length=20,
        help_text="10 chữ và số, công dân đọc hoặc quét mã trên máy của họ.",
        error_messages={"required": "Chưa nhập mã."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-field-class": "field-short field-code"}),
    )
    requirement_name = forms.ChoiceField(label="Cho thành phần", required=False)

    def __init__(self, names: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["requirement_name"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", OTHER), *((name, name[:120]) for name in names)]
