"""The inspector's search form: shape only."""

from __future__ import annotations

from typing import Any

from django import forms

from haddong_portal.audit.services.search_entries import Search
from haddong_portal.audit.subscriptions import known_actions


class SearchForm(forms.Form):
    """All fields may stay empty: the newest rows are shown."""

    actor_text = forms.CharField(label="Cán bộ (tên hoặc tài khoản)", max_length=120, required=False)
    object_text = forms.CharField(
        label="Hồ sơ hoặc đối tượng",
        max_length=100,
        required=False,
        help_text="Mã hồ sơ, hoặc “loại/số” như trong nhật ký.",
    )
    action = forms.ChoiceField(label="Việc", required=False)
    day = forms.DateField(
        label="Ngày", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    person_text = forms.CharField(
        label="Người dân (số định danh đầy đủ)",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text="Tìm theo chỉ mục mù; số nhập vào không được lưu.",
    )
    purpose = forms.CharField(label="Lý do tra cứu", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action = self.fields["action"]
        assert isinstance(action, forms.ChoiceField)
        action.choices = [("", "Mọi việc"), *known_actions()]

    def search(self) -> Search:
        """The search of a valid form."""
        data = self.cleaned_data
        texts = {name: str(data[name]).strip() for name in ("actor_text", "object_text", "person_text", "purpose")}
        return Search(**texts, action=data["action"], day=data["day"])
