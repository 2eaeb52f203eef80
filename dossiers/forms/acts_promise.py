"""Forms of the promise (on time, overdue, new date) and of withdrawal; shape only."""

from __future__ import annotations

from django import forms

from dossiers.constants import LateReason
from dossiers.forms.acts import ActForm
from dossiers.rules.lifecycle import Command


class OnTimeForm(ActForm):
    note = forms.CharField(label="Ghi chú", max_length=1000, required=False)


class OverdueForm(ActForm):
    reason = forms.ChoiceField(label="Lý do quá hạn", choices=LateReason.choices)
    note = forms.CharField(label="Diễn giải", max_length=500, required=False)


class ExtendForm(ActForm):
    new_due_on = forms.DateField(
        label="Hẹn lại vào ngày",
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Chưa chọn ngày hẹn mới."},
    )
    reason = forms.CharField(
        label="Lý do chậm, ghi trong thư xin lỗi",
        max_length=1000,
        error_messages={"required": "Phải ghi lý do chậm."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WithdrawForm(ActForm):
    reason = forms.CharField(label="Lý do người nộp nêu", max_length=1000, required=False)


class DeclineForm(ActForm):
    reason = forms.CharField(
        label="Lý do không chấp nhận", max_length=1000, error_messages={"required": "Phải ghi lý do không chấp nhận."}
    )


FORMS: dict[str, type[ActForm]] = {
    Command.CONFIRM_ON_TIME: OnTimeForm,
    Command.RECORD_OVERDUE: OverdueForm,
    Command.EXTEND: ExtendForm,
    Command.REQUEST_WITHDRAWAL: WithdrawForm,
    Command.DECLINE_WITHDRAWAL: DeclineForm,
}
