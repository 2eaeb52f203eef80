"""Forms with which an administrator sets a linked group up, one part at a time; the whole is checked on publication.

Each form turns one item of the definition into boxes (`from_item`) and back (`item`). What a box leaves empty is left
out of the item, so that an untouched item is written back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from interlink.forms import lines
from interlink.forms.kinds import KINDS, NEEDED

KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
KIND_LABELS = {
    "text": "Chữ",
    "date": "Ngày",
    "time": "Giờ",
    "choice": "Chọn một",
    "personal_id": "Số định danh",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "place": "Nơi chốn, địa chỉ",
    "number": "Số",
    "flag": "Có hoặc không",
    "account": "Số tài khoản",
}
LIMIT_UNITS = {
    "working_days": "ngày làm việc",
    "same_working_day": "trong ngày làm việc",
    "working_hours": "giờ làm việc",
    "hours": "giờ",
    "minutes": "phút",
    "calendar_days": "ngày",
}
AFTER_REFUSAL = {
    "continue": "các chặng sau vẫn làm",
    "hold": "giữ các chặng sau, chờ người quyết",
    "stop": "không làm các chặng sau",
}
MEANWHILE = {"hold": "các chặng sau chờ", "continue": "các chặng sau vẫn làm"}
ALWAYS, OPTIONAL, WHEN = "always", "optional", "when"
CONDITION_HELP = (
    "Mỗi dòng một điều kiện, ví dụ <code>allowance.kind = merit | none</code> hoặc <code>relative.full_name đã "
    "khai</code>; mọi dòng phải đúng; thêm “không ” ở đầu dòng để đảo lại."
)


def code_rows(count: int) -> forms.Textarea:
    """A box for lines that a machine reads."""
    return forms.Textarea(attrs={"rows": count, "spellcheck": "false", "autocomplete": "off"})


class LineField(forms.CharField):
    """Lines in one of the notations of `lines`; its value is what they say."""

    def __init__(self, read: Any, **kwargs: Any) -> None:
        super().__init__(required=False, widget=code_rows(kwargs.pop("rows", 3)), **kwargs)
        self.read = read

    def clean(self, value: Any) -> Any:
        return self.read(str(super().clean(value) or ""))


class KeyField(forms.CharField):
    """A machine name that mappings and conditions use."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={"data-field-class": "field-short", "autocomplete": "off", "spellcheck": "false"}
        )
        super().__init__(max_length=60, widget=widget, error_messages=NEEDED, **kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip()
        if text and not KEY.fullmatch(text):
            raise forms.ValidationError(
                "Chỉ dùng chữ thường không dấu, số, gạch dưới; ô khai thêm tên phần và dấu chấm.",
                code="template.bad_key",
            )
        return text


class ItemForm(forms.Form):
    """Base: one item of a definition's list."""

    title: ClassVar[str]

    key = KeyField(label="Tên máy", help_text="Ví dụ child.full_name; điều kiện và ánh xạ gọi bằng tên này.")

    @classmethod
    def from_item(cls, item: Mapping[str, Any] | None) -> dict[str, Any]:
        """The boxes of an item; {} for a new one."""
        return {} if item is None else cls.boxes(item)

    @classmethod
    def boxes(cls, item: Mapping[str, Any]) -> dict[str, Any]:
        return dict(item)

    def item(self) -> dict[str, Any]:
        """The item as the definition has it. Only of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [], {})}


class SectionForm(ItemForm):
    title = "Phần của tờ khai"
    label = forms.CharField(label="Tên phần", max_length=200, error_messages=NEEDED)
    person = forms.BooleanField(label="Là một người (quét thẻ, tra cứu dân cư được)", required=False)
    when = LineField(lines.read_condition, label="Chỉ khai khi", help_text=CONDITION_HELP)

    @classmethod
    def boxes(cls, item: Mapping[str, Any]) -> dict[str, Any]:
        return dict(item) | {"when": lines.write_condition(item.get("when"))}


class _AskedForm(ItemForm):
    """What the fields and the papers share: always, never compulsory, or by condition."""

    asked = forms.ChoiceField(
        label="Bắt buộc",
        choices=[(ALWAYS, "Luôn bắt buộc"), (OPTIONAL, "Không bắt buộc"), (WHEN, "Bắt buộc khi")],
        widget=forms.RadioSelect,
        initial=ALWAYS,
    )
    condition = LineField(lines.read_condition, label="Điều kiện bắt buộc", help_text=CONDITION_HELP)

    @staticmethod
    def asked_boxes(required: Any) -> dict[str, Any]:
        if isinstance(required, Mapping):
            return {"asked": WHEN, "condition": lines.write_condition(required)}
        return {"asked": ALWAYS if required else OPTIONAL, "condition": ""}

    def required(self) -> Any:
        data = self.cleaned_data
        return data["condition"] if data["asked"] == WHEN else data["asked"] == ALWAYS

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("asked") == WHEN and "condition" in data and not data["condition"]:
            self.add_error("condition", forms.ValidationError("Chưa nhập điều kiện.", code="template.no_condition"))
        return data


class FieldForm(_AskedForm):
    title = "Ô khai"
    label = forms.CharField(label="Nhãn trên tờ khai", max_length=200, error_messages=NEEDED)
    kind = forms.ChoiceField(label="Kiểu", choices=[(kind, KIND_LABELS[kind]) for kind in sorted(KINDS)])
    section = forms.ChoiceField(label="Thuộc phần", choices=())
    when = LineField(lines.read_condition, label="Chỉ khai khi", help_text=CONDITION_HELP)
    help = forms.CharField(label="Giải thích dưới ô", max_length=300, required=False)
    choices = LineField(
        lines.read_choices, label="Các lựa chọn", help_text="Mỗi dòng “giá trị: nhãn”. Chỉ cho kiểu Chọn một."
    )
    source = forms.ChoiceField(
        label="Điền sẵn từ",
        required=False,
        choices=[("", "không"), ("card", "thẻ căn cước"), ("population", "CSDL dân cư")],
    )
    legal_key = forms.CharField(label="Căn cứ (khóa)", max_length=80, required=False)

    def __init__(self, definition: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [(one["key"], one["label"]) for one in definition["sections"]]  # type: ignore[attr-defined]

    @classmethod
    def boxes(cls, item: Mapping[str, Any]) -> dict[str, Any]:
        told = {name: item.get(name, "") for name in ("key", "label", "kind", "section", "legal_key", "help")}
        told |= {"when": lines.write_condition(item.get("when")), "source": item.get("from") or ""}
        return (
            told | cls.asked_boxes(item.get("required")) | {"choices": lines.write_choices(item.get("choices") or ())}
        )

    def item(self) -> dict[str, Any]:
        data = self.cleaned_data
        found = {name: data[name] for name in ("key", "label", "kind", "section")} | {"required": self.required()}
        more = {name: data[name] for name in ("when", "choices", "legal_key", "help")} | {"from": data["source"]}
        return found | {name: value for name, value in more.items() if value}


class PaperForm(_AskedForm):
    title = "Giấy tờ"
    label = forms.CharField(label="Tên giấy tờ", max_length=300, error_messages=NEEDED)
    paper_type = forms.CharField(label="Loại trong kho (mã)", max_length=60, required=False)
    substitutes = LineField(str.split, label="Thay được bằng (mã loại, mỗi dòng một mã)")

    @classmethod
    def boxes(cls, item: Mapping[str, Any]) -> dict[str, Any]:
        told = {name: item.get(name, "") for name in ("key", "label", "paper_type")}
        return told | cls.asked_boxes(item.get("required")) | {"substitutes": "\n".join(item.get("substitutes") or ())}

    def item(self) -> dict[str, Any]:
        data = self.cleaned_data
        found = {"key": data["key"], "label": data["label"], "required": self.required()}
        return found | {name: data[name] for name in ("paper_type", "substitutes") if data[name]}


class ConfirmationForm(ItemForm):
    title = "Ý kiến đồng ý"
    key = None  # type: ignore[assignment]  # a confirmation is named by its role
    role = KeyField(label="Vai (tên máy)", help_text="household_head, owner, father, mother")
    label = forms.CharField(label="Ai phải đồng ý", max_length=80, error_messages=NEEDED)
    person = KeyField(label="Phần khai người đó (tên máy)", required=False)
    when = LineField(lines.read_condition, label="Chỉ hỏi khi", help_text=CONDITION_HELP)
    needed_by = LineField(str.split, label="Chặng phải chờ (tên máy, mỗi dòng một chặng)")

    @classmethod
    def boxes(cls, item: Mapping[str, Any]) -> dict[str, Any]:
        when = lines.write_condition(item.get("when"))
        told = {name: item.get(name, "") for name in ("role", "label", "person")}
        return told | {"when": when, "needed_by": "\n".join(item.get("needed_by") or ())}


class LegForm(ItemForm):
    """One agency's part: when it starts, how long it has, what it is given, what comes back."""

    title = "Chặng"
    name = forms.CharField(label="Tên việc", max_length=200, error_messages=NEEDED)
    kind = forms.ChoiceField(
        label="Cách làm", choices=[("dossier", "Hồ sơ tại đơn vị"), ("exchange", "Gửi cơ quan khác")]
    )
    agency = forms.CharField(label="Cơ quan (mã)", max_length=40, error_messages=NEEDED)
    procedure_code = forms.CharField(label="Mã thủ tục", max_length=40, required=False)
    after = LineField(str.split, label="Sau các chặng (mỗi dòng một tên máy)")
    when = LineField(lines.read_condition, label="Chỉ làm khi", help_text=CONDITION_HELP)
    waits_for = LineField(str.split, label="Chờ có dữ liệu (mỗi dòng một ô)")
    limit_value = forms.IntegerField(label="Thời hạn", min_value=0, max_value=400, required=False)
    limit_unit = forms.ChoiceField(label="Đơn vị", choices=list(LIMIT_UNITS.items()))
    limit_if_verified = forms.IntegerField(
        label="Thời hạn khi phải xác minh", min_value=0, max_value=400, required=False
    )
    legal_key = forms.CharField(label="Căn cứ (khóa)", max_length=80, required=False)
    fields_map = LineField(
        lines.read_mapping,
        label="Ô của cơ quan = nguồn",
        rows=8,
        help_text="<code>ho_ten = child.full_name</code>, <code>so = kết quả civil_status.personal_id</code>, "
        '<code>loai = "KS"</code>',
    )
    required_targets = LineField(str.split, label="Ô cơ quan bắt buộc có (mỗi dòng một ô)")
    papers = LineField(
        lines.read_slots,
        label="Giấy tờ gửi kèm",
        help_text="<code>chung_sinh = giấy birth_notice</code>, <code>khai_sinh = kết quả civil_status</code>",
    )
    results = LineField(
        lines.read_results,
        label="Kết quả nhận về",
        help_text="<code>personal_id = Số định danh</code> cho dữ liệu, "
        "<code>certificate: BIRTH_CERTIFICATE = Giấy khai sinh</code> cho giấy tờ",
    )
    fee_vnd = forms.IntegerField(label="Phí, lệ phí (đồng)", min_value=0, required=False)
    on_refusal = forms.ChoiceField(label="Khi bị từ chối", choices=list(AFTER_REFUSAL.items()))
    on_supplement = forms.ChoiceField(label="Khi phải bổ sung", choices=list(MEANWHILE.items()), initial="hold")
    on_return = KeyField(label="Khi bị trả lại thì về chặng", required=False)

    @classmethod
    def boxes(cls, item: Mapping[str, Any]) -> dict[str, Any]:
        plain = (
            "key",
            "name",
            "kind",
            "agency",
            "procedure_code",
            "fee_vnd",
            "on_refusal",
            "on_supplement",
            "on_return",
        )
        limit = item.get("limit") or {}
        return {
            **{name: item.get(name) for name in plain},
            "on_refusal": item.get("on_refusal") or "continue",
            "on_supplement": item.get("on_supplement") or "hold",
            **{f"limit_{name}": limit.get(name) for name in ("value", "unit", "if_verified")},
            "legal_key": limit.get("legal_key", ""),
            **{name: "\n".join(item.get(name) or ()) for name in ("after", "waits_for")},
            "required_targets": "\n".join(item.get("required") or ()),
            "when": lines.write_condition(item.get("when")),
            "fields_map": lines.write_mapping(item.get("fields") or {}),
            "papers": lines.write_slots(item.get("papers") or {}),
            "results": lines.write_results(item.get("results") or ()),
        }

    def item(self) -> dict[str, Any]:
        data = self.cleaned_data
        limit = {"value": data["limit_value"], "unit": data["limit_unit"], "if_verified": data["limit_if_verified"]}
        told = {name: value for name, value in limit.items() if value is not None or name == "value"}
        always = {
            **{name: data[name] for name in ("key", "kind", "agency", "name", "after", "when")},
            "limit": told | ({"legal_key": data["legal_key"]} if data["legal_key"] else {}),
            "fields": data["fields_map"],
            "required": data["required_targets"],
            **{name: data[name] for name in ("papers", "results", "on_refusal", "on_supplement")},
            "fee_vnd": data["fee_vnd"] or 0,
        }
        return always | {name: data[name] for name in ("procedure_code", "waits_for", "on_return") if data[name]}


PARTS: Mapping[str, type[ItemForm]] = {
    "sections": SectionForm,
    "fields": FieldForm,
    "papers": PaperForm,
    "confirmations": ConfirmationForm,
    "legs": LegForm,
}


def part_form(part: str, definition: Mapping[str, Any], *args: Any, **kwargs: Any) -> ItemForm:
    """The form of one item of `part` in this definition."""
    if part == "fields":
        return FieldForm(definition, *args, **kwargs)
    return PARTS[part](*args, **kwargs)
