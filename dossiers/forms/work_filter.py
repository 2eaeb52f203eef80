"""The filters of the work list, and saving them; shape only."""

from __future__ import annotations

from typing import Any

from django import forms

from dossiers.constants import Status
from dossiers.rules.work_filter import SCOPES, WorkFilter
from dossiers.selectors.saved_filters import people_of_unit, procedures_in_hand
from haddong_portal.common.actors import Actor


class WorkFilterForm(forms.Form):
    """Sends itself as the address of the list; the field names are those of `rules.work_filter`."""

    use_required_attribute = False

    def __init__(self, wish: WorkFilter, actor: Actor) -> None:
        super().__init__(initial=wish.parameters())
        people = people_of_unit(actor)
        self.fields["pham-vi"] = forms.ChoiceField(
            label="Phạm vi", choices=[(key, label) for key, (_, label) in SCOPES.items()], required=False
        )
        self.fields["thu-tuc"] = _choice("Thủ tục", procedures_in_hand(actor), wish.procedure)
        self.fields["trang-thai"] = _choice("Trạng thái", Status.choices)
        self.fields["nguoi"] = _choice("Người đang làm", people, wish.officer)
        self.fields["nguoi-nhan"] = _choice("Người tiếp nhận", people, wish.received_by)
        self.fields["han-tu"] = _day("Hẹn trả từ ngày")
        self.fields["han-den"] = _day("Hẹn trả đến ngày")
        self.fields["q"] = forms.CharField(label="Mã hồ sơ, tên người nộp", required=False, max_length=100)


def _choice(label: str, known: Any, chosen: str = "") -> forms.ChoiceField:
    """What is chosen already stays offered, whoever it was shared by."""
    choices = list(known)
    if chosen and chosen not in {key for key, _ in choices}:
        choices.append((chosen, chosen))
    return forms.ChoiceField(label=label, choices=[("", "Tất cả"), *choices], required=False)


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class SaveFilterForm(forms.Form):
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="Lưu bộ lọc này với tên", max_length=200, required=False)
    share = forms.BooleanField(label="Dùng chung trong đơn vị", required=False)
    opens_first = forms.BooleanField(label="Mở đầu tiên khi vào Việc cần làm", required=False)
