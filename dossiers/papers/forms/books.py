"""Forms of old books: a new batch, one entry, a decision between two entries; shape only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from dossiers.papers.forms.scans import OWN, PrintedForm
from dossiers.papers.selectors.scans import TypeChoice


class NewBookForm(forms.Form):
    title = forms.CharField(
        label="Tên sổ",
        max_length=200,
        help_text="Ví dụ: Sổ đăng ký khai sinh quyển 02",
        error_messages={"required": "Chưa ghi tên sổ."},
        widget=forms.TextInput(attrs={"data-field-class": "field-wide"}),
    )
    book_year = forms.IntegerField(
        label="Năm của sổ",
        min_value=1900,
        max_value=2100,
        required=False,
        widget=forms.TextInput(attrs={"data-field-class": "field-short", "inputmode": "numeric"}),
    )
    type_code = forms.ChoiceField(label="Loại giấy tờ", error_messages={"required": "Chưa chọn loại giấy tờ."})

    def __init__(self, types: Sequence[TypeChoice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["type_code"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", "Chọn loại giấy tờ"), *((kind.code, kind.name) for kind in types)]


class EntryForm(PrintedForm):
    """What stands in the book, of the batch's type."""

    def __init__(self, types: Sequence[TypeChoice], *args: Any, **kwargs: Any) -> None:
        super().__init__(types, *args, **kwargs)
        self.fields["type_code"].widget = forms.HiddenInput()

    def values(self) -> dict[str, str]:
        """A valid form as text by field, days as YYYY-MM-DD; what is kept and compared."""
        told = {name: self.cleaned_data[name] for name in self.fields if name != "type_code"}
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else str(value or "") for name, value in told.items()
        }

    @property
    def labels(self) -> dict[str, str]:
        """Field → label, for the comparison."""
        return {name: str(field.label) for name, field in self.fields.items()}


__all__ = ["OWN", "EntryForm", "NewBookForm"]
