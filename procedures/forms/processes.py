"""Forms of the process editor: shape only; the services check meaning. Hours become working minutes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from haddong_portal.accounts.constants import Role, UnitLevel
from haddong_portal.accounts.models import Unit
from haddong_portal.common import clock
from procedures.constants import ProcessKind, ResponsibleUnit, SectionKind, StepAction
from procedures.models import Delegation, IsoProcess, IsoSection, IsoStep, Procedure
from procedures.services.iso_document import FormLine, RecordLine, SectionData
from procedures.services.iso_drafts import ProcessHead
from procedures.services.iso_publish import IssueDecision
from procedures.services.iso_steps import StepData

EMPTY = [("", "Chưa chọn")]
WIDE = {"data-field-class": "field-wide"}


def day_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    """A day, as browsers pick it."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget, required=required)


def _minutes(hours: Decimal | None) -> int:
    return round((hours or Decimal(0)) * 60)


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01")).normalize() + 0


class HeadForm(forms.Form):
    """What the process is and for whom."""

    code = forms.CharField(label="Mã quy trình", max_length=30, help_text="Ví dụ QT-HT-01.")
    name = forms.CharField(label="Tên quy trình", max_length=300, widget=forms.TextInput(attrs=WIDE))
    procedure_code = forms.CharField(
        label="Mã thủ tục", max_length=12, required=False, help_text="Để trống nếu là quy trình chung của cấp."
    )
    level = forms.ChoiceField(label="Cấp", choices=UnitLevel.choices)
    kind = forms.ChoiceField(label="Dùng cho", choices=ProcessKind.choices, initial=ProcessKind.MULTI_DAY)
    promised_cut_hours = forms.DecimalField(
        label="Cam kết cắt giảm (giờ làm việc)", min_value=0, max_digits=7, decimal_places=2, required=False, initial=0
    )
    delegation = forms.ModelChoiceField(
        label="Theo ủy quyền", queryset=Delegation.objects.none(), required=False, empty_label="Không"
    )
    prepared_by = forms.CharField(label="Người soạn thảo", max_length=120, required=False)
    checked_by = forms.CharField(label="Người kiểm tra", max_length=120, required=False)
    is_default = forms.BooleanField(label="Quy trình mặc định của cấp", required=False)

    def __init__(self, *args: Any, stored: IsoProcess | None = None, **kwargs: Any) -> None:
        if stored is not None:
            kwargs.setdefault("initial", _head_initial(stored))
        super().__init__(*args, **kwargs)
        field = self.fields["delegation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Delegation.objects.select_related("from_unit", "to_unit")
        if stored is not None:
            del self.fields["code"]

    def clean_procedure_code(self) -> int | None:
        code = self.cleaned_data["procedure_code"].strip()
        if not code:
            return None
        found = Procedure.objects.filter(national_code=code).values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(f"Không có thủ tục mang mã {code}.", code="procedure.not_found")
        return found

    def head(self) -> ProcessHead:
        data = self.cleaned_data
        return ProcessHead(
            name=data["name"],
            level=data["level"],
            kind=data["kind"],
            procedure_id=data["procedure_code"],
            is_default=data["is_default"],
            delegation_id=data["delegation"].pk if data["delegation"] else None,
            promised_cut_minutes=_minutes(data["promised_cut_hours"]),
            prepared_by=data["prepared_by"],
            checked_by=data["checked_by"],
        )


def _head_initial(process: IsoProcess) -> dict[str, object]:
    return {
        "name": process.name,
        "procedure_code": process.procedure.national_code if process.procedure else "",
        "level": process.level,
        "kind": process.kind,
        "promised_cut_hours": _hours(process.promised_cut_minutes),
        "delegation": process.delegation_id,
        "prepared_by": process.prepared_by,
        "checked_by": process.checked_by,
        "is_default": process.is_default,
    }


class StepForm(forms.Form):
    """One step; branch fields only matter off the lead line."""

    name = forms.CharField(
        label="Tên bước", max_length=200, widget=forms.TextInput(attrs={**WIDE, "data-autofocus": True})
    )
    action = forms.ChoiceField(label="Loại việc", choices=[*EMPTY, *StepAction.choices], required=False)
    hours = forms.DecimalField(
        label="Thời hạn (giờ làm việc)", min_value=0, max_digits=7, decimal_places=2, help_text="01 ngày = 8 giờ."
    )
    role = forms.ChoiceField(label="Vai trò", choices=[*EMPTY, *Role.choices], required=False)
    place = forms.ChoiceField(label="Nơi làm", choices=[*EMPTY, *ResponsibleUnit.choices], required=False)
    unit = forms.ModelChoiceField(
        label="Đơn vị cụ thể", queryset=Unit.objects.none(), required=False, empty_label="Theo nơi làm"
    )
    post_title = forms.CharField(label="Vị trí chịu trách nhiệm", max_length=150, required=False)
    record = forms.CharField(label="Biểu mẫu, kết quả", max_length=200, required=False)
    content = forms.CharField(
        label="Nội dung công việc", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3, **WIDE})
    )
    branch = forms.IntegerField(
        label="Nhánh", min_value=0, max_value=9, initial=0, help_text="0 là tuyến chính; 1, 2, … là nhánh song song."
    )
    starts_after = forms.IntegerField(
        label="Nhánh bắt đầu sau bước", min_value=1, max_value=99, required=False, help_text="Chỉ bước đầu của nhánh."
    )
    joins_before = forms.IntegerField(label="Bước chờ nhánh này", min_value=1, max_value=99, required=False)
    returns_to = forms.CharField(
        label="Trả lại được về các bước",
        max_length=60,
        required=False,
        help_text="Ví dụ: 3, 5. Để trống: mọi bước trước của tuyến.",
    )

    def __init__(self, *args: Any, stored: IsoStep | None = None, **kwargs: Any) -> None:
        if stored is not None:
            kwargs.setdefault("initial", _step_initial(stored))
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Unit.objects.valid_on(clock.today())

    def clean_returns_to(self) -> tuple[int, ...]:
        parts = [part.strip() for part in self.cleaned_data["returns_to"].replace(";", ",").split(",") if part.strip()]
        if not all(part.isascii() and part.isdecimal() and len(part) <= 2 for part in parts):
            raise forms.ValidationError(
                "Ghi số thứ tự các bước, cách nhau dấu phẩy.", code="process.returns_unreadable"
            )
        return tuple(dict.fromkeys(int(part) for part in parts))

    def data_of_step(self) -> StepData:
        data = self.cleaned_data
        return StepData(
            name=data["name"],
            action=data["action"],
            role=data["role"],
            place=data["place"],
            unit_id=data["unit"].pk if data["unit"] else None,
            post_title=data["post_title"],
            content=data["content"],
            minutes=_minutes(data["hours"]),
            record=data["record"],
            branch=data["branch"],
            starts_after=data["starts_after"],
            joins_before=data["joins_before"],
            returns_to=data["returns_to"],
        )


