"""What an owner says is wrong on a paper, and what the clerk answers; shape only."""

from __future__ import annotations

from django import forms

from dossiers.papers.constants import CorrectionOutcome


class AskCorrectionForm(forms.Form):
    words = forms.CharField(
        label="Chỗ nào sai, đúng ra là gì?",
        max_length=1000,
        error_messages={"required": "Xin ghi chỗ sai và thông tin đúng."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerCorrectionForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Kết quả",
        choices=CorrectionOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Chưa chọn kết quả."},
    )
    answer = forms.CharField(
        label="Trả lời người đề nghị",
        max_length=1000,
        help_text="Người đề nghị đọc được câu trả lời này cạnh giấy tờ.",
        error_messages={"required": "Phải trả lời người đề nghị."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
