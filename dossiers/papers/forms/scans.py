"""What a clerk types beside a scanned page; shape only. Each proposal stands with the words it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.html import escape

from dossiers.papers.rules.reading import PaperReading, Proposal
from dossiers.papers.selectors.scans import TypeChoice
from dossiers.papers.services.scan_confirmation import APPLICANT, HOLDER, KEEP_BOTH, NEW_VERSION, USE_TWIN

DATE_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y"]
DATE_ERROR = {"invalid": "Ngày ghi như 05/03/2024."}
SURE_ENOUGH = 0.85
OWN = "own-"
# Fields of types that say again whose paper it is: typed once, in the form's own fields.
SAME_AS = {"holder": "holder_name", "personal_id": "holder_id"}


def _short(**more: str) -> dict[str, str]:
    return {"data-field-class": "field-short", "autocomplete": "off", **more}


def _wide(**more: str) -> dict[str, str]:
    return {"data-field-class": "field-wide", "autocomplete": "off", **more}


class PrintedForm(forms.Form):
    """What is printed on a paper."""

    type_code = forms.ChoiceField(label="Loại giấy tờ", error_messages={"required": "Chưa chọn loại giấy tờ."})
    number = forms.CharField(
        label="Số, ký hiệu", max_length=100, required=False, widget=forms.TextInput(attrs=_short())
    )
    issued_on = forms.DateField(
        label="Ngày cấp",
        required=False,
        input_formats=DATE_FORMATS,
        error_messages=DATE_ERROR,
        widget=forms.TextInput(attrs=_short(inputmode="numeric", placeholder="dd/mm/yyyy")),
    )
    issuer_name = forms.CharField(
        label="Cơ quan cấp", max_length=250, required=False, widget=forms.TextInput(attrs=_wide())
    )
    holder_name = forms.CharField(
        label="Họ tên người có tên trên giấy", max_length=120, required=False, widget=forms.TextInput(attrs=_wide())
    )
    holder_id = forms.CharField(
        label="Số định danh", max_length=20, required=False, widget=forms.TextInput(attrs=_short(inputmode="numeric"))
    )
    valid_to = forms.DateField(
        label="Có giá trị đến",
        required=False,
        input_formats=DATE_FORMATS,
        error_messages=DATE_ERROR,
        widget=forms.TextInput(attrs=_short(inputmode="numeric", placeholder="dd/mm/yyyy")),
    )

    def __init__(
        self, types: Sequence[TypeChoice], *args: Any, reading: PaperReading | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["type_code"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", "Chọn loại giấy tờ"), *((kind.code, kind.name) for kind in types)]
        self._add_own(types)
        if reading is not None:
            self._propose(reading)

    def _add_own(self, types: Sequence[TypeChoice]) -> None:
        code = str(self["type_code"].value() or "")
        self.own = next((kind.fields for kind in types if kind.code == code), ())
        for key, label, _ in self.own:
            if key in SAME_AS:
                continue
            self.fields[OWN + key] = forms.CharField(
                label=label, max_length=500, required=False, widget=forms.TextInput(attrs=_wide())
            )

    def _propose(self, reading: PaperReading) -> None:
        for name, proposal in reading.fields.items():
            if name in self.fields:
                self.fields[name].help_text = _told(proposal)
        for key, proposal in reading.own.items():
            if OWN + key in self.fields:
                self.fields[OWN + key].help_text = _told(proposal)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The type's own fields, for the template."""
        return [self[name] for name in self.fields if name.startswith(OWN)]

    def printed(self) -> dict[str, Any]:
        """A valid form as the services take it."""
        data = self.cleaned_data
        own = {name.removeprefix(OWN): data[name] for name in data if name.startswith(OWN)}
        own |= {key: data[SAME_AS[key]] for key, _, _ in self.own if key in SAME_AS}
        return {name: data[name] for name in PrintedForm.base_fields} | {"fields": own}


class ConfirmScanForm(PrintedForm):
    """And what is decided where the portal asks."""

    compared = forms.BooleanField(label="Đã đối chiếu với bản chính", required=False)
    holder_choice = forms.ChoiceField(
        label="Giấy đứng tên người khác: lưu vào kho của ai?",
        choices=[(HOLDER, "Người có tên trên giấy"), (APPLICANT, "Người nộp hồ sơ")],
        required=False,
        widget=forms.RadioSelect,
    )
    holder_reason = forms.CharField(
        label="Lý do lưu vào kho của người nộp", max_length=300, required=False, widget=forms.TextInput(attrs=_wide())
    )
    twin_choice = forms.ChoiceField(
        label="Kho đã có giấy này: làm thế nào?",
        choices=[
            (USE_TWIN, "Dùng bản đã có, bỏ bản quét này"),
            (NEW_VERSION, "Thêm làm bản mới của giấy đã có"),
            (KEEP_BOTH, "Giữ cả hai"),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    twin_reason = forms.CharField(
        label="Lý do giữ cả hai", max_length=300, required=False, widget=forms.TextInput(attrs=_wide())
    )

    def said(self) -> dict[str, Any]:
        """All of it, as `ScanConfirmation` takes it."""
        decided = ("compared", "holder_choice", "holder_reason", "twin_choice", "twin_reason")
        return self.printed() | {name: self.cleaned_data[name] for name in decided}


def first_words(reading: PaperReading | None, *, expected: str = "") -> dict[str, str]:
    """What the form says before anybody typed: the proposals, or what the checklist line expects."""
    if reading is None:
        return {"type_code": expected}
    told = {name: _shown(name, proposal.value) for name, proposal in reading.fields.items()}
    own = {OWN + key: shown_value(proposal.value) for key, proposal in reading.own.items()}
    return {**told, **own, "type_code": reading.type_code or expected}


def typed_words(data: Mapping[str, str]) -> dict[str, str]:
    """What was typed so far, when only the type is changed."""
    names = {*ConfirmScanForm.base_fields}
    return {name: str(data[name]) for name in data if name in names or name.startswith(OWN)}


def _shown(name: str, value: str) -> str:
    return shown_value(value) if name in ("issued_on", "valid_to") else value


def shown_value(value: str) -> str:
    """ISO days as people write them."""
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value


def _told(proposal: Proposal) -> str:
    """Marked up for the template, which prints help texts as they are: the snippet comes from a stranger's paper."""
    how = "đọc rõ" if proposal.sure >= SURE_ENOUGH else "cần xem lại"
    return f"Máy đọc ({how}, {round(proposal.sure * 100)}%): “{escape(proposal.snippet)}”"
