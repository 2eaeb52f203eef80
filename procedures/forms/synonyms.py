"""An everyday word and what it means, as an editor types it: one entry a line."""

from __future__ import annotations

from django import forms

from procedures.models import Synonym


class SynonymForm(forms.Form):
    """Shape only: the service refuses what means nothing."""

    term = forms.CharField(label="Từ thường dùng", max_length=120, help_text="Như người dân nói: “giấy độc thân”.")
    means = forms.CharField(
        label="Nghĩa là (từ trong danh mục)",
        help_text="Mỗi dòng một cách gọi trong tên thủ tục.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )
    codes = forms.CharField(
        label="Mã thủ tục, đúng nhất viết trước",
        help_text="Mỗi dòng một mã, ví dụ 1.001193.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
    )
    note = forms.CharField(label="Ghi chú cho người dân", max_length=300, required=False)

    @classmethod
    def of(cls, synonym: Synonym) -> SynonymForm:
        """The form filled with a stored word."""
        return cls(
            initial={
                "term": synonym.term,
                "means": "\n".join(synonym.means),
                "codes": "\n".join(synonym.codes),
                "note": synonym.note,
            }
        )

    def lines(self, name: str) -> list[str]:
        return [line.strip() for line in str(self.cleaned_data[name]).splitlines() if line.strip()]
