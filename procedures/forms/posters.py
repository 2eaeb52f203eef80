"""What a batch of posters holds."""

from __future__ import annotations

from django import forms


class PosterForm(forms.Form):
    """Shape only: the service knows the limits."""

    with_procedures = forms.BooleanField(label="Mỗi thủ tục thực hiện tại đây một tờ", required=False, initial=True)
    counters = forms.CharField(
        label="Áp phích cho quầy",
        help_text="Mỗi dòng một quầy, ví dụ: Quầy số 1 – Hộ tịch. Để trống nếu không cần.",
        widget=forms.Textarea(attrs={"rows": 4, "data-field-class": "field-wide"}),
        required=False,
        max_length=4000,
    )

    def counter_names(self) -> list[str]:
        return [line.strip() for line in str(self.cleaned_data["counters"]).splitlines() if line.strip()]
