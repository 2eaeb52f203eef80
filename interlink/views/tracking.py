"""A citizen follows a linked case on one page: by the receipt's QR, or by code and the phone's last digits."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haddong_portal.common.errors import DomainError
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView
from interlink.services.track_case import open_case_by_link, open_case_by_phone

LOOK_UP = "interlink/tracking/look_up.html"


class CaseLookUpForm(forms.Form):
    code = forms.CharField(
        label="Mã hồ sơ liên thông",
        max_length=40,
        help_text="Ghi trên giấy tiếp nhận.",
        error_messages={"required": "Chưa nhập mã hồ sơ."},
        widget=forms.TextInput(attrs={"data-field-class": "field-code", "autocomplete": "off"}),
    )
    last_digits = forms.CharField(
        label="4 số cuối điện thoại đã đăng ký",
        max_length=4,
        error_messages={"required": "Chưa nhập 4 số cuối điện thoại."},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "data-field-class": "field-short", "autocomplete": "off"}
        ),
    )


class CaseLookUpView(PortalView):
    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, LOOK_UP, {"form": CaseLookUpForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CaseLookUpForm(request.POST)
        if not form.is_valid():
            return render(request, LOOK_UP, {"form": form}, status=422)
        code, digits = form.cleaned_data["code"].strip().upper(), form.cleaned_data["last_digits"].strip()
        try:
            page = open_case_by_phone(code=code, last_digits=digits, client_ip=request.META.get("REMOTE_ADDR", ""))
        except DomainError as error:
            add_domain_error(form, error)
            return render(request, LOOK_UP, {"form": form}, status=error.status)
        return render(request, "interlink/tracking/progress.html", {"page": page})


class CaseLinkView(PortalView):
    permission = PUBLIC

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        page = open_case_by_link(token=token, client_ip=request.META.get("REMOTE_ADDR", ""))
        response = render(request, "interlink/tracking/progress.html", {"page": page})
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "private, no-store"
        return response
