"""The living style page: every component with sample data, in the citizen's, the clerk's and the kiosk's size."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.views import PortalView
from haddong_portal.home.views import style_samples

AREAS = {"cong-dan": "public_base.html", "can-bo": "staff_base.html", "kiosk": "kiosk_base.html"}
AREA_LABELS = {"cong-dan": "Người dân", "can-bo": "Cán bộ", "kiosk": "Kiosk"}


class SampleForm(forms.Form):
    """One field of each kind; never saved."""

    full_name = forms.CharField(label="Họ và tên", help_text="Ghi đủ dấu như trên căn cước.")
    personal_id = forms.CharField(
        label="Số định danh cá nhân",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-field-class": "field-code"}),
    )
    ward = forms.ChoiceField(
        label="Phường", choices=[("", "Chọn phường"), ("nguyen-trai", "Nguyễn Trãi"), ("van-quan", "Văn Quán")]
    )
    channel = forms.ChoiceField(
        label="Hình thức nhận kết quả",
        widget=forms.RadioSelect,
        choices=[("desk", "Tại bộ phận Một cửa"), ("post", "Qua bưu chính công ích")],
    )
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    scan = forms.FileField(label="Bản chụp giấy chứng sinh", help_text="PDF hoặc ảnh, tối đa 25 MB.", required=False)
    consent = forms.BooleanField(label="Nhận tin nhắn khi có kết quả", required=False)

    def clean_personal_id(self) -> str:
        """Refuses every value, so that the page always shows an error with its code."""
        raise forms.ValidationError("Số định danh cần đủ 12 chữ số.", code="identity.length")


def filled_form() -> SampleForm:
    """The sample form after a refused submit."""
    form = SampleForm({"full_name": "Nguyễn Thị Lan", "personal_id": "00109901", "ward": "van-quan", "channel": "desk"})
    form.is_valid()
    return form


class StyleView(PortalView):
    """`?co=cong-dan|can-bo|kiosk` chooses the size; the theme button shows the other theme."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        area = request.GET.get("co", "cong-dan")
        area = area if area in AREAS else "cong-dan"
        tabs = [{"label": label, "url": f"?co={key}", "active": key == area} for key, label in AREA_LABELS.items()]
        context = {
            **style_samples.context(),
            "base_template": AREAS[area],
            "area": area,
            "area_tabs": tabs,
            "form": filled_form(),
            "sample_qr": mark_safe(style_samples.QR_SVG),  # noqa: S308  # a constant of ours
        }
        return render(request, "home/style.html", context)
