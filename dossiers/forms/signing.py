"""The form under the leader's list; shape only."""

from __future__ import annotations

from django import forms

from dossiers.constants import LateReason
from dossiers.services.sign_batch import Chosen

CHOSEN_LENGTH_MAX = 24


class SignBatchForm(forms.Form):
    """`chosen` holds "id:row version" of each ticked line."""

    note = forms.CharField(label="Ý kiến chung", max_length=1000, required=False)
    late_reason = forms.ChoiceField(
        label="Lý do, cho bước ký đã quá hạn", choices=[("", "Chọn lý do"), *LateReason.choices], required=False
    )
    late_note = forms.CharField(label="Diễn giải chậm", max_length=300, required=False)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        try:
            cleaned["chosen"] = [_chosen(text) for text in self._ticked()]
        except ValueError:
            raise forms.ValidationError("Danh sách đã chọn không đọc được, xin tải lại trang.", code="bad") from None
        return cleaned

    def _ticked(self) -> list[str]:
        return self.data.getlist("chosen") if hasattr(self.data, "getlist") else []

    def chosen(self) -> list[Chosen]:
        """What was ticked, in the order of the page."""
        return list(self.cleaned_data["chosen"])


def _chosen(text: str) -> Chosen:
    """ValueError for what this page never sends."""
    dossier_id, _, row_version = text.partition(":")
    if len(text) > CHOSEN_LENGTH_MAX:
        raise ValueError(text[:CHOSEN_LENGTH_MAX])
    return Chosen(int(dossier_id), int(row_version))
