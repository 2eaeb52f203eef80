"""The order to give work to others; shape only."""

from __future__ import annotations

from django import forms

from dossiers.forms.acts import choose
from dossiers.selectors.reassigning import ReassignPage

CHOSEN = "ho-so"


class ReassignForm(forms.Form):
    """Whose work, to whom, why. With chosen dossiers nobody has to be named as the one who leaves."""

    from_user_id = forms.TypedChoiceField(label="Việc của", coerce=int, empty_value=None)
    to_user_ids = forms.TypedMultipleChoiceField(
        label="Giao cho",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chưa chọn người nhận việc."},
        help_text="Chọn nhiều người thì việc được chia đều, hồ sơ gấp chia trước.",
    )
    reason = forms.CharField(
        label="Lý do", max_length=500, error_messages={"required": "Phải ghi lý do giao lại việc."}
    )

    def __init__(self, page: ReassignPage, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # QueryDict or None
        holders = [(one.user_id, _words(one.name, one.count, one.has_left)) for one in page.holders]
        choose(self, "from_user_id", [("", "chọn người"), *holders])
        choose(self, "to_user_ids", page.receivers)
        if page.chosen:
            del self.fields["from_user_id"]


def _words(name: str, count: int, has_left: bool) -> str:
    return f"{name} ({count} hồ sơ{', không còn vị trí tại đơn vị' if has_left else ''})"
