"""The form of an outage; shape only."""

from __future__ import annotations

from typing import Any

from django import forms

from dossiers.services.record_outage import OutageData
from haddong_portal.common.actors import Actor


def moment_field(label: str) -> forms.DateTimeField:
    """A day and an hour, as the browser's own picker gives them."""
    return forms.DateTimeField(
        label=label,
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        error_messages={"required": "Chưa nhập lúc này."},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class OutageForm(forms.Form):
    system = forms.CharField(
        label="Hệ thống gặp sự cố",
        max_length=120,
        error_messages={"required": "Phải ghi hệ thống nào gặp sự cố."},
        widget=forms.TextInput(attrs={"list": "systems", "autocomplete": "off"}),
    )
    started_at = moment_field("Từ lúc")
    ended_at = moment_field("Khắc phục xong lúc")
    reason = forms.CharField(
        label="Lý do, diễn biến",
        max_length=1000,
        error_messages={"required": "Phải ghi lý do, diễn biến sự cố."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    paper = forms.CharField(label="Biên bản, thông báo (nếu có)", max_length=300, required=False)
    for_all = forms.BooleanField(label="Mọi đơn vị đều không dùng được", required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor
        if not actor.sees_all_units:
            del self.fields["for_all"]

    def outage(self) -> OutageData:
        """What the service gets; the form is valid."""
        data = dict(self.cleaned_data)
        for_all = data.pop("for_all", False)
        return OutageData(**data, unit_id=None if for_all else self._actor.unit_id)
