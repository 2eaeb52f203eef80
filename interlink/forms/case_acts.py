"""The acts on a case as forms beside what they act on: each only where the post may do it and the state allows it.

The services decide; what is offered here only keeps a button away that would be refused.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from haddong_portal.common.identifiers.personal_id import DIGITS
from interlink.constants import ConfirmationMethod
from interlink.forms.kinds import NEEDED, DayField, PersonalIdField

FACT = "fact__"


class ActForm(forms.Form):
    """Base: what somebody saw when they pressed."""

    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """The service's arguments. Only of a valid form."""
        return dict(self.cleaned_data)


class ReasonForm(ActForm):
    """An act that needs its reason."""

    reason = forms.CharField(
        label="Lý do", max_length=500, error_messages=NEEDED, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReleaseForm(forms.Form):
    """Needs nothing but to be confirmed."""


class OutcomeForm(ActForm):
    """What an agency without a connection sent back on paper."""

    OUTCOMES = (
        ("done", "Đã giải quyết"),
        ("supplement", "Yêu cầu bổ sung"),
        ("returned", "Trả lại việc trước"),
        ("refused", "Từ chối"),
    )

    outcome = forms.ChoiceField(label="Cơ quan trả lời", choices=OUTCOMES, widget=forms.RadioSelect)
    number = forms.CharField(label="Số văn bản, giấy tờ", max_length=120, required=False)
    on = DayField(label="Ngày văn bản", max_length=12, required=False)
    text = forms.CharField(
        label="Nội dung, lý do", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, results: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [one["key"] for one in results if one.get("kind") == "fact"]
        for one in results:
            if one.get("kind") == "fact":
                label = one.get("label") or one["key"]
                self.fields[FACT + one["key"]] = forms.CharField(label=label, max_length=300, required=False)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        facts = {key: data[FACT + key] for key in self.keys if data.get(FACT + key)}
        on = date.fromisoformat(data["on"]) if data["on"] else None
        told = {name: data[name] for name in ("outcome", "number", "text", "row_version")}
        return told | {"on": on, "facts": facts}


class ConfirmationForm(ActForm):
    """How somebody agreed, or that they do not."""

    answer = forms.ChoiceField(
        label="Trả lời", choices=[("given", "Đồng ý"), ("declined", "Không đồng ý")], widget=forms.RadioSelect
    )
    method = forms.ChoiceField(
        label="Bằng cách nào", choices=[one for one in ConfirmationMethod.choices if one[0]], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {"agreed": data.pop("answer") == "given", **data}


class IdentityForm(forms.Form):
    """Two people on file, and what an officer concluded about them."""

    one = PersonalIdField(label="Số định danh người thứ nhất", max_length=DIGITS + 8, error_messages=NEEDED)
    other = PersonalIdField(label="Số định danh người thứ hai", max_length=DIGITS + 8, error_messages=NEEDED)
    same = forms.ChoiceField(
        label="Kết luận", choices=[("yes", "Là một người"), ("no", "Không phải một người")], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Căn cứ kết luận", max_length=500, error_messages=NEEDED, widget=forms.Textarea(attrs={"rows": 2})
    )