def _step_initial(step: IsoStep) -> dict[str, object]:
    return {
        "name": step.name,
        "action": step.action,
        "hours": _hours(step.limit_minutes),
        "role": step.responsible_role,
        "place": step.responsible_unit,
        "unit": step.unit_id,
        "post_title": step.post_title,
        "record": step.record,
        "content": step.content,
        "branch": step.branch,
        "starts_after": step.starts_after,
        "joins_before": step.joins_before,
        "returns_to": ", ".join(str(target) for target in step.returns_to),
    }


class SectionForm(forms.Form):
    """One section; a row without a number and a title is left out."""

    number = forms.CharField(label="Số", max_length=10, required=False)
    title = forms.CharField(label="Tên mục", max_length=200, required=False)
    kind = forms.ChoiceField(label="Loại nội dung", choices=SectionKind.choices, initial=SectionKind.OTHER)
    body = forms.CharField(
        label="Nội dung (để trống: lấy từ danh mục nếu có)",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2, **WIDE}),
    )


SectionFormSet: type[BaseFormSet[SectionForm]] = formset_factory(SectionForm, extra=1, max_num=60)


def sections_of(formset: BaseFormSet[SectionForm]) -> list[SectionData]:
    """The filled rows in their order."""
    rows = [form.cleaned_data for form in formset.forms if form.cleaned_data]
    return [
        SectionData(number=row["number"], title=row["title"], kind=row["kind"], body=row["body"])
        for row in rows
        if row["number"] or row["title"] or row["body"]
    ]


def section_initial(rows: list[IsoSection]) -> list[dict[str, Any]]:
    return [{"number": row.number, "title": row.title, "kind": row.kind, "body": row.body} for row in rows]


class ListsForm(forms.Form):
    """Forms, records and recipients, one a line; columns are divided by a bar."""

    forms_text = forms.CharField(
        label="Biểu mẫu",
        help_text="Mỗi dòng: mã hiệu | tên biểu mẫu.",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, **WIDE}),
    )
    records_text = forms.CharField(
        label="Hồ sơ lưu",
        help_text="Mỗi dòng: hồ sơ | thời gian lưu | nơi lưu.",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, **WIDE}),
    )
    recipients_text = forms.CharField(
        label="Nơi nhận",
        help_text="Mỗi dòng một nơi.",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, **WIDE}),
    )

    @classmethod
    def of(cls, process: IsoProcess) -> ListsForm:
        """Filled with what is stored."""
        records = (f"{row.name} | {row.kept_for} | {row.kept_at}" for row in process.records.all())
        return cls(
            initial={
                "forms_text": "\n".join(f"{row.code} | {row.name}" for row in process.forms.all()),
                "records_text": "\n".join(records),
                "recipients_text": "\n".join(process.recipients),
            }
        )

    def form_lines(self) -> list[FormLine]:
        return [FormLine(*_columns(line, 2, last=True)) for line in self._lines("forms_text")]

    def record_lines(self) -> list[RecordLine]:
        return [RecordLine(*_columns(line, 3)) for line in self._lines("records_text")]

    def recipients(self) -> list[str]:
        return self._lines("recipients_text")

    def _lines(self, name: str) -> list[str]:
        return [line.strip() for line in str(self.cleaned_data[name]).splitlines() if line.strip(" |")]


def _columns(line: str, count: int, *, last: bool = False) -> list[str]:
    """The parts of a line; a single part is the last column (a form without a code) or the first."""
    parts = [part.strip() for part in line.split("|", count - 1)]
    missing = [""] * (count - len(parts))
    return [*missing, *parts] if last else [*parts, *missing]


class PublishForm(forms.Form):
    """The decision."""

    decision_no = forms.CharField(label="Số quyết định", max_length=80)
    decided_on = day_field("Ngày quyết định")
    valid_from = day_field("Có hiệu lực từ")
    approver_name = forms.CharField(label="Người phê duyệt", max_length=120)
    approver_title = forms.CharField(label="Chức vụ", max_length=120)
    amendment = forms.CharField(
        label="Nội dung sửa đổi",
        max_length=500,
        required=False,
        help_text="Ghi vào bảng theo dõi; bắt buộc từ lần ban hành thứ hai.",
        widget=forms.Textarea(attrs={"rows": 2, **WIDE}),
    )

    def decision(self) -> IssueDecision:
        return IssueDecision(**self.cleaned_data)


class RetireForm(forms.Form):
    """From when, and why."""

    ends_on = day_field("Ngừng từ ngày")
    reason = forms.CharField(label="Lý do", max_length=100)
