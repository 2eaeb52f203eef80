"""Anybody verifies a paper: by its QR code, by the code printed on it, or by its file, which is not kept."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dossiers.papers.rules.verdicts import Outcome
from dossiers.papers.rules.verification_codes import read_code
from dossiers.papers.services.verification import Authenticity, verify_code, verify_file
from haddong_portal.common.errors import DomainError
from haddong_portal.common.rights import PUBLIC
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView

LOOKS = {
    Outcome.GENUINE: ("good", "circle-check"),
    Outcome.ENDED: ("bad", "circle-x"),
    Outcome.TAMPERED: ("bad", "circle-x"),
    Outcome.SIGNED: ("good", "circle-check"),
    Outcome.UNPROVEN: ("warn", "alert-triangle"),
}


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Mã xác thực",
        max_length=200,
        help_text="16 chữ và số, in ở góc trên bên phải trang 1, ví dụ K7QM-2XWD-PH4T-9NCB",
        error_messages={"required": "Chưa nhập mã xác thực."},
        widget=forms.TextInput(
            attrs={"data-field-class": "field-code", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )


class StartView(PortalView):
    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return _start(request, CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if not form.is_valid():
            return _start(request, form, status=422)
        code = read_code(form.cleaned_data["code"])
        if not code:
            form.add_error("code", "Mã xác thực gồm 16 chữ và số, không có chữ O, chữ I, số 0 và số 1.")
            return _start(request, form, status=422)
        return redirect("verification:code", code=code)


class CodeView(PortalView):
    """Where the QR code leads."""

    permission = PUBLIC

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        try:
            found = verify_code(text=code, client_ip=_address(request))
        except DomainError as error:
            form = CodeForm({"code": code})
            form.is_valid()
            add_domain_error(form, error)
            return _start(request, form, status=error.status)
        return _told(request, found)


class FileView(PortalView):
    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("verification:start")

    def post(self, request: HttpRequest) -> HttpResponse:
        file = request.FILES.get("file")
        if not isinstance(file, UploadedFile):
            return _start(request, CodeForm(), file_error="Chưa chọn tệp.", status=422)
        try:
            content = file.read(settings.UPLOAD_MAX_BYTES + 1)
            found = verify_file(content=content, name=file.name or "", client_ip=_address(request))
        except DomainError as error:
            return _start(request, CodeForm(), file_error=f"{error.message} (mã {error.code})", status=error.status)
        return _told(request, found, file_name=file.name or "")


def _start(request: HttpRequest, form: CodeForm, *, file_error: str = "", status: int = 200) -> HttpResponse:
    return render(request, "papers/verification/start.html", {"form": form, "file_error": file_error}, status=status)


def _told(request: HttpRequest, found: Authenticity, *, file_name: str = "") -> HttpResponse:
    look, icon = LOOKS[found.outcome]
    context = {"found": found, "look": look, "icon": icon, "file_name": file_name}
    response = render(request, "papers/verification/answer.html", context)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
