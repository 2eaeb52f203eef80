"""The citizen's form from home: text into types. What it means is the services' business."""

from __future__ import annotations

from typing import Any

from django import forms

from dossiers.constants import ApplicantKind, Delivery
from dossiers.forms.intake import NEEDED, BirthField, short
from haddong_portal.citizens.constants import Sex
from procedures.selectors.intake import OnlineChoice


class FilingStartForm(forms.Form):
    """Where, and which case."""

    unit = forms.ChoiceField(label="Nộp tại", error_messages={"required": "Chưa chọn nơi nộp."})
    case = forms.ChoiceField(
        label="Trường hợp của Quý ông/bà",
        widget=forms.RadioSelect,
        error_messages={"required": "Chưa chọn trường hợp."},
    )

    def __init__(self, choice: OnlineChoice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(str(desk.unit_id), desk.name) for desk in choice.desks]
        _field(self, "unit").choices = units if len(units) == 1 else [("", "Chọn nơi nộp"), *units]
        _field(self, "case").choices = [(str(case.pk), case.name) for case in choice.cases]


def _field(form: forms.Form, name: str) -> forms.ChoiceField:
    found = form.fields[name]
    assert isinstance(found, forms.ChoiceField)
    return found


# What each kind of applicant has to say of itself.
PERSON_NEEDS = ("full_name", "personal_id")
ORGANISATION_NEEDS = ("organisation_name", "tax_code", "signer_name", "signer_personal_id")


class FilingForm(forms.Form):
    """Who asks, and how the result comes back. Every name is a name in the draft's content.

    Fields of the other kind of applicant are not needed and not read.
    """

    applicant_kind = forms.ChoiceField(
        label="Người đề nghị là",
        choices=ApplicantKind.choices,
        initial=ApplicantKind.PERSON,
        required=False,
        widget=forms.RadioSelect(attrs={"data-field-class": "field-wide"}),
    )
    organisation_name = forms.CharField(
        label="Tên tổ chức",
        max_length=250,
        error_messages=NEEDED,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "data-field-class": "field-wide"}),
    )
    tax_code = forms.CharField(
        label="Mã số thuế",
        max_length=14,
        help_text="10 số, hoặc 10 số-3 số của đơn vị phụ thuộc",
        error_messages={"required": "Chưa nhập mã số thuế của tổ chức."},
        widget=forms.TextInput(attrs=short()),
    )
    organisation_address = forms.CharField(
        label="Địa chỉ trụ sở",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"data-field-class": "field-wide"}),
    )
    signer_name = forms.CharField(
        label="Họ và tên người đại diện ký hồ sơ", max_length=120, error_messages=NEEDED, widget=forms.TextInput
    )
    signer_personal_id = forms.CharField(
        label="Số định danh người đại diện",
        max_length=20,
        help_text="12 số trên thẻ căn cước",
        error_messages=NEEDED,
        widget=forms.TextInput(attrs=short(inputmode="numeric")),
    )
    signer_authority = forms.CharField(
        label="Chức vụ, giấy ủy quyền",
        max_length=120,
        required=False,
        help_text="Ví dụ: Giám đốc; hoặc số giấy ủy quyền",
        widget=forms.TextInput,
    )
    full_name = forms.CharField(
        label="Họ và tên",
        max_length=120,
        error_messages=NEEDED,
        widget=forms.TextInput(attrs={"autocomplete": "name", "data-field-class": "field-wide"}),
    )
    personal_id = forms.CharField(
        label="Số định danh cá nhân",
        max_length=20,
        help_text="12 số trên thẻ căn cước",
        error_messages=NEEDED,
        widget=forms.TextInput(attrs=short(inputmode="numeric")),
    )
    birth = BirthField(
        label="Ngày sinh",
        max_length=12,
        required=False,
        help_text="Ví dụ 19/02/1990",
        widget=forms.TextInput(attrs=short()),
    )
    sex = forms.ChoiceField(
        label="Giới tính",
        choices=[("", "Không ghi"), *Sex.choices],
        required=False,
        widget=forms.Select(attrs={"data-field-class": "field-short"}),
    )
    address = forms.CharField(
        label="Nơi thường trú",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address", "data-field-class": "field-wide"}),
    )
    email = forms.EmailField(
        label="Thư điện tử",
        max_length=120,
        required=False,
        help_text="Nếu có, để nhận thêm thông báo",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    request_note = forms.CharField(
        label="Nội dung yêu cầu (nếu cần ghi rõ)",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-field-class": "field-wide"}),
    )
    by_representative = forms.BooleanField(
        label="Tôi nộp thay người có tên ở trên",
        required=False,
        widget=forms.CheckboxInput(attrs={"data-field-class": "field-wide"}),
    )
    representative_name = forms.CharField(label="Họ và tên người nộp thay", max_length=120, required=False)
    representative_personal_id = forms.CharField(
        label="Số định danh người nộp thay",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=short(inputmode="numeric")),
    )
    representative_relation = forms.CharField(
        label="Quan hệ, giấy ủy quyền", max_length=120, required=False, widget=forms.TextInput
    )
    delivery = forms.ChoiceField(
        label="Nhận kết quả", choices=Delivery.choices, initial=Delivery.DESK, widget=forms.RadioSelect
    )
    delivery_address = forms.CharField(
        label="Địa chỉ nhận (khi gửi qua bưu chính)",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"data-field-class": "field-wide"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            for name in PERSON_NEEDS if self.by_organisation else ORGANISATION_NEEDS:
                self.fields[name].required = False

    @property
    def by_organisation(self) -> bool:
        """Whether an organisation asks, as typed."""
        return str(self["applicant_kind"].value()) == ApplicantKind.ORGANISATION

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("by_representative") and not self.by_organisation:
            self._need("representative_name", "Chưa nhập họ tên người nộp thay.")
            self._need("representative_personal_id", "Chưa nhập số định danh người nộp thay.")
        if data.get("delivery") == Delivery.POSTAL:
            self._need("delivery_address", "Chưa nhập địa chỉ nhận kết quả.")
        return data

    def _need(self, name: str, message: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, forms.ValidationError(message, code="required"))

    def words(self) -> dict[str, str]:
        """A valid form as the draft keeps it, with the birth date taken apart."""
        birth_date, birth_year = self.cleaned_data["birth"]
        typed = {name: str(self.data.get(name, "")) for name in self.fields}
        return {
            **typed,
            "birth_date": birth_date.isoformat() if birth_date else "",
            "birth_year": str(birth_year or ""),
        }


def typed_words(data: Any) -> dict[str, str]:
    """What of a sent form belongs to the draft, as plain text; a box that is not ticked sends nothing."""
    words = {name: str(data.get(name, "")) for name in FilingForm.base_fields}
    return {**words, "applicant_kind": words["applicant_kind"] or ApplicantKind.PERSON.value}


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label="Số điện thoại di động",
        max_length=20,
        help_text="Mã xác nhận và mọi thông báo về hồ sơ được gửi tới số này.",
        error_messages={"required": "Chưa nhập số điện thoại."},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "data-field-class": "field-short"}),
    )


class CodeForm(forms.Form):
    challenge = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(
        label="Mã xác nhận gồm 6 số",
        max_length=10,
        error_messages={"required": "Chưa nhập mã xác nhận."},
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "data-field-class": "field-short field-code",
                "data-autofocus": "",
            }
        ),
    )

    def clean_code(self) -> str:
        """Messages write it in two groups, and people copy it so."""
        return "".join(str(self.cleaned_data["code"]).split())
