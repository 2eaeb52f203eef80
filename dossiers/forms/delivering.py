"""A new delivery list and its receipt; shape only."""

from __future__ import annotations

from django import forms

from dossiers.constants import LateReason
from dossiers.forms.acts import choose
from dossiers.models import DeliveryList
from dossiers.selectors.deliveries import NewDelivery
from dossiers.services.lateness import Lateness


class NewDeliveryForm(forms.Form):
    to_unit_id = forms.TypedChoiceField(
        label="Bên nhận", coerce=int, error_messages={"required": "Chưa chọn bên nhận."}
    )
    dossier_ids = forms.TypedMultipleChoiceField(
        label="Hồ sơ bàn giao", coerce=int, error_messages={"required": "Chưa chọn hồ sơ nào để bàn giao."}
    )
    note = forms.CharField(label="Ghi chú trên danh sách", max_length=500, required=False)
    late_reason = forms.ChoiceField(
        label="Lý do chậm (nếu có bước đã quá hạn)",
        choices=[("", "không có bước chậm"), *LateReason.choices],
        required=False,
    )

    def __init__(self, page: NewDelivery, data: object = None) -> None:
        super().__init__(data, initial={"to_unit_id": page.to_unit_id})  # type: ignore[arg-type]  # QueryDict or None
        choose(self, "to_unit_id", [("", "chọn đơn vị"), *page.units])
        choose(self, "dossier_ids", [(row.pk, row.code) for row in page.rows])

    def late(self) -> Lateness:
        return Lateness(self.cleaned_data["late_reason"])


class ReceiptForm(forms.Form):
    """Which lines were found: none may be."""

    line_ids = forms.TypedMultipleChoiceField(label="Hồ sơ đã thấy", coerce=int, required=False)

    def __init__(self, delivery: DeliveryList, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # QueryDict or None
        choose(self, "line_ids", [(line.pk, line.dossier.code) for line in delivery.lines.all()])
