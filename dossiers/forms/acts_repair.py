"""Forms of putting mistakes right, reporting lost papers and handing out the receipt anew; shape only."""

from __future__ import annotations

from django import forms

from dossiers.constants import MistakeBy
from dossiers.forms.acts import ActForm, choose
from dossiers.rules.corrections import FIELDS, PERSONAL_ID, TAX_CODE
from dossiers.rules.lifecycle import Command
from dossiers.selectors.dossier_page import DossierPage
from dossiers.services.correct_mistake import FieldChange, ResultChange
from dossiers.services.result_rows import ResultData
from haddong_portal.citizens.constants import DataSource

RESULT_PREFIX = "result:"


class CorrectForm(ActForm):
    """What was wrong: a word of the dossier, or one of its results with the file that replaces it."""

    template_path = "dossiers/acts/correct_mistake.html"
    why_not_record = ""
    target = forms.ChoiceField(label="Đính chính mục")
    new_value = forms.CharField(label="Sửa thành", max_length=500, required=False)
    also_record = forms.BooleanField(
        label="Sửa cả họ tên trong dữ liệu người dân",
        required=False,
        help_text="Khi đính chính tên người nộp. Lịch sử được giữ, không gộp người. Số định danh luôn được sửa ở đó.",
    )
    name = forms.CharField(label="Tên kết quả đúng", max_length=300, required=False)
    number = forms.CharField(label="Số, ký hiệu", max_length=60, required=False)
    issued_on = forms.DateField(
        label="Ngày ký",
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    signer_name = forms.CharField(label="Người ký", max_length=120, required=False)
    file = forms.FileField(label="Tệp kết quả đúng (PDF, JPEG, PNG)", required=False)
    mistake_by = forms.ChoiceField(
        label="Sai sót do",
        choices=MistakeBy.choices,
        initial=MistakeBy.AGENCY,
        widget=forms.RadioSelect,
        help_text="Do cơ quan thì lập thư xin lỗi, thủ trưởng ký.",
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=1000,
        error_messages={"required": "Phải ghi lý do đính chính."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def offer(self, page: DossierPage) -> None:
        self._offer_record(page)
        not_theirs = PERSONAL_ID if page.dossier.organisation_id else TAX_CODE
        self.results = [result for result in page.results if result.superseded_at is None]
        words = [(name, spec.label.capitalize()) for name, spec in FIELDS.items() if name != not_theirs]
        choose(
            self, "target", [*words, *((f"{RESULT_PREFIX}{each.id}", f"Kết quả: {each.name}") for each in self.results)]
        )

    def _offer_record(self, page: DossierPage) -> None:
        """The record of the person or organisation; what a card said is not corrected here."""
        box, person = self.fields["also_record"], page.dossier.person
        if page.dossier.organisation_id:
            box.label = "Sửa cả tên trong dữ liệu tổ chức"
            box.help_text = (
                "Khi đính chính tên người nộp. Lịch sử được giữ, không gộp tổ chức. Mã số thuế luôn được sửa ở đó."
            )
        elif person is not None and person.source == DataSource.CARD:
            del self.fields["also_record"]
            self.why_not_record = (
                "Dữ liệu người dân lấy từ thẻ căn cước nên chỉ sửa khi quét lại thẻ; đính chính chỉ sửa trên hồ sơ."
            )

    def change(self) -> FieldChange | ResultChange:
        """What the service gets; the form is valid."""
        data = self.cleaned_data
        if not data["target"].startswith(RESULT_PREFIX):
            return FieldChange(data["target"], data["new_value"], also_record=data.get("also_record", False))
        result = ResultData(
            name=data["name"],
            number=data["number"],
            issued_on=data["issued_on"],
            signer_name=data["signer_name"],
            file=data["file"],
        )
        return ResultChange(int(data["target"].removeprefix(RESULT_PREFIX)), result)


class LossForm(ActForm):
    what = forms.CharField(
        label="Giấy tờ bị mất, hỏng",
        max_length=1000,
        error_messages={"required": "Phải ghi giấy tờ nào bị mất, hỏng."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(label="Nguyên nhân", max_length=1000, error_messages={"required": "Phải ghi nguyên nhân."})
    remedy = forms.CharField(
        label="Cách khắc phục",
        max_length=1000,
        error_messages={"required": "Phải ghi cách khắc phục."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    cost_vnd = forms.IntegerField(
        label="Chi phí làm lại (đồng), nếu đã biết", min_value=0, max_value=1_000_000_000, required=False
    )


class ReissueForm(ActForm):
    reason = forms.CharField(
        label="Lý do, in trên giấy hẹn mới",
        max_length=1000,
        error_messages={"required": "Phải ghi lý do cấp lại giấy hẹn."},
    )

    @classmethod
    def initial_for(cls, page: DossierPage) -> dict[str, object]:
        stopped = any(pause.kind == "outage" for pause in page.pauses)
        return {"reason": "sự cố hệ thống thông tin" if stopped else "lịch làm việc thay đổi"}


FORMS: dict[str, type[ActForm]] = {
    Command.REISSUE_RECEIPT: ReissueForm,
    Command.CORRECT: CorrectForm,
    Command.REPORT_LOSS: LossForm,
}
