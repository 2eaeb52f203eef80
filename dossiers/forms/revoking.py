"""The form of a revocation; shape only."""

from __future__ import annotations

from django import forms


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label="Lý do, căn cứ thu hồi",
        max_length=1000,
        help_text="Người xác thực giấy tờ đọc được lý do này; xin không ghi thông tin cá nhân.",
        error_messages={"required": "Phải ghi lý do, căn cứ thu hồi."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
