"""Forms of looking for oneself and of its minutes; shape only."""

from __future__ import annotations

from django import forms

from dossiers.forms.acts import ActForm
from dossiers.rules.lifecycle import Command
from dossiers.rules.verifying import HOURS_MAX
from dossiers.selectors.dossier_page import DossierPage


class VerifyForm(ActForm):
    subject = forms.CharField(
        label="Nội dung cần xác minh",
        max_length=2000,
        error_messages={"required": "Chưa ghi nội dung cần xác minh."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    planned_on = forms.DateField(
        label="Dự kiến ngày",
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    planned_hours = forms.IntegerField(
        label="Dự kiến mất mấy giờ làm việc", required=False, min_value=1, max_value=HOURS_MAX
    )
    participants = forms.CharField(label="Thành phần tham gia", max_length=500, required=False)


class FinishVerificationForm(ActForm):
    minutes = forms.CharField(
        label="Biên bản: đã thấy gì, ở đâu, ai chứng kiến",
        max_length=8000,
        error_messages={"required": "Chưa ghi biên bản xác minh."},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    confirmed = forms.TypedChoiceField(
        label="Kết quả",
        choices=[("1", "Đúng như hồ sơ"), ("0", "Không đúng như hồ sơ")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": "Chưa chọn kết quả xác minh."},
    )
    participants = forms.CharField(label="Thành phần tham gia", max_length=500, required=False)

    @classmethod
    def initial_for(cls, page: DossierPage) -> dict[str, object]:
        going_on = next((line for line in page.verifications if line.finished_at is None), None)
        return {"participants": going_on.participants if going_on else ""}


FORMS: dict[str, type[ActForm]] = {
    Command.VERIFY: VerifyForm,
    Command.FINISH_VERIFICATION: FinishVerificationForm,
}
