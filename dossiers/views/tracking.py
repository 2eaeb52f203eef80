"""A citizen follows a dossier: by the receipt's QR, or by code and the phone's last digits. Never names."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dossiers.selectors.links import tracking_token
from dossiers.services.track import open_by_code, open_by_link, open_by_phone
from haddong_portal.common.errors import DomainError
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView


class LookUpForm(forms.Form):
    code = forms.CharField(
        label="Mã hồ sơ",
        max_length=40,
        help_text="Ghi trên giấy tiếp nhận, ví dụ 000.18.01.H26-240219-0007",
        error_messages={"required": "Chưa nhập mã hồ sơ."},
        widget=forms.TextInput(attrs={"data-field-class": "field-code", "autocomplete": "off"}),
    )
    last_digits = forms.CharField(
        label="4 số cuối điện thoại đã đăng ký",
        max_length=4,
        required=False,
        help_text="Để trống thì chỉ xem được trạng thái.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "data-field-class": "field-short", "autocomplete": "off"}
        ),
    )


class LookUpView(PortalView):
    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "dossiers/tracking/look_up.html", {"form": LookUpForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LookUpForm(request.POST)
        if not form.is_valid():
            return render(request, "dossiers/tracking/look_up.html", {"form": form}, status=422)
        code, digits = form.cleaned_data["code"].strip().upper(), form.cleaned_data["last_digits"].strip()
        ip = request.META.get("REMOTE_ADDR", "")
        try:
            progress = (
                open_by_phone(code=code, last_digits=digits, client_ip=ip)
                if digits
                else open_by_code(code=code, client_ip=ip)
            )
        except DomainError as error:
            add_domain_error(form, error)
            return render(request, "dossiers/tracking/look_up.html", {"form": form}, status=error.status)
        context = {"progress": progress, "token": tracking_token(code) if digits else ""}
        return render(request, "dossiers/tracking/progress.html", context)


class LinkView(PortalView):
    permission = PUBLIC

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        progress = open_by_link(token=token, client_ip=request.META.get("REMOTE_ADDR", ""))
        response = render(request, "dossiers/tracking/progress.html", {"progress": progress, "token": token})
        response["Referrer-Policy"] = "no-referrer"
        return response
