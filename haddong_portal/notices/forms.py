"""Shape of what the notices screens send."""

from __future__ import annotations

from django import forms

from haddong_portal.notices.constants import CallOutcome, NoticeChannel
from haddong_portal.notices.services.check_words import BODY_MAX, SUBJECT_MAX


class TemplateForm(forms.Form):
    """Words of one event on one channel; an SMS has no subject of its own, but keeps one for the lists."""

    subject = forms.CharField(label="Tiêu đề", max_length=SUBJECT_MAX, required=False)
    body = forms.CharField(label="Nội dung", strip=False, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: object, channel: NoticeChannel, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through as they came
        if channel == NoticeChannel.EMAIL:
            self.fields["body"].widget.attrs["rows"] = 14
        self.fields["body"].help_text = f"Dài nhất {BODY_MAX[channel]} ký tự."


class QuietHoursForm(forms.Form):
    is_on = forms.BooleanField(label="Áp dụng giờ yên tĩnh", required=False)
    starts = forms.TimeField(label="Từ giờ", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label="Đến giờ", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class CallForm(forms.Form):
    """What came of a call."""

    outcome = forms.ChoiceField(label="Kết quả", choices=CallOutcome.choices)
    promised_on = forms.DateField(label="Hẹn đến ngày", required=False)
    note = forms.CharField(label="Ghi chú", required=False)
