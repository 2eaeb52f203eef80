"""Forms of the administrator: shape only; the acts check meaning."""

from __future__ import annotations

from typing import Any

from django import forms

from haddong_portal.accounts.constants import DayKindChoice, Role
from haddong_portal.accounts.models import Unit, User
from haddong_portal.common import clock


class CalendarDayForm(forms.Form):
    """What a day shall be, by which document, and why it is changed."""

    kind = forms.ChoiceField(label="Loại ngày", choices=DayKindChoice.choices)
    name = forms.CharField(
        label="Tên ngày",
        max_length=120,
        required=False,
        help_text="Ví dụ: Tết Nguyên đán; Giỗ Tổ Hùng Vương. Bỏ trống khi trả về ngày thường.",
    )
    legal_source = forms.CharField(
        label="Văn bản quy định", max_length=300, required=False, help_text="Số, ngày, cơ quan ban hành."
    )
    reason = forms.CharField(
        label="Lý do sửa",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ghi vào nhật ký và lịch sử của ngày.",
    )


class StaffFilterForm(forms.Form):
    """The filters of the list of posts."""

    q = forms.CharField(label="Tên hoặc tài khoản", required=False)
    unit = forms.ModelChoiceField(
        label="Đơn vị", queryset=Unit.objects.none(), required=False, empty_label="Mọi đơn vị", to_field_name="key"
    )
    role = forms.ChoiceField(label="Vai trò", choices=[("", "Mọi vai trò"), *Role.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Unit.objects.valid_on(clock.today())


class AssignPostForm(forms.Form):
    """A person, a unit, a role, a title and the first day."""

    user = forms.ModelChoiceField(label="Người giữ", queryset=User.objects.none(), empty_label="Chọn người")
    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none(), empty_label="Chọn đơn vị")
    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)
    title = forms.CharField(label="Chức danh", max_length=120)
    from_on = forms.DateField(label="Từ ngày", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, units = self.fields["user"], self.fields["unit"]
        assert isinstance(people, forms.ModelChoiceField)
        assert isinstance(units, forms.ModelChoiceField)
        people.queryset = User.objects.filter(is_active=True, is_service_account=False)
        units.queryset = Unit.objects.valid_on(clock.today())


class EndPostForm(forms.Form):
    """The first day without the post."""

    to_on = forms.DateField(label="Kết thúc từ ngày", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
