"""The counter's form: text into types. What the text means is the service's business."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms

from dossiers.constants import ChecklistState, Delivery
from haddong_portal.citizens.constants import Sex
from haddong_portal.common.web.forms import share_fields
from procedures.constants import Channel
from procedures.models import PaperRequirement

DATE_PATTERNS = ("%d/%m/%Y", "%d%m%Y", "%Y-%m-%d", "%d-%m-%Y")
YEAR_LENGTH = 4
NEEDED = {"required": "Chưa nhập ô này."}


def short(**attrs: str) -> dict[str, str]:
    """Attributes of a short box."""
    return {"data-field-class": "field-short", "autocomplete": "off", **attrs}


class BirthField(forms.CharField):
    """A birth date as people say it: 12/07/1990, 12071990, or a year alone. Value: (date | None, year)."""

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").strip()
        if not text:
            return None, None
        if len(text) == YEAR_LENGTH and text.isdecimal():
            return None, int(text)
        found = self._date(text)
        return found, found.year

    @staticmethod
    def _date(text: str) -> date:
        for pattern in DATE_PATTERNS:
            try:
                return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day, not a moment
            except ValueError:
                continue
        raise forms.ValidationError(
            "Ngày sinh chưa đúng. Nhập dạng 19/02/1990, hoặc chỉ năm 1990.", code="intake.bad_date"
        )


@share_fields
class IntakeForm(forms.Form):
    """Everything on the intake page except the checklist lines."""

    procedure_code = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "Chưa chọn thủ tục."})
    case_id = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Chưa chọn trường hợp."})
    full_name = forms.CharField(
        label="Họ và tên", max_length=120, error_messages=NEEDED, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    personal_id = forms.CharField(
        label="Số định danh cá nhân",
        max_length=20,
        error_messages=NEEDED,
        widget=forms.TextInput(attrs=short(inputmode="numeric")),
    )
    birth = BirthField(label="Ngày sinh", max_length=12, required=False, widget=forms.TextInput(attrs=short()))
    sex = forms.ChoiceField(
        label="Giới tính",
        choices=[("", "—"), *Sex.choices],
        required=False,
        widget=forms.Select(attrs={"data-field-class": "field-short"}),
    )
    old_id = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    id_issued_on = forms.DateField(required=False, widget=forms.HiddenInput)
    from_card = forms.BooleanField(required=False, widget=forms.HiddenInput)
    address = forms.CharField(
        label="Nơi thường trú", max_length=300, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label="Điện thoại",
        max_length=20,
        required=False,
        help_text="Để báo khi có kết quả",
        widget=forms.TextInput(attrs=short(inputmode="tel")),
    )
    email = forms.EmailField(
        label="Thư điện tử", max_length=120, required=False, widget=forms.EmailInput(attrs=short())
    )
    by_representative = forms.BooleanField(label="Người khác nộp thay (được ủy quyền)", required=False)
    representative_name = forms.CharField(label="Họ và tên người nộp thay", max_length=120, required=False)
    representative_personal_id = forms.CharField(
        label="Số định danh người nộp thay", max_length=20, required=False, widget=forms.TextInput(attrs=short())
    )
    representative_relation = forms.CharField(
        label="Giấy ủy quyền hoặc quan hệ", max_length=120, required=False, widget=forms.TextInput
    )
    channel = forms.TypedChoiceField(
        label="Cách nộp", choices=Channel.choices, coerce=int, initial=int(Channel.DIRECT), widget=forms.RadioSelect
    )
    delivery = forms.ChoiceField(
        label="Nhận kết quả", choices=Delivery.choices, initial=Delivery.DESK, widget=forms.RadioSelect
    )
    delivery_address = forms.CharField(label="Địa chỉ nhận qua bưu chính", max_length=300, required=False)
    copies = forms.IntegerField(
        label="Số bộ hồ sơ", min_value=1, max_value=99, initial=1, widget=forms.NumberInput(attrs=short())
    )
    request_note = forms.CharField(label="Nội dung yêu cầu (nếu cần ghi rõ)", max_length=500, required=False)
    without_receipt = forms.BooleanField(label="Trả ngay, người nộp không cần giấy hẹn", required=False)
    confirmed_duplicate = forms.BooleanField(label="Đã hỏi lại: đây là một yêu cầu khác, vẫn tiếp nhận", required=False)


@share_fields
class PaperLineForm(forms.Form):
    """One line of the checklist; `prefix` is the requirement's id."""

    state = forms.ChoiceField(label="Tình trạng", choices=ChecklistState.choices, initial=ChecklistState.MISSING)
    originals = forms.IntegerField(label="Bản chính", min_value=0, max_value=99, required=False)
    copies = forms.IntegerField(label="Bản sao", min_value=0, max_value=99, required=False)
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, requirement: PaperRequirement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.requirement = requirement
