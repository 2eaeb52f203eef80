"""The form of a paper type: its lists must have the shape that matching and screens rely on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from dossiers.papers.models import PaperType

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[PaperType]  # generic for the type checker only
else:
    _ModelForm = forms.ModelForm

FIELD_KINDS = ("text", "date", "number")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class PaperTypeForm(_ModelForm):
    class Meta:
        model = PaperType
        fields = "__all__"

    def clean_other_names(self) -> list[str]:
        return _texts(self.cleaned_data["other_names"])

    def clean_national_codes(self) -> list[str]:
        return _texts(self.cleaned_data["national_codes"])

    def clean_result_of(self) -> list[str]:
        return _texts(self.cleaned_data["result_of"])

    def clean_fields(self) -> list[dict[str, str]]:
        """A list of key, label and kind, each key once."""
        told = self.cleaned_data["fields"] or []
        if not isinstance(told, list) or not all(_is_field(one) for one in told):
            raise ValidationError(
                'Mỗi mục có dạng {"key": "holder", "label": "Họ tên", "kind": "text"}; kind: text, date hoặc number.',
                code="paper_type.fields",
            )
        if len({one["key"] for one in told}) < len(told):
            raise ValidationError("Hai mục trùng khóa.", code="paper_type.same_key")
        return told


def _texts(told: Any) -> list[str]:
    """A list of words; nothing is an empty one."""
    told = told or []
    if not isinstance(told, list) or not all(isinstance(one, str) and one.strip() for one in told):
        raise ValidationError('Phải là danh sách chữ, ví dụ ["khai sinh"].', code="paper_type.texts")
    return told


def _is_field(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and set(one) == {"key", "label", "kind"}
        and all(isinstance(value, str) and value for value in one.values())
        and _KEY.fullmatch(one["key"]) is not None
        and one["kind"] in FIELD_KINDS
    )
