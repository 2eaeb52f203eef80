"""Shape of a keep-time; the act checks meaning."""

from __future__ import annotations

from django import forms


class RetentionForm(forms.Form):
    """How long, by which text, from when."""

    keep_days = forms.IntegerField(label="Giữ bao nhiêu ngày", min_value=1)
    source = forms.CharField(label="Căn cứ", max_length=200, help_text="Văn bản, điều khoản, hoặc quyết định của quận.")
    valid_from = forms.DateField(
        label="Áp dụng từ ngày", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    is_active = forms.BooleanField(
        label="Tự động áp dụng mỗi đêm", required=False, help_text="Tắt thì chỉ đếm, không xóa gì."
    )
