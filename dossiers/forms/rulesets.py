"""Changing a value of a rule-set; shape only."""

from __future__ import annotations

from typing import Any

from django import forms

from dossiers.selectors.ruleset_admin import ValueForChange
from dossiers.selectors.ruleset_words import CERTAINTIES
from dossiers.services.change_ruleset_value import ValueChange
from haddong_portal.common import clock


class RuleSetValueForm(forms.Form):
    """The value's own field, then why and from when."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    certainty = forms.ChoiceField(
        label="Mức chắc chắn", choices=[(key, look.word) for key, look in CERTAINTIES.items()]
    )
    applies_from = forms.DateField(
        label="Áp dụng cho hồ sơ tiếp nhận từ ngày",
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date", "data-field-class": "field-short"}, format="%Y-%m-%d"),
        help_text="Hồ sơ đã tiếp nhận trước đó vẫn theo giá trị cũ.",
    )
    reason = forms.CharField(
        label="Lý do, văn bản xác nhận",
        max_length=100,
        widget=forms.TextInput(attrs={"data-field-class": "field-wide"}),
    )
    field_order = ("version", "value", "unit", "certainty", "applies_from", "reason")

    def __init__(self, value: ValueForChange, data: Any = None) -> None:
        self.value = value
        initial = {"version": value.version, "certainty": value.certainty, "applies_from": clock.today()}
        super().__init__(data, initial=initial)
        self.fields["value"] = _field_for(value)
        if value.units:
            self.fields["unit"] = forms.ChoiceField(label="Tính theo", choices=value.units, initial=value.unit)
        self.order_fields(self.field_order)

    def change(self) -> ValueChange:
        """What the service is asked for."""
        cleaned = self.cleaned_data
        given = cleaned["value"] if isinstance(cleaned["value"], list) else [cleaned["value"]]
        return ValueChange(
            path=self.value.path,
            given=given,
            applies_from=cleaned["applies_from"],
            reason=cleaned["reason"],
            unit=cleaned.get("unit", ""),
            certainty=cleaned["certainty"],
        )


def _field_for(value: ValueForChange) -> forms.Field:
    label, first = "Giá trị mới", value.current[0] if value.current else ""
    if value.kind == "words":
        return forms.MultipleChoiceField(
            label=label,
            choices=value.choices,
            initial=value.current,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    if value.kind == "word":
        return forms.ChoiceField(label=label, choices=value.choices, initial=first, widget=forms.RadioSelect)
    help_text = {"time": "Dạng 15:00; để trống nếu không áp dụng.", "number": "Số nguyên."}.get(value.kind, "")
    return forms.CharField(label=label, initial=first, required=False, max_length=200, help_text=help_text)
