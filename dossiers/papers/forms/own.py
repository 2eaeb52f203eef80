"""What owners fill in about their papers: a new one, a share code; shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

DAY_MINUTES = 24 * 60


def span_words(minutes: int) -> str:
    """ "30 phút", "1 ngày"."""
    if minutes % DAY_MINUTES == 0:
        return f"{minutes // DAY_MINUTES} ngày"
    return f"{minutes // 60} giờ" if minutes % 60 == 0 else f"{minutes} phút"


class ShareForm(forms.Form):
    minutes = forms.TypedChoiceField(label="Mã dùng được trong", coerce=int, widget=forms.RadioSelect)
    uses_max = forms.IntegerField(
        label="Số lần xem",
        min_value=1,
        initial=1,
        widget=forms.NumberInput(attrs={"data-field-class": "field-short", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        minutes, uses = self.fields["minutes"], self.fields["uses_max"]
        assert isinstance(minutes, forms.TypedChoiceField) and isinstance(uses, forms.IntegerField)
        minutes.choices = [(value, span_words(value)) for value in settings.SHARE_CODE_MINUTES]
        minutes.initial = settings.SHARE_CODE_MINUTES[0]
        uses.help_text = f"Mỗi lần người có mã mở giấy tờ là một lần; nhiều nhất {settings.SHARE_CODE_USES_MAX}."


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Mã chia sẻ",
        max_length=20,
        help_text="10 chữ và số, ví dụ 7KQ4M-2XB9D.",
        error_messages={"required": "Chưa nhập mã."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "data-field-class": "field-short field-code"}
        ),
    )


class UploadForm(forms.Form):
    type_code = forms.ChoiceField(label="Loại giấy tờ", error_messages={"required": "Chưa chọn loại giấy tờ."})
    number = forms.CharField(label="Số, ký hiệu ghi trên giấy", max_length=100, required=False)
    issuer_name = forms.CharField(label="Cơ quan cấp", max_length=250, required=False)
    issued_on = forms.DateField(
        label="Ngày cấp", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    file = forms.FileField(
        label="Tệp PDF hoặc ảnh chụp rõ",
        error_messages={"required": "Chưa chọn tệp."},
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def __init__(self, types: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["type_code"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", "Chọn loại"), *types]
